//! The attributes of the long form, written field by field.

use eimza_testkit::der::{context, integer, octets, sequence, time, tlv};
use eimza_testkit::hash::Hash;
use eimza_testkit::pki;
use eimza_testkit::stamp::{
    CERTIFICATE_REFERENCES, CERTIFICATE_VALUES, REVOCATION_REFERENCES, REVOCATION_VALUES, SignedFile,
};
use eimza_testkit::status::{serial, subject};

fn hash(of: &[u8], is_sha1: bool) -> Vec<u8> {
    if is_sha1 {
        return octets(&Hash::Sha1.digest(of));
    }
    sequence(&[Hash::Sha256.identifier_with_null(), octets(&Hash::Sha256.digest(of))])
}

pub(crate) fn certificate_reference(name: &str, issuer: &str, is_sha1: bool) -> Vec<u8> {
    let issuer = sequence(&[sequence(&[context(4, &subject(issuer))]), serial(name)]);
    sequence(&[hash(&pki::certificate(name), is_sha1), issuer])
}

/// `CrlOcspRef` with one CRL of this issuer.
pub(crate) fn crl_reference(issuer: &str, crl: &[u8], issued_at: &str, number: Option<u8>) -> Vec<u8> {
    let number = number.map(|number| integer(&[number])).unwrap_or_default();
    let identifier = sequence(&[subject(issuer), tlv(0x17, &issued_at.as_bytes()[2..]), number]);
    let list = sequence(&[sequence(&[hash(crl, false), identifier])]);
    sequence(&[context(0, &sequence(&[list]))])
}

/// `CrlOcspRef` with one answer of the responder.
pub(crate) fn ocsp_reference(hashed: &[u8], responder: &str, produced_at: &str) -> Vec<u8> {
    let identifier = sequence(&[context(1, &subject(responder)), time(produced_at)]);
    let list = sequence(&[sequence(&[identifier, hash(hashed, true)])]);
    sequence(&[context(1, &sequence(&[list]))])
}

/// What stands in the four attributes.
#[derive(Clone, Default)]
pub(crate) struct Attributes {
    pub(crate) certificate_references: Vec<Vec<u8>>,
    pub(crate) revocation_references: Vec<Vec<u8>>,
    pub(crate) certificates: Vec<Vec<u8>>,
    pub(crate) crls: Vec<Vec<u8>>,
    pub(crate) ocsps: Vec<Vec<u8>>,
}

impl Attributes {
    pub(crate) fn add_to(&self, file: &mut SignedFile) {
        self.add_references_to(file);
        file.add(CERTIFICATE_VALUES, &sequence(&self.certificates));
        let values = [context(0, &sequence(&self.crls)), context(1, &sequence(&self.ocsps))];
        file.add(REVOCATION_VALUES, &sequence(&values));
    }

    pub(crate) fn add_references_to(&self, file: &mut SignedFile) {
        file.add(CERTIFICATE_REFERENCES, &sequence(&self.certificate_references));
        file.add(REVOCATION_REFERENCES, &sequence(&self.revocation_references));
    }
}
