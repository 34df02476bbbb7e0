//! Keys with a PIN of their own, behind a module that counts what each PIN is given.

use std::sync::Arc;

use crate::support::{name, open, pin, request, signer};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{Attempt, Entered, FileMemory, PinStatus, Token, WantedPin};
use eimza_core::{Pin, Result};
use eimza_testkit::quirky::Stage;

/// The key's own PIN, as the module is told in each test.
const KEY_PIN: &str = "135790";

fn key_pin() -> Attempt {
    Attempt::new().key_pin(Pin::new(KEY_PIN).unwrap())
}

fn token(stage: &Stage) -> Token {
    stage.token.import_private_key("nes-p256", "01", "SIGN0", &["--always-auth"]);
    stage.token.import_certificate("nes-p256", "01", "SIGN0");
    open(stage)
}

fn sign(token: &Token, signatures: usize, attempt: Attempt) -> Result<Vec<Vec<u8>>> {
    let signer = signer(token, "nes-p256");
    let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
    token.sign_batch(&signer, vec![request; signatures], pin(), attempt)
}

/// How often the token's PIN and the key's were presented.
fn presented(stage: &Stage) -> (usize, usize) {
    let calls = stage.calls();
    let count = |who: &str| calls.iter().filter(|call| call.function == "C_Login" && call.detail == who).count();
    (count("holder"), count("context"))
}

