//! How a card wants a PIN written (ISO 7816-15 section 8.9.2, ISO 9564-1 format 2).

use serde::Deserialize;
use zeroize::Zeroizing;

/// The octets of a PIN block of ISO 9564-1.
const BLOCK: usize = 8;

/// The encoding of a PIN's characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PinEncoding {
    /// Two digits in each octet.
    Bcd,
    /// Digits as characters.
    #[default]
    Ascii,
    /// Text.
    Utf8,
    /// One digit in each octet, in its lower half; the upper half is set.
    HalfNibbleBcd,
    /// `2n`, the digits as BCD, and `F` up to eight octets.
    Iso9564,
}

/// The form in which a card wants a PIN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct PinForm {
    pub(super) encoding: PinEncoding,
    /// The octets of a PIN with its padding; 0 where it is not padded.
    pub(super) padded_to: usize,
    /// What fills it up.
    pub(super) padding: u8,
}

impl PinForm {
    /// The octets to send for what was entered; `None` where it cannot be written so.
    pub(super) fn written(&self, entered: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        // Large enough from the start: growing would leave a copy of the PIN behind.
        let mut octets = Zeroizing::new(Vec::with_capacity(entered.len().max(self.padded_to).max(BLOCK) + 1));
        match self.encoding {
            PinEncoding::Ascii | PinEncoding::Utf8 => octets.extend_from_slice(entered),
            PinEncoding::HalfNibbleBcd => {
                for character in entered {
                    octets.push(0xf0 | digit(*character)?);
                }
            }
            PinEncoding::Bcd => push_bcd(&mut octets, entered, self.padding & 0x0f)?,
            PinEncoding::Iso9564 => {
                octets.push(0x20 | u8::try_from(entered.len()).ok().filter(|length| (4..=12).contains(length))?);
                push_bcd(&mut octets, entered, 0x0f)?;
                octets.resize(BLOCK, 0xff);
                return Some(octets);
            }
        }
        if self.padded_to > 0 {
            if octets.len() > self.padded_to {
                return None;
            }
            octets.resize(self.padded_to, self.padding);
        }
        Some(octets)
    }
}

fn digit(character: u8) -> Option<u8> {
    character.is_ascii_digit().then(|| character - b'0')
}

/// Two digits in each octet, the first one on top; an odd one is followed by `filler`.
fn push_bcd(octets: &mut Vec<u8>, entered: &[u8], filler: u8) -> Option<()> {
    for pair in entered.chunks(2) {
        let high = digit(*pair.first()?)?;
        let low = pair.get(1).map_or(Some(filler), |character| digit(*character))?;
        octets.push(high << 4 | low);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    fn written(encoding: PinEncoding, padded_to: usize, padding: u8, entered: &[u8]) -> Option<String> {
        PinForm { encoding, padded_to, padding }.written(entered).map(|octets| hex::encode(&octets))
    }

    #[test]
    fn every_encoding_of_the_standard() {
        let text = |form: Option<String>| form.unwrap_or_default();
        assert_eq!(text(written(PinEncoding::Ascii, 0, 0, b"12345")), "3132333435");
        assert_eq!(text(written(PinEncoding::Ascii, 8, 0xff, b"12345")), "3132333435ffffff");
        assert_eq!(text(written(PinEncoding::Utf8, 0, 0, "ş1".as_bytes())), "c59f31");
        assert_eq!(text(written(PinEncoding::Bcd, 8, 0xff, b"12345")), "12345fffffffffff");
        assert_eq!(text(written(PinEncoding::Bcd, 0, 0, b"1234")), "1234");
        assert_eq!(text(written(PinEncoding::HalfNibbleBcd, 0, 0, b"123")), "f1f2f3");
        assert_eq!(text(written(PinEncoding::Iso9564, 8, 0, b"12345")), "2512345fffffffff");
    }

    #[test]
    fn what_cannot_be_written_so_is_told() {
        assert_eq!(written(PinEncoding::Bcd, 0, 0, b"12a4"), None);
        assert_eq!(written(PinEncoding::HalfNibbleBcd, 0, 0, b"12x"), None);
        assert_eq!(written(PinEncoding::Iso9564, 8, 0, b"123"), None);
        assert_eq!(written(PinEncoding::Iso9564, 8, 0, b"1234567890123"), None);
        assert_eq!(written(PinEncoding::Ascii, 4, 0, b"12345"), None);
    }
}
