//! Signature algorithms of CMS and certificates, and their verification.

use std::sync::OnceLock;

use aws_lc_rs::signature::{self as lc, RsaParameters, RsaPssSaltLength, UnparsedPublicKey, VerificationAlgorithm};

use super::digest::{Digest, DigestAlgorithm};
use super::ecdsa;
use super::key::{Curve, KeyType, PublicKey};
use crate::asn1::oid::{self, ObjectIdentifier, dotted};
use crate::asn1::{Element, tag, write};
use crate::error::{Error, Result};

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
    /// RSASSA-PSS, MGF1 with the same digest.
    RsaPss {
        /// The digest, of message and mask alike.
        digest: DigestAlgorithm,
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
            (KeyType::Rsa { .. }, Binding::Free | Binding::Pss, _) => Ok(Self::RsaPss { digest, salt_length }),
            (KeyType::Rsa { .. }, Binding::PssWith { digest: fixed, least_salt }, _) if digest == fixed => {
                Ok(Self::RsaPss { digest, salt_length: salt_length.max(least_salt) })
            }
            (KeyType::Rsa { .. }, Binding::PssWith { .. }, _) => {
                Err(Error::ArgumentInvalid { argument: "digest", reason: "the key is bound to another one" })
            }
            (KeyType::Rsa { .. }, Binding::Unsupported, _) => {
                Err(Error::AlgorithmUnsupported { algorithm: dotted(oid::RSA_PSS.as_bytes()) })
            }
            (KeyType::Other(identifier), ..) => Err(Error::AlgorithmUnsupported { algorithm: identifier.clone() }),
        }
    }

    /// Whether the key may sign so at all (RFC 4055 section 3.3).
    pub(crate) fn is_permitted_by(self, key: &PublicKey<'_>) -> bool {
        match (key.binding, self) {
            (Binding::Free, _) | (Binding::Pss, Self::RsaPss { .. }) => true,
            (Binding::PssWith { digest: fixed, least_salt }, Self::RsaPss { digest, salt_length }) => {
                digest == fixed && salt_length >= least_salt
            }
            _ => false,
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

    /// Reads an AlgorithmIdentifier. `rsaEncryption` names no digest: it takes `digest_algorithm` (RFC 5652).
    pub(crate) fn from_identifier(identifier: &Element<'_>, digest_algorithm: Option<DigestAlgorithm>) -> Result<Self> {
        const WHAT: &str = "signature algorithm";
        let mut reader = identifier.reader();
        let name = reader.oid(WHAT)?;
        let unsupported = || Error::AlgorithmUnsupported { algorithm: dotted(name) };
        if name == oid::RSA_PSS.as_bytes() {
            let parameters = reader.read(tag::SEQUENCE, WHAT)?;
            reader.finish(WHAT)?;
            return pss_parameters(&parameters)?.ok_or_else(unsupported);
        }
        reader.optional(tag::NULL, WHAT)?;
        reader.finish(WHAT)?;
        if name == oid::RSA_ENCRYPTION.as_bytes() {
            return digest_algorithm.map(Self::RsaPkcs1).ok_or_else(unsupported);
        }
        let named = NAMED.iter().find(|(oid, _)| oid.as_bytes() == name);
        named.map(|(_, algorithm)| *algorithm).ok_or_else(unsupported)
    }

    /// Writes the AlgorithmIdentifier: RSA with NULL, ECDSA without parameters (RFC 5754, RFC 8017 appendix A.2.3).
    pub(crate) fn identifier(self) -> Vec<u8> {
        if let Self::RsaPss { digest, salt_length } = self {
            let hash = digest.identifier();
            let mask = write::sequence(&[&write::oid(&oid::MGF1), &hash]);
            let salt = write::integer(u64::try_from(salt_length).unwrap_or(u64::MAX));
            let parameters = write::sequence(&[
                &write::tlv(tag::context(0), &hash),
                &write::tlv(tag::context(1), &mask),
                &write::tlv(tag::context(2), &salt),
            ]);
            return write::sequence(&[&write::oid(&oid::RSA_PSS), &parameters]);
        }
        let name = NAMED.iter().find(|(_, algorithm)| *algorithm == self).map(|(oid, _)| write::oid(oid));
        let parameters: &[u8] = if matches!(self, Self::RsaPkcs1(_)) { &write::NULL } else { &[] };
        write::sequence(&[&name.unwrap_or_default(), parameters])
    }

    /// Whether `value` is this key's signature over what has this digest, by an algorithm that the key permits.
    ///
    /// # Errors
    /// [`Error::AlgorithmUnsupported`] where key and algorithm cannot be computed; a wrong value is `Ok(false)`.
    pub fn verify(self, key: &PublicKey<'_>, digest: &Digest, value: &[u8]) -> Result<bool> {
        if digest.algorithm() != self.digest() || !self.is_permitted_by(key) {
            return Ok(false);
        }
        let Some(algorithm) = self.implementation(&key.key_type)? else { return Ok(false) };
        if matches!(self, Self::Ecdsa(_)) && !ecdsa::is_strict_der(value) {
            return Ok(false);
        }
        let imported =
            aws_lc_rs::digest::Digest::import_less_safe(digest.as_bytes(), implementation(digest.algorithm()));
        let Ok(imported) = imported else { return Ok(false) };
        Ok(UnparsedPublicKey::new(algorithm, key.octets).verify_digest(&imported, value).is_ok())
    }

    /// `None` where key and algorithm do not belong together.
    fn implementation(self, key: &KeyType) -> Result<Option<&'static dyn VerificationAlgorithm>> {
        use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
        let unsupported = || Error::AlgorithmUnsupported { algorithm: format!("{} ({key})", self.name()) };
        match (key, self) {
            (KeyType::Rsa { bits }, _) if !(1024..=8192).contains(bits) => Err(unsupported()),
            (KeyType::Rsa { bits }, Self::RsaPss { .. }) if *bits < 2048 => Err(unsupported()),
            (KeyType::Rsa { bits }, Self::RsaPkcs1(digest)) => {
                let strong = *bits >= 2048;
                Ok(Some(match digest {
                    Sha1 if strong => &lc::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
                    Sha1 => &lc::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
                    Sha256 if strong => &lc::RSA_PKCS1_2048_8192_SHA256,
                    Sha256 => &lc::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
                    Sha384 if strong => &lc::RSA_PKCS1_2048_8192_SHA384,
                    Sha384 => return Err(unsupported()),
                    Sha512 if strong => &lc::RSA_PKCS1_2048_8192_SHA512,
                    Sha512 => &lc::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
                }))
            }
            (KeyType::Rsa { .. }, Self::RsaPss { digest, salt_length }) => {
                pss_implementation(digest, salt_length).map(Some).ok_or_else(unsupported)
            }
            (KeyType::Ec(curve), Self::Ecdsa(digest)) => Ok(Some(match (curve, digest) {
                (Curve::P256, Sha1) => &lc::ECDSA_P256_SHA1_ASN1,
                (Curve::P256, Sha256) => &lc::ECDSA_P256_SHA256_ASN1,
                (Curve::P256, Sha384) => &lc::ECDSA_P256_SHA384_ASN1,
                (Curve::P256, Sha512) => &lc::ECDSA_P256_SHA512_ASN1,
                (Curve::P384, Sha1) => return Err(unsupported()),
                (Curve::P384, Sha256) => &lc::ECDSA_P384_SHA256_ASN1,
                (Curve::P384, Sha384) => &lc::ECDSA_P384_SHA384_ASN1,
                (Curve::P384, Sha512) => &lc::ECDSA_P384_SHA512_ASN1,
                (Curve::P521, Sha1) => &lc::ECDSA_P521_SHA1_ASN1,
                (Curve::P521, Sha256) => &lc::ECDSA_P521_SHA256_ASN1,
                (Curve::P521, Sha384) => &lc::ECDSA_P521_SHA384_ASN1,
                (Curve::P521, Sha512) => &lc::ECDSA_P521_SHA512_ASN1,
            })),
            (KeyType::Other(_), _) => Err(unsupported()),
            _ => Ok(None),
        }
    }
}

