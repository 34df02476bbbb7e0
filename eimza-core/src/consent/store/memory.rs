//! A store in memory: what it keeps ends with the process.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{CodeDigest, Commit, ConsentStore, Session, Stage, Standing};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::consent::{Kind, Person, Purpose, Receipt};
use crate::error::Result;

/// How long a session that came to nothing can still be asked for.
const KEPT_AFTER_EXPIRY: Duration = Duration::from_secs(24 * 60 * 60);

/// So many sessions of one person and kind that came to nothing are kept; a further one takes the oldest one's place.
const KEPT_PER_PERSON: usize = 16;

/// How often it is looked what can be forgotten: not with each new code, which would cost more the more there are.
const SWEEP_INTERVAL: Duration = Duration::from_secs(60);

/// Everything behind one lock, which is held for a few look-ups at a time.
#[derive(Default)]
pub struct MemoryStore(Mutex<Tables>);

#[derive(Default)]
struct Tables {
    sessions: HashMap<String, Session>,
    /// The names of a person's sessions, the oldest first.
    by_person: HashMap<Owner, VecDeque<String>>,
    /// The names of the sessions that wait for status data, the longest waiting one first.
    received: VecDeque<String>,
    swept_at: Option<Time>,
    codes: HashMap<CodeDigest, String>,
    consents: HashMap<Owner, Standing>,
    /// By the record's digest.
    ended: HashMap<String, Receipt>,
    applications: Vec<(String, Certificate, Time)>,
}

/// A person and a kind of consent. A new version of the texts is no other consent: who gave the old one has given it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Owner {
    national_id: String,
    kind: String,
}

impl Owner {
    fn new(person: &Person, kind: &Kind) -> Self {
        Self { national_id: person.national_id.clone(), kind: kind.id.clone() }
    }
}

impl ConsentStore for MemoryStore {
    fn add(&self, code: &CodeDigest, session: &Session, now: Time) -> Result<Commit> {
        let mut tables = self.tables();
        tables.forget_what_came_to_nothing(now);
        if tables.codes.contains_key(code) {
            return Ok(Commit::Overtaken);
        }
        tables.make_room_for(session);
        tables.codes.insert(*code, session.name.clone());
        tables.sessions.insert(session.name.clone(), session.clone());
        Ok(Commit::Done)
    }

    fn session(&self, name: &str) -> Result<Option<Session>> {
        Ok(self.tables().sessions.get(name).cloned())
    }

    fn session_of(&self, code: &CodeDigest) -> Result<Option<Session>> {
        let tables = self.tables();
        Ok(tables.codes.get(code).and_then(|name| tables.sessions.get(name)).cloned())
    }

    fn replace(&self, session: &Session) -> Result<Commit> {
        Ok(self.tables().replace(session))
    }

    fn standing(&self, person: &Person, kind: &Kind) -> Result<Option<Standing>> {
        Ok(self.tables().consents.get(&Owner::new(person, kind)).cloned())
    }

    fn give(&self, session: &Session, standing: &Standing) -> Result<Commit> {
        let mut tables = self.tables();
        let owner = Owner::new(&session.person, &session.kind);
        if tables.consents.contains_key(&owner) || tables.replace(session) == Commit::Overtaken {
            return Ok(Commit::Overtaken);
        }
        tables.consents.insert(owner, standing.clone());
        Ok(Commit::Done)
    }

    fn end(&self, session: Option<&Session>, person: &Person, kind: &Kind, noted: &Receipt) -> Result<Commit> {
        let mut tables = self.tables();
        let owner = Owner::new(person, kind);
        let standing = tables.consents.get(&owner);
        if standing.is_none_or(|standing| standing.receipt.record_sha256() != noted.record_sha256())
            || session.is_some_and(|session| tables.replace(session) == Commit::Overtaken)
        {
            return Ok(Commit::Overtaken);
        }
        tables.consents.remove(&owner);
        tables.cancel_all_of(&owner);
        tables.ended.insert(noted.record_sha256().to_owned(), noted.clone());
        Ok(Commit::Done)
    }

    fn received(&self) -> Result<Vec<String>> {
        Ok(self.tables().received.iter().cloned().collect())
    }

    fn received_of(&self, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Option<Session>> {
        let tables = self.tables();
        let names = tables.by_person.get(&Owner::new(person, kind)).into_iter().flatten();
        let mut sessions = names.filter_map(|name| tables.sessions.get(name));
        Ok(sessions.find(|session| session.is_received() && session.purpose == purpose).cloned())
    }

    fn ended(&self, record_sha256: &str) -> Result<Option<Receipt>> {
        Ok(self.tables().ended.get(record_sha256).cloned())
    }

    fn apply(&self, person: &Person, certificate: &Certificate, now: Time) -> Result<()> {
        let applications = &mut self.tables().applications;
        if !applications.iter().any(|(id, known, _)| *id == person.national_id && known == certificate) {
            applications.push((person.national_id.clone(), certificate.clone(), now));
        }
        Ok(())
    }

    fn applications(&self, person: &Person) -> Result<Vec<(Certificate, Time)>> {
        let tables = self.tables();
        let of_person = tables.applications.iter().filter(|(id, ..)| *id == person.national_id);
        Ok(of_person.map(|(_, certificate, made_at)| (certificate.clone(), *made_at)).collect())
    }
}

impl MemoryStore {
    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tables {
    fn replace(&mut self, session: &Session) -> Commit {
        let Some(kept) = self.sessions.get_mut(&session.name).filter(|kept| kept.revision == session.revision) else {
            return Commit::Overtaken;
        };
        let was_received = kept.is_received();
        *kept = Session { revision: session.revision + 1, ..session.clone() };
        match (was_received, session.is_received()) {
            (false, true) => self.received.push_back(session.name.clone()),
            (true, false) => self.received.retain(|name| *name != session.name),
            _ => {}
        }
        Commit::Done
    }

    fn make_room_for(&mut self, session: &Session) {
        let names = self.by_person.entry(Owner::new(&session.person, &session.kind)).or_default();
        names.push_back(session.name.clone());
        if names.len() <= KEPT_PER_PERSON {
            return;
        }
        // What waits for status data must be found whatever the person starts besides.
        let sessions = &mut self.sessions;
        let is_free = |name: &String| sessions.get(name).is_none_or(|session| !session.is_received());
        if let Some(oldest) = names.iter().position(is_free).and_then(|place| names.remove(place))
            && sessions.get(&oldest).is_some_and(|session| !session.is_kept())
        {
            sessions.remove(&oldest);
        }
    }

    /// The end of a consent cancels the sessions that began while it stood. Otherwise an older signature could give the
    /// consent again, or a revocation of this one could end a later one.
    fn cancel_all_of(&mut self, owner: &Owner) {
        let names = self.by_person.get(owner).into_iter().flatten();
        for name in names {
            if let Some(session) = self.sessions.get_mut(name)
                && matches!(session.stage, Stage::Waiting | Stage::Open(_) | Stage::Received(_))
            {
                self.received.retain(|received| received != name);
                session.stage = Stage::Cancelled;
                session.revision += 1;
            }
        }
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
                session.revision += 1;
            }
        }
        self.sessions.retain(|_, session| session.is_kept() || now < session.expires_at.after(KEPT_AFTER_EXPIRY));
        let sessions = &self.sessions;
        self.codes.retain(|_, name| sessions.contains_key(name));
        self.by_person.retain(|_, names| {
            names.retain(|name| sessions.contains_key(name));
            !names.is_empty()
        });
    }
}
