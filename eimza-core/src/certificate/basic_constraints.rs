//! Whether a certificate may issue others, and how many may follow (RFC 5280 section 4.2.1.9).

use super::Certificate;
use crate::asn1::{Element, oid, tag};
use crate::error::{Error, Result};

/// `BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BasicConstraints {
    pub(crate) is_authority: bool,
    /// How many certificates of other authorities may stand between this one and the last.
    pub(crate) path_length: Option<u32>,
}

impl Certificate {
    /// The basic constraints; without the extension, those of a certificate that issues nothing.
    pub(crate) fn basic_constraints(&self) -> Result<BasicConstraints> {
        self.extension(&oid::BASIC_CONSTRAINTS).map_or(Ok(BasicConstraints::default()), |found| read(found.value))
    }
}

pub(super) fn read(value: &[u8]) -> Result<BasicConstraints> {
    const WHAT: &str = "basic constraints";
    let mut whole = crate::asn1::Reader::new(value);
    let mut fields = whole.read(tag::SEQUENCE, WHAT)?.reader();
    whole.finish(WHAT)?;
    let is_authority = fields.optional(tag::BOOLEAN, WHAT)?.is_some_and(|flag| flag.boolean() == Some(true));
    let path_length = fields.optional(tag::INTEGER, WHAT)?.map(|number| count(&number, WHAT)).transpose()?;
    fields.finish(WHAT)?;
    Ok(BasicConstraints { is_authority, path_length })
}

/// `INTEGER (0..MAX)`: a number of certificates. A number larger than any path counts as the largest number.
pub(super) fn count(number: &Element<'_>, what: &'static str) -> Result<u32> {
    match number.contents.first() {
        Some(first) if first & 0x80 == 0 => Ok(number.small_integer().unwrap_or(u32::MAX)),
        _ => Err(Error::Asn1Malformed { what, offset: 0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_lengths_are_counts() {
        let length = |octets: &[u8]| read(octets).map(|read| (read.is_authority, read.path_length)).ok();
        assert_eq!(length(&[0x30, 0x00]), Some((false, None)));
        assert_eq!(length(&[0x30, 0x03, 0x01, 0x01, 0xff]), Some((true, None)));
        assert_eq!(length(&[0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x03]), Some((true, Some(3))));
        let huge = [0x30, 0x0b, 0x01, 0x01, 0xff, 0x02, 0x06, 0x01, 0, 0, 0, 0, 0];
        assert_eq!(length(&huge), Some((true, Some(u32::MAX))));
    }

    #[test]
    fn what_is_no_count_is_refused() {
        for wrong in [
            &[0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x80][..],
            &[0x30, 0x05, 0x01, 0x01, 0xff, 0x02, 0x00],
            &[0x30, 0x03, 0x04, 0x01, 0xff],
            &[0x30, 0x00, 0x00],
            &[],
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