/// What the AlgorithmIdentifier of a key says of its signatures (RFC 4055 sections 1.2 and 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// Nothing.
    Free,
    /// They are by PSS.
    Pss,
    /// They are by PSS with this digest and a salt of so many octets at least.
    PssWith { digest: DigestAlgorithm, least_salt: usize },
    /// They are by PSS in a way that is not computed here.
    Unsupported,
}

impl Binding {
    pub(super) fn of(algorithm: &Element<'_>) -> Self {
        let mut identifier = algorithm.reader();
        let is_pss = identifier.oid("key algorithm").is_ok_and(|name| name == oid::RSA_PSS.as_bytes());
        if !is_pss {
            return Self::Free;
        }
        if identifier.is_empty() {
            return Self::Pss;
        }
        match SignatureAlgorithm::from_identifier(algorithm, None) {
            Ok(SignatureAlgorithm::RsaPss { digest, salt_length }) => Self::PssWith { digest, least_salt: salt_length },
            _ => Self::Unsupported,
        }
    }
}

/// The digest that the key's own parameters fix.
pub(crate) fn fixed_digest(key: &PublicKey<'_>) -> Option<DigestAlgorithm> {
    match key.binding {
        Binding::PssWith { digest, .. } => Some(digest),
        _ => None,
    }
}

