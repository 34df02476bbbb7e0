//! Texts of modules: padded in some way, in some encoding.

use std::fmt;

/// A text as the module has it, without its padding. It is compared by its octets, and shown as well as it can be read.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Text(Vec<u8>);

impl Text {
    /// Takes away padding: blanks by the standard, zeros by habit, on both sides, and whatever stands behind a zero.
    pub fn new(padded: &[u8]) -> Self {
        let is_padding = |octet: &u8| matches!(octet, 0 | b' ');
        let front = padded.iter().take_while(|octet| is_padding(octet)).count();
        let text = padded.get(front..).unwrap_or_default();
        let end = text.iter().position(|&octet| octet == 0).unwrap_or(text.len());
        let text = text.get(..end).unwrap_or_default();
        let back = text.iter().rev().take_while(|octet| is_padding(octet)).count();
        Self(text.get(..text.len() - back).unwrap_or_default().to_vec())
    }

    /// The octets without padding.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }

    /// Whether nothing was there but padding.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Text {
    /// UTF-8 by the standard; what is not is read as the Turkish alphabet of eight bits, ISO 8859-9.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match std::str::from_utf8(&self.0) {
            Ok(text) => formatter.pad(text),
            Err(_) => formatter.pad(&self.0.iter().map(|&octet| latin5(octet)).collect::<String>()),
        }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.to_string())
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

/// ISO 8859-9 is Latin-1 save for six letters. The controls from 0x80 on are no text.
fn latin5(octet: u8) -> char {
    match octet {
        0x80..=0x9f => char::REPLACEMENT_CHARACTER,
        0xd0 => 'Ğ',
        0xdd => 'İ',
        0xde => 'Ş',
        0xf0 => 'ğ',
        0xfd => 'ı',
        0xfe => 'ş',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_blanks_zeros_and_what_follows_them() {
        for (padded, text) in [
            (&b"NES1        "[..], "NES1"),
            (b"NES1\0\0\0\0", "NES1"),
            (b"NES1  \0garbage", "NES1"),
            (b"\0 NES 1 \0", "NES 1"),
            (b"\0\0\0", ""),
        ] {
            assert_eq!(Text::new(padded), text, "{padded:?}");
        }
    }

    #[test]
    fn octets_that_are_no_utf8_are_turkish() {
        let label = Text::new(b"T\xdcRK \xde\xddFRE  ");
        assert_eq!(label.to_string(), "TÜRK ŞİFRE");
        assert_eq!(label.octets(), b"T\xdcRK \xde\xddFRE");
        assert_eq!(Text::new(b"\xff\x80").to_string(), "ÿ\u{fffd}");
        assert_eq!(Text::new("TÜRK".as_bytes()).to_string(), "TÜRK");
    }
}
