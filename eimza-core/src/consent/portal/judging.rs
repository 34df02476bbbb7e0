//! The verdict over what arrived, at its arrival and again when status data has come.

use std::sync::Arc;

use super::Portal;
use crate::clock::Time;
use crate::consent::store::{Accepted, Commit, ConsentStore, Received, Session, Stage, Standing};
use crate::consent::{
    Arrival, ConsentStatus, Finding, Purpose, Receipt, Redeemed, Rejected, Rejection, Submission, check,
};
use crate::error::Result;
use crate::revocation::StatusData;

/// What is judged.
pub(super) struct Judged<'a> {
    pub(super) redeemed: &'a Arc<Redeemed>,
    pub(super) submission: &'a Submission,
    pub(super) arrived_at: Time,
}

/// What a submission would come to, before it takes effect.
pub(super) enum Outcome {
    Given { standing: Box<Standing>, accepted: Arc<Accepted> },
    Ended { accepted: Arc<Accepted>, noted: Box<Receipt> },
    Received(Arc<Received>),
    Refused(Rejection),
}

impl<S: ConsentStore> Portal<S> {
    /// Judges what was received once more.
    pub(super) fn judge_received(&self, name: &str) -> Result<ConsentStatus> {
        let now = self.now();
        let session = self.session(name)?;
        let Stage::Received(received) = &session.stage else { return self.status_of(&session, now) };
        let judged = Judged {
            redeemed: &received.redeemed,
            submission: &received.submission,
            arrived_at: received.receipt.received_at(),
        };
        let outcome = self.judge(&judged, now)?;
        match self.commit(&session, outcome)? {
            Commit::Done => {}
            // Another one was faster, or the consent that it is about came to something else meanwhile.
            Commit::Overtaken => return self.judge_overtaken(&session, now),
        }
        self.status_of(&self.session(name)?, now)
    }

    /// What the session has become since decides. Where it is as it was, another consent of the person stands by now, or the
    /// one to be revoked has ended.
    fn judge_overtaken(&self, before: &Session, now: Time) -> Result<ConsentStatus> {
        let session = self.session(&before.name)?;
        if session.revision == before.revision {
            // Two sessions were open at once: the first one counts.
            let rejected = session.clone().at(Stage::Rejected(Rejection::Request));
            if self.store.replace(&rejected)? == Commit::Done {
                return Ok(ConsentStatus::Rejected(Rejection::Request));
            }
        }
        self.status_of(&self.session(&before.name)?, now)
    }

    /// Lets an outcome take effect, if the session is still what it was.
    pub(super) fn commit(&self, session: &Session, outcome: Outcome) -> Result<Commit> {
        let at = |stage| session.clone().at(stage);
        match outcome {
            Outcome::Given { standing, accepted } => self.store.give(&at(Stage::Accepted(accepted)), &standing),
            Outcome::Ended { accepted, noted } => {
                self.store.end(Some(&at(Stage::Accepted(accepted))), &session.person, &session.kind, &noted)
            }
            Outcome::Received(received) => self.store.replace(&at(Stage::Received(received))),
            Outcome::Refused(rejection) => self.store.replace(&at(Stage::Rejected(rejection))),
        }
    }

    /// Checks what arrived, and seals what follows from it.
    pub(super) fn judge(&self, judged: &Judged<'_>, now: Time) -> Result<Outcome> {
        match self.find(judged, now) {
            Ok(finding) => self.outcome(judged, &finding, now),
            Err(rejected) => Ok(Outcome::Refused(rejected.reason)),
        }
    }

    /// Status data is asked for once everything else holds: nobody can make the service fetch what it does not need.
    fn find(&self, judged: &Judged<'_>, now: Time) -> Result<Finding, Rejected> {
        let none = StatusData::new();
        let without = check(&self.arrival(judged, &none, now))?;
        let status = self.settings.status.status(&without.status_wanted(), now);
        if status.is_empty() { Ok(without) } else { check(&self.arrival(judged, &status, now)) }
    }

    fn arrival<'a>(&'a self, judged: &'a Judged<'_>, status: &'a StatusData, now: Time) -> Arrival<'a> {
        Arrival {
            request: &judged.redeemed.request,
            texts: &judged.redeemed.texts,
            submission: judged.submission,
            arrived_at: judged.arrived_at,
            judged_at: now,
            trust: &self.settings.trust,
            status,
            tolerance: self.settings.tolerance,
            cache: Some(&self.cache),
        }
    }

    fn outcome(&self, judged: &Judged<'_>, finding: &Finding, now: Time) -> Result<Outcome> {
        let (request, seal) = (&finding.record.request, &*self.settings.seal);
        let standing = self.store.standing(&request.person, &request.kind)?;
        // Two sessions were open at once: the first one counts.
        if standing.is_some() == (request.purpose == Purpose::Consent) {
            return Ok(Outcome::Refused(Rejection::Request));
        }
        let receipt = Receipt::issue(finding, seal, now)?;
        if !receipt.is_accepted() {
            let (redeemed, submission) = (judged.redeemed.clone(), judged.submission.clone());
            return Ok(Outcome::Received(Arc::new(Received { redeemed, submission, receipt })));
        }
        let signatures = match self.settings.completes_signatures {
            true => finding.completed(judged.submission)?,
            false => judged.submission.signatures.clone(),
        };
        let accepted = Arc::new(Accepted { receipt: receipt.clone(), signatures });
        Ok(match standing {
            None => {
                let standing = Standing { receipt, signatures: finding.references.clone() };
                Outcome::Given { standing: Box::new(standing), accepted }
            }
            Some(standing) => {
                Outcome::Ended { accepted, noted: Box::new(standing.receipt.revoked_by(&receipt, seal)?) }
            }
        })
    }
}
