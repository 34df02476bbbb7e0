//! Operations that are given up, and drivers that panic: what was spent then, and what the caller is told.

use std::time::Instant;

use super::*;
use crate::token::Cancellation;

/// What a caller is told who gives a PIN up after a tenth of a second. It must be told at once.
fn given_up(token: &Token) -> &'static str {
    let cancellation = Cancellation::new();
    let attempt = Attempt::new().cancelled_by(&cancellation);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(100));
            cancellation.cancel();
        });
        let start = Instant::now();
        let told = token.verify_pin(pin("1234"), attempt).unwrap_err().name();
        assert!(start.elapsed() < Duration::from_millis(800));
        told
    })
}

#[test]
fn a_call_that_blocks_can_be_given_up_and_its_answer_is_then_lost() {
    let (token, attempts) = token(Scripted { delay: Duration::from_secs(1), ..Scripted::telling(PinStatus::Unknown) });
    assert_eq!(given_up(&token), "pin-answer-lost");
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
}

#[test]
fn a_call_cancelled_beforehand_spends_nothing() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Ok));
    let cancellation = Cancellation::new();
    cancellation.cancel();
    let attempt = Attempt::new().cancelled_by(&cancellation);
    assert_eq!(token.verify_pin(pin("1234"), attempt).unwrap_err().name(), "cancelled");
    assert_eq!(attempts.load(Ordering::SeqCst), 0);
}

#[test]
fn waiting_for_a_driver_that_hangs_can_be_given_up() {
    let (token, attempts) = token(Scripted { delay: Duration::from_secs(1), ..Scripted::telling(PinStatus::Unknown) });
    std::thread::scope(|scope| {
        scope.spawn(|| token.verify_pin(pin("1234"), Attempt::new()).unwrap());
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(given_up(&token), "cancelled");
    });
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
}

#[test]
fn a_token_that_hangs_before_the_pin_can_be_given_up() {
    let delay_of_report = Duration::from_secs(1);
    let (token, attempts) = token(Scripted { delay_of_report, ..Scripted::telling(PinStatus::Unknown) });
    assert_eq!(given_up(&token), "cancelled");
    // Nor is the PIN sent when the token has come back.
    std::thread::sleep(Duration::from_millis(1200));
    assert_eq!(attempts.load(Ordering::SeqCst), 0);
}

#[test]
fn a_panic_of_the_driver_counts_as_a_lost_answer_and_gives_the_turn_back() {
    let operation = Operation {
        driver: Arc::new(Scripted::telling(PinStatus::Unknown)),
        memory: Arc::new(ProcessMemory::default()),
        attempt: Arc::default(),
        keys: Arc::default(),
    };
    let pin = operation.keys.identity(&*operation.driver).unwrap().pin(PinId::PIN);
    let permit = || operation.permit(PinId::PIN, Some(b"1234"), 1);
    for failures in 1..=2 {
        let permit = permit().unwrap();
        let panicking =
            |_: &dyn TokenDriver, context: &CallContext| -> Result<()> { context.present(|| panic!("driver")) };
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| permit.use_for(panicking)));
        assert!(caught.is_err());
        assert_eq!(operation.memory.recall(&pin).unwrap().at_worst().failures, failures);
    }
    assert_eq!(permit().err().unwrap().name(), "pin-final-try");
}

#[test]
fn a_driver_that_panics_with_the_pin_has_lost_the_answer() {
    let (token, attempts) = token(Scripted { pin: "panic", ..Scripted::telling(PinStatus::Ok) });
    let attempt = Attempt::new().cancelled_by(&Cancellation::new());
    assert_eq!(token.verify_pin(pin("1234"), attempt).unwrap_err().name(), "pin-answer-lost");
    assert_eq!((attempts.load(Ordering::SeqCst), token.pin_status().unwrap().status), (1, PinStatus::Unknown));
}

/// Between the token's answer and the caller's hearing of it.
#[test]
fn giving_up_after_the_answer_never_says_that_nothing_was_done() {
    let (token, attempts) =
        token(Scripted { delay_afterwards: Duration::from_millis(400), ..Scripted::telling(PinStatus::Ok) });
    assert_eq!(given_up(&token), "pin-answer-lost");
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
}

#[test]
fn a_used_cancellation_cancels_every_later_operation_too() {
    let (token, attempts) = token(Scripted { delay: Duration::from_millis(300), ..Scripted::telling(PinStatus::Ok) });
    let cancellation = Cancellation::new();
    let try_it = || token.verify_pin(pin("1234"), Attempt::new().cancelled_by(&cancellation));
    cancellation.cancel();
    assert_eq!(try_it().unwrap_err().name(), "cancelled");
    assert_eq!(try_it().unwrap_err().name(), "cancelled");
    assert_eq!(attempts.load(Ordering::SeqCst), 0);
}

/// What an operation before came to is no news of this one, in which no PIN was sent.
#[test]
fn a_cancellation_knows_nothing_of_the_operation_before() {
    let (token, attempts) = token(Scripted::telling(PinStatus::Ok));
    let cancellation = Cancellation::new();
    let try_it = || token.verify_pin(pin("1234"), Attempt::new().cancelled_by(&cancellation));
    try_it().unwrap();
    cancellation.cancel();
    assert_eq!((try_it().unwrap_err().name(), attempts.load(Ordering::SeqCst)), ("cancelled", 1));
}

#[test]
fn while_an_answer_is_out_the_status_is_unknown() {
    let (token, _) = token(Scripted { delay: Duration::from_millis(500), ..Scripted::telling(PinStatus::Ok) });
    assert_eq!(given_up(&token), "pin-answer-lost");
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Unknown);
    // The answer comes after all.
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
}
