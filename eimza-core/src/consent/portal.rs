//! The rules of a service: codes have an end and one use, what arrives is checked, what is accepted takes effect once.

mod codes;
mod guesses;
mod judging;
mod offer;
mod requesting;
mod submitting;

use std::sync::Arc;

pub use guesses::Caller;
pub use offer::{Offer, Settings};

use super::receipt::{Body, Way};
use super::store::{CodeDigest, Commit, ConsentStore, MemoryStore, Session, Stage};
use super::{
    Application, ConsentBasis, ConsentPortal, ConsentService, ConsentStatus, Issued, Kind, Person, Purpose, Receipt,
    Record, Redeemed, Started, Submission,
};
use crate::certificate::Certificate;
use crate::clock::{Clock, Time};
use crate::error::{Error, Result};
use crate::secret::VerificationCode;
use crate::validation::Cache;
use guesses::Guesses;

/// A service under the rules of the guide, over a store. Share it behind an [`Arc`].
///
/// It may be asked from many threads at once, and processes that share a store may each have one. Nothing is locked while
/// signatures are checked or a receipt is sealed.
pub struct Portal<S> {
    settings: Settings,
    clock: Arc<dyn Clock>,
    /// The wall time when the monotonic clock showed nothing yet, as things stood when the service started.
    epoch: Time,
    store: S,
    guesses: Guesses,
    /// Issuers' signatures that were verified before.
    cache: Cache,
}

/// A service in memory: for demonstrations, for tests, and as the pattern for one behind a network. What was accepted is
/// kept as long as the process lives.
pub type EmbeddedService = Portal<MemoryStore>;

impl Portal<MemoryStore> {
    /// A service without any consents yet; its time is that of [`Portal::over`].
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Self {
        Self::over(MemoryStore::default(), settings, clock)
    }
}

impl<S: ConsentStore> Portal<S> {
    /// A service over what a store keeps. Its time is the clock's wall time as it stands now, and what passes from then
    /// on: setting the computer's clock neither ends a code nor brings one back, and a clock that is wrong when the service
    /// starts is wrong for the service as long as it lives.
    pub fn over(store: S, settings: Settings, clock: Arc<dyn Clock>) -> Self {
        let elapsed = clock.elapsed();
        let epoch = clock.now().before(elapsed);
        Self { settings, clock, epoch, store, guesses: Guesses::default(), cache: Cache::new() }
    }

    /// The certificate of the seal: [`Receipt::open`] wants it.
    pub fn seal_certificate(&self) -> &Certificate {
        self.settings.seal.certificate()
    }

    /// The receipt of the consent that stands, if one does.
    pub fn receipt(&self, person: &Person, kind: &Kind) -> Result<Option<Receipt>> {
        Ok(self.store.standing(person, kind)?.map(|standing| standing.receipt))
    }

    /// The signatures of a session that was accepted, as they are kept: with chain and status data inside, so that they can
    /// be judged years later. Their time is proven by the receipt ([`Receipt::received_at`]).
    pub fn signatures(&self, session: &str) -> Result<Option<Vec<Vec<u8>>>> {
        Ok(match self.session(session)?.stage {
            Stage::Accepted(accepted) => Some(accepted.signatures.clone()),
            _ => None,
        })
    }

    /// The service's own time.
    fn now(&self) -> Time {
        self.epoch.after(self.clock.elapsed())
    }

    fn session(&self, name: &str) -> Result<Session> {
        self.store.session(name)?.ok_or(Error::ConsentUnknown)
    }

