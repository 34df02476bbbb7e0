//! Sealing: AES-256-GCM (NIST SP 800-38D) with a random nonce, which stands in front.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use zeroize::Zeroizing;

use crate::error::{CryptoOperation, Error, Result};

/// The octets of a key.
pub(crate) const SEAL_KEY_LENGTH: usize = 32;

/// The octets that a seal adds: the nonce in front, the tag behind.
pub(crate) const SEAL_LENGTH: usize = NONCE_LEN + TAG_LENGTH;

const TAG_LENGTH: usize = 16;

/// Encrypts and authenticates; `context` is authenticated only.
pub(crate) fn seal(key: &[u8; SEAL_KEY_LENGTH], context: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    // Large enough from the start: growing would leave a copy of the plain octets behind.
    let mut octets = Vec::with_capacity(plain.len() + TAG_LENGTH);
    octets.extend_from_slice(plain);
    let nonce = cipher(key)?.seal_in_place_append_tag(Aad::from(context), &mut octets);
    let nonce = nonce.map_err(|_| Error::CryptoFailed { operation: CryptoOperation::Seal })?;
    Ok([nonce.as_ref().as_slice(), &octets].concat())
}

/// `None` where the octets or their context are not what was sealed under this key.
pub(crate) fn open(key: &[u8; SEAL_KEY_LENGTH], context: &[u8], sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let Some((nonce, octets)) = sealed.split_first_chunk::<NONCE_LEN>() else { return Ok(None) };
    let mut octets = Zeroizing::new(octets.to_vec());
    // The one way in which this fails is a tag that does not fit.
    let opened = cipher(key)?.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(context), &mut octets);
    let Ok(length) = opened.map(|plain| plain.len()) else { return Ok(None) };
    octets.truncate(length);
    Ok(Some(octets))
}

fn cipher(key: &[u8; SEAL_KEY_LENGTH]) -> Result<RandomizedNonceKey> {
    RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| Error::CryptoFailed { operation: CryptoOperation::Seal })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_opened_by_its_key_and_context_only_and_unchanged() {
        let key = [7; SEAL_KEY_LENGTH];
        let sealed = seal(&key, b"context", b"plain").unwrap();
        let opened = |key, context, sealed: &[u8]| open(key, context, sealed).unwrap();
        assert_eq!(**opened(&key, b"context", &sealed).as_ref().unwrap(), *b"plain");
        assert_eq!(sealed.len(), b"plain".len() + SEAL_LENGTH);
        assert_ne!(seal(&key, b"context", b"plain").unwrap(), sealed, "the nonce is random");
        assert!(opened(&[8; SEAL_KEY_LENGTH], b"context", &sealed).is_none());
        assert!(opened(&key, b"another", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(opened(&key, b"context", &altered).is_none(), "octet {at}");
            assert!(opened(&key, b"context", &sealed[..at]).is_none(), "cut at {at}");
        }
    }
}
