//! The guard over a scripted driver: no real token can be made to tell every status on demand, and none counts what
//! never reached it.

mod giving_up;
mod keys;
mod model;
mod property;
mod right_before;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;
use crate::secret::Puk;
use crate::token::{
    PinCharacters, PinKind, PinPolicy, PinReport, PinStatus, ProcessMemory, SignRequest, Token, TokenInfo, TokenKind,
};

#[derive(Debug)]
struct Scripted {
    report: PinReport,
    pin: &'static str,
    /// The PIN that its key has of its own, if it has one.
    key_pin: Option<&'static str>,
    delay: Duration,
    delay_of_report: Duration,
    delay_afterwards: Duration,
    blocks: bool,
    attempts: Arc<AtomicUsize>,
}

impl Scripted {
    fn telling(status: PinStatus) -> Self {
        let policy = PinPolicy { min: 4, max: 8, characters: PinCharacters::Digits };
        let report = PinReport { status, tries_left: None, policy };
        let none = Duration::ZERO;
        let (delay, delay_of_report, delay_afterwards) = (none, none, none);
        Self {
            report,
            pin: "1234",
            key_pin: None,
            delay,
            delay_of_report,
            delay_afterwards,
            blocks: false,
            attempts: Arc::default(),
        }
    }

    fn present(&self, octets: Option<&[u8]>, wrong: Error, context: &CallContext) -> Result<()> {
        context.present(|| {
            self.attempts.fetch_add(1, Ordering::SeqCst);
            std::thread::sleep(self.delay);
            assert_ne!(self.pin, "panic");
            if octets == Some(self.pin.as_bytes()) { Ok(()) } else { Err(wrong) }
        })
    }
}

impl TokenDriver for Scripted {
    fn info(&self) -> Result<TokenInfo> {
        let serial = format!("scripted {:p}", Arc::as_ptr(&self.attempts));
        Ok(TokenInfo { serial, ..TokenInfo::new(TokenKind::SmartCard, "scripted") })
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        Ok(Vec::new())
    }

    fn pin_report(&self, _: &PinId) -> Result<PinReport> {
        std::thread::sleep(self.delay_of_report);
        Ok(self.report)
    }

    fn verify_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<()> {
        let wrong = if self.blocks { Error::PinBlocked } else { Error::PinIncorrect { tries_left: None } };
        let answer = self.present(pin.octets(), wrong, context);
        std::thread::sleep(self.delay_afterwards);
        answer
    }

    /// A driver that goes wrong: it presents the PIN again after a refusal.
    fn change_pin(&self, old: &Entered<Pin>, _: &Entered<Pin>, context: &CallContext) -> Result<()> {
        let _ = self.verify_pin(old, context);
        self.verify_pin(old, context)
    }

    fn unblock_pin(&self, puk: &Entered<Puk>, _: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.present(puk.octets(), Error::PukIncorrect { tries_left: None }, context)
    }

    fn change_puk(&self, old: &Entered<Puk>, _: &Entered<Puk>, context: &CallContext) -> Result<()> {
        self.present(old.octets(), Error::PukIncorrect { tries_left: None }, context)
    }

    fn sign(
        &self,
        _: &TokenCertificate,
        _: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>> {
        self.verify_pin(pin, context)?;
        if let Some(own) = self.key_pin {
            context.present_to_key(pin, |octets| {
                self.attempts.fetch_add(1, Ordering::SeqCst);
                let wrong = Error::PinIncorrect { tries_left: None };
                if octets == Some(own.as_bytes()) { Ok(()) } else { Err(wrong) }
            })?;
        }
        Ok(Vec::new())
    }
}

fn token(driver: Scripted) -> (Token, Arc<AtomicUsize>) {
    let attempts = driver.attempts.clone();
    (Token::new(driver).with_memory(Arc::new(ProcessMemory::default())), attempts)
}

fn pin(digits: &str) -> Pin {
    Pin::new(digits).unwrap()
}

#[test]
fn what_cannot_be_right_never_reaches_the_token() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Ok));
    let refused = |entered: &str| token.verify_pin(pin(entered), Attempt::new()).unwrap_err().name();
    assert_eq!(refused("12a4"), "secret-characters");
    assert_eq!(refused("123"), "pin-length-unusual");
    assert_eq!(refused("123456789"), "pin-length-unusual");
    assert_eq!(attempts.load(Ordering::SeqCst), 0);
    assert_eq!(token.verify_pin(pin("123"), Attempt::new().allow_unusual_pin()).unwrap_err().name(), "pin-incorrect");
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
}

#[test]
fn a_new_pin_that_cannot_be_right_spends_no_try_of_the_old_one() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Ok));
    let puk = || Puk::new("12345678").unwrap();
    let spending = || Attempt::new().spend_last_try();
    assert_eq!(token.change_pin(pin("1234"), pin("12a4"), spending()).unwrap_err().name(), "secret-characters");
    assert_eq!(token.unblock_pin(puk(), pin("123"), spending()).unwrap_err().name(), "pin-length-unusual");
    let new = Puk::new("123").unwrap();
    assert_eq!(token.change_puk(puk(), new, spending()).unwrap_err().name(), "pin-length-unusual");
    assert_eq!(attempts.load(Ordering::SeqCst), 0);
}

