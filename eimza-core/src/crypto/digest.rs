//! Message digests: SHA-2 for everything new, the others for reading what somebody else signed.

use std::fmt;

use sha2::Digest as _;

use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag, write};

/// A digest algorithm (FIPS 180-4, FIPS 202).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DigestAlgorithm {
    /// SHA-1: for reading old signatures and identifiers only.
    Sha1,
    /// SHA-224: for reading only.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// SHA-512/224: for reading only.
    Sha512_224,
    /// SHA-512/256: for reading only.
    Sha512_256,
    /// SHA3-224: for reading only.
    Sha3_224,
    /// SHA3-256: for reading only.
    Sha3_256,
    /// SHA3-384: for reading only.
    Sha3_384,
    /// SHA3-512: for reading only.
    Sha3_512,
}

/// The properties of an algorithm.
struct Facts {
    name: &'static str,
    /// The octets of a digest.
    length: usize,
    oid: ObjectIdentifier,
}

impl DigestAlgorithm {
    const ALL: [Self; 11] = [
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
        Self::Sha1,
        Self::Sha224,
        Self::Sha512_224,
        Self::Sha512_256,
        Self::Sha3_224,
        Self::Sha3_256,
        Self::Sha3_384,
        Self::Sha3_512,
    ];

    const fn facts(self) -> Facts {
        let (name, length, oid) = match self {
            Self::Sha1 => ("SHA-1", 20, oid::SHA1),
            Self::Sha224 => ("SHA-224", 28, oid::SHA224),
            Self::Sha256 => ("SHA-256", 32, oid::SHA256),
            Self::Sha384 => ("SHA-384", 48, oid::SHA384),
            Self::Sha512 => ("SHA-512", 64, oid::SHA512),
            Self::Sha512_224 => ("SHA-512/224", 28, oid::SHA512_224),
            Self::Sha512_256 => ("SHA-512/256", 32, oid::SHA512_256),
            Self::Sha3_224 => ("SHA3-224", 28, oid::SHA3_224),
            Self::Sha3_256 => ("SHA3-256", 32, oid::SHA3_256),
            Self::Sha3_384 => ("SHA3-384", 48, oid::SHA3_384),
            Self::Sha3_512 => ("SHA3-512", 64, oid::SHA3_512),
        };
        Facts { name, length, oid }
    }

    /// The name as people write it: `SHA-256`.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The length of a digest in octets.
    pub fn length(self) -> usize {
        self.facts().length
    }

    /// Whether new signatures are made with it: SHA-256, SHA-384 and SHA-512.
    pub fn is_for_signing(self) -> bool {
        matches!(self, Self::Sha256 | Self::Sha384 | Self::Sha512)
    }

    /// Computes the digest of octets that lie in memory.
    pub fn digest(self, octets: &[u8]) -> Digest {
        let mut hasher = Hasher::new(self);
        hasher.update(octets);
        hasher.finish()
    }

    pub(crate) fn oid(self) -> ObjectIdentifier {
        self.facts().oid
    }