quirks! {
    /// The token's PIN is presented to the key once, and never again: not by another handle, not by another process that
    /// has the same memory.
    fn a_refusal_is_remembered_for_good([KeyPin], "FAKE_PKCS11_KEY_PIN" = "135790") |stage| {
        let memory = eimza_testkit::scratch("key-pins").join("attempts");
        let remembering = |token: Token| token.with_memory(Arc::new(FileMemory::new(&memory)));
        let token = remembering(token(&stage));
        assert_eq!(signer(&token, "nes-p256").wanted_pin, WantedPin::Unknown);
        assert!(token.key_pins().unwrap().is_empty());
        assert_eq!(name(sign(&token, 1, Attempt::new())), "key-refused-pin");
        assert_eq!(presented(&stage), (1, 1));
        let again = remembering(open(&stage));
        for _ in 0..3 {
            assert_eq!(name(sign(&again, 1, Attempt::new())), "key-pin-needed");
        }
        assert_eq!(presented(&stage), (1, 1));
        assert_eq!(signer(&again, "nes-p256").wanted_pin, WantedPin::Own);

        sign(&again, 2, key_pin()).unwrap();
        assert_eq!(presented(&stage), (2, 3));
        assert_eq!(name(sign(&remembering(open(&stage)), 1, Attempt::new())), "key-pin-needed");
    };

    /// What becomes of one PIN says nothing of the other.
    fn each_pin_has_tries_of_its_own([KeyPin], "FAKE_PKCS11_KEY_PIN" = "135790") |stage| {
        let token = token(&stage);
        let wrong = || Attempt::new().key_pin(Pin::new("000000").unwrap());
        assert_eq!(name(sign(&token, 1, wrong())), "key-pin-incorrect");
        assert_eq!(name(sign(&token, 1, wrong())), "key-pin-incorrect");
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
        assert_eq!(token.key_pins().unwrap()[0].state.status, PinStatus::FinalTry);
        // The permission for one PIN is none for the other.
        assert_eq!(name(sign(&token, 1, wrong())), "key-pin-final-try");
        assert_eq!(name(sign(&token, 1, wrong().spend_last_try())), "key-pin-final-try");
        assert_eq!(presented(&stage), (2, 2));
        assert_eq!(name(sign(&token, 1, wrong().spend_last_try_of_key_pin())), "key-pin-incorrect");
        assert_eq!(name(sign(&token, 1, key_pin().spend_last_try_of_key_pin())), "key-pin-blocked");
        token.verify_pin(pin(), Attempt::new()).unwrap();
    };

    /// A card that is known for it is given nothing before both PINs are there.
    fn a_known_card_stops_before_anything_is_sent([KeyPin, IdPrime], "FAKE_PKCS11_KEY_PIN" = "135790") |stage| {
        let token = token(&stage);
        assert_eq!(signer(&token, "nes-p256").wanted_pin, WantedPin::Own);
        assert_eq!(name(sign(&token, 1, Attempt::new())), "key-pin-needed");
        for not_typed in [Entered::OnDevice, Entered::NotNeeded] {
            assert_ne!(name(sign(&token, 1, Attempt::new().key_pin(not_typed))), "ok");
        }
        assert_eq!(stage.attempts(), 0);
        sign(&token, 1, key_pin()).unwrap();
        assert_eq!(presented(&stage), (1, 1));
    };

    /// A key on such a card that asks for nothing is not given the other PIN, and is signed with as any other from then on.
    fn a_key_that_asks_for_nothing_gets_nothing([IdPrime]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        sign(&token, 1, key_pin()).unwrap();
        sign(&token, 1, Attempt::new()).unwrap();
        assert_eq!(presented(&stage), (2, 0));
    };

    /// With one PIN for both, one entry serves for a batch.
    fn one_pin_for_both_is_asked_for_once([]) |stage| {
        let token = token(&stage);
        sign(&token, 2, Attempt::new()).unwrap();
        sign(&token, 1, Attempt::new()).unwrap();
        assert_eq!(presented(&stage), (2, 3));
    };

    /// A lost answer is no permission to try once more.
    fn a_lost_answer_is_not_tried_again([], "FAKE_PKCS11_ANSWERS" = "context=0x30") |stage| {
        let token = token(&stage);
        assert_eq!(name(sign(&token, 1, Attempt::new())), "pin-answer-lost");
        assert_eq!(name(sign(&token, 1, Attempt::new())), "key-pin-needed");
        assert_eq!(presented(&stage), (1, 1));
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
    };

    /// Answers that judged no PIN leave it to C_Sign whether the key may be used.
    fn a_login_that_is_not_supported([ClaimedAlwaysAuthenticate], "FAKE_PKCS11_ANSWERS" = "context=0x54") |stage| {
        signs_all_the_same(&stage);
    };

    fn a_login_that_is_there_already([ClaimedAlwaysAuthenticate], "FAKE_PKCS11_ANSWERS" = "context=0x100") |stage| {
        signs_all_the_same(&stage);
    };

    fn a_kind_of_login_that_is_not_known([ClaimedAlwaysAuthenticate], "FAKE_PKCS11_ANSWERS" = "context=0x103") |stage| {
        signs_all_the_same(&stage);
    };

    /// C_SignInit wants the login for one use before it.
    fn a_login_before_sign_init([LoginBeforeSignInit]) |stage| {
        stage.token.import("nes-p256", "01");
        sign(&open(&stage), 2, Attempt::new()).unwrap();
        assert_eq!(presented(&stage), (1, 2));
    };

    /// What is typed in the application never reaches a token with a keypad.
    fn nothing_typed_reaches_a_keypad([ProtectedPath], "FAKE_PKCS11_KEYPAD" = "123456") |stage| {
        let token = token(&stage);
        let signer = signer(&token, "nes-p256");
        let request = request(&signer, DigestAlgorithm::Sha256, Padding::Pkcs1);
        assert_eq!(name(sign(&token, 1, Attempt::new())), "token-cannot");
        assert_eq!(name(token.sign(&signer, request, Entered::OnDevice, key_pin())), "token-cannot");
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "token-cannot");
        assert_eq!(stage.attempts(), 0);
        token.sign(&signer, request, Entered::OnDevice, Attempt::new()).unwrap();
        assert!(stage.calls().iter().filter(|call| call.function == "C_Login").all(|call| call.detail.ends_with("keypad")));
    };
}

fn signs_all_the_same(stage: &Stage) {
    stage.token.import("nes-p256", "01");
    let token = open(stage);
    sign(&token, 2, Attempt::new()).unwrap();
    assert_eq!((presented(stage), stage.count("C_Sign")), ((1, 1), 2));
    assert!(token.key_pins().unwrap().is_empty());
}
