//! Private keys in use: loaded, signing, generated.

mod info;

use aws_lc_rs::digest as lc_digest;
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{self as lc, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair as _, RsaEncoding, RsaKeyPair};
use zeroize::Zeroizing;

use info::KeyInfo;

use super::key::public_modulus;
use super::{
    Curve, Digest, DigestAlgorithm, KeyType, Padding, PublicKey, SignatureAlgorithm, fitted, fixed_digest,
    natural_digest,
};
use crate::asn1::{oid, tag, write};
use crate::error::{ArgumentFault, CryptoOperation, Error, Result};

/// A private key that can sign.
pub(crate) enum PrivateKey {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair, Curve),
}

impl PrivateKey {
    /// Reads PrivateKeyInfo (RFC 5208).
    pub(crate) fn from_pkcs8(pkcs8: &[u8]) -> Result<Self> {
        let rejected = |_| Error::CryptoFailed { operation: CryptoOperation::PrivateKey };
        match KeyInfo::read(pkcs8)? {
            KeyInfo::Rsa { key, bits } if RSA_BITS.contains(&bits) => {
                RsaKeyPair::from_der(key).map(Self::Rsa).map_err(rejected)
            }
            KeyInfo::Rsa { bits, .. } => Err(unsupported(&KeyType::Rsa { bits })),
            KeyInfo::Ec { key, curve } => {
                let pair = EcdsaKeyPair::from_private_key_der(signing(curve), &key).map_err(rejected)?;
                Ok(Self::Ec(pair, curve))
            }
            KeyInfo::Other(key_type) => Err(unsupported(&key_type)),
        }
    }

    /// Makes a key; its octets are PrivateKeyInfo.
    pub(crate) fn generate(key_type: &KeyType) -> Result<(Self, Zeroizing<Vec<u8>>)> {
        let failed = |_| Error::CryptoFailed { operation: CryptoOperation::KeyGeneration };
        match key_type {
            KeyType::Rsa { bits } => {
                let size = match bits {
                    2048 => KeySize::Rsa2048,
                    3072 => KeySize::Rsa3072,
                    4096 => KeySize::Rsa4096,
                    _ => return Err(unsupported(key_type)),
                };
                let pair = RsaKeyPair::generate(size).map_err(failed)?;
                let octets: Pkcs8V1Der<'_> = pair.as_der().map_err(failed)?;
                let octets = Zeroizing::new(octets.as_ref().to_vec());
                Ok((Self::Rsa(pair), octets))
            }
            KeyType::Ec(curve) => {
                let pair = EcdsaKeyPair::generate(signing(*curve)).map_err(failed)?;
                let octets = Zeroizing::new(pair.to_pkcs8v1().map_err(failed)?.as_ref().to_vec());
                Ok((Self::Ec(pair, *curve), octets))
            }
            KeyType::Other(_) => Err(unsupported(key_type)),
        }
    }

    /// Signs a digest. ECDSA values are DER.
    pub(crate) fn sign(&self, algorithm: SignatureAlgorithm, digest: &Digest) -> Result<Vec<u8>> {
        let failed = |_| Error::CryptoFailed { operation: CryptoOperation::Signing };
        let digest = match self {
            Self::Rsa(_) => imported(digest)?,
            Self::Ec(_, curve) => fitting(digest, *curve)?,
        };
        match self {
            Self::Rsa(pair) => {
                let encoding = encoding(algorithm).ok_or_else(|| cannot(algorithm))?;
                let mut value = vec![0; pair.public_modulus_len()];
                pair.sign_digest(encoding, &digest, &mut value).map_err(failed)?;
                Ok(value)
            }
            Self::Ec(pair, _) => pair.sign_digest(&digest).map(|value| value.as_ref().to_vec()).map_err(failed),
        }
    }

    /// Signs octets in the way that is usual for this kind of key.
    pub(crate) fn sign_octets(&self, octets: &[u8]) -> Result<Vec<u8>> {
        let algorithm = self.usual_algorithm();
        if let Self::Ec(pair, _) = self {
            let failed = |_| Error::CryptoFailed { operation: CryptoOperation::Signing };
            return pair.sign(&SystemRandom::new(), octets).map(|value| value.as_ref().to_vec()).map_err(failed);
        }
        self.sign(algorithm, &algorithm.digest().digest(octets))
    }

