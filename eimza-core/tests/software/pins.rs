//! The software token's PIN and PUK behave like a card's.

use crate::support::*;
use eimza_core::token::software::{Creation, SoftwareToken, TestPerson};
use eimza_core::token::{self, Attempt, PinStatus};

#[test]
fn three_wrong_pins_block_and_the_puk_unblocks() {
    let folder = Folder::new();
    let token = SoftwareToken::create(folder.file("a"), creation(&["nes-p256"])).unwrap();
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
    let error = token.verify_pin(pin(WRONG), Attempt::new()).unwrap_err();
    assert_eq!((error.name(), error.tries_left()), ("pin-incorrect", Some(2)));
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Low);
    let error = token.verify_pin(pin(WRONG), Attempt::new()).unwrap_err();
    assert_eq!((error.name(), error.tries_left()), ("pin-incorrect", Some(1)));
    assert_eq!(name(token.verify_pin(pin(PIN), Attempt::new())), "pin-final-try");
    assert_eq!(tries(&token), (1, 3));
    assert_eq!(name(token.verify_pin(pin(WRONG), last())), "pin-blocked");
    assert_eq!(name(token.verify_pin(pin(PIN), last())), "pin-blocked");
    assert_eq!(name(sign(&token, PIN)), "pin-blocked");
    assert_eq!(tries(&token), (0, 3));

    token.unblock_pin(puk(PUK), pin("654321"), Attempt::new()).unwrap();
    assert_eq!(tries(&token), (3, 3));
    assert_eq!(name(token.verify_pin(pin(PIN), Attempt::new())), "pin-incorrect");
    sign(&token, "654321").unwrap();
    assert_eq!(tries(&token), (3, 3));
}

#[test]
fn three_wrong_puks_are_the_end() {
    let token = SoftwareToken::in_memory(creation(&["nes-p256"])).unwrap();
    for left in [2, 1] {
        let error = token.unblock_pin(puk(WRONG), pin(PIN), Attempt::new()).unwrap_err();
        assert_eq!((error.name(), error.tries_left()), ("puk-incorrect", Some(left)));
    }
    assert_eq!(name(token.unblock_pin(puk(PUK), pin(PIN), Attempt::new())), "puk-final-try");
    assert_eq!(name(token.unblock_pin(puk(WRONG), pin(PIN), last())), "puk-blocked");
    assert_eq!(name(token.unblock_pin(puk(PUK), pin(PIN), last())), "puk-blocked");
    assert_eq!(name(token.change_puk(puk(PUK), puk("11112222"), last())), "puk-blocked");
    assert_eq!(tries(&token), (3, 0));
    sign(&token, PIN).unwrap();
}

#[test]
fn pin_and_puk_are_changed() {
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    token.change_pin(pin(PIN), pin("222222"), Attempt::new()).unwrap();
    token.change_puk(puk(PUK), puk("33333333"), Attempt::new()).unwrap();
    assert_eq!(name(token.change_pin(pin(PIN), pin("444444"), Attempt::new())), "pin-incorrect");
    assert_eq!(name(token.change_puk(puk(PUK), puk("44444444"), Attempt::new())), "puk-incorrect");
    assert_eq!(tries(&token), (2, 2));
    let token = SoftwareToken::open(&path).unwrap();
    sign(&token, "222222").unwrap();
    token.unblock_pin(puk("33333333"), pin(PIN), Attempt::new()).unwrap();
    sign(&token, PIN).unwrap();
    assert_eq!(tries(&token), (3, 3));
}

#[test]
fn a_new_pin_outside_of_the_limits_costs_nothing() {
    let token = SoftwareToken::in_memory(creation(&["nes-p256"])).unwrap();
    assert_eq!(name(token.change_pin(pin(PIN), pin("123"), Attempt::new())), "pin-length-unusual");
    assert_eq!(name(token.verify_pin(pin("123"), Attempt::new())), "pin-length-unusual");
    assert_eq!(tries(&token), (3, 3));
    let short = Creation { pin: pin("123"), ..creation(&["nes-p256"]) };
    assert_eq!(name(SoftwareToken::in_memory(short)), "pin-length-unusual");
    let cheap = Creation { iterations: 999, ..creation(&["nes-p256"]) };
    assert_eq!(name(SoftwareToken::in_memory(cheap)), "argument-invalid");
}

#[test]
fn hidden_characters_cost_nothing_and_unusual_ones_may_be_a_pin() {
    let token = SoftwareToken::in_memory(creation(&["nes-p256"])).unwrap();
    for hidden in ['\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{202a}', '\u{200e}', '\u{ad}', '\n', '\0'] {
        let (entered, entered_puk) = (format!("123{hidden}456"), format!("{PUK}{hidden}"));
        assert_eq!(name(token.verify_pin(pin(&entered), Attempt::new())), "secret-characters", "{hidden:?}");
        assert_eq!(name(token.change_pin(pin(PIN), pin(&entered), Attempt::new())), "secret-characters");
        assert_eq!(name(token.unblock_pin(puk(&entered_puk), pin(PIN), Attempt::new())), "secret-characters");
        assert_eq!(name(token.change_puk(puk(PUK), puk(&entered_puk), Attempt::new())), "secret-characters");
    }
    assert_eq!(tries(&token), (3, 3));
    token.change_pin(pin(PIN), pin("şifre €5"), Attempt::new()).unwrap();
    sign(&token, "şifre €5").unwrap();
}

#[test]
fn looking_spends_nothing_and_writes_nothing() {
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256", "nes-p384"])).unwrap();
    let _ = token.verify_pin(pin(WRONG), Attempt::new());
    let before = std::fs::read(&path).unwrap();
    for _ in 0..5 {
        let found = token::open(&token.info().unwrap().address).unwrap();
        assert_eq!(found.info().unwrap(), token.info().unwrap());
        assert_eq!((signers(&found).len(), tries(&found)), (2, (2, 3)));
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_token_is_never_written_over_and_never_taken_for_another() {
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    assert_eq!(name(SoftwareToken::create(&path, creation(&["nes-p256"]))), "token-file-exists");
    assert_eq!(name(token::open("file:/nonexistent/token")), "input-unreadable");
    assert_eq!(name(SoftwareToken::create("/nonexistent/token", creation(&[]))), "output-unwritable");

    std::fs::remove_file(&path).unwrap();
    let other = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    assert_eq!(name(token.verify_pin(pin(WRONG), Attempt::new())), "token-removed");
    assert_eq!(tries(&other), (3, 3));
}

#[test]
fn it_says_that_it_is_no_qualified_device() {
    let info = SoftwareToken::in_memory(creation(&["nes-p256"])).unwrap().info().unwrap();
    assert!(!info.may_be_qualified_device && !info.has_keypad);
    assert_eq!(info.label, "TEST KARTI");
}

#[test]
fn no_national_id_is_shown_of_what_goes_into_a_token() {
    let person = TestPerson { name: "TEST KİŞİ".into(), national_id: "10000000146".into() };
    let shown = format!("{:?} {person:?}", Creation { label: "10000000146 KARTI".into(), ..creation(&["nes-p256"]) });
    assert!(shown.contains("100******46 KARTI") && !shown.contains("10000000146"), "{shown}");
    assert!(!shown.contains(PIN) && !shown.contains(PUK), "{shown}");
}
