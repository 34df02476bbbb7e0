//! Signatures from every kind of token and key, judged by OpenSSL, pyHanko, BouncyCastle and pkijs.

use eimza_core::cades::{self, Placement, SigningOptions};
use eimza_core::cms::Content;
use eimza_core::crypto::Padding;
use eimza_core::token::{Attempt, SignRequest, Token, TokenCertificate, pkcs11};
use eimza_core::{Certificate, Pin, Time};
use eimza_testkit::{PIN, kryoptic, opencryptoki, peers, pki, softhsm};

const TEXT: &[u8] = "Başvuru formunu ve taahhütnameyi kabul ediyorum.\r\nİkinci satır.\n".as_bytes();
const KEYS: [&str; 5] = ["nes-rsa2048", "nes-rsa4096", "nes-p256", "nes-p384", "nes-p521"];

#[test]
fn softhsm_signatures_are_verified_by_all_peers() {
    let Some(softhsm) = softhsm() else { return };
    let _turn = softhsm.turn();
    let outside = softhsm.token("INTEROP");
    for (number, name) in KEYS.iter().enumerate() {
        outside.import(name, &format!("{:02}", number + 1));
    }
    let address = format!("pkcs11:token=INTEROP?module-path={}", softhsm.module_copy().display());
    signatures_of_every_form_are_verified(&open(&address), &KEYS);
}

#[test]
fn softhsm_key_that_asks_each_time_signs_for_all_peers() {
    let Some(softhsm) = softhsm() else { return };
    let _turn = softhsm.turn();
    let outside = softhsm.token("ASKS");
    outside.import_private_key("nes-rsa2048", "01", "SIGN0", &["--always-auth"]);
    outside.import_certificate("nes-rsa2048", "01", "SIGN0");
    let address = format!("pkcs11:token=ASKS?module-path={}", softhsm.module_copy().display());
    signatures_of_every_form_are_verified(&open(&address), &["nes-rsa2048"]);
}

#[test]
fn kryoptic_signatures_are_verified_by_all_peers() {
    let Some(kryoptic) = kryoptic() else { return };
    let outside = kryoptic.token("INTEROP");
    for (number, name) in KEYS.iter().enumerate() {
        outside.import(name, &format!("{:02}", number + 1));
    }
    signatures_of_every_form_are_verified(&open(&outside.uri()), &KEYS);
}

#[test]
fn opencryptoki_signatures_are_verified_by_all_peers() {
    opencryptoki::inside("tokens::opencryptoki_signatures_are_verified_by_all_peers", |outside| {
        outside.import("nes-rsa2048", "01").import("nes-rsa4096", "02");
        signatures_of_every_form_are_verified(&open(&outside.uri()), &["nes-rsa2048", "nes-rsa4096"]);
    });
}

/// Attached, detached, and PSS where the key is RSA; with the issuer inside and without.
#[track_caller]
fn signatures_of_every_form_are_verified(token: &Token, names: &[&str]) {
    let issuer = Certificate::from_der(pki::certificate("nes-ca")).unwrap();
    let mut made = Vec::new();
    for name in names {
        let signer = find(token, name);
        for placement in [Placement::Attached, Placement::Detached] {
            let usual = SigningOptions { placement, ..SigningOptions::new(now()) };
            made.push((sign(token, &signer, &usual), placement));
            if name.contains("rsa") {
                let pss = SigningOptions { padding: Padding::Pss, chain: vec![issuer.clone()], ..usual };
                made.push((sign(token, &signer, &pss), placement));
            }
        }
    }
    let content = |placement: &Placement| (*placement == Placement::Detached).then_some(TEXT);
    let files: Vec<_> = made.iter().map(|(file, placement)| (file.as_slice(), content(placement))).collect();
    peers::expect_all_verify(&files);
}

fn sign(token: &Token, signer: &TokenCertificate, options: &SigningOptions) -> Vec<u8> {
    let prepared = cades::prepare(Content::Bytes(TEXT), &signer.certificate, options).unwrap();
    let request = SignRequest { algorithm: prepared.algorithm(), digest: prepared.digest() };
    let value = token.sign(signer, request, Pin::new(PIN).unwrap(), Attempt::new()).unwrap();
    prepared.complete(&value).unwrap()
}

fn open(address: &str) -> Token {
    pkcs11::only(&address.parse().unwrap()).unwrap()
}

fn find(token: &Token, name: &str) -> TokenCertificate {
    let all = token.certificates().unwrap().into_vec();
    all.into_iter().find(|found| found.certificate.der() == pki::certificate(name)).unwrap()
}

fn now() -> Time {
    Time::parse("2026-06-15T12:00:00Z").unwrap()
}
