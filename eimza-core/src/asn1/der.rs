//! BER to DER: definite minimal lengths, joined strings, sorted sets, TRUE as FF (X.690 sections 10 and 11).

use super::{DEPTH_LIMIT, Element, tag, write};
use crate::error::{Error, Result};

/// The DER form of an element. Only framing changes: primitive contents keep their octets.
///
/// SET contents are sorted as a SET OF, which is what every SET in CMS and X.501 is.
pub(crate) fn normalised(element: &Element<'_>) -> Result<Vec<u8>> {
    at_depth(element, 0)
}

fn at_depth(element: &Element<'_>, depth: usize) -> Result<Vec<u8>> {
    if depth > DEPTH_LIMIT {
        return Err(Error::LimitExceeded { limit: "depth" });
    }
    if element.tag == tag::OCTET_STRING | tag::CONSTRUCTED {
        return Ok(write::octet_string(&element.octets()?));
    }
    if element.tag == tag::BOOLEAN {
        let value = if element.boolean() == Some(true) { 0xff } else { 0 };
        return Ok(write::tlv(tag::BOOLEAN, &[value]));
    }
    if element.tag & 0x1f == 0x1f {
        return if element.indefinite {
            Err(Error::Asn1Malformed { what: "high tag number", offset: 0 })
        } else {
            Ok(element.bytes.to_vec())
        };
    }
    if !element.is_constructed() {
        return Ok(write::tlv(element.tag, element.contents));
    }
    let mut reader = element.reader();
    let mut children = Vec::new();
    while !reader.is_empty() {
        children.push(at_depth(&reader.any("element")?, depth + 1)?);
    }
    if element.tag == tag::SET {
        return Ok(write::set_of(tag::SET, children));
    }
    let pieces: Vec<&[u8]> = children.iter().map(Vec::as_slice).collect();
    Ok(write::joined(element.tag, &pieces))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn framing_becomes_der() {
        let ber = [0x31, 0x80, 0x04, 0x01, 0x42, 0x24, 0x80, 0x04, 0x01, 0x41, 0, 0, 0x01, 0x01, 0x07, 0, 0];
        let der = [0x31, 0x09, 0x01, 0x01, 0xff, 0x04, 0x01, 0x41, 0x04, 0x01, 0x42];
        assert_eq!(normalised(&Element::only(&ber, "test").unwrap()).unwrap(), der);
    }

    #[test]
    fn definite_nesting_is_bounded() {
        let mut bomb = Vec::new();
        for _ in 0..200 {
            bomb = write::tlv(tag::SEQUENCE, &bomb);
        }
        assert_eq!(normalised(&Element::only(&bomb, "test").unwrap()).unwrap_err().name(), "limit-exceeded");
    }
}
