//! The card that others wrote: OpenSC proves that it is what our own engine will meet.

use std::fs;
use std::process::Command;

use eimza_testkit::piv::{self, PIN, PUK, PivCard};
use eimza_testkit::{Outcome, pcscd, pki, run, scratch};

use crate::opensc::module;

#[test]
fn others_card_signs_counts_and_is_unblocked() {
    let (Some(_), Some(module)) = (piv::program(), module()) else { return };
    pcscd::inside("piv::others_card_signs_counts_and_is_unblocked", |pcscd| {
        let card = PivCard::start(pcscd);
        let listed = pkcs15(&["--list-certificates"]).expect_success();
        assert!(listed.contains("Certificate for Digital Signature"), "{listed}");
        let read = scratch("piv").join("certificate");
        pkcs15(&["--read-certificate", "02", "-o", read.to_str().unwrap()]).expect_success();
        let mut show = Command::new("openssl");
        run(show.args(["x509", "-outform", "DER", "-in"]).arg(&read).arg("-out").arg(read.with_extension("der")))
            .expect_success();
        assert_eq!(fs::read(read.with_extension("der")).unwrap(), card.certificate());
        assert_ne!(card.certificate(), pki::certificate("nes-p256"));

        sign(&module, &card);
        let verify = |pin: &str| pkcs15(&["--verify-pin", "--auth-id", "01", "--pin", pin]).success;
        assert!(pkcs15(&["--change-pin", "--auth-id", "01", "--pin", PIN, "--new-pin", "654321"]).success);
        assert!(verify("654321"));
        assert!(!verify(PIN) && !verify(PIN) && !verify(PIN), "the old PIN is wrong now");
        assert!(!verify("654321"), "three wrong ones have blocked it");
        let unblock = |puk: &str| pkcs15(&["--unblock-pin", "--auth-id", "01", "--puk", puk, "--new-pin", PIN]).success;
        assert!(!unblock("00000000") && unblock(PUK));
        assert!(verify(PIN));
    });
}

fn pkcs15(arguments: &[&str]) -> Outcome {
    run(Command::new("pkcs15-tool").args(arguments))
}

/// Signs a digest and lets OpenSSL check the signature with the key of the certificate.
fn sign(module: &std::path::Path, card: &PivCard) {
    let folder = scratch("piv-sign");
    let path = |file: &str| folder.join(file).to_string_lossy().into_owned();
    fs::write(path("text"), "onay metni").unwrap();
    let openssl = |arguments: &[&str]| run(Command::new("openssl").args(arguments));
    openssl(&["dgst", "-sha256", "-binary", "-out", &path("digest"), &path("text")]).expect_success();
    let mut tool = Command::new("pkcs11-tool");
    tool.arg("--module").arg(module).args(["--login", "--pin", PIN, "--sign", "--id", "02", "-m", "ECDSA"]);
    run(tool.args(["-f", "openssl", "-i", &path("digest"), "-o", &path("signature")])).expect_success();
    let certificate = card.certificate_path().to_string_lossy().into_owned();
    openssl(&["x509", "-inform", "DER", "-in", &certificate, "-pubkey", "-noout", "-out", &path("key")])
        .expect_success();
    let check =
        || openssl(&["dgst", "-sha256", "-verify", &path("key"), "-signature", &path("signature"), &path("text")]);
    check().expect_success();
    fs::write(path("text"), "onay metnj").unwrap();
    assert!(!check().success);
}
