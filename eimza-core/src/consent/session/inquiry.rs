//! Handing in and asking again, with the service at work outside of the session.

use super::{ConsentSession, SessionState, SignedConsent};
use crate::consent::{ConsentService, ConsentStatus, Receipt, Rejection, Submission};
use crate::error::{Error, Result};

/// A question to the service about one session.
///
/// It is asked without the session, as a token signs without it ([`ConsentSession::prepare`]): who keeps a session behind
/// a lock does not hold it while a network is waited for.
#[derive(Clone, Debug)]
pub struct Inquiry {
    session: String,
    submission: Option<Submission>,
}

/// What the service answered, for [`ConsentSession::conclude`].
#[derive(Debug)]
pub struct Answer {
    session: String,
    handed_in: bool,
    status: Result<ConsentStatus>,
}

impl Inquiry {
    /// Asks the service: the one the session was opened with.
    pub fn ask(self, service: &dyn ConsentService) -> Answer {
        let status = match &self.submission {
            Some(submission) => service.submit(&self.session, submission),
            None => service.status(&self.session),
        };
        Answer { session: self.session, handed_in: self.submission.is_some(), status }
    }
}

impl ConsentSession {
    /// Hands in what was signed.
    ///
    /// # Errors
    /// [`Error::ConsentRejected`] with the reason, or [`Error::ConsentOutcomeUnknown`] where the answer was lost: then
    /// [`ConsentSession::settle`] tells, and handing in again does no harm.
    pub fn submit(&mut self, signed: &SignedConsent) -> Result<Receipt> {
        let answer = self.hand_in(signed)?.ask(self.service.as_ref());
        self.conclude(answer)?.ok_or(Error::ConsentOutcomeUnknown)
    }

    /// Asks the service what became of a submission whose answer was lost.
    ///
    /// `None`: nothing arrived; hand it in again.
    pub fn settle(&mut self) -> Result<Option<Receipt>> {
        let answer = self.inquire().ask(self.service.as_ref());
        self.conclude(answer)
    }

    /// The first half of [`ConsentSession::submit`]: what is handed in, if it may be now.
    pub fn hand_in(&self, signed: &SignedConsent) -> Result<Inquiry> {
        if !matches!(self.state(), SessionState::Signed | SessionState::OutcomeUnknown) {
            return Err(self.out_of_order("the texts have to be signed first"));
        }
        if signed.session != self.request.session {
            return Err(Error::ConsentRejected { reason: Rejection::Request.name() });
        }
        Ok(Inquiry { session: signed.session.clone(), submission: Some(signed.submission.clone()) })
    }

    /// The first half of [`ConsentSession::settle`].
    pub fn inquire(&self) -> Inquiry {
        Inquiry { session: self.request.session.clone(), submission: None }
    }

    /// The second half: takes the service's word for what the session came to. `None`: nothing has arrived there.
    ///
    /// # Errors
    /// As [`ConsentSession::submit`]. Where the service failed in another way, its error, and the session stays as it is.
    pub fn conclude(&mut self, answer: Answer) -> Result<Option<Receipt>> {
        if answer.session != self.request.session {
            return Err(Error::ConsentRejected { reason: Rejection::Request.name() });
        }
        match answer.status {
            Ok(ConsentStatus::Accepted(receipt) | ConsentStatus::Revoked(receipt)) => {
                if receipt.record().request != self.request {
                    self.lose_outcome();
                    return Err(Error::ReceiptInvalid { what: "request" });
                }
                self.state = SessionState::Accepted;
                Ok(Some(*receipt))
            }
            Ok(ConsentStatus::Rejected(rejection)) => {
                self.state = SessionState::Rejected(rejection);
                Err(Error::ConsentRejected { reason: rejection.name() })
            }
            Ok(ConsentStatus::Expired) => {
                self.state = SessionState::Expired;
                Err(Error::ConsentExpired)
            }
            Ok(ConsentStatus::Cancelled) => {
                self.state = SessionState::Cancelled;
                Err(Error::ConsentCancelled)
            }
            Ok(ConsentStatus::Open | ConsentStatus::Waiting) if !answer.handed_in => Ok(None),
            Ok(ConsentStatus::Open | ConsentStatus::Waiting) | Err(Error::ServiceUnreachable { .. }) => {
                self.lose_outcome();
                Err(Error::ConsentOutcomeUnknown)
            }
            Err(error) => Err(error),
        }
    }

    /// An acceptance that is known stays known, whatever a later answer came to.
    fn lose_outcome(&mut self) {
        if self.state != SessionState::Accepted {
            self.state = SessionState::OutcomeUnknown;
        }
    }
}
