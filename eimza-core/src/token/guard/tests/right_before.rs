//! What is looked at right before a PIN is sent: the memory once more, and a number that the token tells only now.

use super::keys::{card, ended};
use super::*;

/// A memory of which nothing is known beforehand, and something else when the attempt begins.
struct Late(fn(&dyn Fn(Recollection) -> Result<()>) -> Result<()>);

impl AttemptMemory for Late {
    fn recall(&self, _: &TokenPin) -> Result<Recollection> {
        Ok(Recollection::default())
    }

    fn begin(&self, _: &TokenPin, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()> {
        (self.0)(permit)
    }

    fn record(&self, _: &TokenPin, _: Outcome) {}
}

fn verified(status: PinStatus, memory: Late) -> (Result<()>, usize) {
    let (token, attempts) = token(Scripted::telling(status));
    let outcome = token.with_memory(Arc::new(memory)).verify_pin(pin("1234"), Attempt::new());
    (outcome, attempts.load(Ordering::SeqCst))
}

#[test]
fn tries_that_another_process_spent_meanwhile_count() {
    let spent = Late(|permit| permit(Recollection { failures: 2, ..Recollection::default() }));
    let (outcome, attempts) = verified(PinStatus::Unknown, spent);
    assert_eq!((outcome.unwrap_err().name(), attempts), ("pin-final-try", 0));
}

#[test]
fn a_memory_that_fails_now_stops_only_who_needs_it() {
    let unusable = |_: &dyn Fn(Recollection) -> Result<()>| {
        Err(Error::AttemptMemoryUnusable { path: "attempts".into(), source: std::io::Error::other("full") })
    };
    let failing = || Late(unusable);
    let (outcome, attempts) = verified(PinStatus::Unknown, failing());
    assert_eq!((outcome.unwrap_err().name(), attempts), ("attempt-memory-unusable", 0));
    let (outcome, attempts) = verified(PinStatus::Ok, failing());
    assert!(outcome.is_ok() && attempts == 1);
}

#[test]
fn a_number_that_is_told_only_now_is_kept_to() {
    let operation = Operation {
        driver: Arc::new(Scripted::telling(PinStatus::Ok)),
        memory: Arc::new(ProcessMemory::default()),
        attempt: Arc::default(),
        keys: Arc::default(),
    };
    let told = |left| {
        let permit = operation.permit(PinId::PIN, Some(b"1234"), 1).unwrap();
        permit.use_for(|_, context| context.check_tries(left))
    };
    assert_eq!(told(1).unwrap_err().name(), "pin-final-try");
    assert_eq!(told(0).unwrap_err().name(), "pin-blocked");
    told(2).unwrap();
}

/// Another process has found out meanwhile that the key has a PIN of its own.
#[test]
fn a_key_is_not_given_what_it_refused_elsewhere() {
    let (token, attempts) = card();
    let own = Late(|permit| permit(Recollection { is_own: true, ..Recollection::default() }));
    let token = token.with_memory(Arc::new(own));
    assert_eq!(ended(&token, WantedPin::Unknown, Attempt::new()), "key-pin-needed");
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
}

/// Another process has seen a failure of the key's PIN meanwhile, and nobody knows whose PIN it was.
#[test]
fn a_key_that_failed_elsewhere_is_not_given_the_tokens_pin() {
    let (token, attempts) = card();
    let failed = Late(|permit| permit(Recollection { failures: 1, ..Recollection::default() }));
    let token = token.with_memory(Arc::new(failed));
    assert_eq!(ended(&token, WantedPin::Unknown, Attempt::new()), "key-pin-needed");
    assert_eq!(attempts.load(Ordering::SeqCst), 1);
}
