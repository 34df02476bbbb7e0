//! Lists inside of extensions and names.
//!
//! A list is walked to its end, however long it is: what stands far behind counts as what stands in front. Each walk costs
//! as much as the list has octets.

use crate::asn1::{Element, Reader, tag};

/// The members of the SEQUENCE OF or SET OF that fills `input`, as far as they can be read.
pub(super) fn members(input: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let list = Element::only(input, "list").ok().filter(|list| matches!(list.tag, tag::SEQUENCE | tag::SET));
    elements(list.map(|list| list.contents).unwrap_or_default())
}

/// The elements that follow one another in `contents`, as far as they can be read.
pub(super) fn elements(contents: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let mut reader = Reader::new(contents);
    std::iter::from_fn(move || reader.any("member").ok())
}

/// Whether a SEQUENCE fills `input`, and each of its members can be read and passes. Where a decision hangs on a list,
/// what cannot be read must not end it unnoticed.
pub(super) fn all<'a>(input: &'a [u8], passes: impl Fn(&Element<'a>) -> bool) -> bool {
    let Some(list) = Element::only(input, "list").ok().filter(|list| list.tag == tag::SEQUENCE) else { return false };
    let mut reader = list.reader();
    while !reader.is_empty() {
        if !reader.any("member").is_ok_and(|member| passes(&member)) {
            return false;
        }
    }
    true
}
