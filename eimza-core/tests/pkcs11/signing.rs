//! The plain door on a real token: one PIN, and files that other people's programs verify.

use crate::support::{CONTENT, name, open, pin, signer, wrong};
use eimza_core::cades::{self, Placement, SigningOptions};
use eimza_core::cms::{self, Content};
use eimza_core::token::Attempt;
use eimza_core::{Certificate, Time};
use eimza_testkit::peers;

fn options() -> SigningOptions {
    SigningOptions::new(Time::parse("2026-06-15T12:00:30Z").unwrap())
}

quirks! {
    fn one_pin_signs_a_file_for_every_key_type([]) |stage| {
        let names = ["nes-rsa2048", "nes-p256", "nes-p384"];
        for (number, name) in names.iter().enumerate() {
            stage.token.import(name, &format!("{:02}", number + 1));
        }
        let token = open(&stage);
        let sign = |name: &str, options: &SigningOptions| {
            let signer = signer(&token, name);
            cades::sign(&token, &signer, pin(), Content::Bytes(CONTENT), options, Attempt::new()).unwrap()
        };
        let files = names.map(|name| sign(name, &options()));
        let detached = sign("nes-rsa2048", &SigningOptions { placement: Placement::Detached, ..options() });
        let mut all: Vec<_> = files.iter().map(|file| (file.as_slice(), None)).collect();
        all.push((detached.as_slice(), Some(CONTENT)));
        peers::expect_all_verify(&all);
    };

    fn one_pin_signs_several_contents([]) |stage| {
        stage.token.import("nes-p384", "01");
        let token = open(&stage);
        let options = options();
        let contents = [(Content::Bytes(CONTENT), &options), (Content::Bytes(b"the second text"), &options)];
        let signer = signer(&token, "nes-p384");
        let files = cades::sign_batch(&token, &signer, pin(), &contents, Attempt::new()).unwrap();
        let all: Vec<_> = files.iter().map(|file| (file.as_slice(), None)).collect();
        peers::expect_all_verify(&all);
        assert_eq!(cms::SignedData::read(&files[1]).unwrap().content().unwrap().unwrap().as_ref(), b"the second text");
        assert_eq!(stage.count("C_Login"), 1, "one PIN for both");
    };

    fn what_is_unsuitable_costs_no_try([]) |stage| {
        stage.token.import("nes-expired", "01");
        stage.token.import("nes-rsa2048", "02");
        let token = open(&stage);
        let sign = |name: &str, pin, options: &SigningOptions, content| {
            cades::sign(&token, &signer(&token, name), pin, content, options, Attempt::new())
        };
        let content = Content::Bytes(CONTENT);
        assert_eq!(name(sign("nes-expired", wrong(), &options(), content)), "certificate-expired");
        let digest = Content::Digest(eimza_core::crypto::DigestAlgorithm::Sha256.digest(CONTENT));
        assert_eq!(name(sign("nes-rsa2048", wrong(), &options(), digest)), "content-missing");
        let other = Certificate::from_der(eimza_testkit::pki::certificate("nes-p256")).unwrap();
        let of_another = cades::prepare(content, &other, &options()).unwrap();
        let signer = signer(&token, "nes-rsa2048");
        let mixed = cades::sign_prepared(&token, &signer, wrong(), vec![of_another], Attempt::new());
        assert_eq!(name(mixed), "argument-invalid");
        assert_eq!(stage.attempts(), 0);
        assert_eq!(name(sign("nes-rsa2048", wrong(), &options(), content)), "pin-incorrect");
        assert_eq!(stage.attempts(), 1);
    };
}
