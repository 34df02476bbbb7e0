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
            Ok(_) => Self::Contradicts,
            Err(Error::AlgorithmUnsupported { .. }) => {
                let name = signer.signature_algorithm.reader().oid("signature algorithm").unwrap_or_default();
                if digest.is_some() && signs_other_digests(name) { Self::Contradicts } else { Self::Unsupported }
            }
            Err(_) => Self::Malformed,
        }
    }
}

/// ECDSA and RSA with SHA-3 (2.16.840.1.101.3.4.3.9 to .16), RSA and ECDSA with SHA-224: no digest that is computed here.
fn signs_other_digests(name: &[u8]) -> bool {
    const SHA224_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0e];
    const ECDSA_WITH_SHA224: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x01];
    const NIST_SIGNATURES: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03];
    let with_sha3 = name.strip_prefix(NIST_SIGNATURES).is_some_and(|rest| matches!(rest, [9..=16]));
    with_sha3 || name == SHA224_WITH_RSA || name == ECDSA_WITH_SHA224
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
