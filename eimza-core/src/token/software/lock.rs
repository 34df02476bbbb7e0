//! The master key behind a PIN or PUK, and what it seals.

use std::num::NonZeroU32;

use zeroize::Zeroizing;

use crate::crypto::{self, DigestAlgorithm, SEAL_KEY_LENGTH, random};
use crate::error::{Error, Result, TokenFileFault};

/// Rounds of PBKDF2-HMAC-SHA512 for one guess of a PIN or PUK, unless the maker of a token wants otherwise.
pub const DEFAULT_ITERATIONS: u32 = 210_000;

/// Fewer protect nothing; more would let a hostile file keep a processor busy for minutes.
pub(super) const ITERATIONS: std::ops::RangeInclusive<u32> = 1_000..=10_000_000;

pub(super) const SALT_LENGTH: usize = 16;

/// Opens every key of the token. Wiped when dropped.
pub(super) struct MasterKey(Zeroizing<[u8; SEAL_KEY_LENGTH]>);

impl MasterKey {
    pub(super) fn new() -> Result<Self> {
        random().map(Zeroizing::new).map(Self)
    }

    /// Encrypts and authenticates; `context` is authenticated only.
    pub(super) fn seal(&self, context: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        crypto::seal(&self.0, context, plain)
    }

    /// `None` where the octets or their context are not what was sealed under this key.
    pub(super) fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
        crypto::open(&self.0, context, sealed)
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
        lock.sealed = crypto::seal(&*lock.derive(secret)?, &lock.bound(context), &*master.0)?;
        Ok(lock)
    }

    /// `None` where the secret is wrong.
    pub(super) fn open(&self, context: &[u8], secret: &[u8]) -> Result<Option<MasterKey>> {
        let opened = crypto::open(&*self.derive(secret)?, &self.bound(context), &self.sealed)?;
        let master = opened.and_then(|octets| octets.as_slice().try_into().ok());
        Ok(master.map(Zeroizing::new).map(MasterKey))
    }

    fn derive(&self, secret: &[u8]) -> Result<Zeroizing<[u8; SEAL_KEY_LENGTH]>> {
        let iterations = NonZeroU32::new(self.iterations)
            .ok_or(Error::TokenFileMalformed { reason: TokenFileFault::IterationsOutside })?;
        let mut key = Zeroizing::new([0; SEAL_KEY_LENGTH]);
        crypto::pbkdf2(DigestAlgorithm::Sha512, iterations, &self.salt, secret, &mut *key);
        Ok(key)
    }

    fn bound(&self, context: &[u8]) -> Vec<u8> {
        [context, &self.iterations.to_be_bytes(), &self.salt].concat()
    }
}
