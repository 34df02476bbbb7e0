//! opencryptoki's software token: real locks of PIN and PUK after three wrong ones, and only the commonest mechanisms.

use crate::support::{name, permitted, pin, puk, request, sign, signer, wrong};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{Attempt, PinStatus, Token, pkcs11};
use eimza_core::{Pin, Puk};
use eimza_testkit::{PIN, opencryptoki};

fn open(outside: &eimza_testkit::Token) -> Token {
    pkcs11::only(&outside.uri().parse().unwrap()).unwrap()
}

fn status(token: &Token) -> PinStatus {
    token.pin_status().unwrap().status
}

#[test]
fn rsa_signs_with_what_is_offered() {
    opencryptoki::inside("opencryptoki::rsa_signs_with_what_is_offered", |outside| {
        outside.import("nes-rsa2048", "01").import("nes-rsa4096", "02");
        let token = open(&outside);
        assert!(!token.info().unwrap().may_be_qualified_device);
        for certificate in ["nes-rsa2048", "nes-rsa4096"] {
            sign(&token, certificate).unwrap();
            let signer = signer(&token, certificate);
            let pss = request(&signer, DigestAlgorithm::Sha256, Padding::Pss);
            token.sign_batch(&signer, vec![pss; 2], pin(), Attempt::new()).unwrap();
        }
    });
}

#[test]
fn the_pin_blocks_and_the_puk_unblocks() {
    opencryptoki::inside("opencryptoki::the_pin_blocks_and_the_puk_unblocks", |outside| {
        outside.import("nes-rsa2048", "01");
        let token = open(&outside);
        // This module keeps its flags, so that no flag is an all-clear.
        assert_eq!(status(&token), PinStatus::Ok);
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
        assert_eq!(status(&token), PinStatus::Low);
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
        assert_eq!(status(&token), PinStatus::FinalTry);
        assert!(outside.slots().contains("final user PIN try"));

        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "pin-final-try");
        assert!(outside.slots().contains("final user PIN try"), "the guard spent a try");
        assert_eq!(name(token.verify_pin(wrong(), permitted())), "pin-blocked");
        assert_eq!(status(&token), PinStatus::Blocked);
        assert!(outside.slots().contains("user PIN locked"));
        assert_eq!(name(sign(&token, "nes-rsa2048")), "pin-blocked");
        assert!(!outside.try_pin(PIN));

        token.unblock_pin(puk(), Pin::new("222222").unwrap(), permitted()).unwrap();
        token.verify_pin(Pin::new("222222").unwrap(), Attempt::new()).unwrap();
        assert_eq!(status(&token), PinStatus::Ok);
        assert!(outside.try_pin("222222"));
    });
}

#[test]
fn what_cannot_be_right_costs_no_try() {
    opencryptoki::inside("opencryptoki::what_cannot_be_right_costs_no_try", |outside| {
        let token = open(&outside);
        for entered in ["1", "123", "123456789", &"1".repeat(40)] {
            assert_eq!(name(token.verify_pin(Pin::new(entered).unwrap(), Attempt::new())), "pin-length-unusual");
        }
        assert_eq!(status(&token), PinStatus::Ok);
        assert!(!outside.slots().contains("count low"));
    });
}

#[test]
fn a_change_is_seen_by_others() {
    opencryptoki::inside("opencryptoki::a_change_is_seen_by_others", |outside| {
        let token = open(&outside);
        assert_eq!(name(token.change_pin(wrong(), Pin::new("222222").unwrap(), Attempt::new())), "pin-incorrect");
        // This module does not count a wrong old PIN in C_SetPIN; what it tells is what is shown.
        assert_eq!(status(&token), PinStatus::Ok);
        assert!(outside.try_pin(PIN));
        token.change_pin(pin(), Pin::new("222222").unwrap(), Attempt::new()).unwrap();
        assert!(outside.try_pin("222222"));
    });
}

#[test]
fn the_puk_blocks_for_good() {
    opencryptoki::inside("opencryptoki::the_puk_blocks_for_good", |outside| {
        let token = open(&outside);
        let guess = || token.unblock_pin(Puk::new("99999999").unwrap(), pin(), permitted());
        assert_eq!(name(token.unblock_pin(puk(), pin(), Attempt::new())), "puk-final-try");
        assert_eq!(name(guess()), "puk-incorrect");
        assert_eq!(name(guess()), "puk-incorrect");
        assert_eq!(token.puk_status().unwrap().status, PinStatus::FinalTry);
        assert_eq!(name(guess()), "puk-blocked");
        assert_eq!(token.puk_status().unwrap().status, PinStatus::Blocked);
        assert_eq!(name(token.unblock_pin(puk(), pin(), Attempt::new())), "puk-blocked");
        assert!(outside.slots().contains("SO PIN locked"));
        token.verify_pin(pin(), Attempt::new()).unwrap();
    });
}
