//! The test PKI holds what its page promises, by OpenSSL's reading.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::process::Command;

use eimza_testkit::{Outcome, component, pki, run, scratch};

/// Why OpenSSL refuses some certificates; it accepts all others.
const REFUSED: [(&str, &str); 18] = [
    ("nes-expired", "certificate has expired"),
    ("nes-not-yet-valid", "certificate is not yet valid"),
    ("self-signed-nes", "self-signed certificate"),
    ("other-ca", "self-signed certificate"),
    // The issuer's name leads to nes-ca, whose key identifier is another one.
    ("other-ca-same-serial", "unable to get local issuer certificate"),
    // OpenSSL forbids curves that are written out; cards with such keys exist.
    ("odd-explicit-curve", "parameters"),
    // Authorities that are no anchor, and what they issued.
    ("ca-critical-extension-unknown", "self-signed certificate"),
    ("ca-rsa1024", "self-signed certificate"),
    ("ca-without-cert-sign", "self-signed certificate"),
    ("nes-by-a-person", "unable to get local issuer certificate"),
    ("nes-by-ca-critical-extension-unknown", "unable to get local issuer certificate"),
    ("nes-by-ca-rsa1024", "unable to get local issuer certificate"),
    ("nes-by-ca-without-cert-sign", "unable to get local issuer certificate"),
    ("nes-critical-extension-unknown", "unhandled critical extension"),
    ("nes-key-usage-twice", "unable to get local issuer certificate"),
    // Times that RFC 5280 forbids.
    ("odd-times-short", "format error in certificate's notBefore field"),
    ("odd-times-offset", "format error in certificate's notBefore field"),
    ("odd-times-unreadable", "format error in certificate's notBefore field"),
];

#[test]
fn every_certificate_is_issued_by_whom_it_names_unless_said_otherwise() {
    if component("openssl").is_none() {
        return;
    }
    for name in pki::certificate_names() {
        let answer = verify(&name);
        match REFUSED.iter().find(|(refused, _)| *refused == name) {
            None => assert!(answer.success, "{name}: {}", answer.output),
            Some((_, why)) => assert!(!answer.success && answer.output.contains(why), "{name}: {}", answer.output),
        }
    }
}

#[test]
fn key_and_certificate_belong_together() {
    if component("openssl").is_none() {
        return;
    }
    for name in pki::certificate_names() {
        let mut of_key = Command::new("openssl");
        of_key.args(["pkey", "-pubout", "-in"]).arg(pki::private_key_path(&name));
        let mut of_certificate = Command::new("openssl");
        of_certificate.args(["x509", "-inform", "DER", "-noout", "-pubkey", "-in"]).arg(pki::certificate_path(&name));
        let (one, other) = (run(&mut of_key).expect_success(), run(&mut of_certificate).expect_success());
        assert_eq!(public_key(&one), public_key(&other), "{name}");
    }
}

#[test]
fn pkcs12_files_open_with_their_password_only() {
    if component("openssl").is_none() {
        return;
    }
    for (name, keys, certificates) in [
        ("modern", 1, 1),
        ("ec", 1, 1),
        ("p256", 1, 1),
        ("chain", 1, 3),
        ("legacy-3des", 1, 1),
        ("legacy-rc2", 1, 1),
        ("without-key", 0, 1),
    ] {
        let open = |password: &str| {
            let mut command = Command::new("openssl");
            command.args(["pkcs12", "-legacy", "-noenc", "-passin", &format!("pass:{password}"), "-in"]);
            run(command.arg(pki::pkcs12_path(name)))
        };
        let opened = open(pki::PKCS12_PASSWORD).expect_success();
        assert_eq!(opened.matches("BEGIN PRIVATE KEY").count(), keys, "{name}");
        assert_eq!(opened.matches("BEGIN CERTIFICATE").count(), certificates, "{name}");
        assert!(!open("tset").success, "{name}");
    }
}

fn verify(name: &str) -> Outcome {
    let folder = scratch("pki");
    let write = |file: &str, names: &[&str]| {
        fs::write(folder.join(file), pki::bundle_pem(names)).unwrap();
        folder.join(file)
    };
    let mut command = Command::new("openssl");
    command.args(["verify", "-CAfile"]).arg(write("root.pem", &["root"]));
    command.arg("-untrusted").arg(write("cas.pem", &["nes-ca", "nes-ca-p384", "seal-ca"]));
    run(command.arg(write("it.pem", &[name])))
}

fn public_key(output: &str) -> &str {
    &output[output.find("-----BEGIN").unwrap()..]
}
