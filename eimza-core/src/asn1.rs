//! Reading ASN.1 without changing it: every element is a slice of the input, in DER or BER as it came.
//!
//! Typed decoders sort, normalise and re-encode; what was signed must keep its bytes. This reader follows X.690, takes
//! indefinite and non-minimal lengths, and refuses what does not fit into the input. Depth, where it matters, is
//! bounded by [`DEPTH_LIMIT`]; no memory is reserved for a length before the octets are there.

pub(crate) mod der;
pub(crate) mod extension;
pub(crate) mod oid;
pub(crate) mod pem;
mod time;
pub(crate) mod value;
pub(crate) mod write;

use std::ops::Range;

use crate::error::{Error, Limit, Result};

/// How deep nested elements are followed.
pub(crate) const DEPTH_LIMIT: usize = 64;

/// Identifier octets (X.690 section 8.1.2), as far as the structures of this library need them.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0a;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const NUMERIC_STRING: u8 = 0x12;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const TELETEX_STRING: u8 = 0x14;
    pub(crate) const IA5_STRING: u8 = 0x16;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const VISIBLE_STRING: u8 = 0x1a;
    pub(crate) const UNIVERSAL_STRING: u8 = 0x1c;
    pub(crate) const BMP_STRING: u8 = 0x1e;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
    pub(crate) const CONSTRUCTED: u8 = 0x20;

    /// `[number]`, constructed: an explicit tag, or an implicit one over a SEQUENCE or SET.
    pub(crate) const fn context(number: u8) -> u8 {
        0xa0 | number
    }

    /// `[number]`, primitive: an implicit tag over a primitive type.
    pub(crate) const fn context_primitive(number: u8) -> u8 {
        0x80 | number
    }
}

/// One element: identifier, length and contents octets, where they stand in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element<'a> {
    /// The first identifier octet; a tag number above 30 leaves 31 in its low bits.
    pub(crate) tag: u8,
    /// All octets of the element, an end-of-contents mark included.
    pub(crate) bytes: &'a [u8],
    /// The contents octets.
    pub(crate) contents: &'a [u8],
    /// Whether the length is of the indefinite form.
    pub(crate) indefinite: bool,
}

impl<'a> Element<'a> {
    /// Reads the one element that fills `input`.
    pub(crate) fn only(input: &'a [u8], what: &'static str) -> Result<Self> {
        let mut reader = Reader::new(input);
        let element = reader.any(what)?;
        reader.finish(what)?;
        Ok(element)
    }

    /// Reads the one SEQUENCE that fills `input`.
    pub(crate) fn only_sequence(input: &'a [u8], what: &'static str) -> Result<Self> {
        let mut reader = Reader::new(input);
        let sequence = reader.read(tag::SEQUENCE, what)?;
        reader.finish(what)?;
        Ok(sequence)
    }

    /// Whether further elements stand inside.
    pub(crate) fn is_constructed(&self) -> bool {
        self.tag & tag::CONSTRUCTED != 0
    }

    /// A reader over the contents.
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader::new(self.contents)
    }
}

/// Where a slice of `whole` stands in it.
pub(crate) fn place(whole: &[u8], slice: &[u8]) -> Range<usize> {
    let start = slice.as_ptr().addr().saturating_sub(whole.as_ptr().addr());
    start..start + slice.len()
}