#[test]
fn what_comes_along_when_a_pin_is_pasted_never_reaches_the_token() {
    for characters in [PinCharacters::Any, PinCharacters::Ascii] {
        let mut driver = Scripted::telling(PinStatus::Ok);
        driver.report.policy = PinPolicy { min: 0, max: 0, characters };
        let (token, attempts) = token(driver);
        let refused = |entered: &str, attempt| token.verify_pin(pin(entered), attempt).unwrap_err().name();
        for space in [" 1234", "1234 ", "12\u{a0}34", "12\u{3000}34"] {
            assert_eq!(refused(space, Attempt::new()), "secret-characters", "{space:?}");
        }
        for hidden in ["1234\u{fe0f}", "12\u{1d173}34", "12\u{1bca0}34", "1234\n"] {
            assert_eq!(refused(hidden, Attempt::new()), "secret-characters", "{hidden:?}");
        }
        assert_eq!(attempts.load(Ordering::SeqCst), 0);
        assert_eq!(refused("12 34", Attempt::new()), "pin-incorrect");
    }
}

#[test]
fn one_switch_lets_a_pin_of_any_form_pass() {
    let unusual = ["123", " 1234", "12\u{1d173}34", "1234\n", "123456789012345", &"1".repeat(65), &"1".repeat(1024)];
    for characters in [PinCharacters::Any, PinCharacters::Ascii, PinCharacters::Digits] {
        let mut driver = Scripted::telling(PinStatus::Ok);
        driver.report.policy = PinPolicy { min: 4, max: 8, characters };
        let (token, attempts) = token(driver);
        for entered in unusual {
            let pin = || Pin::new_unusual(entered).unwrap();
            let before = attempts.load(Ordering::SeqCst);
            assert_ne!(token.verify_pin(pin(), Attempt::new()).unwrap_err().name(), "pin-incorrect", "{entered:?}");
            assert_eq!(attempts.load(Ordering::SeqCst), before);
            let insisting = Attempt::new().allow_unusual_pin().spend_last_try();
            assert_eq!(token.verify_pin(pin(), insisting).unwrap_err().name(), "pin-incorrect", "{entered:?}");
            assert_eq!(attempts.load(Ordering::SeqCst), before + 1);
        }
    }
}

#[test]
fn limits_that_make_no_sense_are_none() {
    let mut driver = Scripted::telling(PinStatus::Ok);
    driver.report.policy.min = 8;
    driver.report.policy.max = 0;
    let (token, _) = token(driver);
    token.verify_pin(pin("1234"), Attempt::new()).unwrap();
}

#[test]
fn the_last_try_needs_permission_made_for_the_call() {
    for (status, name) in [(PinStatus::FinalTry, "pin-final-try"), (PinStatus::Blocked, "pin-blocked")] {
        let (token, attempts) = token(Scripted::telling(status));
        assert_eq!(token.verify_pin(pin("1234"), Attempt::new()).unwrap_err().name(), name);
        assert_eq!(attempts.load(Ordering::SeqCst), 0);
        token.verify_pin(pin("1234"), Attempt::new().spend_last_try()).unwrap();
    }
    let (token, attempts) = token(Scripted::telling(PinStatus::NotSet));
    let refused = token.verify_pin(pin("1234"), Attempt::new().spend_last_try()).unwrap_err();
    assert_eq!((refused.name(), attempts.load(Ordering::SeqCst)), ("pin-not-set", 0));
}

#[test]
fn a_token_that_tells_nothing_is_remembered_for() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Unknown));
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Unknown);
    for _ in 0..2 {
        assert_eq!(token.verify_pin(pin("9999"), Attempt::new()).unwrap_err().name(), "pin-incorrect");
    }
    assert_eq!(token.pin_status().unwrap().status, PinStatus::FinalTry);
    assert_eq!(token.verify_pin(pin("1234"), Attempt::new()).unwrap_err().name(), "pin-final-try");
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
    token.verify_pin(pin("1234"), Attempt::new().spend_last_try()).unwrap();
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
}

/// A driver may tell the number alone, or a status that is older.
#[test]
fn the_status_fits_the_number() {
    for told in [PinStatus::Ok, PinStatus::Low, PinStatus::Unknown, PinStatus::FinalTry] {
        for (left, status, name) in [(1, PinStatus::FinalTry, "pin-final-try"), (0, PinStatus::Blocked, "pin-blocked")]
        {
            let mut driver = Scripted::telling(told);
            driver.report.tries_left = Some(left);
            let (token, attempts) = token(driver);
            let state = token.pin_status().unwrap();
            assert_eq!((state.status, state.tries_left), (status, Some(left)));
            assert_eq!(token.verify_pin(pin("1234"), Attempt::new()).unwrap_err().name(), name);
            assert_eq!(attempts.load(Ordering::SeqCst), 0);
        }
    }
    let mut driver = Scripted::telling(PinStatus::Blocked);
    driver.report.tries_left = Some(2);
    assert_eq!(token(driver).0.pin_status().unwrap().status, PinStatus::Blocked);
}

