//! Values inside elements: octets, numbers, texts.

use std::borrow::Cow;

use super::{DEPTH_LIMIT, Element, Reader, tag};
use crate::error::{Error, Limit, Result};

impl<'a> Element<'a> {
    /// The octets of an OCTET STRING (or of an implicit tag over one); a constructed one is joined from its segments.
    pub(crate) fn octets(&self) -> Result<Cow<'a, [u8]>> {
        if !self.is_constructed() {
            return Ok(Cow::Borrowed(self.contents));
        }
        let mut joined = Vec::with_capacity(self.contents.len());
        self.for_each_segment(&mut |segment| {
            joined.extend_from_slice(segment);
            Ok(())
        })?;
        Ok(Cow::Owned(joined))
    }

    /// Hands out the primitive segments of an OCTET STRING in order, without joining them.
    pub(crate) fn for_each_segment(&self, take: &mut dyn FnMut(&'a [u8]) -> Result<()>) -> Result<()> {
        if !self.is_constructed() {
            return take(self.contents);
        }
        let mut open = vec![self.reader()];
        while let Some(reader) = open.last_mut() {
            if reader.is_empty() {
                open.pop();
                continue;
            }
            let segment = reader.any("octet string segment")?;
            match segment.tag {
                tag::OCTET_STRING => take(segment.contents)?,
                CONSTRUCTED_OCTET_STRING if open.len() < DEPTH_LIMIT => open.push(segment.reader()),
                CONSTRUCTED_OCTET_STRING => return Err(Error::LimitExceeded { limit: Limit::Depth }),
                _ => return Err(Error::Asn1Malformed { what: "octet string segment", offset: 0 }),
            }
        }
        Ok(())
    }

    /// The octets of a BIT STRING that has no unused bits.
    pub(crate) fn bit_string_octets(&self, what: &'static str) -> Result<&'a [u8]> {
        match self.contents.split_first() {
            Some((0, octets)) if self.tag == tag::BIT_STRING => Ok(octets),
            _ => Err(Error::Asn1Malformed { what, offset: 0 }),
        }
    }

    /// The first sixteen bits of a BIT STRING of named bits, or of an implicit tag over one, bit 0 on top; trailing zero
    /// bits, which DER forbids, do no harm.
    pub(crate) fn named_bits(&self) -> Option<u16> {
        let (&unused, octets) = self.contents.split_first()?;
        let (&last, before) = octets.split_last().unwrap_or((&0, &[]));
        let last = last & 0xff_u8.checked_shl(unused.into())?;
        let mut octets = before.iter().copied().chain([last]);
        let mut next = || u16::from(octets.next().unwrap_or(0));
        Some(next() << 8 | next())
    }

    /// A small non-negative INTEGER or ENUMERATED.
    pub(crate) fn small_integer(&self) -> Option<u32> {
        let digits = match self.contents.split_first()? {
            (0, rest) if !rest.is_empty() => rest,
            (first, _) if first & 0x80 == 0 => self.contents,
            _ => return None,
        };
        if digits.len() > 4 {
            return None;
        }
        Some(digits.iter().fold(0u32, |sum, &octet| (sum << 8) | u32::from(octet)))
    }

    /// A BOOLEAN; any octet but zero is true, as in BER.
    pub(crate) fn boolean(&self) -> Option<bool> {
        match self.contents {
            [octet] => Some(*octet != 0),
            _ => None,
        }
    }

    /// The text of any string type, damaged characters replaced.
    pub(crate) fn text(&self) -> Option<String> {
        match self.tag {
            tag::UTF8_STRING | tag::NUMERIC_STRING | tag::PRINTABLE_STRING | tag::IA5_STRING | tag::VISIBLE_STRING => {
                Some(String::from_utf8_lossy(self.contents).into_owned())
            }
            tag::TELETEX_STRING => Some(self.contents.iter().map(|&octet| char::from(octet)).collect()),
            tag::BMP_STRING => {
                let units: Vec<u16> = self.contents.chunks_exact(2).map(big_endian_16).collect();
                Some(String::from_utf16_lossy(&units))
            }
            tag::UNIVERSAL_STRING => {
                let character = |chunk: &[u8]| char::from_u32(big_endian_32(chunk)).unwrap_or('\u{fffd}');
                Some(self.contents.chunks_exact(4).map(character).collect())
            }
            _ => None,
        }
    }
}

impl<'a> Reader<'a> {
    /// The contents octets of an OBJECT IDENTIFIER.
    pub(crate) fn oid(&mut self, what: &'static str) -> Result<&'a [u8]> {
        Ok(self.read(tag::OBJECT_IDENTIFIER, what)?.contents)
    }
}

const CONSTRUCTED_OCTET_STRING: u8 = tag::OCTET_STRING | tag::CONSTRUCTED;

fn big_endian_16(chunk: &[u8]) -> u16 {
    chunk.iter().fold(0, |sum, &octet| (sum << 8) | u16::from(octet))
}

fn big_endian_32(chunk: &[u8]) -> u32 {
    chunk.iter().fold(0, |sum, &octet| (sum << 8) | u32::from(octet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructed_octet_strings_are_joined() {
        let bytes = [0x24, 0x80, 0x04, 0x01, 0x41, 0x24, 0x03, 0x04, 0x01, 0x42, 0x00, 0x00];
        assert_eq!(Element::only(&bytes, "test").unwrap().octets().unwrap().as_ref(), b"AB");
    }

    #[test]
    fn constructed_octet_strings_are_as_deep_as_the_limit() {
        let nested = |depth| (0..depth).fold(vec![0x04, 0x01, 0x41], |inner, _| super::super::write::tlv(0x24, &inner));
        let octets = |depth| Element::only(&nested(depth), "test")?.octets().map(Cow::into_owned);
        assert_eq!(octets(DEPTH_LIMIT).unwrap(), b"A");
        assert_eq!(octets(DEPTH_LIMIT + 1).unwrap_err().name(), "limit-exceeded");
    }
}
