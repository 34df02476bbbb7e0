//! What the embedded service keeps: sessions, consents, applications, and wrong guesses.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use super::Settings;
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::consent::{ConsentStatus, Kind, Person, Purpose, Receipt, Redeemed, Rejection, RevokedSignature};
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, Result};
use crate::secret::VerificationCode;

/// How long a session that came to nothing can still be asked for.
const KEPT_AFTER_EXPIRY: Duration = Duration::from_secs(24 * 60 * 60);

/// So many sessions of one person and kind that came to nothing are kept; a further one takes the oldest one's place.
const KEPT_PER_PERSON: usize = 16;

/// How often it is looked what can be forgotten: not with each new code, which would cost more the more there are.
const SWEEP_INTERVAL: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(super) struct Store {
    sessions: HashMap<String, Session>,
    /// The names of a person's sessions, the oldest first.
    by_person: HashMap<(String, String), VecDeque<String>>,
    swept_at: Option<Time>,
    /// By SHA-256 of the code: finding one does not depend on how many digits are right.
    codes: HashMap<[u8; 32], String>,
    /// By person and kind, whatever its version and language.
    consents: HashMap<(String, String), Standing>,
    /// Receipts of revoked consents, by the record's digest.
    ended: HashMap<String, Receipt>,
    applications: Vec<(String, Certificate, Time)>,
    wrong_guesses: VecDeque<Time>,
}

/// One session, from the code on.
pub(super) struct Session {
    pub(super) person: Person,
    pub(super) kind: Kind,
    pub(super) purpose: Purpose,
    pub(super) expires_at: Time,
    pub(super) stage: Stage,
    pub(super) submitted: Option<Digest>,
    /// A new code was issued in its place.
    renewed: bool,
}

/// How far a session has come.
pub(super) enum Stage {
    Waiting,
    Open(Box<Redeemed>),
    Accepted(Box<Receipt>),
    Rejected(Rejection),
    Expired,
    Cancelled,
}

/// A consent that stands.
pub(super) struct Standing {
    pub(super) receipt: Receipt,
    pub(super) signatures: Vec<RevokedSignature>,
}

impl Session {
    pub(super) fn new(person: Person, kind: Kind, purpose: Purpose, expires_at: Time) -> Self {
        Self { person, kind, purpose, expires_at, stage: Stage::Waiting, submitted: None, renewed: false }
    }

    /// Whether a new code was issued in its place.
    pub(super) fn is_renewed(&self) -> bool {
        self.renewed
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
            Stage::Accepted(receipt) => ConsentStatus::Accepted(receipt.clone()),
            Stage::Rejected(rejection) => ConsentStatus::Rejected(*rejection),
            Stage::Expired => ConsentStatus::Expired,
            Stage::Cancelled => ConsentStatus::Cancelled,
        }
    }
}

impl Store {
    pub(super) fn insert(&mut self, name: String, code: &VerificationCode, session: Session, now: Time) {
        self.forget_what_came_to_nothing(now);
        self.make_room_for(&session.person, &session.kind, &name);
        self.codes.insert(code_key(code.expose()), name.clone());
        self.sessions.insert(name, session);
    }

    fn make_room_for(&mut self, person: &Person, kind: &Kind, name: &str) {
        let names = self.by_person.entry(consent_key(person, kind)).or_default();
        names.push_back(name.to_owned());
        if names.len() > KEPT_PER_PERSON
            && let Some(oldest) = names.pop_front()
            && self.sessions.get(&oldest).is_some_and(|session| !matches!(session.stage, Stage::Accepted(_)))
        {
            self.sessions.remove(&oldest);
        }
    }

    /// How it stands with a session, and what has become of a consent since it was accepted.
    pub(super) fn status(&self, session: &Session, now: Time) -> ConsentStatus {
        match session.status_at(now) {
            ConsentStatus::Accepted(receipt) if session.purpose == Purpose::Consent => {
                match self.ended.get(receipt.record_sha256()) {
                    Some(ended) => ConsentStatus::Revoked(Box::new(ended.clone())),
                    None => ConsentStatus::Accepted(receipt),
                }
            }
            status => status,
        }
    }

