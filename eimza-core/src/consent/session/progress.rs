//! How far a session has come: the order of its steps, and what it noted at each.

use std::time::Duration;

use super::SessionState;
use super::timer::Moment;
use crate::clock::Time;
use crate::consent::{Moments, Purpose, Receipt, Record, Request, Submission};
use crate::error::{ArgumentFault, Error, MissingStep, Result};

pub(super) const NO_SUCH_TEXT: Error = Error::ArgumentInvalid { argument: "text", reason: ArgumentFault::NoSuchOne };

pub(super) struct Progress {
    state: SessionState,
    steps: Vec<Step>,
    ticked: Vec<bool>,
    signed: Option<Submission>,
}

/// What happened with one text.
#[derive(Clone, Copy, Default)]
struct Step {
    shown: Option<Moment>,
    read_at: Option<Time>,
}

impl Progress {
    pub(super) fn new(state: SessionState, texts: usize, declarations: usize) -> Self {
        Self { state, steps: vec![Step::default(); texts], ticked: vec![false; declarations], signed: None }
    }

    pub(super) fn state(&self) -> SessionState {
        self.state
    }

    pub(super) fn show(&mut self, text: usize, now: Moment) -> Result<()> {
        self.check_unsigned()?;
        self.steps.get_mut(text).ok_or(NO_SUCH_TEXT)?.shown.get_or_insert(now);
        if self.state == SessionState::Opened {
            self.state = SessionState::Shown;
        }
        Ok(())
    }

    pub(super) fn read(&mut self, text: usize, now: Moment, least: Duration) -> Result<Time> {
        self.check_unsigned()?;
        let step = self.steps.get_mut(text).ok_or(NO_SUCH_TEXT)?;
        let shown = step.shown.ok_or(Error::ConsentOrder { missing: MissingStep::Show })?;
        let missing = least.saturating_sub(now.elapsed.saturating_sub(shown.elapsed));
        if !missing.is_zero() {
            let seconds = missing.as_millis().div_ceil(1000).try_into().unwrap_or(1);
            return Err(Error::ConsentReadTooShort { seconds });
        }
        let read_at = *step.read_at.get_or_insert(now.time);
        if self.steps.iter().all(|step| step.read_at.is_some()) {
            self.state = SessionState::Read;
        }
        Ok(read_at)
    }

    pub(super) fn tick(&mut self, declaration: usize, ticked: bool) -> Result<()> {
        self.check_unsigned()?;
        let place = self.ticked.get_mut(declaration);
        *place.ok_or(Error::ArgumentInvalid { argument: "declaration", reason: ArgumentFault::NoSuchOne })? = ticked;
        Ok(())
    }

    /// The record of all that led to a signature.
    ///
    /// # Errors
    /// What has to happen first.
    pub(super) fn record(&self, request: &Request) -> Result<Record> {
        self.check_read()?;
        match request.missing_tick(&self.ticked) {
            None => {}
            Some(index) if request.purpose == Purpose::Consent => {
                return Err(Error::ConsentDeclarationMissing { index });
            }
            Some(_) => return Err(Error::ConsequencesNotAcknowledged),
        }
        let moments =
            self.steps.iter().map(|step| Some(Moments { shown_at: step.shown?.time, read_at: step.read_at? }));
        let moments: Option<Vec<_>> = moments.collect();
        let moments = moments.ok_or(Error::ConsentOrder { missing: MissingStep::Read })?;
        Ok(Record::new(request.clone(), moments, self.ticked.clone()))
    }

    /// All texts were read, and nothing is signed.
    pub(super) fn check_read(&self) -> Result<()> {
        match self.state {
            SessionState::Read => Ok(()),
            _ => Err(self.out_of_order(MissingStep::Read)),
        }
    }

    /// Takes what was signed, if it is what stands here: a tick may have been taken back since it was prepared.
    pub(super) fn sign(&mut self, request: &Request, submission: &Submission) -> Result<()> {
        if self.record(request)?.to_bytes()? != submission.record {
            return Err(Error::ConsentOrder { missing: MissingStep::PrepareAgain });
        }
        self.state = SessionState::Signed;
        self.signed = Some(submission.clone());
        Ok(())
    }

    /// Whether a receipt is about what was signed here.
    pub(super) fn is_receipt(&self, receipt: &Receipt) -> bool {
        self.signed.as_ref().is_some_and(|signed| receipt.is_for(signed))
    }

    /// It is being handed in. Handing in the same again does no harm: the service gives the same answer.
    pub(super) fn submit(&mut self) -> Result<()> {
        if !matches!(self.state, SessionState::Signed | SessionState::Submitted | SessionState::OutcomeUnknown) {
            return Err(self.out_of_order(MissingStep::Sign));
        }
        self.state = SessionState::Submitted;
        Ok(())
    }

    /// Takes over what the service decided. A later answer does not change that.
    pub(super) fn conclude(&mut self, state: SessionState) {
        if !matches!(self.state, SessionState::Accepted | SessionState::Rejected(_)) {
            self.state = state;
        }
    }

    /// An answer was lost. Says whether that leaves the outcome unknown: where nothing was handed in, or it is decided,
    /// it does not.
    pub(super) fn lose_answer(&mut self) -> bool {
        let is_lost = matches!(self.state, SessionState::Submitted | SessionState::OutcomeUnknown);
        if is_lost {
            self.state = SessionState::OutcomeUnknown;
        }
        is_lost
    }

    /// What was handed in does not expire here, because the time of its arrival counts.
    pub(super) fn expire(&mut self) {
        if !self.is_out_of_hands() {
            self.state = SessionState::Expired;
        }
    }

    pub(super) fn cancel(&mut self) {
        if !self.is_out_of_hands() {
            self.state = SessionState::Cancelled;
        }
    }

    /// Whether the session is over, or only the service can say what becomes of it.
    fn is_out_of_hands(&self) -> bool {
        match self.state {
            SessionState::Opened | SessionState::Shown | SessionState::Read | SessionState::Signed => false,
            SessionState::Submitted
            | SessionState::Received
            | SessionState::Accepted
            | SessionState::Rejected(_)
            | SessionState::OutcomeUnknown
            | SessionState::AlreadyGiven { .. }
            | SessionState::Expired
            | SessionState::Cancelled => true,
        }
    }

    fn check_unsigned(&self) -> Result<()> {
        match self.state {
            SessionState::Opened | SessionState::Shown | SessionState::Read => Ok(()),
            _ => Err(self.out_of_order(MissingStep::Read)),
        }
    }

    fn out_of_order(&self, missing: MissingStep) -> Error {
        match self.state {
            SessionState::Expired => Error::ConsentExpired,
            SessionState::Cancelled => Error::ConsentCancelled,
            SessionState::Rejected(rejection) => rejection.into(),
            SessionState::AlreadyGiven { .. } => Error::ConsentOrder { missing: MissingStep::GivenAlready },
            SessionState::Signed => Error::ConsentOrder { missing: MissingStep::SignedAlready },
            SessionState::Submitted | SessionState::OutcomeUnknown => {
                Error::ConsentOrder { missing: MissingStep::SubmittedAlready }
            }
            SessionState::Received => Error::ConsentOrder { missing: MissingStep::ReceivedAlready },
            SessionState::Accepted => Error::ConsentOrder { missing: MissingStep::AcceptedAlready },
            SessionState::Opened | SessionState::Shown | SessionState::Read => Error::ConsentOrder { missing },
        }
    }
}
