//! The master key behind a PIN or PUK, and what it seals.

use std::num::NonZeroU32;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::pbkdf2;
use zeroize::Zeroizing;

use crate::crypto::random;
use crate::error::{CryptoOperation, Error, Result, TokenFileFault};

/// Rounds of PBKDF2-HMAC-SHA512 for one guess of a PIN or PUK, unless the maker of a token wants otherwise.
pub const DEFAULT_ITERATIONS: u32 = 210_000;

/// Fewer protect nothing; more would let a hostile file keep a processor busy for minutes.
pub(super) const ITERATIONS: std::ops::RangeInclusive<u32> = 1_000..=10_000_000;

pub(super) const SALT_LENGTH: usize = 16;

/// What AES-256-GCM adds: the nonce in front, the tag behind.
pub(super) const SEAL_LENGTH: usize = NONCE_LEN + TAG_LENGTH;

pub(super) const MASTER_KEY_LENGTH: usize = 32;

const TAG_LENGTH: usize = 16;

/// Opens every key of the token. Wiped when dropped.
pub(super) struct MasterKey(Zeroizing<Vec<u8>>);

impl MasterKey {
    pub(super) fn new() -> Result<Self> {
        Ok(Self(Zeroizing::new(random::<MASTER_KEY_LENGTH>()?.to_vec())))
    }

    /// Encrypts and authenticates; `context` is authenticated only.
    pub(super) fn seal(&self, context: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        seal(&self.0, context, plain)
    }

    /// `None` where the octets or their context are not what was sealed under this key.
    pub(super) fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
        open(&self.0, context, sealed)
    }
}

/// How a PIN or PUK opens the master key.
#[derive(Clone)]
pub(super) struct Lock {
    pub(super) iterations: u32,
    pub(super) salt: Vec<u8>,
    pub(super) sealed: Vec<u8>,
}

impl Lock {
    /// A new lock before the same master key.
    pub(super) fn new(iterations: u32, context: &[u8], secret: &[u8], master: &MasterKey) -> Result<Self> {
        let mut lock = Self { iterations, salt: random::<SALT_LENGTH>()?.to_vec(), sealed: Vec::new() };
        lock.sealed = seal(&*lock.derive(secret)?, &lock.bound(context), &master.0)?;
        Ok(lock)
    }

    /// `None` where the secret is wrong.
    pub(super) fn open(&self, context: &[u8], secret: &[u8]) -> Result<Option<MasterKey>> {
        let opened = open(&*self.derive(secret)?, &self.bound(context), &self.sealed)?;
        Ok(opened.map(MasterKey))
    }

    fn derive(&self, secret: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
        let iterations = NonZeroU32::new(self.iterations)
            .ok_or(Error::TokenFileMalformed { reason: TokenFileFault::IterationsOutside })?;
        let mut key = Zeroizing::new([0; 32]);
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA512, iterations, &self.salt, secret, &mut *key);
        Ok(key)
    }

    fn bound(&self, context: &[u8]) -> Vec<u8> {
        [context, &self.iterations.to_be_bytes(), &self.salt].concat()
    }
}

fn seal(key: &[u8], context: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let failed = |_| Error::CryptoFailed { operation: CryptoOperation::AesGcm };
    let key = RandomizedNonceKey::new(&AES_256_GCM, key).map_err(failed)?;
    // Large enough from the start: growing would leave a copy of the plain octets behind.
    let mut octets = Vec::with_capacity(plain.len() + TAG_LENGTH);
    octets.extend_from_slice(plain);
    let nonce = key.seal_in_place_append_tag(Aad::from(context), &mut octets).map_err(failed)?;
    Ok([nonce.as_ref().as_slice(), &octets].concat())
}

fn open(key: &[u8], context: &[u8], sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let Some((nonce, octets)) = sealed.split_first_chunk::<NONCE_LEN>() else { return Ok(None) };
    let key = RandomizedNonceKey::new(&AES_256_GCM, key)
        .map_err(|_| Error::CryptoFailed { operation: CryptoOperation::AesGcm })?;
    let mut octets = Zeroizing::new(octets.to_vec());
    // The one way in which this fails is a tag that does not fit.
    let opened = key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(context), &mut octets);
    let Ok(length) = opened.map(|plain| plain.len()) else { return Ok(None) };
    octets.truncate(length);
    Ok(Some(octets))
}