    /// RSA: PKCS#1 with SHA-256; ECDSA: the digest of the curve's size.
    pub(crate) fn usual_algorithm(&self) -> SignatureAlgorithm {
        match self {
            Self::Rsa(_) => SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256),
            Self::Ec(_, curve) => SignatureAlgorithm::Ecdsa(natural_digest(*curve)),
        }
    }

    /// Whether the public key has this one's numbers: enough to tell it from others, and nothing is computed. A point may
    /// be compressed: its first coordinate tells.
    pub(crate) fn resembles(&self, public: &PublicKey<'_>) -> bool {
        match self {
            Self::Rsa(pair) => {
                public_modulus(pair.public_key().as_ref()).is_ok_and(|own| public.modulus() == Some(own))
            }
            Self::Ec(pair, curve) => {
                let own = pair.public_key().as_ref();
                let same = |point: &[u8]| point.get(1..=curve.field_octets()) == own.get(1..=curve.field_octets());
                public.key_type == KeyType::Ec(*curve) && public.point().is_some_and(same)
            }
        }
    }

    /// Whether the public key is this one's other half: a signature tells.
    pub(crate) fn check_pair(&self, public: &PublicKey<'_>) -> Result<()> {
        const SAMPLE: &[u8] = b"eimza: does this key belong to its certificate?";
        if !self.resembles(public) {
            return Err(Error::KeyAbsent);
        }
        // A key that is bound to PSS signs by nothing else.
        let digest = fixed_digest(public).unwrap_or(self.usual_algorithm().digest());
        let algorithm = SignatureAlgorithm::for_key(public, digest, Padding::Pkcs1)?;
        let digest = digest.digest(SAMPLE);
        let value = self.sign(algorithm, &digest)?;
        if algorithm.verify(public, &digest, &value)? { Ok(()) } else { Err(Error::KeyAbsent) }
    }

    /// SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
    pub(crate) fn public_key_info(&self) -> Vec<u8> {
        let (algorithm, octets) = match self {
            Self::Rsa(pair) => {
                (write::sequence(&[&write::oid(&oid::RSA_ENCRYPTION), &write::NULL]), pair.public_key().as_ref())
            }
            Self::Ec(pair, curve) => {
                let curve = write::oid(&match curve {
                    Curve::P256 => oid::P256,
                    Curve::P384 => oid::P384,
                    Curve::P521 => oid::P521,
                });
                (write::sequence(&[&write::oid(&oid::EC_PUBLIC_KEY), &curve]), pair.public_key().as_ref())
            }
        };
        write::sequence(&[&algorithm, &write::joined(tag::BIT_STRING, &[&[0], octets])])
    }
}

/// Finds out before a PIN is presented whether a key can sign a digest so.
pub(crate) fn check_can_sign(key_type: &KeyType, algorithm: SignatureAlgorithm, digest: &Digest) -> Result<()> {
    if algorithm.digest() != digest.algorithm() {
        return Err(Error::ArgumentInvalid { argument: "digest", reason: ArgumentFault::DigestOfAnother });
    }
    let fits = match (key_type, algorithm) {
        (KeyType::Rsa { bits }, algorithm) => RSA_BITS.contains(bits) && encoding(algorithm).is_some(),
        (KeyType::Ec(_), SignatureAlgorithm::Ecdsa(digest)) => digest.is_for_signing(),
        _ => false,
    };
    if fits { Ok(()) } else { Err(cannot(algorithm)) }
}

const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

fn signing(curve: Curve) -> &'static EcdsaSigningAlgorithm {
    match curve {
        Curve::P256 => &lc::ECDSA_P256_SHA256_ASN1_SIGNING,
        Curve::P384 => &lc::ECDSA_P384_SHA384_ASN1_SIGNING,
        Curve::P521 => &lc::ECDSA_P521_SHA512_ASN1_SIGNING,
    }
}

fn encoding(algorithm: SignatureAlgorithm) -> Option<&'static dyn RsaEncoding> {
    match algorithm {
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256) => Some(&lc::RSA_PKCS1_SHA256),
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha384) => Some(&lc::RSA_PKCS1_SHA384),
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha512) => Some(&lc::RSA_PKCS1_SHA512),
        SignatureAlgorithm::RsaPss { digest, mask_digest, salt_length }
            if mask_digest == digest && salt_length == digest.length() =>
        {
            match digest {
                DigestAlgorithm::Sha256 => Some(&lc::RSA_PSS_SHA256),
                DigestAlgorithm::Sha384 => Some(&lc::RSA_PSS_SHA384),
                DigestAlgorithm::Sha512 => Some(&lc::RSA_PSS_SHA512),
                _ => None,
            }
        }
        _ => None,
    }
}

fn imported(digest: &Digest) -> Result<lc_digest::Digest> {
    let algorithm = match digest.algorithm() {
        DigestAlgorithm::Sha256 => &lc_digest::SHA256,
        DigestAlgorithm::Sha384 => &lc_digest::SHA384,
        DigestAlgorithm::Sha512 => &lc_digest::SHA512,
        other => return Err(Error::AlgorithmUnsupported { algorithm: other.name().into() }),
    };
    lc_digest::Digest::import_less_safe(digest.as_bytes(), algorithm)
        .map_err(|_| Error::CryptoFailed { operation: CryptoOperation::Digest })
}

/// The digest as the curve's own algorithm takes it.
fn fitting(digest: &Digest, curve: Curve) -> Result<lc_digest::Digest> {
    fitted(digest, curve)
        .ok_or(Error::CryptoFailed { operation: CryptoOperation::Digest })
        .and_then(|digest| imported(&digest))
}

fn cannot(algorithm: SignatureAlgorithm) -> Error {
    Error::AlgorithmUnsupported { algorithm: algorithm.name() }
}

fn unsupported(key_type: &KeyType) -> Error {
    Error::AlgorithmUnsupported { algorithm: key_type.to_string() }
}
