//! Signature algorithms of CMS and certificates.

use super::binding::Binding;
use super::digest::DigestAlgorithm;
use super::key::{KeyType, PublicKey};
use crate::asn1::oid::{self, dotted};
use crate::error::{ArgumentFault, Error, Result};

/// How RSA signatures are padded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Padding {
    /// PKCS#1 v1.5 (RFC 8017 section 8.2).
    #[default]
    Pkcs1,
    /// PSS with a salt of the digest's length (RFC 8017 section 8.1).
    Pss,
}

/// A signature algorithm, with the digest that it signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(DigestAlgorithm),
    /// RSASSA-PSS with MGF1.
    RsaPss {
        /// The digest of the message.
        digest: DigestAlgorithm,
        /// The digest of MGF1: in new signatures the same.
        mask_digest: DigestAlgorithm,
        /// The salt's length in octets.
        salt_length: usize,
    },
    /// ECDSA, its value as DER.
    Ecdsa(DigestAlgorithm),
}

impl SignatureAlgorithm {
    /// The algorithm for a key, a digest and, with RSA, a padding. A key that is for PSS only signs by PSS.
    ///
    /// # Errors
    /// [`Error::AlgorithmUnsupported`] for a key of another kind; [`Error::ArgumentInvalid`] where the key's own
    /// parameters fix another digest.
    pub fn for_key(key: &PublicKey<'_>, digest: DigestAlgorithm, padding: Padding) -> Result<Self> {
        let salt_length = digest.length();
        match (&key.key_type, key.binding, padding) {
            (KeyType::Ec(_), ..) => Ok(Self::Ecdsa(digest)),
            (KeyType::Rsa { .. }, Binding::Free, Padding::Pkcs1) => Ok(Self::RsaPkcs1(digest)),
            (KeyType::Rsa { .. }, Binding::Free | Binding::Pss, _) => {
                Ok(Self::RsaPss { digest, mask_digest: digest, salt_length })
            }
            (KeyType::Rsa { .. }, Binding::PssWith { digest: fixed, mask_digest, least_salt }, _)
                if digest == fixed =>
            {
                Ok(Self::RsaPss { digest, mask_digest, salt_length: salt_length.max(least_salt) })
            }
            (KeyType::Rsa { .. }, Binding::PssWith { .. }, _) => {
                Err(Error::ArgumentInvalid { argument: "digest", reason: ArgumentFault::KeyBoundToAnother })
            }
            (KeyType::Rsa { .. }, Binding::Unsupported, _) => {
                Err(Error::AlgorithmUnsupported { algorithm: dotted(oid::RSA_PSS.as_bytes()) })
            }
            (KeyType::Other(identifier), ..) => Err(Error::AlgorithmUnsupported { algorithm: identifier.clone() }),
        }
    }

    /// The digest that is signed.
    pub fn digest(self) -> DigestAlgorithm {
        match self {
            Self::RsaPkcs1(digest) | Self::RsaPss { digest, .. } | Self::Ecdsa(digest) => digest,
        }
    }

    /// The name as people write it.
    pub fn name(self) -> String {
        match self {
            Self::RsaPkcs1(digest) => format!("RSA PKCS#1 v1.5 with {}", digest.name()),
            Self::RsaPss { digest, .. } => format!("RSA-PSS with {}", digest.name()),
            Self::Ecdsa(digest) => format!("ECDSA with {}", digest.name()),
        }
    }
}