    pub(crate) fn from_oid(octets: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.oid().as_bytes() == octets)
    }

    /// By the name that people write.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// Reads an AlgorithmIdentifier; parameters are absent or NULL (RFC 5754 section 2).
    pub(crate) fn from_identifier(identifier: &Element<'_>) -> Option<Self> {
        let mut reader = identifier.reader();
        let algorithm = Self::from_oid(reader.oid("digest algorithm").ok()?)?;
        reader.optional(tag::NULL, "digest parameters").ok()?;
        reader.is_empty().then_some(algorithm)
    }

    /// Writes an AlgorithmIdentifier with NULL, as RSA wants it (RFC 4055 section 2.1).
    pub(crate) fn identifier_with_null(self) -> Vec<u8> {
        write::sequence(&[&write::oid(&self.oid()), &write::NULL])
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

    /// A digest in hexadecimal as people write it: upper or lower case, with or without colons. `None` for anything else.
    pub fn from_hex(algorithm: DigestAlgorithm, text: &str) -> Option<Self> {
        let digits = text.replace(':', "").to_ascii_lowercase();
        Self::from_octets(algorithm, &crate::hex::decode(&digits)?)
    }

    fn of(algorithm: DigestAlgorithm, value: &[u8]) -> Self {
        let mut octets = [0; 64];
        for (place, octet) in octets.iter_mut().zip(value) {
            *place = *octet;
        }
        Self { algorithm, octets }
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
        write::sequence(&[&self.algorithm.identifier_with_null(), &write::octet_string(self.as_bytes())])
    }

    /// DigestInfo whose algorithm has no parameters: a verifier has to take it as well (RFC 8017 appendix A.2.4, RFC 4055
    /// section 2.1).
    pub(crate) fn digest_info_without_null(&self) -> Vec<u8> {
        write::sequence(&[&self.algorithm.identifier(), &write::octet_string(self.as_bytes())])
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

macro_rules! states {
    ($($algorithm:ident is $state:ty,)+) => {
        #[derive(Clone)]
        enum State {
            // aws-lc-rs computes SHA-1, which occurs on short old data only. sha2 is faster on streams.
            Sha1(aws_lc_rs::digest::Context),
            $($algorithm($state),)+
        }

        impl Hasher {
            /// A fresh computation.
            pub fn new(algorithm: DigestAlgorithm) -> Self {
                Self(match algorithm {
                    DigestAlgorithm::Sha1 => {
                        State::Sha1(aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY))
                    }
                    $(DigestAlgorithm::$algorithm => State::$algorithm(<$state>::new()),)+
                })
            }

            /// Takes the next piece.
            pub fn update(&mut self, octets: &[u8]) {
                match &mut self.0 {
                    State::Sha1(state) => state.update(octets),
                    $(State::$algorithm(state) => state.update(octets),)+
                }
            }

            /// The digest of all pieces.
            pub fn finish(self) -> Digest {
                match self.0 {
                    State::Sha1(state) => Digest::of(DigestAlgorithm::Sha1, state.finish().as_ref()),
                    $(State::$algorithm(state) => Digest::of(DigestAlgorithm::$algorithm, &state.finalize()),)+
                }
            }
        }
    };
}

states! {
    Sha224 is sha2::Sha224,
    Sha256 is sha2::Sha256,
    Sha384 is sha2::Sha384,
    Sha512 is sha2::Sha512,
    Sha512_224 is sha2::Sha512_224,
    Sha512_256 is sha2::Sha512_256,
    Sha3_224 is sha3::Sha3_224,
    Sha3_256 is sha3::Sha3_256,
    Sha3_384 is sha3::Sha3_384,
    Sha3_512 is sha3::Sha3_512,
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
        for (algorithm, begin) in [
            (DigestAlgorithm::Sha1, "a94a8fe5ccb19ba6"),
            (DigestAlgorithm::Sha224, "90a3ed9e32b2aaf4"),
            (DigestAlgorithm::Sha256, "9f86d081884c7d65"),
            (DigestAlgorithm::Sha384, "768412320f7b0aa5"),
            (DigestAlgorithm::Sha512, "ee26b0dd4af7e749"),
            (DigestAlgorithm::Sha512_224, "06001bf08dfb17d2"),
            (DigestAlgorithm::Sha512_256, "3d37fe58435e0d87"),
            (DigestAlgorithm::Sha3_224, "3797bf0afbbfca4a"),
            (DigestAlgorithm::Sha3_256, "36f028580bb02cc8"),
            (DigestAlgorithm::Sha3_384, "e516dabb23b6e300"),
            (DigestAlgorithm::Sha3_512, "9ece086e9bac491f"),
        ] {
            let digest = algorithm.digest(b"test");
            assert!(digest.to_hex().starts_with(begin), "{algorithm:?}: {digest:?}");
            assert_eq!(digest.as_bytes().len(), algorithm.length());
            assert_eq!(DigestAlgorithm::from_oid(algorithm.oid().as_bytes()), Some(algorithm));
        }
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
