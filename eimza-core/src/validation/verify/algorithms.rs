//! Digest, signature algorithm and key must belong together (RFC 5754, RFC 8933, RFC 6211).

use crate::asn1::{Element, tag};
use crate::cms::Signer;
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm};
use crate::error::Error;

/// The signature algorithm of a signer, as far as it can be used.
pub(super) enum Algorithm {
    Usable(SignatureAlgorithm),
    /// It contradicts the digest algorithm.
    Contradicts,
    /// It is not computed here.
    Unsupported,
    /// It cannot be read.
    Malformed,
}

impl Algorithm {
    pub(super) fn of(signer: &Signer<'_>, digest: Option<DigestAlgorithm>) -> Self {
        match SignatureAlgorithm::from_identifier(&signer.signature_algorithm, digest) {
            Ok(algorithm) if digest == Some(algorithm.digest()) => Self::Usable(algorithm),
            // A name that cannot be read for its parameters contradicts nothing.
            Ok(algorithm) if names_digest(signer, algorithm.digest()) => Self::Unsupported,
            Ok(_) => Self::Contradicts,
            Err(Error::AlgorithmUnsupported { .. }) => Self::Unsupported,
            Err(_) => Self::Malformed,
        }
    }
}

/// Whether the digest algorithm has this name, whatever its parameters are.
fn names_digest(signer: &Signer<'_>, digest: DigestAlgorithm) -> bool {
    signer.digest_algorithm.reader().oid("digest algorithm").ok().and_then(DigestAlgorithm::from_oid) == Some(digest)
}

/// The signature algorithm of a signer; `None` where it cannot be used.
pub(in crate::validation) fn signature_algorithm(signer: &Signer<'_>) -> Option<SignatureAlgorithm> {
    match Algorithm::of(signer, signer.digest_algorithm()) {
        Algorithm::Usable(algorithm) => Some(algorithm),
        _ => None,
    }
}

/// `CMSAlgorithmProtection ::= SEQUENCE { digestAlgorithm, [1] signatureAlgorithm OPTIONAL, [2] mac OPTIONAL }`: both
/// must be those of the signer, in meaning rather than in encoding.
pub(super) fn protection_agrees(protection: &Element<'_>, signer: &Signer<'_>) -> bool {
    let agrees = || {
        let mut fields = (protection.tag == tag::SEQUENCE).then(|| protection.reader())?;
        let digest = fields.read(tag::SEQUENCE, "protected digest algorithm").ok()?;
        let signature = fields.read(tag::context(1), "protected signature algorithm").ok()?;
        fields.finish("algorithm protection").ok()?;
        let digests = (DigestAlgorithm::from_identifier(&digest), signer.digest_algorithm());
        let same_digest = match digests {
            (Some(one), Some(other)) => one == other,
            _ => digest.contents == signer.digest_algorithm.contents,
        };
        let read = |identifier| SignatureAlgorithm::from_identifier(identifier, signer.digest_algorithm()).ok();
        let same_signature = match (read(&signature), read(&signer.signature_algorithm)) {
            (Some(one), Some(other)) => one == other,
            _ => signature.contents == signer.signature_algorithm.contents,
        };
        (same_digest && same_signature).then_some(())
    };
    agrees().is_some()
}
