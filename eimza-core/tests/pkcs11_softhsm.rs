//! SoftHSM 2 through the library: every key type signs, OpenSSL and `pkcs11-tool` agree with what we did.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::process::Command;

use eimza_core::crypto::{DigestAlgorithm, Padding, SignatureAlgorithm};
use eimza_core::token::pkcs11;
use eimza_core::token::{Attempt, PinStatus, SignRequest, Token, TokenCertificate};
use eimza_core::{Pin, Puk};
use eimza_testkit::{PIN, SO_PIN, SoftHsm, pki, run, scratch, softhsm};

const CONTENT: &[u8] = "Başvuru metni".as_bytes();

/// A token with these keys, seen by a module that nobody else has.
fn token(softhsm: &SoftHsm, label: &str, names: &[&str]) -> (eimza_testkit::Token, Token) {
    let outside = softhsm.token(label);
    for (number, name) in names.iter().enumerate() {
        outside.import(name, &format!("{:02}", number + 1));
    }
    let token = open(softhsm, label);
    (outside, token)
}

/// The token by its label, once it is filled: a module that was loaded sees nothing that comes later.
fn open(softhsm: &SoftHsm, label: &str) -> Token {
    let address = format!("pkcs11:token={label}?module-path={}", softhsm.module_copy().display());
    pkcs11::only(&address.parse().unwrap()).unwrap()
}

fn certificate(token: &Token, name: &str) -> TokenCertificate {
    let all = token.certificates().unwrap().into_vec();
    all.into_iter().find(|found| found.certificate.der() == pki::certificate(name)).unwrap()
}

fn pin() -> Pin {
    Pin::new(PIN).unwrap()
}

fn request(signer: &TokenCertificate, digest: DigestAlgorithm, padding: Padding) -> SignRequest {
    let key = signer.certificate.public_key().unwrap();
    let algorithm = SignatureAlgorithm::for_key(&key.key_type, digest, padding).unwrap();
    SignRequest { algorithm, digest: digest.digest(CONTENT) }
}

/// Whether OpenSSL takes `value` for this certificate's signature over the content.
fn openssl_verifies(name: &str, digest: DigestAlgorithm, options: &[&str], value: &[u8]) -> bool {
    let folder = scratch("openssl");
    let path = |file: &str| folder.join(file).to_string_lossy().into_owned();
    fs::write(folder.join("content"), CONTENT).unwrap();
    fs::write(folder.join("signature"), value).unwrap();
    let certificate = pki::certificate_path(name).to_string_lossy().into_owned();
    let mut public = Command::new("openssl");
    public.args(["x509", "-inform", "DER", "-in", &certificate, "-noout", "-pubkey", "-out", &path("public.pem")]);
    run(&mut public).expect_success();
    let mut verify = Command::new("openssl");
    let digest = format!("-{}", digest.name().replace('-', "").to_lowercase());
    verify.args(["dgst", &digest, "-verify", &path("public.pem"), "-signature", &path("signature")]);
    run(verify.args(options).arg(path("content"))).success
}

#[test]
fn every_key_type_signs_and_openssl_verifies() {
    let Some(softhsm) = softhsm() else { return };
    let names = ["nes-rsa2048", "nes-rsa4096", "nes-p256", "nes-p384", "nes-p521"];
    let (_, token) = token(softhsm, "ALL", &names);
    assert_eq!(token.certificates().unwrap().into_vec().len(), names.len());
    for name in names {
        let signer = certificate(&token, name);
        for digest in [DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512] {
            let request = request(&signer, digest, Padding::Pkcs1);
            let value = token.sign(&signer, request, pin(), Attempt::new()).unwrap();
            assert!(openssl_verifies(name, digest, &[], &value), "{name} {}", digest.name());
        }
    }
}

#[test]
fn pss_signs_where_it_is_asked_for() {
    let Some(softhsm) = softhsm() else { return };
    let (_, token) = token(softhsm, "PSS", &["nes-rsa2048"]);
    let signer = certificate(&token, "nes-rsa2048");
    for digest in [DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512] {
        let value = token.sign(&signer, request(&signer, digest, Padding::Pss), pin(), Attempt::new()).unwrap();
        let options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"];
        assert!(openssl_verifies("nes-rsa2048", digest, &options, &value));
        assert!(!openssl_verifies("nes-rsa2048", digest, &[], &value));
    }
}

#[test]
fn one_entry_of_the_pin_signs_a_batch() {
    let Some(softhsm) = softhsm() else { return };
    let (_, token) = token(softhsm, "BATCH", &["nes-p256"]);
    let signer = certificate(&token, "nes-p256");
    let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
    let values = token.sign_batch(&signer, vec![request; 5], pin(), Attempt::new()).unwrap();
    assert_eq!(values.len(), 5);
    assert!(values.iter().all(|value| openssl_verifies("nes-p256", DigestAlgorithm::Sha256, &[], value)));
}

#[test]
fn keys_that_ask_each_time_are_asked_each_time() {
    let Some(softhsm) = softhsm() else { return };
    let outside = softhsm.token("ALWAYS");
    outside.import_private_key("nes-rsa2048", "01", "SIGN0", &["--always-auth"]);
    outside.import_certificate("nes-rsa2048", "01", "SIGN0");
    outside.import_private_key("nes-p384", "02", "SIGN1", &["--always-auth"]);
    outside.import_certificate("nes-p384", "02", "SIGN1");
    let token = open(softhsm, "ALWAYS");
    for name in ["nes-rsa2048", "nes-p384"] {
        let signer = certificate(&token, name);
        let request = request(&signer, DigestAlgorithm::Sha384, Padding::Pkcs1);
        let values = token.sign_batch(&signer, vec![request; 3], pin(), Attempt::new()).unwrap();
        assert!(values.iter().all(|value| openssl_verifies(name, DigestAlgorithm::Sha384, &[], value)), "{name}");
    }
}

