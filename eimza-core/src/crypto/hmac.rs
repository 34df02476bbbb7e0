//! Message authentication with any digest (RFC 2104), and keys from passwords by it (RFC 8018 section 5.2).

use std::num::NonZeroU32;

use aws_lc_rs::pbkdf2;
use zeroize::Zeroizing;

use super::digest::{Digest, DigestAlgorithm, Hasher};

impl DigestAlgorithm {
    /// The octets that the algorithm takes at a time (FIPS 180-4 section 1, FIPS 202 table 3).
    pub(crate) fn block_length(self) -> usize {
        match self {
            Self::Sha1 | Self::Sha224 | Self::Sha256 => 64,
            Self::Sha384 | Self::Sha512 | Self::Sha512_224 | Self::Sha512_256 => 128,
            Self::Sha3_224 => 144,
            Self::Sha3_256 => 136,
            Self::Sha3_384 => 104,
            Self::Sha3_512 => 72,
        }
    }
}

/// HMAC with one key, for any number of messages.
pub(crate) struct Hmac {
    inner: Hasher,
    outer: Hasher,
}

impl Hmac {
    pub(crate) fn new(digest: DigestAlgorithm, key: &[u8]) -> Self {
        let mut block = Zeroizing::new(vec![0; digest.block_length()]);
        let shortened = if key.len() > block.len() { Some(digest.digest(key)) } else { None };
        let key = shortened.as_ref().map_or(key, Digest::as_bytes);
        block.iter_mut().zip(key).for_each(|(place, octet)| *place = *octet);
        let keyed = |pad: u8| {
            let mut hasher = Hasher::new(digest);
            hasher.update(&Zeroizing::new(block.iter().map(|octet| octet ^ pad).collect::<Vec<u8>>()));
            hasher
        };
        Self { inner: keyed(0x36), outer: keyed(0x5c) }
    }

    /// The code of a message that comes in these pieces.
    pub(crate) fn code(&self, pieces: &[&[u8]]) -> Digest {
        let (mut inner, mut outer) = (self.inner.clone(), self.outer.clone());
        pieces.iter().for_each(|piece| inner.update(piece));
        outer.update(inner.finish().as_bytes());
        outer.finish()
    }
}

/// PBKDF2: fills `key`.
pub(crate) fn pbkdf2(digest: DigestAlgorithm, iterations: NonZeroU32, salt: &[u8], password: &[u8], key: &mut [u8]) {
    let usual = match digest {
        DigestAlgorithm::Sha1 => pbkdf2::PBKDF2_HMAC_SHA1,
        DigestAlgorithm::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
        DigestAlgorithm::Sha384 => pbkdf2::PBKDF2_HMAC_SHA384,
        DigestAlgorithm::Sha512 => pbkdf2::PBKDF2_HMAC_SHA512,
        other => return derive(other, iterations.get(), salt, password, key),
    };
    pbkdf2::derive(usual, iterations, salt, password, key);
}

/// PBKDF2 for digests that aws-lc-rs does not derive with.
fn derive(digest: DigestAlgorithm, iterations: u32, salt: &[u8], password: &[u8], key: &mut [u8]) {
    let hmac = Hmac::new(digest, password);
    for (number, block) in (1u32..).zip(key.chunks_mut(digest.length())) {
        let mut code = hmac.code(&[salt, &number.to_be_bytes()]);
        block.copy_from_slice(code.as_bytes().get(..block.len()).unwrap_or_default());
        for _ in 1..iterations {
            code = hmac.code(&[code.as_bytes()]);
            block.iter_mut().zip(code.as_bytes()).for_each(|(sum, octet)| *sum ^= octet);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [DigestAlgorithm; 5] = [
        DigestAlgorithm::Sha1,
        DigestAlgorithm::Sha224,
        DigestAlgorithm::Sha256,
        DigestAlgorithm::Sha384,
        DigestAlgorithm::Sha512,
    ];

    #[test]
    fn codes_are_those_of_aws_lc() {
        use aws_lc_rs::hmac;
        let theirs = [
            hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            hmac::HMAC_SHA224,
            hmac::HMAC_SHA256,
            hmac::HMAC_SHA384,
            hmac::HMAC_SHA512,
        ];
        for (digest, theirs) in ALL.into_iter().zip(theirs) {
            for key in [&b""[..], b"key", &[7; 64], &[7; 200]] {
                let code = Hmac::new(digest, key).code(&[b"mess", b"age"]);
                assert_eq!(
                    code.as_bytes(),
                    hmac::sign(&hmac::Key::new(theirs, key), b"message").as_ref(),
                    "{digest:?}"
                );
            }
        }
    }

    #[test]
    fn keys_are_those_of_aws_lc() {
        use aws_lc_rs::pbkdf2::{self as theirs, PBKDF2_HMAC_SHA1, PBKDF2_HMAC_SHA384};
        let rounds = std::num::NonZeroU32::new(3).unwrap();
        for (digest, algorithm) in
            [(DigestAlgorithm::Sha1, PBKDF2_HMAC_SHA1), (DigestAlgorithm::Sha384, PBKDF2_HMAC_SHA384)]
        {
            let (mut own, mut other) = ([0; 50], [0; 50]);
            derive(digest, rounds.get(), b"salt", b"password", &mut own);
            theirs::derive(algorithm, rounds, b"salt", b"password", &mut other);
            assert_eq!(own, other);
        }
    }
}
