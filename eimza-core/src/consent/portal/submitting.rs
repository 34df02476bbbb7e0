//! What arrives: checked and sealed with nothing locked, then let take effect in one step of the store.

use std::sync::Arc;

use super::Portal;
use crate::clock::Time;
use crate::consent::store::{Commit, ConsentStore, Session, Stage, Standing};
use crate::consent::{Acceptance, Arrival, ConsentStatus, Purpose, Receipt, Redeemed, Submission, check};
use crate::crypto::Digest;
use crate::error::{Rejection, Result};

/// What a submission would come to, before it takes effect.
enum Outcome {
    Given(Box<Standing>),
    Ended { revocation: Arc<Receipt>, noted: Box<Receipt> },
    Refused(Rejection),
}

impl<S: ConsentStore> Portal<S> {
    /// Takes a submission. The same again gets the same answer, or what has become of it since.
    pub(super) fn take(&self, name: &str, submission: &Submission) -> Result<ConsentStatus> {
        let now = self.now();
        let session = self.session(name)?;
        let Stage::Open(redeemed) = session.stage_at(now) else { return self.answer_again(&session, submission, now) };
        let outcome = self.judge(redeemed, submission, now)?;
        let digest = submission.sha256();
        let commit = match outcome {
            Outcome::Given(standing) => {
                let receipt = Arc::new(standing.receipt.clone());
                self.store.give(&submitted(&session, digest, Stage::Accepted(receipt)), &standing)?
            }
            Outcome::Ended { revocation, noted } => {
                let ended = submitted(&session, digest, Stage::Accepted(revocation));
                self.store.end(Some(&ended), &session.person, &session.kind, &noted)?
            }
            Outcome::Refused(rejection) => {
                self.store.replace(&submitted(&session, digest, Stage::Rejected(rejection)))?
            }
        };
        match commit {
            Commit::Done => self.session(name).map(|session| session.status_at(now)),
            Commit::Overtaken => self.answer_overtaken(name, submission, now),
        }
    }

    /// While it was checked, the session came to something else, or the consent that it is about did.
    fn answer_overtaken(&self, name: &str, submission: &Submission, now: Time) -> Result<ConsentStatus> {
        let session = self.session(name)?;
        if !matches!(session.stage_at(now), Stage::Open(_)) {
            return self.answer_again(&session, submission, now);
        }
        // Two sessions were open at once: the first one counts.
        let rejected = submitted(&session, submission.sha256(), Stage::Rejected(Rejection::Request));
        match self.store.replace(&rejected)? {
            Commit::Done => Ok(ConsentStatus::Rejected(Rejection::Request)),
            Commit::Overtaken => self.answer_again(&self.session(name)?, submission, now),
        }
    }

    /// The answer for a session that is not open any more.
    fn answer_again(&self, session: &Session, submission: &Submission, now: Time) -> Result<ConsentStatus> {
        if session.submitted == Some(submission.sha256()) {
            return self.status_of(session, now);
        }
        match session.stage_at(now) {
            Stage::Accepted(_) | Stage::Rejected(_) => Ok(ConsentStatus::Rejected(Rejection::Request)),
            _ => Ok(session.status_at(now)),
        }
    }

    /// Checks what arrived, and seals what follows from it.
    fn judge(&self, redeemed: &Redeemed, submission: &Submission, now: Time) -> Result<Outcome> {
        let arrival = Arrival {
            request: &redeemed.request,
            texts: &redeemed.texts,
            submission,
            arrived_at: now,
            issuers: &self.settings.issuers,
            tolerance: self.settings.tolerance,
        };
        match check(&arrival) {
            Ok(acceptance) => self.outcome(&acceptance, now),
            Err(rejection) => Ok(Outcome::Refused(rejection)),
        }
    }

    fn outcome(&self, acceptance: &Acceptance, now: Time) -> Result<Outcome> {
        let (request, seal) = (&acceptance.record.request, &*self.settings.seal);
        let standing = self.store.standing(&request.person, &request.kind)?;
        match (request.purpose, standing) {
            (Purpose::Consent, None) => {
                let receipt = Receipt::issue(acceptance, seal, now)?;
                let standing = Standing { receipt, signatures: acceptance.references.clone() };
                Ok(Outcome::Given(Box::new(standing)))
            }
            (Purpose::Revocation, Some(standing)) => {
                let revocation = Receipt::issue(acceptance, seal, now)?;
                let noted = standing.receipt.revoked_by(&revocation, seal)?;
                Ok(Outcome::Ended { revocation: Arc::new(revocation), noted: Box::new(noted) })
            }
            // Two sessions were open at once: the first one counts.
            (Purpose::Consent, Some(_)) | (Purpose::Revocation, None) => Ok(Outcome::Refused(Rejection::Request)),
        }
    }
}

fn submitted(session: &Session, digest: Digest, stage: Stage) -> Session {
    Session { submitted: Some(digest), ..session.clone() }.at(stage)
}