#[test]
fn every_puk_with_untold_tries_needs_permission() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Ok));
    let unblock = |attempt| token.unblock_pin(Puk::new("1234").unwrap(), pin("5678"), attempt);
    assert_eq!(unblock(Attempt::new()).unwrap_err().name(), "puk-final-try");
    assert_eq!(attempts.load(Ordering::SeqCst), 0);
    unblock(Attempt::new().spend_last_try()).unwrap();
}

#[test]
fn an_old_locked_flag_gives_way_to_an_unblock() {
    let (token, _) = token(Scripted::telling(PinStatus::Blocked));
    assert_eq!(token.verify_pin(pin("1234"), Attempt::new()).unwrap_err().name(), "pin-blocked");
    token.unblock_pin(Puk::new("1234").unwrap(), pin("1234"), Attempt::new().spend_last_try()).unwrap();
    token.verify_pin(pin("1234"), Attempt::new()).unwrap();
}

/// The old PIN or the new one is in force.
#[test]
fn while_the_answer_to_an_unblock_is_out_the_pin_s_status_is_unknown() {
    let delay = Duration::from_millis(500);
    let (token, attempts) = token(Scripted { delay, ..Scripted::telling(PinStatus::Ok) });
    let permitted = || Attempt::new().spend_last_try();
    std::thread::scope(|scope| {
        scope.spawn(|| token.unblock_pin(Puk::new("1234").unwrap(), pin("1234"), permitted()).unwrap());
        while attempts.load(Ordering::SeqCst) == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Unknown);
    });
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
    // Where it is known that the PIN was not touched, nothing changes.
    token.unblock_pin(Puk::new("9999").unwrap(), pin("1234"), permitted()).unwrap_err();
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
}

/// The flag stays; what fails from now on counts as with every token that tells nothing.
#[test]
fn an_unblock_does_not_switch_the_guard_off() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Blocked));
    token.unblock_pin(Puk::new("1234").unwrap(), pin("1234"), Attempt::new().spend_last_try()).unwrap();
    let attempt = || token.verify_pin(pin("9999"), Attempt::new()).unwrap_err().name();
    assert_eq!([attempt(), attempt(), attempt()], ["pin-incorrect", "pin-incorrect", "pin-final-try"]);
    assert_eq!(attempts.load(Ordering::SeqCst), 3);

    let (token, attempts) = self::token(Scripted { blocks: true, ..Scripted::telling(PinStatus::Blocked) });
    token.unblock_pin(Puk::new("1234").unwrap(), pin("1234"), Attempt::new().spend_last_try()).unwrap();
    let attempt = || token.verify_pin(pin("9999"), Attempt::new()).unwrap_err().name();
    assert_eq!([attempt(), attempt()], ["pin-blocked", "pin-blocked"]);
    assert_eq!((token.pin_status().unwrap().status, attempts.load(Ordering::SeqCst)), (PinStatus::Blocked, 2));
}

#[test]
fn whether_an_attempt_would_be_let_through_is_told_for_nothing() {
    for (status, name) in [(PinStatus::FinalTry, "pin-final-try"), (PinStatus::Blocked, "pin-blocked")] {
        let (token, attempts) = token(Scripted::telling(status));
        assert_eq!(token.check_attempt(PinKind::Pin, Attempt::new()).unwrap_err().name(), name);
        token.check_attempt(PinKind::Pin, Attempt::new().spend_last_try()).unwrap();
        assert_eq!(attempts.load(Ordering::SeqCst), 0);
    }
}

#[test]
fn a_lost_answer_is_not_less_than_two_failures() {
    let lost = Recollection { failures: 2, answer_lost: true, ..Recollection::default() };
    for status in [PinStatus::Ok, PinStatus::Low, PinStatus::Unknown] {
        let report = Scripted::telling(status).report;
        assert_eq!(state(&report, lost).status, PinStatus::FinalTry);
        assert_eq!(state(&report, Recollection { failures: 1, ..lost }).status, PinStatus::Unknown);
    }
}

/// Has the scripted driver present the PIN twice.
fn change(token: &Token, entered: &str) -> &'static str {
    token.change_pin(pin(entered), pin("5678"), Attempt::new()).err().map_or("ok", |error| error.name())
}

#[test]
fn a_refused_pin_is_never_presented_again() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Ok));
    assert_eq!((change(&token, "9999"), attempts.load(Ordering::SeqCst)), ("internal", 1));
}

/// What the token told before the first presentation is no longer of interest.
#[test]
fn an_accepted_pin_is_presented_again_whatever_an_old_flag_said() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Blocked));
    token.unblock_pin(Puk::new("1234").unwrap(), pin("1234"), Attempt::new().spend_last_try()).unwrap();
    assert_eq!((change(&token, "1234"), attempts.load(Ordering::SeqCst)), ("ok", 3));
}
