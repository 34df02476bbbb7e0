//! BER to DER: definite minimal lengths, joined strings, sorted sets, TRUE as FF (X.690 sections 10 and 11).

use super::{DEPTH_LIMIT, Element, Reader, tag, write};
use crate::error::{Error, Limit, Result};

/// The DER form of an element. Only framing changes: primitive contents keep their octets.
///
/// SET contents are sorted as a SET OF, which is what every SET in CMS and X.501 is.
pub(crate) fn normalised(element: &Element<'_>) -> Result<Vec<u8>> {
    let mut der = Vec::with_capacity(element.bytes.len());
    append(element, 0, &mut der)?;
    Ok(der)
}

/// Whether an element is what [`normalised`] makes of it.
pub(crate) fn is_normalised(element: &Element<'_>) -> bool {
    has_form(element, 0, true)
}

/// Whether lengths are definite and minimal, strings in one piece, and TRUE is FF, all the way down; whatever the order
/// inside of sets.
pub(crate) fn is_framed(element: &Element<'_>) -> bool {
    has_form(element, 0, false)
}

/// Whether the header of this one element is DER.
pub(crate) fn is_header_minimal(element: &Element<'_>) -> bool {
    let identifier = identifier(element);
    let tag_number_fits = match identifier {
        [_, number] => *number > 30,
        [_, first, ..] => *first != 0x80,
        _ => true,
    };
    let length_octets = match element.contents.len() {
        0..=0x7f => 1,
        0x80..=0xff => 2,
        0x100..=0xffff => 3,
        0x1_0000..=0xff_ffff => 4,
        _ => 5,
    };
    let header = identifier.len() + length_octets;
    tag_number_fits && !element.indefinite && element.bytes.len() - element.contents.len() == header
}

fn append(element: &Element<'_>, depth: usize, der: &mut Vec<u8>) -> Result<()> {
    if depth > DEPTH_LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::Depth });
    }
    let start = der.len();
    let mut identifier = identifier(element);
    if element.tag == CONSTRUCTED_OCTET_STRING {
        identifier = &[tag::OCTET_STRING];
        element.for_each_segment(&mut |segment| {
            der.extend_from_slice(segment);
            Ok(())
        })?;
    } else if element.tag == tag::BOOLEAN {
        der.push(if element.boolean() == Some(true) { 0xff } else { 0 });
    } else if element.is_constructed() {
        append_children(element, depth, der)?;
    } else {
        der.extend_from_slice(element.contents);
    }
    // The contents come first: only now their length is known.
    let mut header = identifier.to_vec();
    write::push_length(&mut header, der.len() - start);
    der.splice(start..start, header);
    Ok(())
}

fn append_children(element: &Element<'_>, depth: usize, der: &mut Vec<u8>) -> Result<()> {
    let start = der.len();
    let mut reader = element.reader();
    while !reader.is_empty() {
        append(&reader.any("element")?, depth + 1, der)?;
    }
    let contents = der.get(start..).unwrap_or_default();
    if element.tag == tag::SET && !children(contents).is_sorted() {
        let unsorted = contents.to_vec();
        let mut sorted: Vec<&[u8]> = children(&unsorted).collect();
        sorted.sort_unstable();
        der.truncate(start);
        sorted.into_iter().for_each(|child| der.extend_from_slice(child));
    }
    Ok(())
}

fn has_form(element: &Element<'_>, depth: usize, sorted: bool) -> bool {
    if depth > DEPTH_LIMIT || element.tag == CONSTRUCTED_OCTET_STRING || !is_header_minimal(element) {
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
            Ok(child) if has_form(&child, depth + 1, sorted) => {}
            _ => return false,
        }
    }
    !sorted || element.tag != tag::SET || children(element.contents).is_sorted()
}

/// The octets of each element, as far as they can be read.
fn children(contents: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut reader = Reader::new(contents);
    std::iter::from_fn(move || reader.any("element").ok().map(|child| child.bytes))
}

/// The identifier octets; a tag number above 30 takes several (X.690 section 8.1.2.4).
fn identifier<'a>(element: &Element<'a>) -> &'a [u8] {
    let mut further = element.bytes.iter().skip(1);
    let last = if element.tag & 0x1f == 0x1f { further.position(|octet| octet & 0x80 == 0) } else { None };
    let length = last.map_or(1, |last| last + 2);
    element.bytes.get(..length).unwrap_or_default()
}

const CONSTRUCTED_OCTET_STRING: u8 = tag::OCTET_STRING | tag::CONSTRUCTED;

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
    fn tag_numbers_above_thirty_are_framed_too() {
        let only = |ber: &'static [u8]| Element::only(ber, "test").unwrap();
        for der in [&[0x9f, 0x81, 0x01, 0x01, 0][..], &[0x9f, 0x1f, 0], &[0xbf, 0x1f, 0x02, 0x05, 0]] {
            assert!(is_framed(&only(der)), "{der:02x?}");
            assert_eq!(normalised(&only(der)).unwrap(), der);
        }
        for ber in [&[0x9f, 0x1e, 0][..], &[0x9f, 0x80, 0x1f, 0], &[0x9f, 0x1f, 0x81, 0]] {
            assert!(!is_framed(&only(ber)), "{ber:02x?}");
        }
        let indefinite = only(&[0xbf, 0x1f, 0x80, 0x01, 0x01, 0x07, 0, 0]);
        assert_eq!(normalised(&indefinite).unwrap(), [0xbf, 0x1f, 0x03, 0x01, 0x01, 0xff]);
    }

    #[test]
    fn the_order_of_a_set_counts_where_it_is_asked_for() {
        let (sorted, unsorted) = ([0x31, 0x04, 0x05, 0, 0x0c, 0], [0x31, 0x04, 0x0c, 0, 0x05, 0]);
        let unsorted = Element::only(&unsorted, "test").unwrap();
        assert!(is_framed(&unsorted) && !is_normalised(&unsorted));
        assert_eq!(normalised(&unsorted).unwrap(), sorted);
        assert!(is_normalised(&Element::only(&sorted, "test").unwrap()));
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
