//! What an attempt is measured by: what the token tells, what is remembered, what the caller permits.

use crate::error::{Error, Result};
use crate::token::{Attempt, PinId, PinKind, PinReport, PinState, PinStatus, Recollection};

/// Failures after which a token that does not tell a number is treated as having one try left: cards block at three.
const FAILURES_THAT_WARN: u32 = 2;

/// What the token tells, and what is remembered where it tells nothing.
pub(in crate::token) fn state(report: &PinReport, remembered: Recollection) -> PinState {
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

/// What one PIN's attempt is measured by, besides what is remembered.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) pin: PinId,
    pub(super) report: PinReport,
    spends_last_try: bool,
    /// Whether another PIN is to be presented than the one that this rule is about, for want of better knowledge.
    is_borrowed: bool,
}

impl Rule {
    pub(super) fn new(pin: PinId, report: PinReport, attempt: &Attempt) -> Self {
        let spends_last_try = attempt.spends_last_try(&pin);
        Self { pin, report, spends_last_try, is_borrowed: false }
    }

    /// The same for a key that is to be given the PIN that opens the token.
    pub(super) fn borrowing(self) -> Self {
        Self { is_borrowed: true, ..self }
    }

    /// The same when the token tells now how many tries are left.
    pub(super) fn with_tries(&self, left: u8) -> Self {
        Self { report: PinReport { tries_left: Some(left), ..self.report }, ..self.clone() }
    }

    /// Whether an attempt may be made with what is remembered.
    pub(super) fn check(&self, remembered: Recollection) -> Result<()> {
        if self.is_borrowed && (remembered.is_own || remembered.at_worst().failures > 0) {
            return Err(Error::KeyPinNeeded);
        }
        let state = state(&self.report, remembered);
        let untold_puk = self.pin.kind() == PinKind::Puk && state.tries_left.is_none();
        match state.status {
            PinStatus::NotSet => Err(Error::PinNotSet),
            _ if self.spends_last_try => Ok(()),
            PinStatus::Blocked => Err(self.pin.blocked()),
            PinStatus::FinalTry => Err(self.pin.final_try()),
            _ if untold_puk => Err(self.pin.final_try()),
            _ => Ok(()),
        }
    }

    /// The same where the memory may have failed. That is no obstacle where the token itself tells how it stands, or where
    /// the caller permits the last try.
    pub(super) fn check_recalled(&self, recalled: Result<Recollection>) -> Result<()> {
        match recalled {
            Err(error) if !self.can_do_without_memory(&error) => Err(error),
            recalled => self.check(recalled.unwrap_or_default()),
        }
    }

    pub(super) fn can_do_without_memory(&self, error: &Error) -> bool {
        let is_told = self.report.tries_left.is_some() || self.report.status == PinStatus::Ok;
        matches!(error, Error::AttemptMemoryUnusable { .. }) && (is_told || self.spends_last_try)
    }
}