/// Walks over elements that follow one another.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    input: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(input: &'a [u8]) -> Self {
        Self { input, rest: input }
    }

    /// Whether everything was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What was not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next element, whatever it is.
    pub(crate) fn any(&mut self, what: &'static str) -> Result<Element<'a>> {
        let malformed = Error::Asn1Malformed { what, offset: self.input.len() - self.rest.len() };
        let Some(header) = Header::read(self.rest) else { return Err(malformed) };
        let Some(after_header) = self.rest.get(header.octets..) else { return Err(malformed) };
        let (contents, end_mark) = match header.length {
            Some(length) => (length, 0),
            None => match indefinite_length(after_header)? {
                Some(length) => (length, END_OF_CONTENTS.len()),
                None => return Err(malformed),
            },
        };
        let whole = header.octets.checked_add(contents).and_then(|sum| sum.checked_add(end_mark));
        let split = whole.and_then(|whole| self.rest.split_at_checked(whole));
        let (Some((bytes, rest)), Some(contents)) = (split, after_header.get(..contents)) else {
            return Err(malformed);
        };
        self.rest = rest;
        Ok(Element { tag: header.tag, bytes, contents, indefinite: header.length.is_none() })
    }

    /// The next element, which must have this tag.
    pub(crate) fn read(&mut self, tag: u8, what: &'static str) -> Result<Element<'a>> {
        if self.peek_tag() != Some(tag) {
            return Err(Error::Asn1Malformed { what, offset: self.input.len() - self.rest.len() });
        }
        self.any(what)
    }

    /// The next element if it has this tag.
    pub(crate) fn optional(&mut self, tag: u8, what: &'static str) -> Result<Option<Element<'a>>> {
        if self.peek_tag() == Some(tag) { self.any(what).map(Some) } else { Ok(None) }
    }

    /// The tag of the next element.
    pub(crate) fn peek_tag(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Fails if anything is left.
    pub(crate) fn finish(&self, what: &'static str) -> Result<()> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(Error::Asn1Malformed { what, offset: self.input.len() - self.rest.len() })
    }
}

const END_OF_CONTENTS: [u8; 2] = [0, 0];

/// Identifier and length octets.
struct Header {
    tag: u8,
    octets: usize,
    /// `None` for the indefinite form.
    length: Option<usize>,
}

impl Header {
    fn read(input: &[u8]) -> Option<Self> {
        let (&tag, mut rest) = input.split_first()?;
        if tag & 0x1f == 0x1f {
            rest = skip_high_tag_number(rest)?;
        }
        let (&first, rest) = rest.split_first()?;
        let header = |rest: &[u8], length| Some(Self { tag, octets: input.len() - rest.len(), length });
        match first {
            0..=0x7f => header(rest, Some(usize::from(first))),
            0x80 if tag & tag::CONSTRUCTED != 0 => header(rest, None),
            0x81..=0x84 => {
                let (length, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                let length = length.iter().fold(0usize, |sum, &octet| (sum << 8) | usize::from(octet));
                header(rest, Some(length))
            }
            _ => None,
        }
    }
}

/// At most four further identifier octets are followed.
fn skip_high_tag_number(rest: &[u8]) -> Option<&[u8]> {
    let last = rest.iter().take(4).position(|octet| octet & 0x80 == 0)?;
    rest.get(last + 1..)
}

/// How many contents octets stand before the end mark that belongs to an indefinite length.
///
/// Elements of definite length are stepped over; nested indefinite ones are counted, so that the walk needs no stack.
fn indefinite_length(input: &[u8]) -> Result<Option<usize>> {
    let mut depth = 1usize;
    let mut rest = input;
    loop {
        if rest.starts_with(&END_OF_CONTENTS) {
            depth -= 1;
            if depth == 0 {
                return Ok(Some(input.len() - rest.len()));
            }
            rest = rest.get(END_OF_CONTENTS.len()..).unwrap_or_default();
            continue;
        }
        let Some(header) = Header::read(rest) else { return Ok(None) };
        let step = header.octets.checked_add(header.length.unwrap_or(0));
        let Some(next) = step.and_then(|step| rest.get(step..)) else { return Ok(None) };
        if header.length.is_none() {
            depth += 1;
            if depth > DEPTH_LIMIT {
                return Err(Error::LimitExceeded { limit: Limit::Depth });
            }
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definite_and_indefinite_lengths_are_read() {
        let definite = [0x30, 0x03, 0x02, 0x01, 0x05];
        let indefinite = [0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 0x41, 0x00, 0x00, 0x00, 0x00];
        assert_eq!(Element::only(&definite, "test").unwrap().contents, &definite[2..]);
        let element = Element::only(&indefinite, "test").unwrap();
        assert!(element.indefinite);
        assert_eq!(element.contents, &indefinite[2..9]);
        assert_eq!(element.bytes, indefinite);
    }

    #[test]
    fn lengths_that_lie_are_refused() {
        for input in
            [&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff][..], &[0x30, 0x05, 0x02], &[0x30, 0x80, 0x02, 0x01], &[0x1f]]
        {
            assert!(Element::only(input, "test").is_err());
        }
    }

    #[test]
    fn nesting_a_million_deep_is_refused_at_once() {
        let bomb = [0x30, 0x80].repeat(1_000_000);
        assert_eq!(Element::only(&bomb, "test").unwrap_err().name(), "limit-exceeded");
    }
}
