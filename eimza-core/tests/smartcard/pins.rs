//! PIN and PUK of a card, measured by the card's own counters.

use eimza_core::Error;
use eimza_core::token::{Attempt, PinStatus};
use eimza_testkit::card::Design;

use crate::reader::{Stage, permitted, pin, puk};

#[test]
fn a_pin_blocks_and_the_puk_unblocks_it() {
    let stage = Stage::new(Design::pkcs15());
    let token = stage.token();
    assert_eq!(token.pin_status().unwrap().tries_left, Some(3));
    for left in [2, 1] {
        let refused = token.verify_pin(pin("000000"), Attempt::new()).unwrap_err();
        assert!(matches!(refused, Error::PinIncorrect { tries_left: Some(told) } if told == left), "{refused:?}");
        assert_eq!(stage.tries(0x81), left);
    }
    assert!(matches!(token.verify_pin(pin("123456"), Attempt::new()), Err(Error::PinFinalTry)));
    assert_eq!(stage.tries(0x81), 1);
    assert!(matches!(token.verify_pin(pin("000000"), permitted()), Err(Error::PinBlocked)));
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Blocked);
    token.unblock_pin(puk("87654321"), pin("246802"), permitted()).unwrap();
    token.verify_pin(pin("246802"), Attempt::new()).unwrap();
    token.change_pin(pin("246802"), pin("135790"), Attempt::new()).unwrap();
    token.verify_pin(pin("135790"), Attempt::new()).unwrap();
    assert_eq!(stage.tries(0x81), 3);
}

#[test]
fn another_card_in_its_place_is_given_no_pin() {
    for unnoticed in [false, true] {
        let stage = Stage::new(Design::pkcs15());
        let token = stage.token();
        let other = Design::pkcs15().with_key("nes-rsa4096");
        if unnoticed {
            stage.swap_unnoticed(other)
        } else {
            stage.swap(other)
        }
        assert!(matches!(token.verify_pin(pin("123456"), Attempt::new()), Err(Error::TokenRemoved)));
        assert_eq!(stage.with(|card| card.counts().verifies), 0);
    }
}
