//! kryoptic: PKCS#11 3.x, a PIN that blocks after ten tries, LOCKED that outlives an unblock, limits upside down.

use crate::support::{name, permitted, pin, puk, request, sign, signer, wrong};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{Attempt, PinId, PinStatus, Token, TokenDriver, pkcs11};
use eimza_core::{Pin, Puk};
use eimza_testkit::kryoptic;

fn open(outside: &eimza_testkit::Token) -> Token {
    pkcs11::only(&outside.uri().parse().unwrap()).unwrap()
}

fn status(token: &Token) -> PinStatus {
    token.pin_status().unwrap().status
}

/// One test, because the module is loaded once for the process and its tokens have to be there before.
#[test]
fn kryoptic_signs_blocks_and_unblocks() {
    let Some(kryoptic) = kryoptic() else { return };
    let names = ["nes-rsa2048", "nes-rsa4096", "nes-p256", "nes-p384", "nes-p521"];
    let (keys, blocking) = (kryoptic.token("KEYS"), kryoptic.token("BLOCKING"));
    for (number, name) in names.iter().enumerate() {
        keys.import(name, &format!("{:02}", number + 1));
    }
    signs(&open(&keys), &names);
    blocks_and_unblocks(&blocking, &open(&blocking));
}

fn signs(token: &Token, names: &[&str]) {
    for certificate in names {
        sign(token, certificate).unwrap();
    }
    let signer = signer(token, "nes-rsa2048");
    let pss = request(&signer, DigestAlgorithm::Sha512, Padding::Pss);
    token.sign(&signer, pss, pin(), Attempt::new()).unwrap();
}

fn blocks_and_unblocks(outside: &eimza_testkit::Token, token: &Token) {
    // It shows no flag before the seventh wrong PIN: after two the library asks.
    assert_eq!(status(token), PinStatus::Unknown);
    for _ in 0..2 {
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
    }
    assert_eq!(status(token), PinStatus::FinalTry);
    assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-final-try");
    for _ in 2..9 {
        assert_eq!(name(token.verify_pin(wrong(), permitted())), "pin-incorrect");
    }
    assert_eq!(name(token.verify_pin(wrong(), permitted())), "pin-blocked");
    assert_eq!(status(token), PinStatus::Blocked);
    assert!(outside.slots().contains("user PIN locked"));

    let new = || Pin::new("222222").unwrap();
    assert_eq!(name(token.unblock_pin(Puk::new("99999999").unwrap(), new(), permitted())), "puk-incorrect");
    token.unblock_pin(puk(), new(), permitted()).unwrap();
    // In this process LOCKED is still there, and does not keep the person out.
    let drivers = pkcs11::Pkcs11Token::all(&outside.module).unwrap();
    let driver = drivers.iter().find(|driver| driver.info().unwrap().label == "BLOCKING").unwrap();
    assert_eq!(driver.pin_report(&PinId::PIN).unwrap().status, PinStatus::Blocked);
    assert_eq!(status(token), PinStatus::Unknown);
    token.verify_pin(new(), Attempt::new()).unwrap();
    assert_eq!(status(token), PinStatus::Ok);
    token.change_pin(new(), pin(), Attempt::new()).unwrap();
    assert!(outside.try_pin(eimza_testkit::PIN));
}
