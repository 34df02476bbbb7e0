//! Where a file lies on a card.

use crate::asn1::{Element, tag};
use crate::error::Result;

/// `Path ::= SEQUENCE { efidOrPath OCTET STRING, index INTEGER OPTIONAL, length [0] INTEGER OPTIONAL }` (ISO 7816-15
/// section 8.2.5): a file, and which part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Path {
    /// Identifiers of two octets each: one of a file beside the directory, or all from the master file on.
    pub(in super::super) identifiers: Vec<u8>,
    /// Where in the file it begins.
    pub(in super::super) offset: usize,
    /// How many octets it has; `None` for all of the file.
    pub(in super::super) length: Option<usize>,
}

/// The deepest path that is followed.
const DEPTH_LIMIT: usize = 8;

impl Path {
    pub(super) fn read(element: &Element<'_>) -> Result<Self> {
        let mut reader = element.reader();
        let identifiers = reader.read(tag::OCTET_STRING, "Path.efidOrPath")?.octets()?.into_owned();
        let number = |element: Option<Element<'_>>| element.and_then(|element| element.small_integer());
        let offset = number(reader.optional(tag::INTEGER, "Path.index")?);
        let length = number(reader.optional(tag::context_primitive(0), "Path.length")?);
        let as_size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(Self { identifiers, offset: offset.map_or(0, as_size), length: length.map(as_size) })
    }

    /// A whole file.
    pub(in super::super) fn file(identifiers: &[u8]) -> Self {
        Self { identifiers: identifiers.to_vec(), ..Self::default() }
    }

    /// Whether it can be followed: whole identifiers, and not too many.
    pub(in super::super) fn is_sound(&self) -> bool {
        let length = self.identifiers.len();
        length >= 2 && length.is_multiple_of(2) && length <= 2 * DEPTH_LIMIT
    }

    /// Whether it begins at the master file.
    pub(in super::super) fn is_absolute(&self) -> bool {
        self.identifiers.starts_with(&[0x3f, 0x00])
    }
}
