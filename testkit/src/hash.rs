//! Digests, with the identifiers that CMS writes for them.

use aws_lc_rs::digest;
use serde::Deserialize;

use crate::der::{null, oid, sequence};

/// A digest algorithm that the test kit writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hash {
    /// SHA-1, of old files.
    Sha1,
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-384.
    Sha384,
}

impl Hash {
    /// The one that openssl calls so: `sha1`, `sha256`, `sha384`.
    ///
    /// # Panics
    /// For another name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "sha1" => Self::Sha1,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            other => panic!("{other} is not known here"),
        }
    }

    /// The name by which openssl calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
        }
    }

    /// The digest of these octets.
    #[must_use]
    pub fn digest(self, octets: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
        };
        digest::digest(algorithm, octets).as_ref().to_vec()
    }

    /// `AlgorithmIdentifier`, without parameters (RFC 5754 section 2).
    #[must_use]
    pub fn identifier(self) -> Vec<u8> {
        sequence(&[self.oid()])
    }

    /// `AlgorithmIdentifier` with NULL parameters, as others write it.
    #[must_use]
    pub fn identifier_with_null(self) -> Vec<u8> {
        sequence(&[self.oid(), null()])
    }

    fn oid(self) -> Vec<u8> {
        oid(match self {
            Self::Sha1 => "1.3.14.3.2.26",
            Self::Sha256 => "2.16.840.1.101.3.4.2.1",
            Self::Sha384 => "2.16.840.1.101.3.4.2.2",
        })
    }
}
