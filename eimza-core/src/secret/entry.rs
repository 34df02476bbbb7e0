//! A PIN that is entered key by key.

use zeroize::Zeroize;

use super::{Pin, SECRET_LIMIT};
use crate::error::{Error, Result, SecretKind};

/// Fills a [`Pin`] key by key, for keypads on a screen.
///
/// The digits lie in one buffer of fixed size that is wiped; nothing is copied while it grows.
pub struct PinEntry {
    octets: [u8; SECRET_LIMIT],
    length: usize,
}

impl PinEntry {
    /// An empty entry.
    pub fn new() -> Self {
        Self { octets: [0; SECRET_LIMIT], length: 0 }
    }

    /// Adds one octet; refuses the 65th.
    pub fn push(&mut self, octet: u8) -> Result<()> {
        let Some(place) = self.octets.get_mut(self.length) else {
            return Err(Error::SecretTooLong { secret: SecretKind::Pin, limit: SECRET_LIMIT });
        };
        *place = octet;
        self.length += 1;
        Ok(())
    }

    /// Takes the last octet back; nothing happens to an empty entry.
    pub fn backspace(&mut self) {
        self.length = self.length.saturating_sub(1);
        if let Some(place) = self.octets.get_mut(self.length) {
            place.zeroize();
        }
    }

    /// Forgets everything that was entered.
    pub fn clear(&mut self) {
        self.octets.zeroize();
        self.length = 0;
    }

    /// How many octets were entered, for the dots on the screen.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Makes the PIN by the rules of [`Pin::new`] and empties the entry.
    pub fn finish(&mut self) -> Result<Pin> {
        self.make(Pin::new)
    }

    /// Makes the PIN by the rules of [`Pin::new_unusual`] and empties the entry.
    pub fn finish_unusual(&mut self) -> Result<Pin> {
        self.make(Pin::new_unusual)
    }

    fn make(&mut self, make: impl FnOnce(Vec<u8>) -> Result<Pin>) -> Result<Pin> {
        let pin = make(self.octets.get(..self.length).unwrap_or_default().to_vec());
        self.clear();
        pin
    }
}

impl Default for PinEntry {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for PinEntry {
    fn drop(&mut self) {
        self.octets.zeroize();
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_keypad_fills_a_pin() {
        let mut entry = PinEntry::new();
        for octet in b"1239" {
            entry.push(*octet).unwrap();
        }
        entry.backspace();
        entry.push(b'4').unwrap();
        assert_eq!(entry.len(), 4);
        assert_eq!(entry.finish().unwrap().expose(), b"1234");
        assert!(entry.is_empty());
        assert!(entry.finish().is_err());
        let mut filled = || b"123456789012345".iter().for_each(|octet| entry.push(*octet).unwrap());
        filled();
        assert_eq!(entry.finish().unwrap_err().name(), "secret-looks-like-verification-code");
        assert!(entry.is_empty());
    }

    #[test]
    fn the_65th_key_is_refused_and_takes_nothing_away() {
        let mut entry = PinEntry::default();
        (0..SECRET_LIMIT).for_each(|_| entry.push(b'1').unwrap());
        assert_eq!(entry.push(b'2').unwrap_err().name(), "secret-too-long");
        assert_eq!((entry.len(), entry.is_empty()), (SECRET_LIMIT, false));
        assert_eq!(entry.finish().unwrap().expose(), [b'1'; SECRET_LIMIT]);
    }

    #[test]
    fn what_was_taken_back_or_cleared_is_gone() {
        let mut entry = PinEntry::new();
        entry.backspace();
        b"98".iter().for_each(|octet| entry.push(*octet).unwrap());
        entry.backspace();
        assert_eq!(entry.octets[1], 0);
        entry.clear();
        assert_eq!((entry.len(), entry.octets), (0, [0; SECRET_LIMIT]));
    }

    #[test]
    fn who_insists_may_enter_15_digits() {
        let mut entry = PinEntry::new();
        b"123456789012345".iter().for_each(|octet| entry.push(*octet).unwrap());
        assert_eq!(entry.finish_unusual().unwrap().expose(), b"123456789012345");
        assert!(entry.is_empty());
    }
}
