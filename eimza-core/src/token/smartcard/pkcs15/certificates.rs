//! Certificates of a card (ISO 7816-15 section 8.7).

use super::object::{Common, Object};
use super::{Path, objects};
use crate::asn1::{Element, tag};
use crate::error::Result;

/// A certificate, and the identifier that it shares with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct CertificateEntry {
    pub(in super::super) common: Common,
    pub(in super::super) identifier: Vec<u8>,
    pub(in super::super) value: CertificateValue,
}

/// Where the octets are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum CertificateValue {
    /// In a file.
    File(Path),
    /// Here.
    Octets(Vec<u8>),
}

impl CertificateEntry {
    /// The X.509 certificates of a file.
    pub(in super::super) fn all(file: &[u8]) -> Vec<Self> {
        objects(file, Self::read)
    }

    fn read(element: &Element<'_>) -> Result<Self> {
        let mut object = Object::read(element)?;
        let identifier = object.class.read(tag::OCTET_STRING, "iD")?.octets()?.into_owned();
        let value = match object.kind.optional(tag::context(0), "direct")? {
            Some(direct) => CertificateValue::Octets(direct.contents.to_vec()),
            None => CertificateValue::File(Path::read(&object.kind.read(tag::SEQUENCE, "indirect")?)?),
        };
        Ok(Self { common: object.common, identifier, value })
    }
}