#[test]
fn a_changed_pin_is_the_pin_for_others_too() {
    let Some(softhsm) = softhsm() else { return };
    let (outside, token) = token(softhsm, "CHANGE", &[]);
    token.change_pin(pin(), Pin::new("654321").unwrap(), Attempt::new()).unwrap();
    assert!(outside.try_pin("654321"));
    assert!(!outside.try_pin(PIN));
    let refused = token.verify_pin(pin(), Attempt::new()).unwrap_err();
    assert_eq!(refused.name(), "pin-incorrect");
    token.verify_pin(Pin::new("654321").unwrap(), Attempt::new()).unwrap();
}

#[test]
fn a_wrong_old_pin_changes_nothing() {
    let Some(softhsm) = softhsm() else { return };
    let (outside, token) = token(softhsm, "KEEP", &[]);
    let refused = token.change_pin(Pin::new("000000").unwrap(), Pin::new("654321").unwrap(), Attempt::new());
    assert_eq!(refused.unwrap_err().name(), "pin-incorrect");
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Low);
    assert!(outside.slots().contains("user PIN count low"), "{}", outside.slots());
    token.verify_pin(pin(), Attempt::new()).unwrap();
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
}

#[test]
fn the_puk_sets_a_new_pin_and_can_be_changed() {
    let Some(softhsm) = softhsm() else { return };
    let (outside, token) = token(softhsm, "PUK", &[]);
    let puk = || Puk::new(SO_PIN).unwrap();
    let permitted = || Attempt::new().spend_last_try();
    token.unblock_pin(puk(), Pin::new("222222").unwrap(), permitted()).unwrap();
    assert!(outside.try_pin("222222"));
    token.change_puk(puk(), Puk::new("87654321").unwrap(), permitted()).unwrap();
    let refused = token.unblock_pin(puk(), Pin::new("333333").unwrap(), permitted()).unwrap_err();
    assert_eq!(refused.name(), "puk-incorrect");
    assert!(outside.try_pin("222222"));
    token.unblock_pin(Puk::new("87654321").unwrap(), Pin::new("333333").unwrap(), permitted()).unwrap();
    assert!(outside.try_pin("333333"));
}

#[test]
fn two_keys_may_share_an_id() {
    let Some(softhsm) = softhsm() else { return };
    let outside = softhsm.token("SHARED");
    // The other person's key comes first, and has the certificate's id and label.
    outside.import_private_key("second-person", "01", "SIGN0", &[]).import("nes-rsa2048", "01");
    outside.import_private_key("second-person-p256", "02", "SIGN1", &[]);
    outside.import_private_key("nes-p256", "02", "SIGN1", &[]).import_certificate("nes-p256", "02", "SIGN1");
    let token = open(softhsm, "SHARED");
    for name in ["nes-rsa2048", "nes-p256"] {
        let signer = certificate(&token, name);
        let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
        let values = token.sign_batch(&signer, vec![request; 2], pin(), Attempt::new()).unwrap();
        assert!(values.iter().all(|value| openssl_verifies(name, DigestAlgorithm::Sha256, &[], value)), "{name}");
    }
}

#[test]
fn a_key_under_another_id_is_found_by_its_public_part() {
    let Some(softhsm) = softhsm() else { return };
    let outside = softhsm.token("RENAMED");
    outside.import_private_key("nes-rsa2048", "09", "x", &[]).import_certificate("nes-rsa2048", "01", "y");
    outside.import_certificate("nes-p256", "02", "z");
    let token = open(softhsm, "RENAMED");
    let signer = certificate(&token, "nes-rsa2048");
    let sign = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
    token.sign(&signer, sign, pin(), Attempt::new()).unwrap();
    let without_key = certificate(&token, "nes-p256");
    let sign = request(&without_key, DigestAlgorithm::Sha256, Padding::Pkcs1);
    assert_eq!(token.sign(&without_key, sign, pin(), Attempt::new()).unwrap_err().name(), "key-absent");
}

#[test]
fn tokens_are_chosen_by_their_address() {
    let Some(softhsm) = softhsm() else { return };
    let (first, second) = (softhsm.token("TWIN"), softhsm.token("TWIN"));
    assert_eq!(first.label, second.label);
    let module = softhsm.module_copy();
    let address = |token: &str| format!("pkcs11:{token}?module-path={}", module.display()).parse().unwrap();
    assert_eq!(pkcs11::only(&address("token=TWIN")).unwrap_err().name(), "tokens-several");
    assert_eq!(pkcs11::only(&address("token=NOBODY")).unwrap_err().name(), "token-unknown");
    let twins = pkcs11::tokens(&address("token=TWIN")).unwrap();
    assert_eq!(twins.len(), 2);
    for twin in twins {
        let info = pkcs11::only(&twin.address().parse().unwrap()).unwrap().info().unwrap();
        assert_eq!(info.address, twin.address());
        assert!(!info.may_be_qualified_device);
    }
}

#[test]
fn several_threads_use_one_token() {
    let Some(softhsm) = softhsm() else { return };
    let (_, token) = token(softhsm, "THREADS", &["nes-p256"]);
    let signer = certificate(&token, "nes-p256");
    let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..3 {
                    token.sign(&signer, request, pin(), Attempt::new()).unwrap();
                    assert_eq!(token.certificates().unwrap().into_vec().len(), 1);
                }
            });
        }
    });
}
