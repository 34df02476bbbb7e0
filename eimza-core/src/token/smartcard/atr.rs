//! The answer to reset of a card (ISO 7816-3 section 8): what it says of the card, by its structure and never by fixed
//! places.

use std::fmt;

use crate::hex;

/// The most octets of an ATR.
const LONGEST: usize = 33;

/// An answer to reset. A wrong check octet is no reason to refuse it: such ATRs are in the field.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Atr {
    octets: Vec<u8>,
    historical: std::ops::Range<usize>,
    protocols: Vec<u8>,
}

impl Atr {
    /// Reads an ATR; `None` where its structure does not fit its length.
    pub fn read(octets: &[u8]) -> Option<Self> {
        let (first, format) = (*octets.first()?, *octets.get(1)?);
        if !matches!(first, 0x3b | 0x3f) || octets.len() > LONGEST {
            return None;
        }
        let mut at = 2;
        let mut protocols = Vec::new();
        let mut follows = format >> 4;
        while follows != 0 {
            // TA, TB and TC stand in front of TD, which says what follows next.
            at += usize::try_from((follows & 0b0111).count_ones()).ok()?;
            if follows & 0b1000 == 0 {
                break;
            }
            let next = *octets.get(at)?;
            protocols.push(next & 0x0f);
            follows = next >> 4;
            at += 1;
        }
        let historical = at..at + usize::from(format & 0x0f);
        octets.get(historical.clone())?;
        Some(Self { octets: octets.to_vec(), historical, protocols })
    }

    /// The octets as they came.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The historical bytes: what the maker says of the card.
    pub fn historical(&self) -> &[u8] {
        self.octets.get(self.historical.clone()).unwrap_or_default()
    }

    /// The protocols that are offered, in their order: 0 for T=0, 1 for T=1. A card that names none speaks T=0.
    pub fn protocols(&self) -> &[u8] {
        if self.protocols.is_empty() { &[0] } else { &self.protocols }
    }

    /// The values of this tag (1 to 15) among the historical bytes, where these are in COMPACT-TLV (ISO 7816-4 section
    /// 8.1.1.2).
    pub fn compact_value(&self, tag: u8) -> Option<&[u8]> {
        let mut rest = self.historical().strip_prefix(&[0x80])?;
        while let Some((head, behind)) = rest.split_first() {
            let value = behind.get(..usize::from(head & 0x0f))?;
            if head >> 4 == tag {
                return Some(value);
            }
            rest = behind.get(value.len()..)?;
        }
        None
    }

    /// Whether the card says that it takes commands with lengths of two octets (section 8.1.1.2.7).
    pub fn has_extended_length(&self) -> bool {
        self.compact_value(7).and_then(|capabilities| capabilities.get(2)).is_some_and(|third| third & 0x40 != 0)
    }

    /// Whether the card says that it takes long commands in pieces.
    pub fn has_chaining(&self) -> bool {
        self.compact_value(7).and_then(|capabilities| capabilities.get(2)).is_some_and(|third| third & 0x80 != 0)
    }
}

impl fmt::Display for Atr {
    /// Upper-case hexadecimal, as lists of cards print it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(&self.octets).to_uppercase())
    }
}

impl fmt::Debug for Atr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Atr({self})")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn atr(text: &str) -> Atr {
        Atr::read(&hex::decode(&text.to_lowercase()).unwrap()).unwrap()
    }

    #[test]
    fn the_historical_bytes_of_cards_in_the_field() {
        // AKİS 1.0: TD1 and TD2, no COMPACT-TLV.
        let first = atr("3BBA11008131FE4D55454B41452056312E30AE");
        assert_eq!(first.historical(), b"UEKAE V1.0");
        assert_eq!(first.compact_value(6), None);
        // AKİS 1.2: the maker's mark, card services, capabilities.
        let second = atr("3B9F968131FE45806755454B41451212318073B3A180EA");
        assert_eq!(second.compact_value(6).unwrap(), b"UEKAE\x12\x12");
        assert_eq!(second.compact_value(3).unwrap(), [0x80]);
        assert!(second.has_chaining() && !second.has_extended_length());
        // AKİS 2.2.8, with a wrong check octet and without one.
        for end in ["90", "05"] {
            let odd = atr(&format!("3B9F978131FE458065544312210831C073F621808105{end}"));
            assert_eq!(odd.compact_value(6).unwrap(), [0x54, 0x43, 0x12, 0x21, 0x08]);
        }
    }

    #[test]
    fn protocols_are_told() {
        assert_eq!(atr("3BF2180002C10A31FE58C80874").protocols(), [1, 1]);
        assert_eq!(atr("3B6D000080318065B08301029083009000").protocols(), [0]);
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in ["", "3b", "3b9f", "00ff", "3bff1100", "3b0f0102"] {
            assert_eq!(Atr::read(&hex::decode(text).unwrap()), None, "{text}");
        }
        assert_eq!(Atr::read(&[0x3b; 40]), None);
    }
}
