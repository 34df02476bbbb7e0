//! The octets under a signature: the DER of the signed attributes as SET OF (RFC 5652 section 5.4), tag `0x31` instead of
//! the `0xA0` of the wire.

use crate::asn1::{Element, der, tag, write};
use crate::cms::Attributes;
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
    if der::is_framed(value) { Ok(value.bytes.to_vec()) } else { der::normalised(value) }
}

fn is_sorted_der(attributes: &Attributes<'_>) -> bool {
    let in_order = |previous: &mut &[u8], next: &'_ [u8]| *previous <= next;
    if !der::is_header_minimal(&attributes.0) {
        return false;
    }
    let mut last: &[u8] = &[];
    for attribute in attributes.iter() {
        if !in_order(&mut last, attribute.bytes()) || !der::is_framed(&attribute.element) {
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