const NAMED: [(ObjectIdentifier, SignatureAlgorithm); 8] = [
    (oid::SHA1_WITH_RSA, SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha1)),
    (oid::SHA256_WITH_RSA, SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256)),
    (oid::SHA384_WITH_RSA, SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha384)),
    (oid::SHA512_WITH_RSA, SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha512)),
    (oid::ECDSA_WITH_SHA1, SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha1)),
    (oid::ECDSA_WITH_SHA256, SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256)),
    (oid::ECDSA_WITH_SHA384, SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha384)),
    (oid::ECDSA_WITH_SHA512, SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha512)),
];

/// `RSASSA-PSS-params ::= SEQUENCE { [0] hash, [1] mask, [2] saltLength, [3] trailerField }`, all explicit and all with
/// a default: SHA-1, MGF1 with SHA-1, 20, 1 (RFC 4055 section 3.1). `None`: a combination that is not computed here.
fn pss_parameters(parameters: &Element<'_>) -> Result<Option<SignatureAlgorithm>> {
    const WHAT: &str = "RSASSA-PSS parameters";
    let mut reader = parameters.reader();
    let digest = match reader.optional(tag::context(0), WHAT)? {
        Some(hash) => DigestAlgorithm::from_identifier(&Element::only(hash.contents, WHAT)?),
        None => Some(DigestAlgorithm::Sha1),
    };
    let mask_digest = match reader.optional(tag::context(1), WHAT)? {
        Some(mask) => {
            let mut mask = Element::only(mask.contents, WHAT)?.reader();
            let is_mgf1 = mask.oid(WHAT)? == oid::MGF1.as_bytes();
            DigestAlgorithm::from_identifier(&mask.read(tag::SEQUENCE, WHAT)?).filter(|_| is_mgf1)
        }
        None => Some(DigestAlgorithm::Sha1),
    };
    let mut number = |context, default| -> Result<Option<u32>> {
        match reader.optional(tag::context(context), WHAT)? {
            Some(value) => Ok(Element::only(value.contents, WHAT)?.small_integer()),
            None => Ok(Some(default)),
        }
    };
    let (salt_length, trailer) = (number(2, 20)?, number(3, 1)?);
    reader.finish(WHAT)?;
    let salt_length = salt_length.and_then(|length| usize::try_from(length).ok());
    let (Some(digest), Some(salt_length), Some(1)) = (digest, salt_length, trailer) else { return Ok(None) };
    Ok((mask_digest == Some(digest)).then_some(SignatureAlgorithm::RsaPss { digest, salt_length }))
}

/// aws-lc-rs takes the salt's length as part of a static algorithm: each is made when it is met first.
fn pss_implementation(digest: DigestAlgorithm, salt_length: usize) -> Option<&'static dyn VerificationAlgorithm> {
    static SHA256: [OnceLock<RsaParameters>; SALT_LENGTHS] = [const { OnceLock::new() }; SALT_LENGTHS];
    static SHA384: [OnceLock<RsaParameters>; SALT_LENGTHS] = [const { OnceLock::new() }; SALT_LENGTHS];
    static SHA512: [OnceLock<RsaParameters>; SALT_LENGTHS] = [const { OnceLock::new() }; SALT_LENGTHS];
    let salt = RsaPssSaltLength::Custom(u16::try_from(salt_length).ok()?);
    let algorithm = match digest {
        DigestAlgorithm::Sha1 => return None,
        DigestAlgorithm::Sha256 => {
            SHA256.get(salt_length)?.get_or_init(|| lc::RSA_PSS_2048_8192_SHA256.with_pss_salt_length(salt))
        }
        DigestAlgorithm::Sha384 => {
            SHA384.get(salt_length)?.get_or_init(|| lc::RSA_PSS_2048_8192_SHA384.with_pss_salt_length(salt))
        }
        DigestAlgorithm::Sha512 => {
            SHA512.get(salt_length)?.get_or_init(|| lc::RSA_PSS_2048_8192_SHA512.with_pss_salt_length(salt))
        }
    };
    Some(algorithm)
}

/// A modulus of 8192 bits has room for no longer salt than 990 octets (RFC 8017 section 9.1.1).
const SALT_LENGTHS: usize = 991;

