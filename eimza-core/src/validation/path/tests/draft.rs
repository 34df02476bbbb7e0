//! Certificates without signatures, put together from a few words.

use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag, write};
use crate::certificate::Certificate;
use crate::clock::Time;

/// What a certificate is to say.
#[derive(Clone)]
pub(super) struct Draft {
    issuer: String,
    /// The key that signs; the issuer's first one where nothing else is said.
    issuer_key: String,
    subject: String,
    key: String,
    serial: u64,
    dates: [Time; 2],
    extensions: Vec<Vec<u8>>,
}

impl Draft {
    pub(super) fn new(issuer: &str, subject: &str) -> Self {
        let time = |text| Time::parse(text).unwrap();
        Self {
            issuer: issuer.into(),
            issuer_key: issuer.into(),
            subject: subject.into(),
            key: subject.into(),
            serial: 1,
            dates: [time("2020-01-01T00:00:00Z"), time("2040-01-01T00:00:00Z")],
            extensions: Vec::new(),
        }
    }

    pub(super) fn authority(issuer: &str, subject: &str) -> Self {
        Self::new(issuer, subject).with(&oid::BASIC_CONSTRAINTS, &[0x30, 3, 1, 1, 0xff])
    }

    /// Another key than the subject's first one.
    pub(super) fn key(self, key: &str) -> Self {
        Self { key: key.into(), ..self }
    }

    /// Signed by another key than the issuer's first one.
    pub(super) fn signed_by(self, key: &str) -> Self {
        Self { issuer_key: key.into(), ..self }
    }

    pub(super) fn serial(self, serial: u64) -> Self {
        Self { serial, ..self }
    }

    pub(super) fn dates(self, not_before: &str, not_after: &str) -> Self {
        Self { dates: [not_before, not_after].map(|text| Time::parse(text).unwrap()), ..self }
    }

    /// A critical extension.
    pub(super) fn with(mut self, identifier: &ObjectIdentifier, value: &[u8]) -> Self {
        let critical = [tag::BOOLEAN, 1, 0xff];
        self.extensions.push(write::sequence(&[&write::oid(identifier), &critical, &write::octet_string(value)]));
        self
    }

    /// The identifiers of both keys.
    pub(super) fn with_key_identifiers(self) -> Self {
        let (own, issuer) = (self.key.clone(), self.issuer_key.clone());
        let named = write::sequence(&[&write::tlv(tag::context_primitive(0), issuer.as_bytes())]);
        self.with(&oid::SUBJECT_KEY_IDENTIFIER, &write::octet_string(own.as_bytes()))
            .with(&oid::AUTHORITY_KEY_IDENTIFIER, &named)
    }

    pub(super) fn make(self) -> Certificate {
        let algorithm = write::sequence(&[&write::oid(&oid::SHA256_WITH_RSA), &write::NULL]);
        let extensions: Vec<&[u8]> = self.extensions.iter().map(Vec::as_slice).collect();
        let to_be_signed = write::sequence(&[
            &write::tlv(tag::context(0), &write::integer(2)),
            &write::integer(self.serial),
            &algorithm,
            &name(&self.issuer),
            &write::sequence(&self.dates.map(write::time).each_ref().map(Vec::as_slice)),
            &name(&self.subject),
            &write::sequence(&[&algorithm, &bits(&self.key)]),
            &write::tlv(tag::context(3), &write::sequence(&extensions)),
        ]);
        Certificate::from_der(write::sequence(&[&to_be_signed, &algorithm, &bits(&self.issuer_key)])).unwrap()
    }
}

/// The value that stands for a signature is the name of the key.
pub(super) fn is_signed_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    let value = |whole: &[u8]| {
        let mut fields = Element::only(whole, "draft").unwrap().reader();
        let mut last = fields.any("draft").unwrap();
        while !fields.is_empty() {
            last = fields.any("draft").unwrap();
        }
        last.contents.to_vec()
    };
    value(certificate.der()) == value(issuer.public_key_der())
}

/// `GeneralNames` or what else is a list.
pub(super) fn list(members: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let members: Vec<Vec<u8>> = members.into_iter().collect();
    write::joined(tag::SEQUENCE, &members.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

pub(super) fn host(name: &str) -> Vec<u8> {
    write::tlv(tag::context_primitive(2), name.as_bytes())
}

fn name(common_name: &str) -> Vec<u8> {
    let attribute = write::sequence(&[&write::oid(&oid::COMMON_NAME), &write::utf8_string(common_name)]);
    write::sequence(&[&write::tlv(tag::SET, &attribute)])
}

fn bits(text: &str) -> Vec<u8> {
    write::joined(tag::BIT_STRING, &[&[0], text.as_bytes()])
}
