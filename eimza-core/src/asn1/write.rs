//! Writing DER: small pieces are put together, and encoded parts are copied as they are.

use super::{oid::ObjectIdentifier, tag};
use crate::clock::{Calendar, Time};

/// An element of these contents.
pub(crate) fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    joined(tag, &[contents])
}

/// An element whose contents are these pieces, one after the other.
pub(crate) fn joined(tag: u8, pieces: &[&[u8]]) -> Vec<u8> {
    let length = pieces.iter().map(|piece| piece.len()).sum();
    let mut element = Vec::with_capacity(length + 6);
    element.push(tag);
    push_length(&mut element, length);
    for piece in pieces {
        element.extend_from_slice(piece);
    }
    element
}

/// The front of an element: its head and the first of its contents, behind which `more` octets follow.
pub(crate) fn front(tag: u8, first: &[u8], more: usize) -> Vec<u8> {
    let mut front = Vec::with_capacity(first.len() + 10);
    front.push(tag);
    push_length(&mut front, first.len().saturating_add(more));
    front.extend_from_slice(first);
    front
}

/// SEQUENCE of these elements.
pub(crate) fn sequence(elements: &[&[u8]]) -> Vec<u8> {
    joined(tag::SEQUENCE, elements)
}

/// SET OF these elements under `tag`, in DER's order (X.690 section 11.6).
pub(crate) fn set_of(tag: u8, mut elements: Vec<Vec<u8>>) -> Vec<u8> {
    elements.sort();
    let pieces: Vec<&[u8]> = elements.iter().map(Vec::as_slice).collect();
    joined(tag, &pieces)
}

/// OBJECT IDENTIFIER.
pub(crate) fn oid(value: &ObjectIdentifier) -> Vec<u8> {
    tlv(tag::OBJECT_IDENTIFIER, value.as_bytes())
}

/// OCTET STRING.
pub(crate) fn octet_string(octets: &[u8]) -> Vec<u8> {
    tlv(tag::OCTET_STRING, octets)
}

/// UTF8String.
pub(crate) fn utf8_string(text: &str) -> Vec<u8> {
    tlv(tag::UTF8_STRING, text.as_bytes())
}

/// A non-negative INTEGER.
pub(crate) fn integer(value: u64) -> Vec<u8> {
    unsigned_integer(&value.to_be_bytes())
}

/// A non-negative INTEGER from big-endian octets.
pub(crate) fn unsigned_integer(octets: &[u8]) -> Vec<u8> {
    let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
    let digits = octets.get(zeros..).unwrap_or_default();
    let sign: &[u8] = if digits.first().is_none_or(|first| first & 0x80 != 0) { &[0] } else { &[] };
    joined(tag::INTEGER, &[sign, digits])
}

/// UTCTime until 2049, GeneralizedTime from then on (RFC 5652 section 11.3).
pub(crate) fn time(value: Time) -> Vec<u8> {
    let Calendar { year, month, day, hour, minute, second } = value.calendar();
    let rest = format!("{month:02}{day:02}{hour:02}{minute:02}{second:02}Z");
    if (1950..2050).contains(&year) {
        tlv(tag::UTC_TIME, format!("{:02}{rest}", year % 100).as_bytes())
    } else {
        tlv(tag::GENERALIZED_TIME, format!("{year:04}{rest}").as_bytes())
    }
}

/// NULL.
pub(crate) const NULL: [u8; 2] = [tag::NULL, 0];

/// The octets of a length in its definite minimal form.
pub(crate) fn push_length(element: &mut Vec<u8>, length: usize) {
    if let Ok(short) = u8::try_from(length)
        && short < 0x80
    {
        element.push(short);
        return;
    }
    let octets = length.to_be_bytes();
    let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
    let digits = octets.get(zeros..).unwrap_or_default();
    element.push(0x80 | u8::try_from(digits.len()).unwrap_or_default());
    element.extend_from_slice(digits);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_minimal_and_not_negative() {
        assert_eq!(integer(0), [0x02, 0x01, 0x00]);
        assert_eq!(integer(127), [0x02, 0x01, 0x7f]);
        assert_eq!(integer(128), [0x02, 0x02, 0x00, 0x80]);
        assert_eq!(unsigned_integer(&[0, 0, 1, 2]), [0x02, 0x02, 0x01, 0x02]);
    }

    #[test]
    fn lengths_are_minimal() {
        assert_eq!(&tlv(0x04, &[0; 127])[..2], [0x04, 0x7f]);
        assert_eq!(&tlv(0x04, &[0; 128])[..3], [0x04, 0x81, 0x80]);
        assert_eq!(&tlv(0x04, &[0; 256])[..4], [0x04, 0x82, 0x01, 0x00]);
    }
}
