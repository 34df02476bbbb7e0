//! The attempt guard: the one place that decides whether a PIN or PUK may reach the token.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};

use super::attempt::{Account, Attempt, CallContext};
use super::turn::{CANCELLATION_INTERVAL, Turn};
use super::{AttemptMemory, Outcome, PinKind, PinReport, PinState, PinStatus, Recollection, TokenDriver};
use crate::error::{Error, Result};

/// Failures after which a token that does not tell a number is treated as having one try left: cards block at three.
const FAILURES_THAT_WARN: u32 = 2;

/// What the token tells, and what is remembered where it tells nothing.
pub(super) fn state(report: &PinReport, remembered: Recollection) -> PinState {
    // A number that is told now is newer than an answer that was lost: the token has counted that attempt, or has not.
    if let Some(left) = report.tries_left {
        let status = match (report.status, left) {
            (status @ (PinStatus::NotSet | PinStatus::Blocked), _) => status,
            (_, 0) => PinStatus::Blocked,
            (_, 1) => PinStatus::FinalTry,
            (status, _) => status,
        };
        return PinState { status, tries_left: Some(left) };
    }
    let remembered = remembered.at_worst();
    let told = match report.status {
        PinStatus::Blocked if remembered.unblocked => PinStatus::Unknown,
        PinStatus::Ok | PinStatus::Low if remembered.answer_lost => PinStatus::Unknown,
        told => told,
    };
    let status = match told {
        PinStatus::Ok | PinStatus::Low | PinStatus::Unknown if remembered.failures >= FAILURES_THAT_WARN => {
            PinStatus::FinalTry
        }
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
        let Some(progress) = self.attempt.progress().cloned() else { return work(&self) };
        let (sender, receiver) = mpsc::channel();
        let operation = move || {
            // Nobody listens any more when the caller gave up.
            let _ = sender.send(work(&self));
        };
        let thread = std::thread::Builder::new().name("eimza token".into()).spawn(operation);
        thread.map_err(|source| Error::Internal { what: format!("no thread for the token: {source}") })?;
        loop {
            match receiver.recv_timeout(CANCELLATION_INTERVAL) {
                Ok(result) => return result,
                Err(RecvTimeoutError::Disconnected) => return Err(progress.silent_end()),
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(outcome) = progress.outcome() {
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
        let turn = Turn::take(self.driver.info()?.identity, self.attempt.progress())?;
        let rule = self.rule(kind)?;
        rule.report.policy.check(kind, octets, &self.attempt)?;
        rule.check(self.memory.recall(&turn.of, kind))?;
        Ok(Permit { operation: self, turn, rule, presentations })
    }

    /// Whether an attempt would be let through as it stands.
    pub(super) fn check_state(&self, kind: PinKind) -> Result<()> {
        let identity = self.driver.info()?.identity;
        self.rule(kind)?.check(self.memory.recall(&identity, kind))
    }

    fn rule(&self, kind: PinKind) -> Result<Rule> {
        Ok(Rule { kind, report: self.driver.pin_report(kind)?, spends_last_try: self.attempt.spends_last_try() })
    }
}

/// What an attempt is measured by, besides what is remembered.
#[derive(Clone, Copy)]
struct Rule {
    kind: PinKind,
    report: PinReport,
    spends_last_try: bool,
}

impl Rule {
    fn check(&self, remembered: Recollection) -> Result<()> {
        let state = state(&self.report, remembered);
        let permitted = self.spends_last_try;
        let untold_puk = self.kind == PinKind::Puk && state.tries_left.is_none();
        match (state.status, self.kind) {
            (PinStatus::NotSet, _) => return Err(Error::PinNotSet),
            (PinStatus::Blocked, PinKind::Pin) if !permitted => return Err(Error::PinBlocked),
            (PinStatus::Blocked, PinKind::Puk) if !permitted => return Err(Error::PukBlocked),
            (PinStatus::FinalTry, PinKind::Pin) if !permitted => return Err(Error::PinFinalTry),
            (PinStatus::FinalTry, PinKind::Puk) if !permitted => return Err(Error::PukFinalTry),
            _ if untold_puk && !permitted => return Err(Error::PukFinalTry),
            _ => {}
        }
        Ok(())
    }
}

/// Permission for one operation on one token. Holds the token's turn until the operation has ended.
pub(super) struct Permit<'a> {
    operation: &'a Operation,
    turn: Turn,
    rule: Rule,
    presentations: usize,
}

impl Permit<'_> {
    /// Has the driver do it. What becomes of the PIN is remembered as it happens.
    pub(super) fn use_for<T>(self, work: impl FnOnce(&dyn TokenDriver, &CallContext) -> Result<T>) -> Result<T> {
        self.run(work)
    }

    fn run<T>(&self, work: impl FnOnce(&dyn TokenDriver, &CallContext) -> Result<T>) -> Result<T> {
        let progress = self.operation.attempt.progress().cloned().unwrap_or_default();
        let (memory, identity) = (self.operation.memory.clone(), self.turn.of.clone());
        let account = Remembered { memory, identity, rule: self.rule, is_first: Cell::new(true) };
        let context = CallContext::new(self.presentations, progress, account);
        context.check()?;
        work(&*self.operation.driver, &context)
    }

    /// Has the driver unblock the PIN, and remembers what becomes of that too: while the answer is out, and where it was
    /// lost, the old PIN or the new one is in force; afterwards the token's flag may say otherwise for a while.
    pub(super) fn use_to_unblock(self, work: impl FnOnce(&dyn TokenDriver, &CallContext) -> Result<()>) -> Result<()> {
        let record = |outcome| self.operation.memory.record(&self.turn.of, PinKind::Pin, outcome);
        record(Outcome::Begun);
        let answer = self.run(work);
        record(match &answer {
            Ok(()) => Outcome::Unblocked,
            Err(Error::PinAnswerLost { .. }) => Outcome::AnswerLost,
            Err(_) => Outcome::NotJudged,
        });
        answer
    }
}

/// The memory as one operation uses it.
struct Remembered {
    memory: Arc<dyn AttemptMemory>,
    identity: String,
    rule: Rule,
    /// The first time the rule is looked at once more right before the PIN is sent: another process may have spent a try
    /// since. What follows was accepted the time before.
    is_first: Cell<bool>,
}

impl Account for Remembered {
    fn begin(&self) -> Result<()> {
        let is_first = self.is_first.replace(false);
        let permit = |remembered| if is_first { self.rule.check(remembered) } else { Ok(()) };
        self.memory.begin(&self.identity, self.rule.kind, &permit)
    }

    /// A number that is told leaves nothing to what is remembered.
    fn check_tries(&self, left: u8) -> Result<()> {
        let report = PinReport { tries_left: Some(left), ..self.rule.report };
        Rule { report, ..self.rule }.check(Recollection::default())
    }

    fn record(&self, outcome: Outcome) {
        self.memory.record(&self.identity, self.rule.kind, outcome);
    }
}

#[cfg(test)]
mod tests;
