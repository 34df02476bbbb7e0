//! Values that Python names by a short str.

use eimza_core::crypto::DigestAlgorithm;
use pyo3::prelude::*;

use crate::errors::invalid;

/// "sha256", "sha384", "sha512"; "sha1" for reading what is old.
pub(crate) fn digest(name: &str) -> PyResult<DigestAlgorithm> {
    match name {
        "sha1" => Ok(DigestAlgorithm::Sha1),
        "sha256" => Ok(DigestAlgorithm::Sha256),
        "sha384" => Ok(DigestAlgorithm::Sha384),
        "sha512" => Ok(DigestAlgorithm::Sha512),
        _ => invalid("digest_algorithm", "its name is not known"),
    }
}

/// The str for a digest algorithm.
pub(crate) fn of_digest(algorithm: DigestAlgorithm) -> &'static str {
    match algorithm {
        DigestAlgorithm::Sha1 => "sha1",
        DigestAlgorithm::Sha256 => "sha256",
        DigestAlgorithm::Sha384 => "sha384",
        DigestAlgorithm::Sha512 => "sha512",
    }
}
