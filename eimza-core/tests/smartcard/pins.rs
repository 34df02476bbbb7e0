//! PIN and PUK of a card, measured by the card's own counters.

use eimza_core::Error;
use eimza_core::token::{Attempt, PinKind, PinStatus};
use eimza_testkit::card::stage::Fault;
use eimza_testkit::card::{Card, Design};

use crate::reader::{Desk, READER, permitted, pin, puk};

#[test]
fn a_pin_blocks_and_the_puk_unblocks_it() {
    let desk = Desk::new(Design::pkcs15());
    let token = desk.token();
    assert_eq!(token.pin_status().unwrap().tries_left, Some(3));
    for left in [2, 1] {
        let refused = token.verify_pin(pin("000000"), Attempt::new()).unwrap_err();
        assert!(matches!(refused, Error::PinIncorrect { tries_left: Some(told) } if told == left), "{refused:?}");
        assert_eq!(desk.tries(0x81), left);
    }
    assert!(matches!(token.verify_pin(pin("123456"), Attempt::new()), Err(Error::PinFinalTry)));
    assert_eq!(desk.tries(0x81), 1);
    assert!(matches!(token.verify_pin(pin("000000"), permitted()), Err(Error::PinBlocked)));
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Blocked);
    token.unblock_pin(puk("87654321"), pin("246802"), permitted()).unwrap();
    token.verify_pin(pin("246802"), Attempt::new()).unwrap();
    token.change_pin(pin("246802"), pin("135790"), Attempt::new()).unwrap();
    token.verify_pin(pin("135790"), Attempt::new()).unwrap();
    assert_eq!(desk.tries(0x81), 3);
}

#[test]
fn another_card_in_its_place_is_given_no_pin() {
    // Once as PC/SC tells it, and once so fast that only the card itself tells.
    for fast in [false, true] {
        let desk = Desk::new(Design::pkcs15());
        let token = desk.token();
        let other = Card::new(Design::pkcs15().with_key("nes-rsa4096"));
        if fast {
            desk.0.inject(READER, 1, Fault::Swapped(Box::new(other)));
        } else {
            desk.0.swap(READER, other);
        }
        let refused = token.verify_pin(pin("123456"), Attempt::new()).unwrap_err();
        assert!(matches!(refused, Error::TokenRemoved), "{refused:?}");
        assert_eq!(desk.with(|card| card.counts().verifies), 0);
    }
}

#[test]
fn rights_end_with_the_operation() {
    let desk = Desk::new(Design::pkcs15());
    desk.token().verify_pin(pin("123456"), Attempt::new()).unwrap();
    assert!(!desk.with(|card| card.pin(0x81).verified));
}

#[test]
fn unconfirmed_commands_are_sent_on_demand_alone() {
    let desk = Desk::new(Design::akis_2());
    let refused = desk.token().change_pin(pin("123456"), pin("246802"), Attempt::new()).unwrap_err();
    assert!(matches!(refused, Error::CardCommandsUnconfirmed { .. }), "{refused:?}");
    assert_eq!(desk.with(|card| card.counts().verifies), 0);
    desk.token_unconfirmed().change_pin(pin("123456"), pin("246802"), permitted()).unwrap();
    desk.token().verify_pin(pin("246802"), permitted()).unwrap();
}

#[test]
fn looking_spends_no_try() {
    for design in [Design::pkcs15(), Design::pkcs15_t0(), Design::akis_1(), Design::akis_2()] {
        let desk = Desk::new(design);
        for _ in 0..3 {
            let token = desk.token();
            token.info().unwrap();
            token.certificates().unwrap();
            token.pin_status().unwrap();
            token.puk_status().unwrap();
            token.check_attempt(PinKind::Pin, permitted()).ok();
        }
        assert_eq!((desk.tries(0x81), desk.tries(0x82)), (3, 3));
    }
}
