//! Sealing a state: AES-256-GCM (NIST SP 800-38D) with a random nonce, under a key of the caller.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use zeroize::Zeroizing;

use crate::error::{CryptoOperation, Error, Result};

/// In front of every sealed state, and authenticated with it.
const HEAD: &[u8] = b"eimza sealed state 1\n";

/// A key for sealing: 32 random octets that only the caller keeps. Wiped when dropped, never printed.
pub struct StateKey(Zeroizing<[u8; 32]>);

impl StateKey {
    /// Takes the octets of a key.
    pub fn new(octets: [u8; 32]) -> Self {
        Self(Zeroizing::new(octets))
    }

    pub(super) fn seal(&self, mut octets: Vec<u8>) -> Result<Vec<u8>> {
        let nonce = self.cipher()?.seal_in_place_append_tag(Aad::from(HEAD), &mut octets);
        let nonce = nonce.map_err(|_| Error::CryptoFailed { operation: CryptoOperation::Seal })?;
        Ok([HEAD, nonce.as_ref(), &octets].concat())
    }

    pub(super) fn open(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        let body = sealed.strip_prefix(HEAD).ok_or(Error::StateMalformed)?;
        let (nonce, body) = body.split_at_checked(NONCE_LEN).ok_or(Error::StateMalformed)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Error::StateMalformed)?;
        let mut body = body.to_vec();
        let length = match self.cipher()?.open_in_place(nonce, Aad::from(HEAD), &mut body) {
            Ok(plain) => plain.len(),
            Err(_) => return Err(Error::StateAltered),
        };
        body.truncate(length);
        Ok(body)
    }

    fn cipher(&self) -> Result<RandomizedNonceKey> {
        RandomizedNonceKey::new(&AES_256_GCM, self.0.as_ref())
            .map_err(|_| Error::CryptoFailed { operation: CryptoOperation::SealKey })
    }
}

impl fmt::Debug for StateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StateKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_opened_by_its_key_only_and_unchanged() {
        let key = StateKey::new([7; 32]);
        let sealed = key.seal(b"state".to_vec()).unwrap();
        assert_eq!(key.open(&sealed).unwrap(), b"state");
        assert_ne!(key.seal(b"state".to_vec()).unwrap(), sealed, "the nonce is random");
        assert_eq!(StateKey::new([8; 32]).open(&sealed).unwrap_err().name(), "state-altered");
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(key.open(&altered).is_err(), "octet {at}");
            assert!(key.open(&sealed[..at]).is_err(), "cut at {at}");
        }
    }
}
