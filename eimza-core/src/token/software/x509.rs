//! Writing the few certificates and revocation lists that tests and demonstrations need (RFC 5280 sections 4.1 and 5.1).

use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{tag, write};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::PrivateKey;
use crate::crypto::{DigestAlgorithm, random};
use crate::error::Result;

/// What every name of a certificate that is made here begins with.
pub(super) const MARK: &str = "eimza TEST";

/// From when to when a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// When it begins.
    pub not_before: Time,
    /// When it ends.
    pub not_after: Time,
}

/// A certificate before it is signed.
pub(super) struct Draft<'a> {
    pub(super) issuer: &'a [u8],
    pub(super) subject: &'a [u8],
    pub(super) validity: Validity,
    pub(super) public_key_info: &'a [u8],
    pub(super) extensions: Vec<Vec<u8>>,
}

impl Draft<'_> {
    pub(super) fn signed_by(self, issuer: &PrivateKey) -> Result<Certificate> {
        let algorithm = issuer.usual_algorithm().identifier();
        let extensions: Vec<_> = self.extensions.iter().map(Vec::as_slice).collect();
        let to_be_signed = write::sequence(&[
            &write::tlv(tag::context(0), &write::integer(2)), // version 3
            &write::unsigned_integer(&random::<16>()?),
            &algorithm,
            self.issuer,
            &write::sequence(&[&write::time(self.validity.not_before), &write::time(self.validity.not_after)]),
            self.subject,
            self.public_key_info,
            &write::tlv(tag::context(3), &write::sequence(&extensions)),
        ]);
        Certificate::from_der(signed(&to_be_signed, &algorithm, issuer)?)
    }
}

/// A revocation list before it is signed.
pub(super) struct List<'a> {
    pub(super) issuer: &'a [u8],
    /// From when until when it tells how things stand.
    pub(super) validity: Validity,
    /// The certificates that it names: serial number as contents octets, and since when.
    pub(super) revoked: &'a [(Vec<u8>, Time)],
    pub(super) extensions: Vec<Vec<u8>>,
}

impl List<'_> {
    /// `TBSCertList ::= SEQUENCE { version, signature, issuer, thisUpdate, nextUpdate, revokedCertificates OPTIONAL,
    /// [0] crlExtensions }` (section 5.1.2).
    pub(super) fn signed_by(self, issuer: &PrivateKey) -> Result<Vec<u8>> {
        let algorithm = issuer.usual_algorithm().identifier();
        let extensions: Vec<_> = self.extensions.iter().map(Vec::as_slice).collect();
        let entry = |(serial, since): &(Vec<u8>, Time)| {
            write::sequence(&[&write::tlv(tag::INTEGER, serial), &write::time(*since)])
        };
        let entries: Vec<u8> = self.revoked.iter().flat_map(entry).collect();
        let to_be_signed = write::sequence(&[
            &write::integer(1), // version 2
            &algorithm,
            self.issuer,
            &write::time(self.validity.not_before),
            &write::time(self.validity.not_after),
            &if entries.is_empty() { Vec::new() } else { write::sequence(&[&entries]) },
            &write::tlv(tag::context(0), &write::sequence(&extensions)),
        ]);
        signed(&to_be_signed, &algorithm, issuer)
    }
}

/// `SEQUENCE { toBeSigned, AlgorithmIdentifier, BIT STRING }`: the frame of certificates, revocation lists and OCSP answers.
pub(super) fn signed(to_be_signed: &[u8], algorithm: &[u8], issuer: &PrivateKey) -> Result<Vec<u8>> {
    let value = bit_string(0, &issuer.sign_octets(to_be_signed)?);
    Ok(write::sequence(&[to_be_signed, algorithm, &value]))
}

/// keyUsage bits with the number of unused ones in the last octet: digitalSignature and nonRepudiation.
pub(super) const SIGNING: (u8, u8) = (6, 0xc0);
/// keyCertSign and cRLSign.
pub(super) const ISSUING: (u8, u8) = (1, 0x06);

pub(super) fn key_usage((unused, bits): (u8, u8)) -> Vec<u8> {
    extension(&oid::KEY_USAGE, true, &bit_string(unused, &[bits]))
}

/// C=TR, CN with the mark in front, and the national id as serialNumber.
pub(super) fn test_name(common_name: &str, national_id: Option<&str>) -> Vec<u8> {
    let attribute = |identifier: &ObjectIdentifier, value: &[u8]| {
        write::set_of(tag::SET, vec![write::sequence(&[&write::oid(identifier), value])])
    };
    let marked = if common_name.starts_with(MARK) { common_name.into() } else { format!("{MARK} {common_name}") };
    let mut name = attribute(&COUNTRY, &write::tlv(tag::PRINTABLE_STRING, b"TR"));
    name.extend(attribute(&oid::COMMON_NAME, &write::utf8_string(&marked)));
    if let Some(national_id) = national_id {
        name.extend(attribute(&oid::SERIAL_NUMBER, &write::tlv(tag::PRINTABLE_STRING, national_id.as_bytes())));
    }
    write::tlv(tag::SEQUENCE, &name)
}

pub(super) fn extension(identifier: &ObjectIdentifier, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[tag::BOOLEAN, 1, 0xff] } else { &[] };
    write::sequence(&[&write::oid(identifier), critical, &write::octet_string(value)])
}

/// A key's identifier: 20 octets of the SHA-256 of its SubjectPublicKeyInfo (RFC 7093 section 2, method 4).
pub(super) fn key_identifier(public_key_info: &[u8]) -> Vec<u8> {
    DigestAlgorithm::Sha256.digest(public_key_info).as_bytes().iter().copied().take(20).collect()
}

fn bit_string(unused: u8, octets: &[u8]) -> Vec<u8> {
    write::joined(tag::BIT_STRING, &[&[unused], octets])
}

const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
