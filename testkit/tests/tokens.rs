//! The real tokens answer to a program that is not ours, and differ as their documentation says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use eimza_testkit::{PIN, Token, kryoptic, opencryptoki, pki, run, scratch, softhsm};

/// A SoftHSM that reads its store while another test fills a token sees half of it.
static STORE: Mutex<()> = Mutex::new(());

#[test]
fn softhsm_signs_with_every_kind_of_key_and_never_blocks() {
    let Some(softhsm) = softhsm() else { return };
    let _alone = STORE.lock().unwrap_or_else(PoisonError::into_inner);
    let token = softhsm.token("NES1");
    for (id, name) in
        [("01", "nes-rsa2048"), ("02", "nes-p256"), ("03", "nes-p384"), ("04", "nes-p521"), ("05", "nes-rsa4096")]
    {
        token.import(name, id);
        sign_and_check(&token, name, id, mechanism_of(name));
    }
    for _ in 0..4 {
        assert!(!token.try_pin("000000"));
    }
    assert!(token.try_pin(PIN));
}

#[test]
fn softhsm_key_can_ask_for_the_pin_each_time() {
    let Some(softhsm) = softhsm() else { return };
    let _alone = STORE.lock().unwrap_or_else(PoisonError::into_inner);
    let token = softhsm.token("NES2");
    token.import_private_key("nes-rsa2048", "01", "SIGN0", &["--always-auth"]);
    let listed = token.pkcs11_tool_with_pin(PIN, &["--list-objects", "--type", "privkey"]).expect_success();
    assert!(listed.contains("Always Authenticate") || listed.contains("always authenticate"), "{listed}");
}

#[test]
fn kryoptic_signs_with_every_kind_of_key() {
    let Some(kryoptic) = kryoptic() else { return };
    let token = kryoptic.token("NES3");
    for (id, name) in [("01", "nes-rsa2048"), ("02", "nes-p256"), ("03", "nes-p384"), ("04", "nes-p521")] {
        token.import(name, id);
        sign_and_check(&token, name, id, mechanism_of(name));
    }
}

#[test]
fn opencryptoki_blocks_after_three_wrong_pins_and_so_pin_unblocks() {
    opencryptoki::inside("opencryptoki_blocks_after_three_wrong_pins_and_so_pin_unblocks", |token| {
        token.import("nes-rsa2048", "01");
        sign_and_check(&token, "nes-rsa2048", "01", "SHA1-RSA-PKCS");

        for _ in 0..3 {
            assert!(token.slots().contains("NES9") && !token.slots().contains("user PIN locked"));
            assert!(!token.try_pin("000000"));
        }
        assert!(token.slots().contains("user PIN locked"), "{}", token.slots());
        assert!(!token.try_pin(PIN));

        let unblock =
            ["--init-pin", "--login", "--login-type", "so", "--so-pin", eimza_testkit::SO_PIN, "--new-pin", "654321"];
        token.pkcs11_tool(&unblock).expect_success();
        assert!(token.try_pin("654321"));
    });
}

/// Signs on the token and lets OpenSSL check the signature with the certificate's key.
fn sign_and_check(token: &Token, name: &str, id: &str, mechanism: &str) {
    let folder = scratch("sign");
    let path = |file: &str| folder.join(file).to_string_lossy().into_owned();
    fs::write(path("text"), "onay metni").unwrap();
    // The lowest common denominator: EC keys sign a digest that was made outside.
    let input = if mechanism == "ECDSA" { "digest" } else { "text" };
    run(Command::new("openssl").args(["dgst", "-sha256", "-binary", "-out", &path("digest"), &path("text")]))
        .expect_success();
    let signing =
        ["--sign", "--id", id, "-m", mechanism, "-f", "openssl", "-i", &path(input), "-o", &path("signature")];
    token.pkcs11_tool_with_pin(PIN, &signing).expect_success();

    let certificate = pki::certificate_path(name);
    let mut extract = Command::new("openssl");
    run(extract
        .args(["x509", "-inform", "DER", "-pubkey", "-noout", "-in"])
        .arg(certificate)
        .args(["-out", &path("key")]))
    .expect_success();
    let digest = if mechanism.contains("SHA1") { "-sha1" } else { "-sha256" };
    let check = |file: &str| {
        let mut verify = Command::new("openssl");
        run(verify.args(["dgst", digest, "-verify", &path("key"), "-signature", &path("signature"), &path(file)]))
    };
    check("text").expect_success();
    fs::write(path("altered"), "onay metnj").unwrap();
    assert!(!check("altered").success);
}

fn mechanism_of(name: &str) -> &'static str {
    if name.contains("rsa") { "SHA256-RSA-PKCS" } else { "ECDSA" }
}