fn implementation(digest: DigestAlgorithm) -> &'static aws_lc_rs::digest::Algorithm {
    match digest {
        DigestAlgorithm::Sha1 => &aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha256 => &aws_lc_rs::digest::SHA256,
        DigestAlgorithm::Sha384 => &aws_lc_rs::digest::SHA384,
        DigestAlgorithm::Sha512 => &aws_lc_rs::digest::SHA512,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SHA256: DigestAlgorithm = DigestAlgorithm::Sha256;

    fn pss(digest: DigestAlgorithm, salt_length: usize) -> SignatureAlgorithm {
        SignatureAlgorithm::RsaPss { digest, salt_length }
    }

    /// An RSA key under this AlgorithmIdentifier.
    fn key_of(identifier: &[u8]) -> Vec<u8> {
        let key = write::sequence(&[&write::unsigned_integer(&[0xff; 256]), &write::integer(65537)]);
        let bits = [&[0], key.as_slice()].concat();
        write::sequence(&[identifier, &write::tlv(tag::BIT_STRING, &bits)])
    }

    /// Whether such a key may sign so.
    fn permits(identifier: &[u8], algorithm: SignatureAlgorithm) -> bool {
        let spki = key_of(identifier);
        algorithm.is_permitted_by(&PublicKey::from_spki(&spki).unwrap())
    }

    #[test]
    fn a_key_for_pss_signs_by_nothing_else() {
        let plain = write::sequence(&[&write::oid(&oid::RSA_ENCRYPTION), &write::NULL]);
        assert!(permits(&plain, pss(SHA256, 32)) && permits(&plain, SignatureAlgorithm::RsaPkcs1(SHA256)));
        let any = write::sequence(&[&write::oid(&oid::RSA_PSS)]);
        assert!(permits(&any, pss(SHA256, 32)) && permits(&any, pss(DigestAlgorithm::Sha512, 0)));
        assert!(!permits(&any, SignatureAlgorithm::RsaPkcs1(SHA256)));
    }

    #[test]
    fn parameters_of_a_key_fix_the_digest_and_the_least_salt() {
        let bound = pss(SHA256, 32).identifier();
        assert!(permits(&bound, pss(SHA256, 32)) && permits(&bound, pss(SHA256, 40)));
        assert!(!permits(&bound, pss(SHA256, 31)));
        assert!(!permits(&bound, pss(DigestAlgorithm::Sha512, 64)));
        assert!(!permits(&bound, SignatureAlgorithm::RsaPkcs1(SHA256)));
        let unreadable = write::sequence(&[&write::oid(&oid::RSA_PSS), &write::NULL]);
        assert!(!permits(&unreadable, pss(SHA256, 32)));
    }

    #[test]
    fn a_bound_key_is_given_the_algorithm_that_it_permits() {
        let for_key = |identifier: &[u8], digest, padding| {
            let spki = key_of(identifier);
            SignatureAlgorithm::for_key(&PublicKey::from_spki(&spki).unwrap(), digest, padding)
        };
        let any = write::sequence(&[&write::oid(&oid::RSA_PSS)]);
        let salted = pss(SHA256, 40).identifier();
        for padding in [Padding::Pkcs1, Padding::Pss] {
            assert_eq!(for_key(&any, DigestAlgorithm::Sha512, padding).unwrap(), pss(DigestAlgorithm::Sha512, 64));
            assert_eq!(for_key(&pss(SHA256, 20).identifier(), SHA256, padding).unwrap(), pss(SHA256, 32));
            assert_eq!(for_key(&salted, SHA256, padding).unwrap(), pss(SHA256, 40));
            assert_eq!(for_key(&salted, DigestAlgorithm::Sha512, padding).unwrap_err().name(), "argument-invalid");
        }
        let unreadable = write::sequence(&[&write::oid(&oid::RSA_PSS), &write::NULL]);
        assert!(for_key(&unreadable, SHA256, Padding::Pss).is_err());
    }

    #[test]
    fn nothing_may_stand_behind_the_parameters() {
        let identifier = pss(SHA256, 32).identifier();
        let identifier = Element::only(&identifier, "test").unwrap().contents;
        let read = |contents: &[u8]| {
            let identifier = write::tlv(tag::SEQUENCE, contents);
            SignatureAlgorithm::from_identifier(&Element::only(&identifier, "test").unwrap(), None)
        };
        assert_eq!(read(identifier).unwrap(), pss(SHA256, 32));
        assert!(read(&[identifier, &write::NULL].concat()).is_err());
    }
}
