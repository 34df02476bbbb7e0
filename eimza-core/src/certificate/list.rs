//! Lists inside of extensions: read as far as they can be read, up to a bound.

use crate::asn1::{Element, tag};

/// The most members of a list that are looked at.
const LIST_LIMIT: usize = 64;

/// The members of the SEQUENCE OF or SET OF that fills `input`. What cannot be read ends the list.
pub(super) fn members(input: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let list = Element::only(input, "list").ok().filter(|list| matches!(list.tag, tag::SEQUENCE | tag::SET));
    elements(list.map(|list| list.contents).unwrap_or_default())
}

/// The elements that follow one another in `contents`.
pub(super) fn elements(contents: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let mut reader = crate::asn1::Reader::new(contents);
    std::iter::from_fn(move || reader.any("member").ok()).take(LIST_LIMIT)
}
