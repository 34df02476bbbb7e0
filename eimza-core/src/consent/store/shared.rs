//! A store that several owners share: portals, and whoever else looks at it.

use std::sync::Arc;

use super::{CodeDigest, Commit, ConsentStore, Session, Standing};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::consent::{Kind, Person, Purpose, Receipt};
use crate::error::Result;

impl<S: ConsentStore + ?Sized> ConsentStore for Arc<S> {
    fn add(&self, code: &CodeDigest, session: &Session, now: Time) -> Result<Commit> {
        S::add(self, code, session, now)
    }

    fn session(&self, name: &str) -> Result<Option<Session>> {
        S::session(self, name)
    }

    fn session_of(&self, code: &CodeDigest) -> Result<Option<Session>> {
        S::session_of(self, code)
    }

    fn replace(&self, session: &Session) -> Result<Commit> {
        S::replace(self, session)
    }

    fn standing(&self, person: &Person, kind: &Kind) -> Result<Option<Standing>> {
        S::standing(self, person, kind)
    }

    fn give(&self, session: &Session, standing: &Standing) -> Result<Commit> {
        S::give(self, session, standing)
    }

    fn end(&self, session: Option<&Session>, person: &Person, kind: &Kind, noted: &Receipt) -> Result<Commit> {
        S::end(self, session, person, kind, noted)
    }

    fn received(&self) -> Result<Vec<String>> {
        S::received(self)
    }

    fn received_of(&self, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Option<Session>> {
        S::received_of(self, person, kind, purpose)
    }

    fn ended(&self, record_sha256: &str) -> Result<Option<Receipt>> {
        S::ended(self, record_sha256)
    }

    fn apply(&self, person: &Person, certificate: &Certificate, now: Time) -> Result<()> {
        S::apply(self, person, certificate, now)
    }

    fn applications(&self, person: &Person) -> Result<Vec<(Certificate, Time)>> {
        S::applications(self, person)
    }
}
