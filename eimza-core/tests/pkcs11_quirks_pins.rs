//! Quirks of modules: PIN and PUK. Each test counts the attempts that reached the module.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/pkcs11.rs"]
mod support;

use std::time::{Duration, Instant};

use eimza_core::token::{Attempt, Cancellation, Entered, PinStatus, Token};
use eimza_core::{Pin, Puk};
use eimza_testkit::PIN;
use eimza_testkit::quirky::Stage;
use support::{name, open, permitted, pin, puk, sign, wrong};

fn status(token: &Token) -> PinStatus {
    token.pin_status().unwrap().status
}

/// Spends a wrong PIN, with permission.
fn spend(token: &Token) -> &'static str {
    name(token.verify_pin(wrong(), permitted()))
}

/// The answer to the one attempt that is made under `FAKE_PKCS11_ANSWERS`.
fn judged(stage: &Stage) -> &'static str {
    let judged = name(open(stage).verify_pin(pin(), Attempt::new()));
    assert_eq!(stage.attempts(), 1);
    judged
}

quirks! {
    /// 16, 17: LOW, FINAL_TRY, LOCKED; the blocking attempt answers PIN_INCORRECT and only the flags tell.
    fn quirk_16_flags_one_by_one([ThreeTries]) |stage| {
        let token = open(&stage);
        assert_eq!(status(&token), PinStatus::Unknown);
        assert_eq!((name(token.verify_pin(wrong(), Attempt::new())), status(&token)), ("pin-incorrect", PinStatus::Low));
        assert_eq!((name(token.verify_pin(wrong(), Attempt::new())), status(&token)), ("pin-incorrect", PinStatus::FinalTry));
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-final-try");
        assert_eq!(stage.attempts(), 2);
        assert_eq!((spend(&token), status(&token)), ("pin-blocked", PinStatus::Blocked));
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "pin-blocked");
        assert_eq!(stage.attempts(), 3);
    };

    /// 16, 17: no LOW, FINAL_TRY, LOCKED; the blocking attempt answers PIN_LOCKED.
    fn quirk_16_flags_late([ThreeTriesPinLocked]) |stage| {
        let token = open(&stage);
        assert_eq!((spend(&token), status(&token)), ("pin-incorrect", PinStatus::Unknown));
        assert_eq!((spend(&token), status(&token)), ("pin-incorrect", PinStatus::FinalTry));
        assert_eq!((spend(&token), status(&token)), ("pin-blocked", PinStatus::Blocked));
        assert_eq!(stage.attempts(), 3);
    };

    /// 16: flags together: the worst counts.
    fn quirk_16_flags_together([ThreeTriesLowAndLocked]) |stage| {
        let token = open(&stage);
        for _ in 0..3 {
            spend(&token);
        }
        assert_eq!(status(&token), PinStatus::Blocked);
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "pin-blocked");
        assert_eq!(stage.attempts(), 3);
    };

    /// 16: a token that never tells is remembered for: after two failures the next needs permission.
    fn quirk_16_no_flags_at_all([ThreeTriesNoFlags]) |stage| {
        let token = open(&stage);
        for _ in 0..2 {
            assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
        }
        assert_eq!(status(&token), PinStatus::FinalTry);
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "pin-final-try");
        assert_eq!(stage.attempts(), 2);
        token.verify_pin(pin(), permitted()).unwrap();
        assert_eq!(status(&token), PinStatus::Ok);
    };

    /// 16: a right PIN gives the tries back.
    fn quirk_16_a_right_pin_clears_the_flags([ThreeTries]) |stage| {
        let token = open(&stage);
        spend(&token);
        spend(&token);
        token.verify_pin(pin(), permitted()).unwrap();
        assert_eq!(status(&token), PinStatus::Ok);
        assert_eq!(stage.attempts(), 3);
    };

    /// 17: every outcome has its own name, and its own advice.
    fn quirk_17_pin_invalid([], "FAKE_PKCS11_ANSWERS" = "C_Login=0xa1") |stage| assert_eq!(judged(&stage), "secret-characters");
    fn quirk_17_pin_length([], "FAKE_PKCS11_ANSWERS" = "C_Login=0xa2") |stage| assert_eq!(judged(&stage), "pin-length-unusual");
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

    /// 18: LOCKED stays set after an unblock that succeeded; the login is not refused for it.
    fn quirk_18_stale_locked([StaleLocked]) |stage| {
        let token = open(&stage);
        for _ in 0..3 {
            spend(&token);
        }
        assert_eq!(status(&token), PinStatus::Blocked);
        token.unblock_pin(puk(), Pin::new("222222").unwrap(), permitted()).unwrap();
        assert_eq!(status(&token), PinStatus::Unknown);
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
        token.verify_pin(Pin::new("222222").unwrap(), Attempt::new()).unwrap();
        assert_eq!(status(&token), PinStatus::Ok);
    };

    /// 19: limits that make no sense are none.
    fn quirk_19_limits_upside_down([OddPinLimits]) |stage| {
        open(&stage).verify_pin(pin(), Attempt::new()).unwrap();
    };

    /// 19: outside of sensible limits the caller has to insist.
    fn quirk_19_limits_that_may_be_wrong([EightDigitPins]) |stage| {
        let token = open(&stage);
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "pin-length-unusual");
        assert_eq!(name(token.change_pin(Pin::new("12345678").unwrap(), pin(), Attempt::new())), "pin-length-unusual");
        assert_eq!(stage.attempts(), 0);
        token.verify_pin(pin(), Attempt::new().allow_unusual_pin()).unwrap();
    };

    /// 20: a logout that finds nobody logged in is no failure of what came before.
    fn quirk_20_logout_without_login([LogoutNotLoggedIn]) |stage| {
        let token = open(&stage);
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
        token.verify_pin(pin(), Attempt::new()).unwrap();
        token.unblock_pin(puk(), pin(), permitted()).unwrap();
    };

    /// 20: the old PIN as the new one.
    fn quirk_20_the_same_pin_again([SamePinInvalid]) |stage| {
        let token = open(&stage);
        assert_eq!(name(token.change_pin(pin(), pin(), Attempt::new())), "pin-new-refused");
        assert_eq!(stage.attempts(), 1);
        token.verify_pin(pin(), Attempt::new()).unwrap();
    };

    /// 21: a session of the host stands in the way of the security officer; no try is lost.
    fn quirk_21_a_read_only_session_is_open([]) |stage| {
        let token = open(&stage);
        let host = eimza_sys::pkcs11::Library::load(&stage.module).unwrap().initialize().unwrap();
        let host = std::sync::Arc::new(host);
        let slot = host.slots(true).unwrap().into_iter().find(|&slot| host.token_info(slot).unwrap().label == "NES1");
        let session = host.open_session(slot.unwrap(), false).unwrap();
        assert_eq!(name(token.unblock_pin(puk(), pin(), permitted())), "token-busy");
        drop(session);
        token.unblock_pin(puk(), pin(), permitted()).unwrap();
    };

    /// 21: the library's own listing does not stand in the way of the security officer, nor the other way round.
    fn quirk_21_listing_beside_the_security_officer([]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        std::thread::scope(|scope| {
            let unblocking = scope.spawn(|| (0..10).for_each(|_| token.unblock_pin(puk(), pin(), permitted()).unwrap()));
            while !unblocking.is_finished() {
                assert_eq!(token.certificates().unwrap().into_vec().len(), 1);
            }
        });
        assert_eq!(stage.attempts(), 20);
    };

    /// 22: a security officer's login proves nothing; only the new PIN's acceptance does.
    fn quirk_22_any_puk_logs_in([SoLoginAlwaysOk]) |stage| {
        let token = open(&stage);
        let guess = Puk::new("99999999").unwrap();
        assert_eq!(name(token.unblock_pin(guess, Pin::new("222222").unwrap(), permitted())), "puk-incorrect");
        assert_eq!((stage.count("C_Login"), stage.count("C_InitPIN")), (1, 1));
        assert!(stage.token.try_pin(PIN));
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
        let signer = support::signer(&token, "nes-p256");
        let algorithm = eimza_core::crypto::DigestAlgorithm::Sha256;
        let request = support::request(&signer, algorithm, eimza_core::crypto::Padding::Pkcs1);
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
        assert_eq!(name(token.change_pin(pin(), Entered::OnDevice, Attempt::new())), "argument-invalid");
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
        assert_eq!(name(open(&stage).verify_pin(Entered::OnDevice, Attempt::new())), "token-cannot");
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
        assert!(start.elapsed() < Duration::from_millis(800));
        // The next operation waits for the token's turn and finds it in order.
        token.verify_pin(pin(), Attempt::new()).unwrap();
        assert_eq!(stage.attempts(), 2);
    };
}
