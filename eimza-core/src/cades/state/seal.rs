//! Sealing a state under a key of the caller.

use std::fmt;

use zeroize::Zeroizing;

use crate::crypto::{self, SEAL_KEY_LENGTH, SEAL_LENGTH};
use crate::error::{Error, Result};

/// In front of every sealed state, and authenticated with it.
const HEAD: &[u8] = b"eimza sealed state 1\n";

/// A key for sealing: 32 random octets that only the caller keeps. Wiped when dropped, never printed.
pub struct StateKey(Zeroizing<[u8; SEAL_KEY_LENGTH]>);

impl StateKey {
    /// Takes the octets of a key.
    pub fn new(octets: [u8; SEAL_KEY_LENGTH]) -> Self {
        Self(Zeroizing::new(octets))
    }

    pub(super) fn seal(&self, state: &[u8]) -> Result<Vec<u8>> {
        Ok([HEAD, &crypto::seal(&self.0, HEAD, state)?].concat())
    }

    pub(super) fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let sealed = sealed.strip_prefix(HEAD).ok_or(Error::StateMalformed)?;
        if sealed.len() < SEAL_LENGTH {
            return Err(Error::StateMalformed);
        }
        crypto::open(&self.0, HEAD, sealed)?.ok_or(Error::StateAltered)
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
        let sealed = key.seal(b"state").unwrap();
        assert_eq!(**key.open(&sealed).unwrap(), *b"state");
        assert_ne!(key.seal(b"state").unwrap(), sealed, "the nonce is random");
        assert_eq!(StateKey::new([8; 32]).open(&sealed).unwrap_err().name(), "state-altered");
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(key.open(&altered).is_err(), "octet {at}");
            assert!(key.open(&sealed[..at]).is_err(), "cut at {at}");
        }
    }
}
