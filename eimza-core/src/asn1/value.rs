//! Values inside elements: octets, numbers, texts, times.

use std::borrow::Cow;

use super::{DEPTH_LIMIT, Element, Reader, tag};
use crate::clock::{Calendar, Time};
use crate::error::{Error, Result};

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
                CONSTRUCTED_OCTET_STRING => return Err(Error::LimitExceeded { limit: "depth" }),
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

    /// A small non-negative INTEGER.
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

    /// A UTCTime or GeneralizedTime in UTC (RFC 5280 section 4.1.2.5); a fraction of a second is cut off.
    pub(crate) fn time(&self) -> Option<Time> {
        let text = std::str::from_utf8(self.contents).ok()?.strip_suffix('Z')?;
        let (year, rest) = match self.tag {
            tag::UTC_TIME => {
                let (year, rest) = text.split_at_checked(2)?;
                let year = number(year)?;
                (if year < 50 { 2000 + year } else { 1900 + year }, rest)
            }
            tag::GENERALIZED_TIME => {
                let (year, rest) = text.split_at_checked(4)?;
                (number(year)?, rest)
            }
            _ => return None,
        };
        let (digits, fraction) = rest.split_at_checked(10)?;
        let fraction_fits = match fraction.strip_prefix('.') {
            Some(fraction) => self.tag == tag::GENERALIZED_TIME && !fraction.is_empty() && is_digits(fraction),
            None => fraction.is_empty(),
        };
        if !fraction_fits {
            return None;
        }
        let pair = |at: usize| digits.get(at..at + 2).and_then(number).and_then(|value| u8::try_from(value).ok());
        let calendar =
            Calendar { year, month: pair(0)?, day: pair(2)?, hour: pair(4)?, minute: pair(6)?, second: pair(8)? };
        Time::from_calendar(calendar)
    }
}

impl<'a> Reader<'a> {
    /// The contents octets of an OBJECT IDENTIFIER.
    pub(crate) fn oid(&mut self, what: &'static str) -> Result<&'a [u8]> {
        Ok(self.read(tag::OBJECT_IDENTIFIER, what)?.contents)
    }
}

const CONSTRUCTED_OCTET_STRING: u8 = tag::OCTET_STRING | tag::CONSTRUCTED;

fn number(digits: &str) -> Option<u16> {
    if is_digits(digits) { digits.parse().ok() } else { None }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|octet| octet.is_ascii_digit())
}

fn big_endian_16(chunk: &[u8]) -> u16 {
    chunk.iter().fold(0, |sum, &octet| (sum << 8) | u16::from(octet))
}

fn big_endian_32(chunk: &[u8]) -> u32 {
    chunk.iter().fold(0, |sum, &octet| (sum << 8) | u32::from(octet))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(tag: u8, text: &str) -> Option<String> {
        let bytes = super::super::write::tlv(tag, text.as_bytes());
        Element::only(&bytes, "time").unwrap().time().map(|time| time.to_string())
    }

    #[test]
    fn times_of_both_kinds_are_read() {
        assert_eq!(time(tag::UTC_TIME, "260615120030Z").as_deref(), Some("2026-06-15T12:00:30Z"));
        assert_eq!(time(tag::UTC_TIME, "500615120030Z").as_deref(), Some("1950-06-15T12:00:30Z"));
        assert_eq!(time(tag::GENERALIZED_TIME, "20260615120030.25Z").as_deref(), Some("2026-06-15T12:00:30Z"));
        for wrong in ["2606151200Z", "261315120030Z", "260615120030", "+60615120030Z", "260615120030.5Z"] {
            assert_eq!(time(tag::UTC_TIME, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_fraction_of_a_second_is_digits() {
        assert!(time(tag::GENERALIZED_TIME, "20260615120030.123456789Z").is_some());
        for wrong in ["20260615120030.Z", "20260615120030.2xyzZ", "20260615120030.2 Z", "20260615120030.-1Z"] {
            assert_eq!(time(tag::GENERALIZED_TIME, wrong), None, "{wrong}");
        }
    }

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
