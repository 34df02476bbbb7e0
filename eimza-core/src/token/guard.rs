//! The attempt guard: the one place that decides whether a PIN or PUK may reach the token.

use std::collections::HashSet;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use super::attempt::{Attempt, CallContext, Cancellation, Presentation};
use super::{AttemptMemory, Outcome, PinKind, PinReport, PinState, PinStatus, Recollection, TokenDriver};
use crate::error::{Error, Result};

/// Failures after which a token that tells nothing is treated as having one try left.
const FAILURES_THAT_WARN: u32 = 2;

/// How often a caller that can be cancelled looks whether it was.
const CANCELLATION_INTERVAL: Duration = Duration::from_millis(20);

/// What the token tells, and what is remembered where it tells nothing.
pub(super) fn state(report: &PinReport, remembered: &Recollection) -> PinState {
    let told = PinState { status: report.status, tries_left: report.tries_left };
    if report.tries_left.is_some() {
        return told;
    }
    let status = match report.status {
        PinStatus::Blocked if remembered.unblocked => PinStatus::Unknown,
        PinStatus::Ok | PinStatus::Unknown if remembered.failures >= FAILURES_THAT_WARN => PinStatus::FinalTry,
        PinStatus::Ok | PinStatus::Low if remembered.answer_lost => PinStatus::Unknown,
        PinStatus::Unknown if remembered.accepted => PinStatus::Ok,
        told => told,
    };
    PinState { status, tries_left: None }
}

/// One PIN operation, from the first question to the token on.
pub(super) struct Operation {
    pub(super) driver: Arc<dyn TokenDriver>,
    pub(super) memory: Arc<dyn AttemptMemory>,
    pub(super) attempt: Attempt,
}

impl Operation {
    /// Runs the operation. With a cancellation it runs on a thread of its own: the caller is free as soon as it is
    /// cancelled, while the token's turn lasts until the driver has come back.
    pub(super) fn run<T: Send + 'static>(self, work: impl FnOnce(&Self) -> Result<T> + Send + 'static) -> Result<T> {
        let Some(cancellation) = self.attempt.cancellation().cloned() else { return work(&self) };
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            // Nobody listens any more when the caller gave up.
            let _ = sender.send(work(&self));
        });
        loop {
            match receiver.recv_timeout(CANCELLATION_INTERVAL) {
                Ok(result) => return result,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Error::Internal { what: "the token's driver ended without an answer".into() });
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(outcome) = cancellation.outcome() {
                        return Err(outcome);
                    }
                }
            }
        }
    }

    /// Looks at a new PIN or PUK before the old one is presented.
    pub(super) fn check_new(&self, kind: PinKind, octets: Option<&[u8]>) -> Result<()> {
        self.driver.pin_report(kind)?.policy.check(kind, octets, &self.attempt)
    }

    /// Waits for the token's turn, looks at what may be entered and at how many tries are left. Spends nothing.
    pub(super) fn permit(&self, kind: PinKind, octets: Option<&[u8]>, presentations: usize) -> Result<Permit<'_>> {
        let turn = Turn::take(self.driver.info()?.identity, self.attempt.cancellation())?;
        let report = self.driver.pin_report(kind)?;
        report.policy.check(kind, octets, &self.attempt)?;
        let state = state(&report, &self.memory.recall(&turn.identity, kind));
        let permitted = self.attempt.spends_last_try();
        let untold_puk = kind == PinKind::Puk && state.tries_left.is_none();
        match (state.status, kind) {
            (PinStatus::NotSet, _) => return Err(Error::PinNotSet),
            (PinStatus::Blocked, PinKind::Pin) if !permitted => return Err(Error::PinBlocked),
            (PinStatus::Blocked, PinKind::Puk) if !permitted => return Err(Error::PukBlocked),
            (PinStatus::FinalTry, PinKind::Pin) if !permitted => return Err(Error::PinFinalTry),
            (PinStatus::FinalTry, PinKind::Puk) if !permitted => return Err(Error::PukFinalTry),
            _ if untold_puk && !permitted => return Err(Error::PukFinalTry),
            _ => {}
        }
        Ok(Permit { operation: self, turn, kind, presentations })
    }
}

/// Permission for one operation on one token. Holds the token's turn until the operation has ended.
pub(super) struct Permit<'a> {
    operation: &'a Operation,
    turn: Turn,
    kind: PinKind,
    presentations: usize,
}

impl Permit<'_> {
    /// Has the driver do it, and remembers what became of the PIN.
    pub(super) fn use_for<T>(self, work: impl FnOnce(&dyn TokenDriver, &CallContext) -> Result<T>) -> Result<T> {
        let cancellation = self.operation.attempt.cancellation().cloned().unwrap_or_default();
        let context = CallContext::new(self.presentations, cancellation);
        let noted = Noted { permit: self, context };
        noted.context.check()?;
        work(&*noted.permit.operation.driver, &noted.context)
    }

    /// Has the driver unblock the PIN, and remembers that too: the token's flag may say otherwise for a while.
    pub(super) fn use_to_unblock(self, work: impl FnOnce(&dyn TokenDriver, &CallContext) -> Result<()>) -> Result<()> {
        let (memory, identity) = (self.operation.memory.clone(), self.turn.identity.clone());
        self.use_for(work)?;
        memory.record(&identity, PinKind::Pin, Outcome::Unblocked);
        Ok(())
    }
}

/// An operation under way. What became of the PIN is remembered when it ends, even by a panic of the driver.
struct Noted<'a> {
    permit: Permit<'a>,
    context: CallContext,
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        let outcome = match self.context.last() {
            Presentation::Accepted => Outcome::Accepted,
            Presentation::Refused => Outcome::Refused,
            Presentation::AnswerLost => Outcome::AnswerLost,
            Presentation::None | Presentation::NotJudged => return,
        };
        self.permit.operation.memory.record(&self.permit.turn.identity, self.permit.kind, outcome);
    }
}

/// One PIN operation at a time on one token, however many handles the process has to it.
struct Turn {
    identity: String,
}

static TAKEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
static GIVEN_BACK: Condvar = Condvar::new();

impl Turn {
    /// Waits for the turn, as long as nobody gives the operation up: who has it may sit in a driver that does not come
    /// back.
    fn take(identity: String, cancellation: Option<&Cancellation>) -> Result<Self> {
        let mut taken = TAKEN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        while !taken.get_or_insert_default().insert(identity.clone()) {
            if let Some(given_up) = cancellation.and_then(Cancellation::outcome) {
                return Err(given_up);
            }
            let waited = GIVEN_BACK.wait_timeout(taken, CANCELLATION_INTERVAL);
            taken = waited.unwrap_or_else(|poisoned| poisoned.into_inner()).0;
        }
        Ok(Self { identity })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut taken = TAKEN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        taken.get_or_insert_default().remove(&self.identity);
        GIVEN_BACK.notify_all();
    }
}

#[cfg(test)]
mod tests;