    /// Makes a session and its code.
    fn issue(&self, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Issued> {
        let now = self.now();
        let session = self.new_session(person, kind, purpose, now.after(self.settings.code_lifetime))?;
        // A request that has not its form, or could not be sealed, is refused before a code is issued.
        self.request(&session, now)?;
        self.check_seal(now)?;
        let code = codes::fresh(|code| Ok(self.store.add(&CodeDigest::of(code), &session, now)? == Commit::Done))?;
        Ok(Issued { code, session: session.name, expires_at: session.expires_at })
    }

    /// How it stands with a session, and what has become of a consent since it was accepted.
    fn status_of(&self, session: &Session, now: Time) -> Result<ConsentStatus> {
        match session.status_at(now) {
            ConsentStatus::Accepted(receipt) if session.purpose == Purpose::Consent => {
                Ok(match self.store.ended(receipt.record_sha256())? {
                    Some(ended) => ConsentStatus::Revoked(Box::new(ended)),
                    None => ConsentStatus::Accepted(receipt),
                })
            }
            status => Ok(status),
        }
    }

    fn assess(&self, person: &Person, certificate: &Certificate, made_at: Time) -> Result<Application> {
        let kind = Kind::e_onay();
        let basis = if self.store.standing(person, &kind)?.is_some() {
            ConsentBasis::Stands
        } else {
            let received = self.received_since(person, &kind, Purpose::Consent)?;
            received.map_or(ConsentBasis::None, |(since, _)| ConsentBasis::Received { since })
        };
        Ok(Application::assess(certificate, made_at, self.now(), basis))
    }

    /// Since when something of this kind waits for status data, and in which session.
    fn received_since(&self, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Option<(Time, String)>> {
        let session = self.store.received_of(person, kind, purpose)?;
        Ok(session.and_then(|session| match session.stage {
            Stage::Received(received) => Some((received.receipt.received_at(), session.name)),
            _ => None,
        }))
    }
}

impl<S: ConsentStore> ConsentService for Portal<S> {
    fn redeem(&self, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed> {
        self.redeem_for(Caller::Unknown, code, purpose)
    }

    fn submit(&self, session: &str, submission: &Submission) -> Result<ConsentStatus> {
        self.take(session, submission)
    }

    fn status(&self, session: &str) -> Result<ConsentStatus> {
        self.status_of(&self.session(session)?, self.now())
    }
}

impl<S: ConsentStore> ConsentPortal for Portal<S> {
    fn redeem_for(&self, caller: Caller<'_>, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed> {
        self.guesses.admit(caller, &self.settings, &*self.clock, self.now())?;
        let now = self.now();
        let Some(session) = self.store.session_of(&CodeDigest::of(code))? else {
            self.guesses.count(caller, &self.settings, now);
            return Err(Error::CodeUnknown);
        };
        match session.stage_at(now) {
            Stage::Waiting => {}
            Stage::Expired => return Err(Error::CodeExpired),
            Stage::Cancelled => return Err(Error::ConsentCancelled),
            Stage::Open(_) | Stage::Received(_) | Stage::Accepted(_) | Stage::Rejected(_) => {
                return Err(Error::CodeUsed);
            }
        }
        if purpose.is_some_and(|purpose| purpose != session.purpose) {
            return Err(Error::CodeOtherPurpose);
        }
        let redeemed = self.request(&session, now)?;
        match self.store.replace(&session.at(Stage::Open(Arc::new(redeemed.clone()))))? {
            Commit::Done => Ok(redeemed),
            Commit::Overtaken => Err(Error::CodeUsed),
        }
    }

    fn start(&self, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Started> {
        self.offer(kind, purpose)?;
        match (purpose, self.stands_since(person, kind)?) {
            (Purpose::Consent, Some(since)) => Ok(Started::AlreadyGiven { since }),
            (Purpose::Revocation, None) => Ok(Started::NothingToRevoke),
            _ => match self.received_since(person, kind, purpose)? {
                Some((since, session)) => Ok(Started::AlreadyReceived { since, session }),
                None => self.issue(person, kind, purpose).map(Started::Issued),
            },
        }
    }

    fn renew(&self, session: &str) -> Result<Issued> {
        let session = self.session(session)?;
        match session.stage {
            Stage::Received(_) | Stage::Accepted(_) => return Err(Error::CodeUsed),
            _ if session.is_renewed => return Err(Error::ConsentCancelled),
            Stage::Cancelled => return Err(Error::ConsentCancelled),
            Stage::Waiting | Stage::Open(_) | Stage::Rejected(_) | Stage::Expired => {}
        }
        let issued = self.issue(&session.person, &session.kind, session.purpose)?;
        // A session that was refused can still be asked how it ended.
        let stage = if matches!(session.stage, Stage::Rejected(_)) { session.stage.clone() } else { Stage::Cancelled };
        match self.store.replace(&Session { is_renewed: true, ..session }.at(stage))? {
            Commit::Done => Ok(issued),
            // The state that it has by now decides, and the new code is void.
            Commit::Overtaken => {
                self.cancel(&issued.session)?;
                Err(Error::CodeUsed)
            }
        }
    }

    fn cancel(&self, session: &str) -> Result<()> {
        let session = self.session(session)?;
        match session.stage_at(self.now()) {
            Stage::Accepted(_) => Err(Error::CodeUsed),
            Stage::Waiting | Stage::Open(_) | Stage::Received(_) => {
                match self.store.replace(&session.clone().at(Stage::Cancelled))? {
                    Commit::Done => Ok(()),
                    // Each change of a session brings it nearer to its end, so this loop ends.
                    Commit::Overtaken => self.cancel(&session.name),
                }
            }
            // The session is over. A caller that lost the answer can still ask how it ended.
            Stage::Rejected(_) | Stage::Expired | Stage::Cancelled => Ok(()),
        }
    }

    fn judge_again(&self, session: &str) -> Result<ConsentStatus> {
        self.judge_received(session)
    }

    fn received(&self) -> Result<Vec<String>> {
        self.store.received()
    }

    fn declare_revocation(&self, person: &Person, kind: &Kind, acknowledged: bool) -> Result<Receipt> {
        if !acknowledged {
            return Err(Error::ConsequencesNotAcknowledged);
        }
        let now = self.now();
        let session = self.new_session(person, kind, Purpose::Revocation, now)?;
        let standing = self.store.standing(person, kind)?.ok_or(Error::ConsentUnknown)?;
        let request = self.request(&session, now)?.request;
        // Nothing is signed, no moments are known: the notice was acknowledged on the portal's own page.
        let record = Record::new(request, Vec::new(), vec![true]);
        let seal = &*self.settings.seal;
        let body = Body { accepted_at: Some(now.into()), ..Body::new(record, Way::Declared, now)? };
        let receipt = Receipt::sealed(body, seal, now)?;
        let noted = standing.receipt.revoked_by(&receipt, seal)?;
        match self.store.end(None, person, kind, &noted)? {
            Commit::Done => Ok(receipt),
            Commit::Overtaken => Err(Error::ConsentUnknown),
        }
    }

    fn apply_for_renewal(&self, person: &Person, certificate: &Certificate) -> Result<Application> {
        certificate.check_person(&person.national_id)?;
        let now = self.now();
        if certificate.renewable_from().is_none() {
            let reasons = certificate.shortfalls();
            return Err(Error::CertificateNotQualified { reasons });
        }
        if let Some(not_after) = certificate.not_after().filter(|end| now > *end) {
            return Err(Error::CertificateExpired { not_after });
        }
        let trust = &self.settings.trust;
        if !trust.anchors.lead_to(certificate, &trust.certificates, now) {
            return Err(Error::CertificateIssuerUnknown);
        }
        self.store.apply(person, certificate, now)?;
        self.assess(person, certificate, now)
    }

    fn applications(&self, person: &Person) -> Result<Vec<Application>> {
        let of_person = self.store.applications(person)?;
        of_person.iter().map(|(certificate, made_at)| self.assess(person, certificate, *made_at)).collect()
    }

    fn stands_since(&self, person: &Person, kind: &Kind) -> Result<Option<Time>> {
        Ok(self.store.standing(person, kind)?.and_then(|standing| standing.receipt.accepted_at()))
    }
}
