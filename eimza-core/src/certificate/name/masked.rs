//! Values of a type that is not known: nothing says where a national id would stand in them.

use crate::asn1::Element;
use crate::shown_text::NATIONAL_ID_DIGITS;

/// The octets of an element of an unknown type, its contents hidden whole where they could hold a national id.
///
/// Nothing says where a number would begin there, nor in which form it would stand: eleven digits are enough.
pub(super) fn masked(element: &Element<'_>) -> Vec<u8> {
    let digits = element.contents.iter().filter(|octet| octet.is_ascii_digit()).count();
    let mut masked = element.bytes.to_vec();
    if digits >= NATIONAL_ID_DIGITS {
        let end_mark = if element.indefinite { 2 } else { 0 };
        let end = masked.len() - end_mark;
        if let Some(contents) = masked.get_mut(end - element.contents.len()..end) {
            contents.fill(b'*');
        }
    }
    masked
}