    /// A new code was issued in a session's place: it is void. How one ended that was refused stays to be learnt.
    pub(super) fn renewed(&mut self, name: &str) {
        if let Some(session) = self.sessions.get_mut(name) {
            session.renewed = true;
            if !matches!(session.stage, Stage::Rejected(_)) {
                session.stage = Stage::Cancelled;
            }
        }
    }

    pub(super) fn knows_code(&self, code: &[u8]) -> bool {
        self.codes.contains_key(&code_key(code))
    }

    pub(super) fn session_of(&self, code: &VerificationCode) -> Option<String> {
        self.codes.get(&code_key(code.expose())).cloned()
    }

    pub(super) fn session(&self, name: &str) -> Option<&Session> {
        self.sessions.get(name)
    }

    pub(super) fn set_stage(&mut self, name: &str, stage: Stage) {
        if let Some(session) = self.sessions.get_mut(name) {
            session.stage = stage;
        }
    }

    pub(super) fn set_submitted(&mut self, name: &str, submitted: Digest) {
        if let Some(session) = self.sessions.get_mut(name) {
            session.submitted = Some(submitted);
        }
    }

    pub(super) fn standing(&self, person: &Person, kind: &Kind) -> Option<&Standing> {
        self.consents.get(&consent_key(person, kind))
    }

    pub(super) fn give(&mut self, person: &Person, kind: &Kind, standing: Standing) {
        self.consents.insert(consent_key(person, kind), standing);
    }

    /// Ends a consent. What was begun while it stood is overtaken: neither may an older signature give it again, nor
    /// one against this consent end a later one.
    pub(super) fn end(&mut self, person: &Person, kind: &Kind, noted: Receipt) {
        self.consents.remove(&consent_key(person, kind));
        for session in self.sessions.values_mut() {
            let is_same = session.person.national_id == person.national_id && session.kind.id == kind.id;
            if is_same && matches!(session.stage, Stage::Waiting | Stage::Open(_)) {
                session.stage = Stage::Cancelled;
            }
        }
        self.ended.insert(noted.record_sha256().to_owned(), noted);
    }

    pub(super) fn apply(&mut self, person: &Person, certificate: &Certificate, now: Time) {
        let known = self.applications.iter().any(|(id, known, _)| *id == person.national_id && known == certificate);
        if !known {
            self.applications.push((person.national_id.clone(), certificate.clone(), now));
        }
    }

    pub(super) fn applications(&self, person: &Person) -> impl Iterator<Item = (&Certificate, &Time)> {
        let of_person = self.applications.iter().filter(|(id, ..)| *id == person.national_id);
        of_person.map(|(_, certificate, made_at)| (certificate, made_at))
    }

    pub(super) fn count_guess(&mut self, now: Time) {
        self.wrong_guesses.push_back(now);
    }

    pub(super) fn check_guesses(&mut self, now: Time, settings: &Settings) -> Result<()> {
        let window_start = now.before(settings.guess_window);
        while self.wrong_guesses.front().is_some_and(|guess| *guess < window_start) {
            self.wrong_guesses.pop_front();
        }
        if self.wrong_guesses.len() >= settings.guess_limit { Err(Error::CodeGuessesExceeded) } else { Ok(()) }
    }

    fn forget_what_came_to_nothing(&mut self, now: Time) {
        if self.swept_at.is_some_and(|swept_at| now < swept_at.after(SWEEP_INTERVAL)) {
            return;
        }
        self.swept_at = Some(now);
        for session in self.sessions.values_mut() {
            // Its texts are needed no more.
            if matches!(session.stage, Stage::Open(_)) && now > session.expires_at {
                session.stage = Stage::Expired;
            }
        }
        self.sessions.retain(|_, session| {
            matches!(session.stage, Stage::Accepted(_)) || now < session.expires_at.after(KEPT_AFTER_EXPIRY)
        });
        let sessions = &self.sessions;
        self.codes.retain(|_, name| sessions.contains_key(name));
        self.by_person.retain(|_, names| {
            names.retain(|name| sessions.contains_key(name));
            !names.is_empty()
        });
    }
}

/// A new version of the texts is no other consent: who gave the old one has given it.
fn consent_key(person: &Person, kind: &Kind) -> (String, String) {
    (person.national_id.clone(), kind.id.clone())
}

fn code_key(code: &[u8]) -> [u8; 32] {
    let digest = DigestAlgorithm::Sha256.digest(code);
    digest.as_bytes().try_into().unwrap_or_default()
}
