//! The test PKI's keys, used without any token.

use aws_lc_rs::{digest, signature as lc};
use eimza_core::Certificate;
use eimza_core::cades::{Prepared, SigningOptions, prepare};
use eimza_core::cms::Content;
use eimza_core::crypto::{Digest, DigestAlgorithm, SignatureAlgorithm};
use eimza_testkit::pki;

/// The certificate that the PKI declares under this name.
pub fn certificate(name: &str) -> Certificate {
    Certificate::from_der(pki::certificate(name)).unwrap()
}

/// Prepares, signs with the key of the certificate `name`, completes.
pub fn sign(name: &str, content: &[u8], options: &SigningOptions) -> Vec<u8> {
    let prepared = prepare(Content::Bytes(content), &certificate(name), options).unwrap();
    let value = value(name, &prepared);
    prepared.complete(&value).unwrap()
}

/// The signature value over what was prepared, by the key of the certificate `name`.
pub fn value(name: &str, prepared: &Prepared<'_>) -> Vec<u8> {
    value_of(name, prepared.algorithm(), &prepared.digest())
}

/// The signature value over a digest, ECDSA as DER.
pub fn value_of(name: &str, algorithm: SignatureAlgorithm, digest: &Digest) -> Vec<u8> {
    let key = pki::private_key_der(name);
    let imported = digest::Digest::import_less_safe(digest.as_bytes(), implementation(digest.algorithm())).unwrap();
    let octets = digest.algorithm();
    if let SignatureAlgorithm::Ecdsa(_) = algorithm {
        let signing = match (certificate(name).public_key().unwrap().key_type.to_string().as_str(), octets) {
            ("EC P-256", DigestAlgorithm::Sha256) => &lc::ECDSA_P256_SHA256_ASN1_SIGNING,
            ("EC P-384", DigestAlgorithm::Sha384) => &lc::ECDSA_P384_SHA384_ASN1_SIGNING,
            ("EC P-521", DigestAlgorithm::Sha512) => &lc::ECDSA_P521_SHA512_ASN1_SIGNING,
            other => panic!("{other:?}"),
        };
        let pair = lc::EcdsaKeyPair::from_pkcs8(signing, &key).unwrap();
        return pair.sign_digest(&imported).unwrap().as_ref().to_vec();
    }
    let pair = lc::RsaKeyPair::from_pkcs8(&key).unwrap();
    let padding: &'static dyn lc::RsaEncoding = match (algorithm, octets) {
        (SignatureAlgorithm::RsaPkcs1(_), DigestAlgorithm::Sha256) => &lc::RSA_PKCS1_SHA256,
        (SignatureAlgorithm::RsaPkcs1(_), DigestAlgorithm::Sha384) => &lc::RSA_PKCS1_SHA384,
        (SignatureAlgorithm::RsaPkcs1(_), DigestAlgorithm::Sha512) => &lc::RSA_PKCS1_SHA512,
        (SignatureAlgorithm::RsaPss { .. }, DigestAlgorithm::Sha256) => &lc::RSA_PSS_SHA256,
        (SignatureAlgorithm::RsaPss { .. }, DigestAlgorithm::Sha384) => &lc::RSA_PSS_SHA384,
        (SignatureAlgorithm::RsaPss { .. }, DigestAlgorithm::Sha512) => &lc::RSA_PSS_SHA512,
        other => panic!("{other:?}"),
    };
    let mut value = vec![0; pair.public_modulus_len()];
    pair.sign_digest(padding, &imported, &mut value).unwrap();
    value
}

fn implementation(algorithm: DigestAlgorithm) -> &'static digest::Algorithm {
    match algorithm {
        DigestAlgorithm::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha256 => &digest::SHA256,
        DigestAlgorithm::Sha384 => &digest::SHA384,
        DigestAlgorithm::Sha512 => &digest::SHA512,
        other => panic!("{other:?}"),
    }
}
