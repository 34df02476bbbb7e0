//! SignedData with one signer, written field by field (RFC 5652 section 5).

use super::certificate::Holder;
use super::moment::Moment;
use super::plan::{Altered, Reference};
use crate::der::{context, integer, octets, oid, sequence, tlv};
use crate::hash::Hash;
use crate::stamp::{SignedFile, attribute};

const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";

/// A signature to be made.
pub(super) struct Signing<'a> {
    pub(super) signer: &'a Holder,
    pub(super) hash: Hash,
    /// `None` for a counter-signature.
    pub(super) content_type: Option<&'a str>,
    pub(super) content: &'a [u8],
    pub(super) signing_time: Option<Moment>,
    /// The digest algorithm of the reference to the certificate, and its kind.
    pub(super) reference_hash: Hash,
    pub(super) reference: Reference,
    /// Further signed attributes.
    pub(super) attributes: Vec<Vec<u8>>,
    /// What is signed although it is wrong.
    pub(super) wrong: Option<Altered>,
}

impl Signing<'_> {
    /// The fields of the SignerInfo up to the signature.
    pub(super) fn signer_info(&self) -> Vec<Vec<u8>> {
        let (key, attributes) = (&self.signer.key, self.signed_attributes());
        let value = key.sign(self.hash, &tlv(0x31, &attributes));
        vec![
            integer(&[1]),
            sequence(&[self.signer.issuer.clone(), self.signer.serial.clone()]),
            self.hash.identifier(),
            context(0, &attributes),
            key.algorithm(self.hash),
            octets(&value),
        ]
    }

    /// SignedData with these certificates and status data; `attached` or without its content.
    pub(super) fn file(&self, attached: bool, certificates: &[Vec<u8>], status: &[Vec<u8>]) -> SignedFile {
        let kind = self.content_type.expect("a file has a type");
        let inside = if attached { context(0, &octets(self.content)) } else { Vec::new() };
        let version = if kind == DATA { 1 } else { 3 };
        let mut fields = vec![
            integer(&[version]),
            tlv(0x31, &self.hash.identifier()),
            sequence(&[oid(kind), inside]),
            context(0, &sorted(certificates).concat()),
        ];
        if !status.is_empty() {
            fields.push(context(1, &sorted(status).concat()));
        }
        SignedFile { fields, signer: self.signer_info(), unsigned: Vec::new() }
    }

    /// The attributes in the order of DER, without the header of their SET.
    fn signed_attributes(&self) -> Vec<u8> {
        let content = if self.wrong == Some(Altered::MessageDigest) { b"other content" } else { self.content };
        let mut all = vec![attribute(MESSAGE_DIGEST, &octets(&self.hash.digest(content))), self.reference()];
        all.extend(self.content_type.map(|kind| attribute(CONTENT_TYPE, &oid(kind))));
        all.extend(self.signing_time.map(|at| attribute(SIGNING_TIME, &at.utc())));
        all.extend(self.attributes.iter().cloned());
        sorted(&all).concat()
    }

    /// `SigningCertificate` (RFC 2634 section 5.4) or `SigningCertificateV2` (RFC 5035 section 3), with one reference.
    fn reference(&self) -> Vec<u8> {
        let certificate = match self.wrong {
            Some(Altered::SigningCertificate) => b"another certificate",
            _ => self.signer.certificate.as_slice(),
        };
        let hash = octets(&self.reference_hash.digest(certificate));
        let issuer = sequence(&[context(4, &self.signer.issuer)]);
        let serial = sequence(&[issuer, self.signer.serial.clone()]);
        let value = |fields: &[Vec<u8>]| sequence(&[sequence(&[sequence(fields)])]);
        match (self.reference, self.reference_hash) {
            (Reference::V1, _) => attribute(SIGNING_CERTIFICATE, &value(&[hash, serial])),
            (_, Hash::Sha256) => attribute(SIGNING_CERTIFICATE_V2, &value(&[hash, serial])),
            (_, other) => attribute(SIGNING_CERTIFICATE_V2, &value(&[other.identifier(), hash, serial])),
        }
    }
}

/// id-data.
pub(super) const DATA: &str = "1.2.840.113549.1.7.1";

/// The members of a SET OF in the order of DER.
pub(super) fn sorted(members: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut members = members.to_vec();
    members.sort();
    members
}

/// Alters a finished signature.
pub(super) fn alter(file: &mut SignedFile, what: Altered) {
    const SIGNED_ATTRIBUTES: usize = 3;
    let (field, identifier) = match what {
        Altered::Value => (file.signer.len() - 1, None),
        Altered::MessageDigest => (SIGNED_ATTRIBUTES, Some(MESSAGE_DIGEST)),
        Altered::SigningCertificate => (SIGNED_ATTRIBUTES, Some(SIGNING_CERTIFICATE_V2)),
    };
    let field = &mut file.signer[field];
    let place = match identifier {
        None => field.len() - 1,
        // Behind the identifier and the headers: inside of a hash.
        Some(identifier) => {
            let identifier = oid(identifier);
            let begin = field.windows(identifier.len()).position(|window| window == identifier);
            begin.expect("the attribute is there") + identifier.len() + 20
        }
    };
    field[place] ^= 1;
}
