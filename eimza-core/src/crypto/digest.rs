//! Message digests: SHA-2 for everything new, SHA-1 for reading what is old.

use std::fmt;

use sha2::Digest as _;

use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag, write};

/// A digest algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigestAlgorithm {
    /// SHA-1: for reading old signatures and identifiers only.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl DigestAlgorithm {
    const ALL: [Self; 4] = [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512];

    /// The name as people write it: `SHA-256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// The length of a digest in octets.
    pub fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Computes the digest of octets that lie in memory.
    pub fn digest(self, octets: &[u8]) -> Digest {
        let mut hasher = Hasher::new(self);
        hasher.update(octets);
        hasher.finish()
    }

    pub(crate) fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha1 => oid::SHA1,
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
        }
    }

    pub(crate) fn from_oid(octets: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.oid().as_bytes() == octets)
    }

    /// Reads an AlgorithmIdentifier; parameters are absent or NULL (RFC 5754 section 2).
    pub(crate) fn from_identifier(identifier: &Element<'_>) -> Option<Self> {
        let mut reader = identifier.reader();
        let algorithm = Self::from_oid(reader.oid("digest algorithm").ok()?)?;
        reader.optional(tag::NULL, "digest parameters").ok()?;
        reader.is_empty().then_some(algorithm)
    }

    /// Writes an AlgorithmIdentifier without parameters (RFC 5754 section 2).
    pub(crate) fn identifier(self) -> Vec<u8> {
        write::sequence(&[&write::oid(&self.oid())])
    }
}

/// A message digest.
#[derive(Clone, Copy)]
pub struct Digest {
    algorithm: DigestAlgorithm,
    octets: [u8; 64],
}

impl Digest {
    /// A digest that was computed elsewhere; `None` where the length does not fit.
    pub fn from_octets(algorithm: DigestAlgorithm, octets: &[u8]) -> Option<Self> {
        if octets.len() != algorithm.length() {
            return None;
        }
        let mut digest = Self { algorithm, octets: [0; 64] };
        digest.octets.get_mut(..octets.len())?.copy_from_slice(octets);
        Some(digest)
    }

    /// How it was computed.
    pub fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// Its octets.
    pub fn as_bytes(&self) -> &[u8] {
        self.octets.get(..self.algorithm.length()).unwrap_or_default()
    }

    /// Lower-case hexadecimal.
    pub fn to_hex(&self) -> String {
        crate::hex::encode(self.as_bytes())
    }

    /// DigestInfo, what RSA PKCS#1 v1.5 signs (RFC 8017 section 9.2).
    pub(crate) fn digest_info(&self) -> Vec<u8> {
        let identifier = write::sequence(&[&write::oid(&self.algorithm.oid()), &write::NULL]);
        write::sequence(&[&identifier, &write::octet_string(self.as_bytes())])
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm && self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Digest {}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.algorithm.name(), self.to_hex())
    }
}

/// Computes a digest piece by piece, for content of any size.
#[derive(Clone)]
pub struct Hasher(State);

#[derive(Clone)]
enum State {
    // SHA-1 is only met on short old data; sha2 is the faster one on streams.
    Sha1(aws_lc_rs::digest::Context),
    Sha256(sha2::Sha256),
    Sha384(sha2::Sha384),
    Sha512(sha2::Sha512),
}

impl Hasher {
    /// A fresh computation.
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        Self(match algorithm {
            DigestAlgorithm::Sha1 => {
                State::Sha1(aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY))
            }
            DigestAlgorithm::Sha256 => State::Sha256(sha2::Sha256::new()),
            DigestAlgorithm::Sha384 => State::Sha384(sha2::Sha384::new()),
            DigestAlgorithm::Sha512 => State::Sha512(sha2::Sha512::new()),
        })
    }

    /// Takes the next piece.
    pub fn update(&mut self, octets: &[u8]) {
        match &mut self.0 {
            State::Sha1(state) => state.update(octets),
            State::Sha256(state) => state.update(octets),
            State::Sha384(state) => state.update(octets),
            State::Sha512(state) => state.update(octets),
        }
    }

    /// The digest of all pieces.
    pub fn finish(self) -> Digest {
        fn digest(algorithm: DigestAlgorithm, value: &[u8]) -> Digest {
            let mut octets = [0; 64];
            for (place, octet) in octets.iter_mut().zip(value) {
                *place = *octet;
            }
            Digest { algorithm, octets }
        }
        match self.0 {
            State::Sha1(state) => digest(DigestAlgorithm::Sha1, state.finish().as_ref()),
            State::Sha256(state) => digest(DigestAlgorithm::Sha256, &state.finalize()),
            State::Sha384(state) => digest(DigestAlgorithm::Sha384, &state.finalize()),
            State::Sha512(state) => digest(DigestAlgorithm::Sha512, &state.finalize()),
        }
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Hasher(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_digests() {
        let hex = |algorithm: DigestAlgorithm| algorithm.digest(b"test").to_hex();
        assert_eq!(hex(DigestAlgorithm::Sha1), "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3");
        assert_eq!(hex(DigestAlgorithm::Sha256), "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    }

    #[test]
    fn digest_info_is_that_of_rfc_8017() {
        let info = DigestAlgorithm::Sha256.digest(b"").digest_info();
        assert_eq!(
            &info[..19],
            [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 5, 0, 4, 32]
        );
    }
}
