//! The password of a file in the forms that are in use, and what may still be spent on it.

use std::cell::Cell;

use zeroize::Zeroizing;

use crate::error::{Error, Limit, Result};
use crate::secret::Password;

pub(super) struct Secret {
    /// For PBKDF2 (RFC 8018).
    pub(super) utf8: Zeroizing<Vec<u8>>,
    /// For PKCS#12's own derivation, the form of the standard first. The one that fits the MAC is then the only one.
    pub(super) characters: Vec<Zeroizing<Vec<u8>>>,
    iterations_left: Cell<u32>,
}

impl Secret {
    /// A few seconds of a processor: a million rounds each for a key, the certificates and the MAC, ten times what
    /// programs write. With SHA-1 a key may take several blocks, and each costs all rounds.
    const ITERATIONS: u32 = 3_000_000;

    pub(super) fn new(password: &Password) -> Self {
        let utf8 = Zeroizing::new(password.expose().to_vec());
        // A password is UTF-8 by construction.
        let text = std::str::from_utf8(&utf8).unwrap_or_default();
        // BMPString with its end mark (RFC 7292 appendix B.1).
        let mut characters = vec![big_endian(text.encode_utf16().chain([0]))];
        if utf8.is_empty() {
            // Some programs take "no password" for no octets at all, not for an empty text with its end mark.
            characters.push(Zeroizing::default());
        } else if !utf8.is_ascii() {
            // OpenSSL before 1.1 took each octet for a character.
            characters.push(big_endian(utf8.iter().copied().map(u16::from).chain([0])));
        }
        Self { utf8, characters, iterations_left: Cell::new(Self::ITERATIONS) }
    }

    /// Keeps only the form with this number.
    pub(super) fn settle(&mut self, number: usize) {
        let mut index = 0..;
        self.characters.retain(|_| index.next() == Some(number));
    }

    /// Takes as many rounds from what the whole file may cost.
    pub(super) fn spend(&self, iterations: u32) -> Result<()> {
        let left = self.iterations_left.get().checked_sub(iterations);
        self.iterations_left.set(left.ok_or(Error::LimitExceeded { limit: Limit::Iterations })?);
        Ok(())
    }
}

fn big_endian(units: impl Iterator<Item = u16>) -> Zeroizing<Vec<u8>> {
    let mut octets = Zeroizing::new(Vec::with_capacity(256));
    units.for_each(|unit| octets.extend_from_slice(&unit.to_be_bytes()));
    octets
}
