//! What a service keeps: sessions, consents that stand, applications. The rules stand in [`Portal`](super::Portal).

mod memory;
mod shared;

use std::fmt;
use std::sync::Arc;

pub use memory::MemoryStore;

use super::{ConsentStatus, Kind, Person, Purpose, Receipt, Redeemed, RevokedSignature, Submission};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Rejection, Result};
use crate::secret::VerificationCode;

/// Where a [`Portal`](super::Portal) keeps what it has to know: in memory, or in a database of the application's.
///
/// Each call is one step: it happens as a whole or not at all, and no other call sees half of it. No call waits for
/// anything but the store itself. Calls that change a session are told what it was when it was read ([`Session::revision`]);
/// where it has changed since, they change nothing and answer [`Commit::Overtaken`].
pub trait ConsentStore: Send + Sync {
    /// Keeps a new session and the digest of its code. [`Commit::Overtaken`] where a session has this code already.
    ///
    /// `now` is the service's time: with it, sessions that came to nothing long ago may be forgotten.
    fn add(&self, code: &CodeDigest, session: &Session, now: Time) -> Result<Commit>;

    /// The session of this name.
    fn session(&self, name: &str) -> Result<Option<Session>>;

    /// The session that a code opens.
    fn session_of(&self, code: &CodeDigest) -> Result<Option<Session>>;

    /// Puts a session in the place of the one with its name.
    fn replace(&self, session: &Session) -> Result<Commit>;

    /// The consent of a person that stands. A kind is told by its id alone, whatever its version and language.
    fn standing(&self, person: &Person, kind: &Kind) -> Result<Option<Standing>>;

    /// Replaces the session and lets the consent of its person and kind stand. [`Commit::Overtaken`] where one stands
    /// already.
    fn give(&self, session: &Session, standing: &Standing) -> Result<Commit>;

    /// Replaces the session, ends the consent of this person and kind, and keeps `noted`: that consent's receipt with the
    /// note of its end. Every other session of theirs that waits, is open or was received is cancelled. A revocation that was
    /// declared has no session.
    ///
    /// [`Commit::Overtaken`] where no consent stands whose record has the digest of `noted`.
    fn end(&self, session: Option<&Session>, person: &Person, kind: &Kind, noted: &Receipt) -> Result<Commit>;

    /// The names of the sessions at [`Stage::Received`], the longest waiting one first. These are never forgotten.
    fn received(&self) -> Result<Vec<String>>;

    /// The longest waiting session of this person, kind and purpose at [`Stage::Received`].
    fn received_of(&self, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Option<Session>>;

    /// The receipt of a consent that has ended, by the digest of its record.
    fn ended(&self, record_sha256: &str) -> Result<Option<Receipt>>;

    /// Keeps an application for the renewal of a certificate; one that is kept already stays as it is.
    fn apply(&self, person: &Person, certificate: &Certificate, now: Time) -> Result<()>;

    /// The certificates that a person applied for to be renewed, and when.
    fn applications(&self, person: &Person) -> Result<Vec<(Certificate, Time)>>;
}

/// Whether a change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Commit {
    /// It was.
    Done,
    /// Something else came first; nothing was changed.
    Overtaken,
}

/// SHA-256 of a verification code: a store knows no code, and finding one does not depend on how many digits are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodeDigest([u8; 32]);

impl CodeDigest {
    pub(super) fn of(code: &VerificationCode) -> Self {
        Self(DigestAlgorithm::Sha256.digest(code.expose()).as_bytes().try_into().unwrap_or_default())
    }

    /// The octets.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// One session, from its code on.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its name.
    pub name: String,
    /// Whose consent it is about.
    pub person: Person,
    /// Which consent.
    pub kind: Kind,
    /// To give it, or to take it back.
    pub purpose: Purpose,
    /// Until when something has to arrive.
    pub expires_at: Time,
    /// How far it has come.
    pub stage: Stage,
    /// The digest of what was submitted.
    pub submitted: Option<Digest>,
    /// Whether a new code was issued in its place.
    pub is_renewed: bool,
    /// Counts the changes. A store raises it with each.
    pub revision: u64,
}

/// How far a session has come.
#[derive(Clone, Debug)]
pub enum Stage {
    /// The code waits to be redeemed.
    Waiting,
    /// The code was redeemed: this was asked.
    Open(Arc<Redeemed>),
    /// What was submitted waits for status data.
    Received(Arc<Received>),
    /// What was submitted was accepted.
    Accepted(Arc<Accepted>),
    /// What was submitted was refused.
    Rejected(Rejection),
    /// The time ran out.
    Expired,
    /// It was cancelled, or a new code was issued.
    Cancelled,
}

/// What was received and could not be judged yet: everything that judging it again needs.
#[derive(Clone, Debug)]
pub struct Received {
    /// What was asked.
    pub redeemed: Arc<Redeemed>,
    /// What was handed in.
    pub submission: Submission,
    /// The receipt of its arrival, with what is missing.
    pub receipt: Receipt,
}

/// What was accepted.
#[derive(Clone)]
pub struct Accepted {
    /// The receipt.
    pub receipt: Receipt,
    /// The signatures with chain and status data inside, as far as the service adds these.
    pub signatures: Vec<Vec<u8>>,
}

impl fmt::Debug for Accepted {
    /// Without the octets: the person stands in them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Accepted").field("receipt", &self.receipt).finish_non_exhaustive()
    }
}

/// A consent that stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its receipt.
    pub receipt: Receipt,
    /// The signatures that it was given by, for a revocation to name.
    pub signatures: Vec<RevokedSignature>,
}

impl Session {
    pub(super) fn new(name: String, person: Person, kind: Kind, purpose: Purpose, expires_at: Time) -> Self {
        let stage = Stage::Waiting;
        Self { name, person, kind, purpose, expires_at, stage, submitted: None, is_renewed: false, revision: 0 }
    }

    /// The session at another stage.
    pub(super) fn at(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }

    /// Whether it waits for status data.
    pub(super) fn is_received(&self) -> bool {
        matches!(self.stage, Stage::Received(_))
    }

    /// Whether it is kept for good: something was handed in that holds.
    pub(super) fn is_kept(&self) -> bool {
        matches!(self.stage, Stage::Received(_) | Stage::Accepted(_))
    }

    /// The stage, given the time: what waits or is open ends by itself.
    pub(super) fn stage_at(&self, now: Time) -> &Stage {
        match self.stage {
            Stage::Waiting | Stage::Open(_) if now > self.expires_at => &Stage::Expired,
            ref stage => stage,
        }
    }

    pub(super) fn status_at(&self, now: Time) -> ConsentStatus {
        match self.stage_at(now) {
            Stage::Waiting => ConsentStatus::Waiting,
            Stage::Open(_) => ConsentStatus::Open,
            Stage::Received(received) => ConsentStatus::Received(Box::new(received.receipt.clone())),
            Stage::Accepted(accepted) => ConsentStatus::Accepted(Box::new(accepted.receipt.clone())),
            Stage::Rejected(rejection) => ConsentStatus::Rejected(*rejection),
            Stage::Expired => ConsentStatus::Expired,
            Stage::Cancelled => ConsentStatus::Cancelled,
        }
    }
}
