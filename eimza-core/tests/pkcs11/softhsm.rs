//! SoftHSM 2 through the library: every key type signs, OpenSSL and `pkcs11-tool` agree with what we did.
//!
//! Each test has a process and so a store of its own: SoftHSM reads a store while others write to it, and not always well.

use std::fs;
use std::process::Command;

use crate::support::{CONTENT, name, permitted, pin, puk, request, sign, signer};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{self, Attempt, PinStatus, Token, pkcs11};
use eimza_core::{Language, Pin, Puk};
use eimza_testkit::quirky::Stage;
use eimza_testkit::{PIN, SOFTHSM_MODULE, pki, run, scratch, softhsm};

/// The token itself, without any quirk, once it is filled.
fn open(stage: &Stage) -> Token {
    token::open(&stage.token.uri()).unwrap()
}

/// The token with these keys.
fn filled(stage: &Stage, names: &[&str]) -> Token {
    for (number, name) in names.iter().enumerate() {
        stage.token.import(name, &format!("{:02}", number + 1));
    }
    open(stage)
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

quirks! {
    fn every_key_type_signs_and_openssl_verifies([]) |stage| {
        let names = ["nes-rsa2048", "nes-rsa4096", "nes-p256", "nes-p384", "nes-p521"];
        let token = filled(&stage, &names);
        assert_eq!(token.certificates().unwrap().into_vec().len(), names.len());
        for name in names {
            let signer = signer(&token, name);
            for digest in [DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512] {
                let request = request(&signer, digest, Padding::Pkcs1);
                let value = token.sign(&signer, request, pin(), Attempt::new()).unwrap();
                assert!(openssl_verifies(name, digest, &[], &value), "{name} {}", digest.name());
            }
        }
    };

    /// Nobody has so many, and none is left out.
    fn a_thousand_certificates_are_listed([]) |stage| {
        stage.token.import("nes-p256", "01");
        softhsm().unwrap().multiply_certificate(&stage.token, "nes-p256", 1000);
        let token = open(&stage);
        let began = std::time::Instant::now();
        let found = token.certificates().unwrap().into_vec();
        assert_eq!(found.len(), 1001);
        assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
        sign(&token, "nes-p256").unwrap();
    };

    /// More than anybody looks at: an error that names the limit, never a list that is cut without a word.
    fn too_many_certificates_are_an_error([]) |stage| {
        stage.token.import("nes-p256", "01");
        softhsm().unwrap().multiply_certificate(&stage.token, "nes-p256", 16_384);
        let error = open(&stage).certificates().unwrap_err();
        assert_eq!(error.name(), "limit-exceeded");
        assert!(error.sentence(Language::English).happened.contains("objects on a token"), "{error}");
    };

    fn pss_signs_where_it_is_asked_for([]) |stage| {
        let token = filled(&stage, &["nes-rsa2048"]);
        let signer = signer(&token, "nes-rsa2048");
        for digest in [DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512] {
            let value = token.sign(&signer, request(&signer, digest, Padding::Pss), pin(), Attempt::new()).unwrap();
            let options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"];
            assert!(openssl_verifies("nes-rsa2048", digest, &options, &value));
            assert!(!openssl_verifies("nes-rsa2048", digest, &[], &value));
        }
    };

    fn one_entry_of_the_pin_signs_a_batch([]) |stage| {
        let token = filled(&stage, &["nes-p256"]);
        let signer = signer(&token, "nes-p256");
        let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
        let values = token.sign_batch(&signer, vec![request; 5], pin(), Attempt::new()).unwrap();
        assert_eq!(values.len(), 5);
        assert!(values.iter().all(|value| openssl_verifies("nes-p256", DigestAlgorithm::Sha256, &[], value)));
    };

    fn keys_that_ask_each_time_are_asked_each_time([]) |stage| {
        stage.token.import_private_key("nes-rsa2048", "01", "SIGN0", &["--always-auth"]);
        stage.token.import_certificate("nes-rsa2048", "01", "SIGN0");
        stage.token.import_private_key("nes-p384", "02", "SIGN1", &["--always-auth"]);
        stage.token.import_certificate("nes-p384", "02", "SIGN1");
        let token = open(&stage);
        for name in ["nes-rsa2048", "nes-p384"] {
            let signer = signer(&token, name);
            let request = request(&signer, DigestAlgorithm::Sha384, Padding::Pkcs1);
            let values = token.sign_batch(&signer, vec![request; 3], pin(), Attempt::new()).unwrap();
            assert!(values.iter().all(|value| openssl_verifies(name, DigestAlgorithm::Sha384, &[], value)), "{name}");
        }
    };

    fn a_changed_pin_is_the_pin_for_others_too([]) |stage| {
        let token = open(&stage);
        token.change_pin(pin(), Pin::new("654321").unwrap(), Attempt::new()).unwrap();
        assert!(stage.token.try_pin("654321"));
        assert!(!stage.token.try_pin(PIN));
        let refused = token.verify_pin(pin(), Attempt::new()).unwrap_err();
        assert_eq!(refused.name(), "pin-incorrect");
        token.verify_pin(Pin::new("654321").unwrap(), Attempt::new()).unwrap();
    };

    fn a_wrong_old_pin_changes_nothing([]) |stage| {
        let token = open(&stage);
        let refused = token.change_pin(Pin::new("000000").unwrap(), Pin::new("654321").unwrap(), Attempt::new());
        assert_eq!(refused.unwrap_err().name(), "pin-incorrect");
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Low);
        assert!(stage.token.slots().contains("user PIN count low"), "{}", stage.token.slots());
        token.verify_pin(pin(), Attempt::new()).unwrap();
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
    };

    fn the_puk_sets_a_new_pin_and_can_be_changed([]) |stage| {
        let token = open(&stage);
        token.unblock_pin(puk(), Pin::new("222222").unwrap(), permitted()).unwrap();
        assert!(stage.token.try_pin("222222"));
        token.change_puk(puk(), Puk::new("87654321").unwrap(), permitted()).unwrap();
        let refused = token.unblock_pin(puk(), Pin::new("333333").unwrap(), permitted()).unwrap_err();
        assert_eq!(refused.name(), "puk-incorrect");
        assert!(stage.token.try_pin("222222"));
        token.unblock_pin(Puk::new("87654321").unwrap(), Pin::new("333333").unwrap(), permitted()).unwrap();
        assert!(stage.token.try_pin("333333"));
    };

    fn two_keys_may_share_an_id([]) |stage| {
        // The other person's key comes first, and has the certificate's id and label.
        stage.token.import_private_key("second-person", "01", "SIGN0", &[]).import("nes-rsa2048", "01");
        stage.token.import_private_key("second-person-p256", "02", "SIGN1", &[]);
        stage.token.import_private_key("nes-p256", "02", "SIGN1", &[]).import_certificate("nes-p256", "02", "SIGN1");
        let token = open(&stage);
        for name in ["nes-rsa2048", "nes-p256"] {
            let signer = signer(&token, name);
            let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
            let values = token.sign_batch(&signer, vec![request; 2], pin(), Attempt::new()).unwrap();
            assert!(values.iter().all(|value| openssl_verifies(name, DigestAlgorithm::Sha256, &[], value)), "{name}");
        }
    };

    fn a_key_under_another_id_is_found_by_its_public_part([]) |stage| {
        stage.token.import_private_key("nes-rsa2048", "09", "x", &[]).import_certificate("nes-rsa2048", "01", "y");
        stage.token.import_certificate("nes-p256", "02", "z");
        let token = open(&stage);
        sign(&token, "nes-rsa2048").unwrap();
        assert_eq!(name(sign(&token, "nes-p256")), "key-absent");
    };

    fn tokens_are_chosen_by_their_address([]) |stage| {
        let twin = softhsm().unwrap().token("NES1");
        assert_eq!(twin.label, stage.token.label);
        let address = |token: &str| format!("pkcs11:{token}?module-path={SOFTHSM_MODULE}").parse().unwrap();
        assert_eq!(name(pkcs11::only(&address("token=NES1"))), "tokens-several");
        assert_eq!(name(pkcs11::only(&address("token=NOBODY"))), "token-unknown");
        let twins = pkcs11::tokens(&address("token=NES1")).unwrap();
        assert_eq!(twins.len(), 2);
        for twin in twins {
            let info = pkcs11::only(&twin.info().unwrap().address.parse().unwrap()).unwrap().info().unwrap();
            assert_eq!(info.address, twin.info().unwrap().address);
            assert!(!info.may_be_qualified_device);
        }
    };

    fn several_threads_use_one_token([]) |stage| {
        let token = filled(&stage, &["nes-p256"]);
        let signer = signer(&token, "nes-p256");
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
    };
}
