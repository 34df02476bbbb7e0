//! Signatures of software tokens, judged by OpenSSL.

use std::process::Command;

use crate::support::*;
use eimza_core::crypto::{Curve, DigestAlgorithm, KeyType, Padding};
use eimza_core::token::Attempt;
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken, TestIssuer, TestPerson, Validity};
use eimza_core::{Certificate, Time};

fn validity() -> Validity {
    let not_before = Time::parse("2026-01-01T00:00:00Z").unwrap();
    Validity { not_before, not_after: Time::parse("2027-01-01T00:00:00Z").unwrap() }
}

fn test_person() -> TestPerson {
    TestPerson { name: "TEST KİŞİ".into(), national_id: "10000000146".into() }
}

/// `openssl dgst -verify` with the certificate's key.
fn openssl_accepts(
    certificate: &Certificate,
    digest: DigestAlgorithm,
    pss: bool,
    content: &[u8],
    value: &[u8],
) -> bool {
    let folder = Folder::new();
    std::fs::write(folder.file("certificate"), certificate.der()).unwrap();
    std::fs::write(folder.file("content"), content).unwrap();
    std::fs::write(folder.file("value"), value).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new("openssl").args(arguments).current_dir(folder.path()).output().unwrap();
        output.status.success()
    };
    assert!(run(&["x509", "-inform", "DER", "-in", "certificate", "-pubkey", "-noout", "-out", "key"]));
    let hash = format!("-{}", digest.name().replace('-', "").to_lowercase());
    let mut arguments = vec!["dgst", &hash, "-verify", "key", "-signature", "value"];
    if pss {
        arguments.extend(["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]);
    }
    arguments.push("content");
    run(&arguments)
}

#[test]
fn every_kind_of_key_signs() {
    let digests = [DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512];
    let issuer = TestIssuer::new(validity()).unwrap();
    let types = [
        KeyType::Rsa { bits: 2048 },
        KeyType::Rsa { bits: 3072 },
        KeyType::Rsa { bits: 4096 },
        KeyType::Ec(Curve::P256),
        KeyType::Ec(Curve::P384),
        KeyType::Ec(Curve::P521),
    ];
    let keys = types.iter().map(|key_type| issuer.issue(&test_person(), key_type, validity()).unwrap()).collect();
    let token = SoftwareToken::in_memory(Creation { keys, ..creation(&[]) }).unwrap();
    let signers = signers(&token);
    let mut accepted = 0;
    for signer in signers.iter().filter(|signer| !signer.certificate.is_ca()) {
        let is_rsa = matches!(signer.certificate.public_key().unwrap().key_type, KeyType::Rsa { .. });
        for (index, digest) in digests.into_iter().enumerate() {
            for padding in [Padding::Pkcs1, Padding::Pss] {
                let request = request(signer, digest, padding, b"metin");
                let value = token.sign(signer, request, pin(PIN), Attempt::new()).unwrap();
                let pss = is_rsa && padding == Padding::Pss;
                assert!(openssl_accepts(&signer.certificate, digest, pss, b"metin", &value), "{signer:?} {index}");
                assert!(!openssl_accepts(&signer.certificate, digest, pss, b"met1n", &value));
                accepted += 1;
            }
        }
    }
    assert_eq!(accepted, 6 * 6);
    assert_eq!(tries(&token), (3, 3));
}

#[test]
fn the_chain_has_no_key_and_costs_no_try() {
    let issuer = TestIssuer::new(validity()).unwrap();
    let material = issuer.issue(&test_person(), &KeyType::Ec(Curve::P256), validity()).unwrap();
    let token = SoftwareToken::in_memory(Creation { keys: vec![material], ..creation(&[]) }).unwrap();
    let authority = signers(&token).remove(1);
    assert!(signers(&token)[0].can_sign() && !authority.can_sign());
    let request = request(&authority, DigestAlgorithm::Sha256, Padding::Pkcs1, b"metin");
    assert_eq!(name(token.sign(&authority, request, pin(WRONG), Attempt::new())), "key-absent");
    assert_eq!(tries(&token), (3, 3));
}

#[test]
fn test_certificates_are_like_qualified_ones_and_openssl_verifies_them() {
    let issuer = TestIssuer::new(validity()).unwrap();
    let material = issuer.issue(&test_person(), &KeyType::Ec(Curve::P384), validity()).unwrap();
    let certificate = &material.certificates()[0];
    assert!(certificate.qualified() && certificate.can_sign());
    assert_eq!(certificate.kind().name(), "nes");
    assert_eq!(certificate.national_id().unwrap().reveal().to_string(), "10000000146");
    assert!(certificate.common_name().unwrap().reveal().starts_with("eimza TEST"));
    assert!(certificate.issuer().common_name().unwrap().reveal().starts_with("eimza TEST"));
    assert!(certificate.policies().iter().any(|policy| format!("{policy:?}").contains("hukuki")));

    let folder = Folder::new();
    let pem = |name: &str, certificate: &Certificate| {
        std::fs::write(folder.file("der"), certificate.der()).unwrap();
        let arguments = ["x509", "-inform", "DER", "-in", "der", "-out", name];
        assert!(Command::new("openssl").args(arguments).current_dir(folder.path()).status().unwrap().success());
    };
    pem("leaf", certificate);
    pem("issuer", issuer.certificate());
    let arguments = ["verify", "-x509_strict", "-attime", "1781000000", "-CAfile", "issuer", "leaf"];
    let output = Command::new("openssl").args(arguments).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_self_signed_key_signs_and_is_not_qualified() {
    let material = KeyMaterial::self_signed(&KeyType::Ec(Curve::P256), "DENEME", validity()).unwrap();
    assert!(!material.certificates()[0].qualified());
    let token = SoftwareToken::in_memory(Creation { keys: vec![material], ..creation(&[]) }).unwrap();
    sign(&token, PIN).unwrap();
}

#[test]
fn a_key_of_another_certificate_is_refused() {
    let certificate = Certificate::from_der(eimza_testkit::pki::certificate("nes-p256")).unwrap();
    let other = eimza_testkit::pki::private_key_der("second-person");
    let result = KeyMaterial::new(other, "x", vec![certificate]);
    assert!(matches!(name(result), "key-absent" | "crypto-failed"));
}
