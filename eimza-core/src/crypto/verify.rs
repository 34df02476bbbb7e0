//! Verification of one signature value: by aws-lc-rs, and by ourselves where that takes no such key or form.
//!
//! "Does not fit" is said only of what was computed.

use std::sync::OnceLock;

use aws_lc_rs::digest as lc_digest;
use aws_lc_rs::signature::{
    self as lc, EcdsaVerificationAlgorithm, ParsedPublicKey, RsaParameters, RsaPssSaltLength, UnparsedPublicKey,
};
use eimza_sys::fork;

use super::digest::{Digest, DigestAlgorithm};
use super::ecdsa;
use super::key::{Curve, KeyType, PublicKey};
use super::rsa::{Encoding, RsaKey};
use super::signature::SignatureAlgorithm;
use crate::error::{CryptoOperation, Error, Result};

impl SignatureAlgorithm {
    /// Whether `value` is this key's signature over what has this digest, by an algorithm that the key permits.
    ///
    /// # Errors
    /// [`Error::AlgorithmUnsupported`] where key and algorithm are not computed here, [`Error::LimitExceeded`] where that
    /// would cost too much, [`Error::CryptoFailed`] or [`Error::Asn1Malformed`] for a key that is none. A wrong value is
    /// `Ok(false)`.
    pub fn verify(self, key: &PublicKey<'_>, digest: &Digest, value: &[u8]) -> Result<bool> {
        let unsupported = || Error::AlgorithmUnsupported { algorithm: format!("{} ({})", self.name(), key.key_type) };
        if digest.algorithm() != self.digest() || !self.is_permitted_by(key).ok_or_else(unsupported)? {
            return Ok(false);
        }
        match (&key.key_type, self) {
            (KeyType::Rsa { bits }, Self::RsaPkcs1(algorithm)) => {
                let usual = pkcs1(algorithm, *bits);
                rsa(key, usual, Encoding::Pkcs1, digest, value)
            }
            (KeyType::Rsa { bits }, Self::RsaPss { digest: algorithm, mask_digest, salt_length }) => {
                let usual = pss(algorithm, salt_length).filter(|_| USUAL.contains(bits) && mask_digest == algorithm);
                rsa(key, usual, Encoding::Pss { mask_digest, salt_length }, digest, value)
            }
            (KeyType::Ec(curve), Self::Ecdsa(_)) => ecdsa(key, *curve, digest, value),
            (KeyType::Other(_), _) => Err(unsupported()),
            _ => Ok(false),
        }
    }
}

/// The moduli that aws-lc-rs takes, whatever the digest.
const USUAL: std::ops::RangeInclusive<usize> = 2048..=8192;

fn rsa(
    key: &PublicKey<'_>,
    usual: Option<&'static RsaParameters>,
    encoding: Encoding,
    digest: &Digest,
    value: &[u8],
) -> Result<bool> {
    if let (Some(algorithm), Some(imported)) = (usual, imported(digest))
        && UnparsedPublicKey::new(algorithm, key.octets).verify_digest(&imported, value).is_ok()
    {
        return Ok(true);
    }
    RsaKey::read(key.octets)?.verify(encoding, digest, value)
}

fn ecdsa(key: &PublicKey<'_>, curve: Curve, digest: &Digest, value: &[u8]) -> Result<bool> {
    let algorithm: &'static EcdsaVerificationAlgorithm = match curve {
        Curve::P256 => &lc::ECDSA_P256_SHA256_ASN1,
        Curve::P384 => &lc::ECDSA_P384_SHA384_ASN1,
        Curve::P521 => &lc::ECDSA_P521_SHA512_ASN1,
    };
    let refused = Error::CryptoFailed { operation: CryptoOperation::PublicKey };
    let Some(imported) = ecdsa::fitted(digest, curve).as_ref().and_then(imported) else { return Err(refused) };
    if ecdsa::is_strict_der(value)
        && UnparsedPublicKey::new(algorithm, key.octets).verify_digest(&imported, value).is_ok()
    {
        return Ok(true);
    }
    if ParsedPublicKey::new(algorithm, key.octets).is_err() { Err(refused) } else { Ok(false) }
}

fn pkcs1(digest: DigestAlgorithm, bits: usize) -> Option<&'static RsaParameters> {
    use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
    match (digest, bits) {
        (Sha1, 2048..=8192) => Some(&lc::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY),
        (Sha1, 1024..2048) => Some(&lc::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY),
        (Sha256, 2048..=8192) => Some(&lc::RSA_PKCS1_2048_8192_SHA256),
        (Sha256, 1024..2048) => Some(&lc::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY),
        (Sha384, 2048..=8192) => Some(&lc::RSA_PKCS1_2048_8192_SHA384),
        (Sha512, 2048..=8192) => Some(&lc::RSA_PKCS1_2048_8192_SHA512),
        (Sha512, 1024..2048) => Some(&lc::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY),
        _ => None,
    }
}

/// aws-lc-rs takes the salt's length as part of a static algorithm: each is made when it is met first.
fn pss(digest: DigestAlgorithm, salt_length: usize) -> Option<&'static RsaParameters> {
    type BySalt = [OnceLock<RsaParameters>; SALT_LENGTHS];
    static SHA256: BySalt = [const { OnceLock::new() }; SALT_LENGTHS];
    static SHA384: BySalt = [const { OnceLock::new() }; SALT_LENGTHS];
    static SHA512: BySalt = [const { OnceLock::new() }; SALT_LENGTHS];
    let salt = RsaPssSaltLength::Custom(u16::try_from(salt_length).ok()?);
    let (made, usual) = match digest {
        DigestAlgorithm::Sha256 => (&SHA256, lc::RSA_PSS_2048_8192_SHA256),
        DigestAlgorithm::Sha384 => (&SHA384, lc::RSA_PSS_2048_8192_SHA384),
        DigestAlgorithm::Sha512 => (&SHA512, lc::RSA_PSS_2048_8192_SHA512),
        _ => return None,
    };
    Some(fork::get_or_init(made.get(salt_length)?, || usual.with_pss_salt_length(salt)))
}

/// A modulus of 8192 bits has room for no longer salt than 990 octets (RFC 8017 section 9.1.1).
const SALT_LENGTHS: usize = 991;

/// The digest as aws-lc-rs takes it, where it knows signatures with such.
fn imported(digest: &Digest) -> Option<lc_digest::Digest> {
    let algorithm = match digest.algorithm() {
        DigestAlgorithm::Sha1 => &lc_digest::SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha256 => &lc_digest::SHA256,
        DigestAlgorithm::Sha384 => &lc_digest::SHA384,
        DigestAlgorithm::Sha512 => &lc_digest::SHA512,
        _ => return None,
    };
    lc_digest::Digest::import_less_safe(digest.as_bytes(), algorithm).ok()
}
