//! What a signature holds, written field by field: attributes of the long form, other signed attributes, counter-signatures,
//! time-stamps of any time.

use eimza_core::Time;
use eimza_core::cades::SigningOptions;
use eimza_core::crypto::{DigestAlgorithm, SignatureAlgorithm};
use eimza_testbed::keys::{sign, value_of};
use eimza_testkit::der::{children, contents, context, integer, octets, oid, sequence, time, tlv};
use eimza_testkit::hash::Hash;
use eimza_testkit::pki;
use eimza_testkit::stamp::{
    CERTIFICATE_REFERENCES, CERTIFICATE_VALUES, REVOCATION_REFERENCES, REVOCATION_VALUES, SignedFile, attribute, token,
};
use eimza_testkit::status::{serial, subject};

use crate::stamped::asn1;

const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";

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

/// Signs anew by this certificate's key (RSA, SHA-256), after a change to the signed attributes.
pub(crate) fn sign_anew(file: &mut SignedFile, signer: &str, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut attributes = children(&file.signer[3]);
    change(&mut attributes);
    attributes.sort();
    let digest = DigestAlgorithm::Sha256.digest(&tlv(0x31, &attributes.concat()));
    file.signer[3] = context(0, &attributes.concat());
    let value = value_of(signer, SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256), &digest);
    *file.signer.last_mut().unwrap() = octets(&value);
}

/// A token of the PKI's time-stamp unit over these octets that states this time; `None` where openssl is not installed.
pub(crate) fn token_at(stamped: &[u8], at: Time) -> Option<Vec<u8>> {
    let mut token = SignedFile::read(&token("sha256", stamped)?);
    let encapsulated = children(&token.fields[2]);
    let mut info = children(contents(contents(&encapsulated[1])));
    info[4] = time(&asn1(at));
    let info = sequence(&info);
    token.fields[2] = sequence(&[encapsulated[0].clone(), context(0, &octets(&info))]);
    sign_anew(&mut token, "tsa", |attributes| {
        let is_digest = |one: &Vec<u8>| children(one)[0] == oid(MESSAGE_DIGEST);
        attributes.retain(|one| !is_digest(one));
        attributes.push(attribute(MESSAGE_DIGEST, &octets(DigestAlgorithm::Sha256.digest(&info).as_bytes())));
    });
    Some(token.der())
}

/// A counter-signature over a signature value (RFC 5652 section 11.4), to be finished by [`SignedFile::signer_info`].
pub(crate) fn counter_signature(signer: &str, value: &[u8], at: Time) -> SignedFile {
    let mut counter = SignedFile::read(&sign(signer, value, &SigningOptions::new(at)));
    sign_anew(&mut counter, signer, |attributes| attributes.retain(|one| children(one)[0] != oid(CONTENT_TYPE)));
    counter
}
