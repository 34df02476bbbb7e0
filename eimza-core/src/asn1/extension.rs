//! Extensions, as certificates, CRLs, their entries and OCSP answers have them (RFC 5280 section 4.1.2.9).

use super::oid::ObjectIdentifier;
use super::{Element, tag};
use crate::error::{Error, Limit, Result};

/// The most extensions of one list that are looked at.
const EXTENSION_LIMIT: usize = 256;

/// One extension: its value is the contents of the OCTET STRING.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extension<'a> {
    pub(crate) identifier: &'a [u8],
    pub(crate) critical: bool,
    pub(crate) value: &'a [u8],
}

impl<'a> Extension<'a> {
    /// `Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`.
    fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = element.reader();
        let identifier = fields.oid("extnID")?;
        let critical = fields.optional(tag::BOOLEAN, "critical")?;
        let value = fields.read(tag::OCTET_STRING, "extnValue")?.contents;
        // A flag that cannot be read is taken as set.
        Ok(Self { identifier, critical: critical.is_some_and(|flag| flag.boolean() != Some(false)), value })
    }

    /// Whether it has this object identifier.
    pub(crate) fn is(&self, identifier: &ObjectIdentifier) -> bool {
        self.identifier == identifier.as_bytes()
    }
}

/// The members of `Extensions ::= SEQUENCE OF Extension`; the first that cannot be read ends them.
pub(crate) fn all<'a>(list: &Element<'a>) -> impl Iterator<Item = Result<Extension<'a>>> + use<'a> {
    let mut reader = list.reader();
    let mut count = 0;
    std::iter::from_fn(move || {
        if reader.is_empty() {
            return None;
        }
        count += 1;
        if count > EXTENSION_LIMIT {
            reader = super::Reader::new(&[]);
            return Some(Err(Error::LimitExceeded { limit: Limit::Extensions }));
        }
        let extension = reader.read(tag::SEQUENCE, "extension").and_then(|element| Extension::read(&element));
        if extension.is_err() {
            reader = super::Reader::new(&[]);
        }
        Some(extension)
    })
}
