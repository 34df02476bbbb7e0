//! What arrives: judged with nothing locked, then let take effect in one step of the store.

use super::Portal;
use super::judging::Judged;
use crate::clock::Time;
use crate::consent::store::{Commit, ConsentStore, Session, Stage};
use crate::consent::{ConsentStatus, Submission};
use crate::error::{Rejection, Result};

impl<S: ConsentStore> Portal<S> {
    /// Takes a submission. The same again gets the same answer, or what has become of it since.
    pub(super) fn take(&self, name: &str, submission: &Submission) -> Result<ConsentStatus> {
        let now = self.now();
        let session = self.session(name)?;
        let Stage::Open(redeemed) = session.stage_at(now) else { return self.answer_again(&session, submission, now) };
        let outcome = self.judge(&Judged { redeemed, submission, arrived_at: now }, now)?;
        let session = Session { submitted: Some(submission.sha256()), ..session.clone() };
        match self.commit(&session, outcome)? {
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
        let rejected = Session { submitted: Some(submission.sha256()), ..session };
        match self.store.replace(&rejected.at(Stage::Rejected(Rejection::Request)))? {
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
            Stage::Received(_) | Stage::Accepted(_) | Stage::Rejected(_) => {
                Ok(ConsentStatus::Rejected(Rejection::Request))
            }
            _ => Ok(session.status_at(now)),
        }
    }
}
