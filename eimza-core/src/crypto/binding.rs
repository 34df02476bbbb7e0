//! What the AlgorithmIdentifier of a key says of its signatures (RFC 4055 sections 1.2 and 3.3).

use super::digest::DigestAlgorithm;
use super::key::PublicKey;
use super::signature::SignatureAlgorithm;
use crate::asn1::{Element, oid};

/// By what algorithms a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// Nothing is said.
    Free,
    /// By PSS.
    Pss,
    /// By PSS with this digest and a salt of so many octets at least.
    PssWith { digest: DigestAlgorithm, mask_digest: DigestAlgorithm, least_salt: usize },
    /// By PSS in a way that is not computed here.
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
            Ok(SignatureAlgorithm::RsaPss { digest, mask_digest, salt_length }) => {
                Self::PssWith { digest, mask_digest, least_salt: salt_length }
            }
            _ => Self::Unsupported,
        }
    }
}

impl SignatureAlgorithm {
    /// Whether the key may sign so at all (RFC 4055 section 3.3); `None` where its parameters cannot be read.
    pub(crate) fn is_permitted_by(self, key: &PublicKey<'_>) -> Option<bool> {
        match (key.binding, self) {
            (Binding::Unsupported, Self::RsaPss { .. }) => None,
            (Binding::Free, _) | (Binding::Pss, Self::RsaPss { .. }) => Some(true),
            (
                Binding::PssWith { digest: fixed, mask_digest: fixed_mask, least_salt },
                Self::RsaPss { digest, mask_digest, salt_length },
            ) => Some(digest == fixed && mask_digest == fixed_mask && salt_length >= least_salt),
            _ => Some(false),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::asn1::{tag, write};
    use crate::crypto::Padding;

    const SHA256: DigestAlgorithm = DigestAlgorithm::Sha256;

    fn pss(digest: DigestAlgorithm, salt_length: usize) -> SignatureAlgorithm {
        SignatureAlgorithm::RsaPss { digest, mask_digest: digest, salt_length }
    }

    /// An RSA key under this AlgorithmIdentifier.
    fn key_of(identifier: &[u8]) -> Vec<u8> {
        let key = write::sequence(&[&write::unsigned_integer(&[0xff; 256]), &write::integer(65537)]);
        let bits = [&[0], key.as_slice()].concat();
        write::sequence(&[identifier, &write::tlv(tag::BIT_STRING, &bits)])
    }

    /// Whether such a key may sign so; `None` where nobody can tell.
    fn may_sign(identifier: &[u8], algorithm: SignatureAlgorithm) -> Option<bool> {
        let spki = key_of(identifier);
        algorithm.is_permitted_by(&PublicKey::from_spki(&spki).unwrap())
    }

    fn permits(identifier: &[u8], algorithm: SignatureAlgorithm) -> bool {
        may_sign(identifier, algorithm).unwrap()
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
        assert_eq!(may_sign(&unreadable, pss(SHA256, 32)), None);
        assert!(!permits(&unreadable, SignatureAlgorithm::RsaPkcs1(SHA256)));
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
}
