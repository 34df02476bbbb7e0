//! Quirks of modules: PIN and PUK. Each test counts the attempts that reached the module.

use std::path::Path;
use std::process::Command;

use crate::support::{name, open, permitted, pin, puk, request, signer, wrong};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{Attempt, Cancellation, Entered, PinStatus, Token, pkcs11};
use eimza_core::{Pin, Puk};
use eimza_testkit::{PIN, SO_PIN, SOFTHSM_MODULE, run};

fn status(token: &Token) -> PinStatus {
    token.pin_status().unwrap().status
}

/// Spends a wrong PIN, with permission.
fn spend(token: &Token) -> &'static str {
    name(token.verify_pin(wrong(), permitted()))
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

    /// 17: a token that never got a PIN: where flags are kept nothing is sent, elsewhere the token says so itself.
    fn quirk_17_a_token_without_pin([]) |stage| {
        let mut initialise = Command::new("pkcs11-tool");
        initialise.args(["--module", SOFTHSM_MODULE, "--init-token", "--slot-index", "1", "--label", "EMPTY"]);
        run(initialise.args(["--so-pin", SO_PIN])).expect_success();
        let token = |module: &Path| {
            let address = format!("pkcs11:token=EMPTY?module-path={}", module.display());
            eimza_core::token::open(&address).unwrap()
        };
        let kept = token(Path::new(SOFTHSM_MODULE));
        assert_eq!(status(&kept), PinStatus::NotSet);
        assert_eq!(name(kept.verify_pin(pin(), permitted())), "pin-not-set");
        let untold = token(&stage.module);
        assert_eq!(status(&untold), PinStatus::Unknown);
        assert_eq!(name(untold.verify_pin(pin(), Attempt::new())), "pin-not-set");
        assert_eq!(stage.attempts(), 1);
        untold.unblock_pin(puk(), pin(), permitted()).unwrap();
        untold.verify_pin(pin(), Attempt::new()).unwrap();
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

    /// 23: AKİS has its PUK as security officer's PIN. The standard way, and no other call that carries a secret.
    fn quirk_23_unblocked_by_the_security_officer([ThreeTries]) |stage| {
        open(&stage).unblock_pin(puk(), pin(), permitted()).unwrap();
        let calls = stage.calls();
        let with_a_login: Vec<_> =
            calls.iter().skip_while(|call| call.function != "C_Login").map(|call| call.function.as_str()).collect();
        assert_eq!(with_a_login, ["C_Login", "C_InitPIN", "C_Logout", "C_CloseSession"]);
        assert!(calls.iter().any(|call| call.function == "C_Login" && call.detail == "officer"));
    };

    /// 22: a security officer's login proves nothing; only the new PIN's acceptance does.
    fn quirk_22_any_puk_logs_in([SoLoginAlwaysOk]) |stage| {
        let token = open(&stage);
        let guess = Puk::new("99999999").unwrap();
        assert_eq!(name(token.unblock_pin(guess, Pin::new("222222").unwrap(), permitted())), "puk-incorrect");
        assert_eq!((stage.count("C_Login"), stage.count("C_InitPIN")), (1, 1));
        assert!(stage.token.try_pin(PIN));
    };

    /// 8.1.1: any sequence of calls that nobody permitted to spend a try spends none.
    fn no_sequence_of_other_calls_spends_a_try([EightDigitPins, RsaPkcsOnly]) |stage| {
        stage.token.import("nes-rsa2048", "01");
        let mut token = open(&stage);
        let signer = signer(&token, "nes-rsa2048");
        let pss = request(&signer, DigestAlgorithm::Sha256, Padding::Pss);
        let cancelled = || {
            let cancellation = Cancellation::new();
            cancellation.cancel();
            Attempt::new().allow_unusual_pin().cancelled_by(&cancellation)
        };
        let mut random = 1_u32;
        for _ in 0..400 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            match random >> 28 {
                0 => token = open(&stage),
                1 => assert!(token.info().is_ok()),
                2 => assert!(token.pin_status().is_ok()),
                3 => assert!(token.puk_status().is_ok()),
                4 => assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "pin-length-unusual"),
                5 => assert_eq!(name(token.verify_pin(pin(), cancelled())), "cancelled"),
                6 => assert_eq!(name(token.verify_pin(Entered::OnDevice, Attempt::new())), "token-cannot"),
                7 => assert_eq!(name(token.change_pin(pin(), wrong(), Attempt::new())), "pin-length-unusual"),
                8 => assert_eq!(name(token.change_pin(pin(), wrong(), cancelled())), "cancelled"),
                9 => assert_eq!(name(token.unblock_pin(puk(), Pin::new("87654321").unwrap(), Attempt::new())), "puk-final-try"),
                10 => assert_eq!(name(token.change_puk(puk(), puk(), Attempt::new())), "puk-final-try"),
                11 => {
                    let attempt = Attempt::new().allow_unusual_pin();
                    assert_eq!(name(token.sign(&signer, pss, pin(), attempt)), "token-cannot");
                }
                12 => assert!(pkcs11::probe(&stage.module).is_ok()),
                _ => assert_eq!(token.certificates().unwrap().into_vec().len(), 1),
            }
        }
        assert_eq!(stage.attempts(), 0);
        assert_eq!(status(&token), PinStatus::Unknown);
        token.verify_pin(pin(), Attempt::new().allow_unusual_pin()).unwrap();
    };
}
