//! Quirks of modules: what the token answers to a PIN, or does not answer. Each test counts the attempts that reached the
//! module.

use std::time::{Duration, Instant};

use crate::support::{name, open, permitted, pin, puk, sign, wrong};
use eimza_core::token::{Attempt, Cancellation, Entered, PinStatus, Token};
use eimza_testkit::quirky::Stage;

fn status(token: &Token) -> PinStatus {
    token.pin_status().unwrap().status
}

/// The answer to the one attempt that is made under `FAKE_PKCS11_ANSWERS`.
fn judged(stage: &Stage) -> &'static str {
    let judged = name(open(stage).verify_pin(pin(), Attempt::new()));
    assert_eq!(stage.attempts(), 1);
    judged
}

quirks! {
    /// 17: every outcome has its own name, and its own advice.
    fn quirk_17_pin_invalid([], "FAKE_PKCS11_ANSWERS" = "C_Login=0xa1") |stage| assert_eq!(judged(&stage), "pin-form-refused");

    fn quirk_17_pin_length([], "FAKE_PKCS11_ANSWERS" = "C_Login=0xa2") |stage| {
        assert_eq!(judged(&stage), "pin-form-refused");
        // It was seen, so it may have counted: after another one, the third is not sent unasked.
        assert_eq!(name(open(&stage).verify_pin(pin(), Attempt::new())), "pin-form-refused");
        assert_eq!(name(open(&stage).verify_pin(pin(), Attempt::new())), "pin-final-try");
        assert_eq!(stage.attempts(), 2);
    };

    fn quirk_17_pin_expired([], "FAKE_PKCS11_ANSWERS" = "C_Login=0xa3") |stage| assert_eq!(judged(&stage), "pin-expired");

    fn quirk_17_pin_locked([], "FAKE_PKCS11_ANSWERS" = "C_Login=0xa4") |stage| assert_eq!(judged(&stage), "pin-blocked");

    fn quirk_17_pin_not_set([], "FAKE_PKCS11_ANSWERS" = "C_Login=0x102") |stage| assert_eq!(judged(&stage), "pin-not-set");

    fn quirk_17_already_logged_in([], "FAKE_PKCS11_ANSWERS" = "C_Login=0x100") |stage| assert_eq!(judged(&stage), "host-holds-login");

    fn quirk_17_answer_of_the_maker([], "FAKE_PKCS11_ANSWERS" = "C_Login=0x80001234") |stage| assert_eq!(judged(&stage), "pin-answer-lost");

    /// 17: the new PIN is what the token does not like.
    fn quirk_17_pin_too_weak([], "FAKE_PKCS11_ANSWERS" = "C_SetPIN=0x1b8") |stage| {
        assert_eq!(name(open(&stage).change_pin(pin(), wrong(), Attempt::new())), "pin-new-refused");
        assert_eq!(stage.attempts(), 1);
    };

    /// 17: the old PIN was seen beside the new one, whichever of them is not liked: after two the next needs permission.
    fn quirk_17_a_form_that_either_pin_may_have([], "FAKE_PKCS11_ANSWERS" = "C_SetPIN=0xa2") |stage| {
        let token = open(&stage);
        let change = || name(token.change_pin(pin(), wrong(), Attempt::new()));
        assert_eq!([change(), change(), change()], ["pin-new-refused", "pin-new-refused", "pin-final-try"]);
        assert_eq!((stage.attempts(), status(&token)), (2, PinStatus::FinalTry));
    };

    /// 17: a login has accepted the old PIN before: only the new one can be meant, and nothing failed.
    fn quirk_17_a_new_pin_s_form_after_a_login([SetPinNeedsLogin, SamePinInvalid]) |stage| {
        let token = open(&stage);
        for _ in 0..3 {
            assert_eq!(name(token.change_pin(pin(), pin(), Attempt::new())), "pin-new-refused");
        }
        assert_eq!(status(&token), PinStatus::Ok);
    };

    /// 17: what a login says of a PIN's form it says of the old one.
    fn quirk_17_the_old_pin_s_form_at_a_login([SetPinNeedsLogin], "FAKE_PKCS11_ANSWERS" = "C_Login=0xa2") |stage| {
        assert_eq!(name(open(&stage).change_pin(pin(), wrong(), Attempt::new())), "pin-form-refused");
    };

    /// 22: what stands in the table for the PIN says nothing of a PUK.
    fn quirk_22_a_puk_that_is_not_set([], "FAKE_PKCS11_ANSWERS" = "C_Login=0x102") |stage| {
        assert_eq!(name(open(&stage).unblock_pin(puk(), pin(), permitted())), "module-failed");
    };

    /// 8.1.5: after a lost answer to an unblock the old PIN or the new one is in force.
    fn an_unblock_whose_answer_was_lost([], "FAKE_PKCS11_ANSWERS" = "C_InitPIN=0x30") |stage| {
        let token = open(&stage);
        token.verify_pin(pin(), Attempt::new()).unwrap();
        assert_eq!(status(&token), PinStatus::Ok);
        assert_eq!(name(token.unblock_pin(puk(), wrong(), permitted())), "pin-answer-lost");
        assert_eq!(status(&token), PinStatus::Unknown);
    };

    /// 8.1.4: what no PIN of PKCS#11 can be is not sent.
    fn a_pin_that_is_no_text_stays_here([]) |stage| {
        let token = open(&stage);
        for octets in [vec![0xff, 0xfe, 1, 2], b"123456\n".to_vec(), b"1234\x0056".to_vec()] {
            let pin = eimza_core::Pin::new(octets).unwrap();
            assert_eq!(name(token.verify_pin(pin, Attempt::new())), "secret-characters");
        }
        assert_eq!(stage.attempts(), 0);
        for unusual in ["123456789012345".to_owned(), "1".repeat(65), "123456\n".to_owned()] {
            let pin = eimza_core::Pin::new_unusual(unusual).unwrap();
            assert_eq!(name(token.verify_pin(pin, permitted().allow_unusual_pin())), "pin-incorrect");
        }
        assert_eq!(stage.attempts(), 3);
    };

    /// 8.1.5: an answer that was lost may have counted: unknown, and nothing is repeated.
    fn an_answer_that_was_lost_is_unknown([LoginAnswerLost]) |stage| {
        let token = open(&stage);
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "pin-answer-lost");
        assert_eq!(stage.attempts(), 1);
        assert_eq!(status(&token), PinStatus::Unknown);
        assert_eq!(name(token.change_pin(pin(), wrong(), permitted())), "pin-answer-lost");
        assert_eq!(stage.attempts(), 2);
    };

    /// 8.1.5: the same when the token was pulled out with the PIN on its way.
    fn removed_with_the_pin_on_its_way([RemovedDuringLogin]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert_eq!(name(sign(&token, "nes-p256")), "pin-answer-lost");
        assert_eq!((stage.attempts(), stage.count("C_SignInit")), (1, 0));
    };

    /// 27: the PIN is typed on the reader: NULL goes to C_Login.
    fn quirk_27_keypad([ProtectedPath], "FAKE_PKCS11_KEYPAD" = "123456") |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert!(token.info().unwrap().has_keypad);
        token.verify_pin(Entered::OnDevice, Attempt::new()).unwrap();
        let signer = crate::support::signer(&token, "nes-p256");
        let algorithm = eimza_core::crypto::DigestAlgorithm::Sha256;
        let request = crate::support::request(&signer, algorithm, eimza_core::crypto::Padding::Pkcs1);
        token.sign(&signer, request, Entered::OnDevice, Attempt::new()).unwrap();
        assert!(stage.calls().iter().filter(|call| call.function == "C_Login").all(|call| call.detail == "holder keypad"));
        assert_eq!(stage.attempts(), 2);
    };

    /// 27: old and new PIN are typed on the reader: four NULLs go to C_SetPIN.
    fn quirk_27_change_on_the_keypad([ProtectedPath], "FAKE_PKCS11_KEYPAD" = "123456:654321") |stage| {
        let token = open(&stage);
        token.change_pin(Entered::OnDevice, Entered::OnDevice, Attempt::new()).unwrap();
        assert_eq!(stage.attempts(), 1);
        assert!(stage.token.try_pin("654321"));
        assert_eq!(name(token.change_pin(pin(), Entered::OnDevice, Attempt::new())), "token-cannot");
        assert_eq!(name(token.unblock_pin(Entered::OnDevice, pin(), permitted())), "token-cannot");
        assert_eq!(stage.attempts(), 1);
    };

    /// 27: giving up on the keypad is no wrong PIN.
    fn quirk_27_given_up_on_the_keypad([ProtectedPath], "FAKE_PKCS11_ANSWERS" = "C_Login=0x50") |stage| {
        let token = open(&stage);
        assert_eq!(name(token.verify_pin(Entered::OnDevice, Attempt::new())), "cancelled");
        assert_eq!(stage.attempts(), 1);
        assert_eq!(status(&token), PinStatus::Unknown);
    };

    /// 27: a token without keypad is not asked.
    fn quirk_27_no_keypad([]) |stage| {
        let token = open(&stage);
        assert_eq!(name(token.verify_pin(Entered::OnDevice, Attempt::new())), "token-cannot");
        assert_eq!(name(token.unblock_pin(puk(), Entered::OnDevice, permitted())), "argument-invalid");
        assert_eq!(name(token.change_puk(puk(), Entered::OnDevice, permitted())), "argument-invalid");
        assert_eq!(stage.attempts(), 0);
    };

    /// 8.1.13: a call that blocks is given up at once, and the answer is then lost.
    fn a_slow_token_is_given_up([Slow]) |stage| {
        let token = open(&stage);
        let cancellation = Cancellation::new();
        let attempt = Attempt::new().cancelled_by(&cancellation);
        let start = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(200));
                cancellation.cancel();
            });
            assert_eq!(name(token.verify_pin(pin(), attempt)), "pin-answer-lost");
        });
        assert!(start.elapsed() < Duration::from_millis(1500));
        // The next operation waits for the token's turn and finds it in order.
        token.verify_pin(pin(), Attempt::new()).unwrap();
        assert_eq!(stage.attempts(), 2);
    };

    /// A module that wants a login before a change gets the old PIN once more only after it accepted it.
    fn a_change_that_wants_a_login([SetPinNeedsLogin]) |stage| {
        let token = open(&stage);
        assert_eq!(name(token.change_pin(wrong(), pin(), Attempt::new())), "pin-incorrect");
        assert_eq!((stage.count("C_SetPIN"), stage.count("C_Login")), (1, 1));
        token.change_pin(pin(), wrong(), Attempt::new()).unwrap();
        assert_eq!((stage.count("C_SetPIN"), stage.count("C_Login"), stage.count("C_Logout")), (3, 2, 1));
        token.verify_pin(wrong(), Attempt::new()).unwrap();
    };
}
