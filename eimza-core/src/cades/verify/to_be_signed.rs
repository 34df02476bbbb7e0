//! The octets under a signature: the DER of the signed attributes as SET OF (RFC 5652 section 5.4), tag `0x31` instead of
//! the `0xA0` of the wire.

use crate::asn1::{DEPTH_LIMIT, Element, der, tag, write};
use crate::cades::attribute::Attributes;
use crate::crypto::{Digest, DigestAlgorithm, Hasher};
use crate::error::Result;

/// What was signed, without a copy where the file holds it as DER.
pub(super) enum ToBeSigned<'a> {
    /// The file has DER, sorted: all octets but the tag.
    AsStored(&'a [u8]),
    /// It has not.
    Rearranged {
        /// What should have been signed.
        sorted: Vec<u8>,
        /// What stands there, all octets but the tag.
        stored: &'a [u8],
    },
}

impl<'a> ToBeSigned<'a> {
    pub(super) fn of(attributes: &Attributes<'a>) -> Result<Self> {
        let stored = attributes.bytes().get(1..).unwrap_or_default();
        if is_sorted_der(attributes) {
            return Ok(Self::AsStored(stored));
        }
        let elements: Result<Vec<_>> = attributes
            .iter()
            .map(|attribute| {
                let values: Result<Vec<_>> = attribute.elements().map(|value| framed(&value)).collect();
                let identifier = write::tlv(tag::OBJECT_IDENTIFIER, attribute.identifier);
                Ok(write::sequence(&[&identifier, &write::set_of(tag::SET, values?)]))
            })
            .collect();
        Ok(Self::Rearranged { sorted: write::set_of(tag::SET, elements?), stored })
    }

    pub(super) fn digest(&self, algorithm: DigestAlgorithm) -> Digest {
        match self {
            Self::AsStored(stored) => tagged(stored, algorithm),
            Self::Rearranged { sorted, .. } => algorithm.digest(sorted),
        }
    }

    /// The digest of what stands there, where that is not what should have been signed.
    pub(super) fn digest_as_stored(&self, algorithm: DigestAlgorithm) -> Option<Digest> {
        match self {
            Self::AsStored(_) => None,
            Self::Rearranged { stored, .. } => Some(tagged(stored, algorithm)),
        }
    }
}

fn tagged(stored: &[u8], algorithm: DigestAlgorithm) -> Digest {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(&[tag::SET]);
    hasher.update(stored);
    hasher.finish()
}

/// DER of a value; one that is framed so already keeps its octets, whatever order a SET deep inside of it has: names are
/// copied from certificates as they are.
fn framed(value: &Element<'_>) -> Result<Vec<u8>> {
    if is_framed(value, 0) { Ok(value.bytes.to_vec()) } else { der::normalised(value) }
}

fn is_sorted_der(attributes: &Attributes<'_>) -> bool {
    let in_order = |previous: &mut &[u8], next: &'_ [u8]| *previous <= next;
    if !is_header_minimal(&attributes.0) {
        return false;
    }
    let mut last: &[u8] = &[];
    for attribute in attributes.iter() {
        if !in_order(&mut last, attribute.bytes()) || !is_framed(&attribute.element, 0) {
            return false;
        }
        last = attribute.bytes();
        let mut last_value: &[u8] = &[];
        for value in attribute.values() {
            if !in_order(&mut last_value, value) {
                return false;
            }
            last_value = value;
        }
    }
    true
}

/// Whether lengths are definite and minimal, strings in one piece, and TRUE is FF, all the way down.
fn is_framed(element: &Element<'_>, depth: usize) -> bool {
    let odd = element.tag & 0x1f == 0x1f || element.tag == tag::OCTET_STRING | tag::CONSTRUCTED;
    if depth > DEPTH_LIMIT || odd || !is_header_minimal(element) {
        return false;
    }
    if element.tag == tag::BOOLEAN {
        return matches!(element.contents, [0 | 0xff]);
    }
    if !element.is_constructed() {
        return true;
    }
    let mut reader = element.reader();
    while !reader.is_empty() {
        match reader.any("element") {
            Ok(child) if is_framed(&child, depth + 1) => {}
            _ => return false,
        }
    }
    true
}

fn is_header_minimal(element: &Element<'_>) -> bool {
    let length_octets = match element.contents.len() {
        0..=0x7f => 1,
        0x80..=0xff => 2,
        0x100..=0xffff => 3,
        0x1_0000..=0xff_ffff => 4,
        _ => 5,
    };
    !element.indefinite && element.bytes.len() - element.contents.len() == 1 + length_octets
}
