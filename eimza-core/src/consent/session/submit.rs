//! Handing in what was signed, and asking what became of it.

use super::{ConsentSession, SessionState, SignedConsent};
use crate::consent::{ConsentStatus, Receipt};
use crate::error::{Error, ReceiptPart, Rejection, Result};

impl ConsentSession {
    /// Hands in what was signed. The receipt says whether the service accepted it ([`Receipt::is_accepted`]) or only received
    /// it: then its verdict waits for status data, and [`ConsentSession::settle`] tells what has become of it.
    ///
    /// # Errors
    /// [`Error::ConsentRejected`] with the reason, or [`Error::ConsentOutcomeUnknown`] where the answer was lost: then
    /// [`ConsentSession::settle`] tells, and handing in again does no harm. So it is after any other error of the service.
    /// [`Error::ReceiptInvalid`] where the receipt is about something else than what was signed here.
    pub fn submit(&self, signed: &SignedConsent) -> Result<Receipt> {
        if signed.session != self.request.session {
            return Err(Rejection::Request.into());
        }
        self.progress().submit()?;
        let answer = self.service.submit(&self.request.session, &signed.submission);
        if let Some(receipt) = self.conclude(answer)? {
            return Ok(receipt);
        }
        // The service says that it still waits for what has arrived. That is no acceptance.
        self.progress().lose_answer();
        Err(Error::ConsentOutcomeUnknown { source: None })
    }

    /// Asks the service what became of a submission that was received, or whose answer was lost.
    ///
    /// `None`: nothing arrived; hand it in again.
    pub fn settle(&self) -> Result<Option<Receipt>> {
        let answer = self.service.status(&self.request.session);
        self.conclude(answer)
    }

    /// Takes the service's word for what the session came to. `None`: nothing has arrived there.
    fn conclude(&self, answer: Result<ConsentStatus>) -> Result<Option<Receipt>> {
        match answer {
            Ok(
                ConsentStatus::Received(receipt) | ConsentStatus::Accepted(receipt) | ConsentStatus::Revoked(receipt),
            ) => {
                let mut progress = self.progress();
                if receipt.record().request != self.request {
                    progress.lose_answer();
                    return Err(Error::ReceiptInvalid { what: ReceiptPart::Request });
                }
                if !progress.is_receipt(&receipt) {
                    progress.lose_answer();
                    return Err(Error::ReceiptInvalid { what: ReceiptPart::Signatures });
                }
                let is_accepted = receipt.is_accepted();
                progress.conclude(if is_accepted { SessionState::Accepted } else { SessionState::Received });
                Ok(Some(*receipt))
            }
            Ok(ConsentStatus::Rejected(rejection)) => {
                self.progress().conclude(SessionState::Rejected(rejection));
                Err(rejection.into())
            }
            Ok(ConsentStatus::Expired) => {
                self.progress().conclude(SessionState::Expired);
                Err(Error::ConsentExpired)
            }
            Ok(ConsentStatus::Cancelled) => {
                self.progress().conclude(SessionState::Cancelled);
                Err(Error::ConsentCancelled)
            }
            Ok(ConsentStatus::Open | ConsentStatus::Waiting) => Ok(None),
            Err(error) => {
                let is_lost = self.progress().lose_answer();
                let is_unreachable = matches!(error, Error::ServiceUnreachable { .. });
                Err(if is_lost && is_unreachable {
                    Error::ConsentOutcomeUnknown { source: Some(error.into()) }
                } else {
                    error
                })
            }
        }
    }
}
