//! A consent service in memory: for demonstrations, for tests, and as the pattern for one behind a network.
//!
//! Codes have an end and one use, wrong codes are counted, what was accepted is kept as long as the process lives.

mod codes;
mod offer;
mod store;

use std::sync::{Arc, Mutex, MutexGuard};

pub use offer::{Offer, Settings};

use super::receipt::{Body, Way};
use super::text::check_lines;
use super::{
    Application, Arrival, ConsentPortal, ConsentService, ConsentStatus, Declaration, Issued, Kind, Person, Purpose,
    Receipt, Record, Redeemed, Rejection, Request, Revoked, Started, Submission, check,
};
use crate::certificate::{Certificate, Shortfall};
use crate::clock::{Clock, Time};
use crate::crypto::random;
use crate::error::{Error, Result};
use crate::hex;
use crate::secret::VerificationCode;
use crate::validation::Profile;
use store::{Session, Stage, Standing, Store};

/// The service. Share it behind an [`Arc`].
pub struct EmbeddedService {
    settings: Settings,
    clock: Arc<dyn Clock>,
    /// The wall time when the monotonic clock showed nothing yet, as things stood when the service started.
    epoch: Time,
    store: Mutex<Store>,
}

impl EmbeddedService {
    /// A service without any consents yet. Its time is the clock's wall time as it stands now, and what passes from then
    /// on: setting the computer's clock neither ends a code nor brings one back, and a clock that is wrong when the service
    /// starts is wrong for the service as long as it lives.
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Self {
        let elapsed = clock.elapsed();
        let epoch = clock.now().before(elapsed);
        Self { settings, clock, epoch, store: Mutex::default() }
    }

    /// The certificate of the seal: [`Receipt::open`] wants it.
    pub fn seal_certificate(&self) -> &Certificate {
        self.settings.seal.certificate()
    }

    /// The receipt of the consent that stands, if one does.
    pub fn receipt(&self, person: &Person, kind: &Kind) -> Option<Receipt> {
        self.store().standing(person, kind).map(|standing| standing.receipt.clone())
    }

    /// The service's own time.
    fn now(&self) -> Time {
        self.epoch.after(self.clock.elapsed())
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The offer of a kind. A consent of an older version is taken back under the notice of any version.
    fn offer(&self, kind: &Kind, purpose: Purpose) -> Result<&Offer> {
        let offers = &self.settings.offers;
        let same_id = || offers.iter().find(|offer| purpose == Purpose::Revocation && offer.kind.id == kind.id);
        let offer = offers.iter().find(|offer| offer.kind == *kind).or_else(same_id);
        let offer =
            offer.ok_or(Error::ArgumentInvalid { argument: "kind", reason: "the service offers no such consent" })?;
        check_lines(offer.shown())?;
        Ok(offer)
    }

    /// Makes a session and its code.
    fn issue(&self, store: &mut Store, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Issued> {
        let now = self.now();
        let session = hex::encode(&random::<16>()?);
        let expires_at = now.after(self.settings.code_lifetime);
        let state = Session::new(person.clone(), kind.clone(), purpose, expires_at);
        // What cannot be asked, or could not be sealed, is said before anybody carries a code away.
        self.request(store, &session, &state, now)?;
        self.check_seal(now)?;
        let code = codes::fresh(|code| store.knows_code(code))?;
        let issued = Issued { session: session.clone(), expires_at, code: VerificationCode::parse(code.as_slice())? };
        store.insert(session, &issued.code, state, now);
        Ok(issued)
    }

    /// What the person is asked for, from the offer and from what stands.
    fn request(&self, store: &Store, session: &str, state: &Session, now: Time) -> Result<Redeemed> {
        let offer = self.offer(&state.kind, state.purpose)?;
        let standing = store.standing(&state.person, &state.kind);
        let mut kind = state.kind.clone();
        let (texts, documents, declarations, revokes) = match state.purpose {
            Purpose::Consent => (offer.texts.clone(), offer.documents.clone(), offer.declarations.clone(), None),
            Purpose::Revocation => {
                let standing = standing.ok_or(Error::ConsentUnknown)?;
                kind.clone_from(&standing.receipt.record().request.kind);
                let notice = vec![offer.revocation_notice.clone()];
                let acknowledgement = Declaration { text: offer.acknowledgement.clone(), required: true };
                (notice, Vec::new(), vec![acknowledgement], Some(self.revoked(standing, offer)))
            }
        };
        let request = Request {
            service: self.settings.name.clone(),
            purpose: state.purpose,
            kind,
            person: state.person.clone(),
            session: session.to_owned(),
            nonce: hex::encode(&random::<32>()?),
            opened_at: now,
            expires_at: state.expires_at,
            texts: texts.iter().map(Into::into).collect(),
            documents,
            declarations,
            profile: Profile::P1,
            least_reading_seconds: offer.least_reading.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX),
            stands_since: standing.map(|standing| standing.receipt.accepted_at()),
            revokes,
        };
        request.check_form()?;
        Ok(Redeemed { request, texts })
    }

    fn check_seal(&self, now: Time) -> Result<()> {
        let refused = |_| Error::ServiceRefused { reason: "its seal cannot sign now".into() };
        self.settings.seal.certificate().check_for_signing(now).map_err(refused)
    }

    fn revoked(&self, standing: &Standing, offer: &Offer) -> Revoked {
        Revoked {
            record_sha256: standing.receipt.record_sha256().to_owned(),
            given_at: standing.receipt.accepted_at(),
            signatures: standing.signatures.clone(),
            applications_on_hold: offer.applications_on_hold.clone(),
        }
    }

    /// Checks what arrived and, where it passes, lets it take effect.
    fn accept(&self, store: &mut Store, redeemed: &Redeemed, submission: &Submission) -> Result<Stage> {
        let now = self.now();
        let arrival = Arrival {
            request: &redeemed.request,
            texts: &redeemed.texts,
            submission,
            arrived_at: now,
            issuers: &self.settings.issuers,
            tolerance: self.settings.tolerance,
        };
        let acceptance = match check(&arrival) {
            Ok(acceptance) => acceptance,
            Err(rejection) => return Ok(Stage::Rejected(rejection)),
        };
        let request = redeemed.request.clone();
        let stands = store.standing(&request.person, &request.kind).is_some();
        match request.purpose {
            // Two sessions may have been open at once: the first one counts.
            Purpose::Consent if stands => Ok(Stage::Rejected(Rejection::Request)),
            Purpose::Revocation if !stands => Ok(Stage::Rejected(Rejection::Request)),
            Purpose::Consent => {
                let signatures = acceptance.references.clone();
                let receipt = Receipt::issue(&acceptance, &*self.settings.seal, now)?;
                store.give(&request.person, &request.kind, Standing { receipt: receipt.clone(), signatures });
                Ok(Stage::Accepted(Box::new(receipt)))
            }
            Purpose::Revocation => {
                let receipt = Receipt::issue(&acceptance, &*self.settings.seal, now)?;
                self.revoke(store, &request.person, &request.kind, &receipt)?;
                Ok(Stage::Accepted(Box::new(receipt)))
            }
        }
    }

    /// Ends the consent that stands, and notes it on that consent's own receipt.
    fn revoke(&self, store: &mut Store, person: &Person, kind: &Kind, revocation: &Receipt) -> Result<()> {
        let Some(standing) = store.standing(person, kind) else { return Err(Error::ConsentUnknown) };
        let noted = standing.receipt.revoked_by(revocation, &*self.settings.seal)?;
        store.end(person, kind, noted);
        Ok(())
    }
}

impl ConsentService for EmbeddedService {
    fn redeem(&self, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed> {
        let now = self.now();
        let mut store = self.store();
        store.check_guesses(now, &self.settings)?;
        let Some(session) = store.session_of(code) else {
            store.count_guess(now);
            return Err(Error::CodeUnknown);
        };
        let Some(state) = store.session(&session) else { return Err(Error::CodeUnknown) };
        match state.stage_at(now) {
            Stage::Waiting => {}
            Stage::Expired => return Err(Error::CodeExpired),
            Stage::Cancelled => return Err(Error::ConsentCancelled),
            _ => return Err(Error::CodeUsed),
        }
        if purpose.is_some_and(|purpose| purpose != state.purpose) {
            return Err(Error::CodeOtherPurpose);
        }
        let redeemed = self.request(&store, &session, state, now)?;
        let answer = Redeemed { request: redeemed.request.clone(), texts: redeemed.texts.clone() };
        store.set_stage(&session, Stage::Open(Box::new(redeemed)));
        Ok(answer)
    }

    fn submit(&self, session: &str, submission: &Submission) -> Result<ConsentStatus> {
        let now = self.now();
        let mut store = self.store();
        let state = store.session(session).ok_or(Error::ConsentUnknown)?;
        let digest = submission.sha256();
        let redeemed = match (state.stage_at(now), &state.submitted) {
            (Stage::Open(redeemed), _) => Redeemed { request: redeemed.request.clone(), texts: redeemed.texts.clone() },
            // The same again: the same answer, or what has become of it since.
            (_, Some(submitted)) if *submitted == digest => return Ok(store.status(state, now)),
            (Stage::Accepted(_) | Stage::Rejected(_), _) => return Ok(ConsentStatus::Rejected(Rejection::Request)),
            _ => return Ok(state.status_at(now)),
        };
        let stage = self.accept(&mut store, &redeemed, submission)?;
        store.set_stage(session, stage);
        store.set_submitted(session, digest);
        store.session(session).map(|state| state.status_at(now)).ok_or(Error::ConsentUnknown)
    }

    fn status(&self, session: &str) -> Result<ConsentStatus> {
        let store = self.store();
        let state = store.session(session).ok_or(Error::ConsentUnknown)?;
        Ok(store.status(state, self.now()))
    }
}

impl ConsentPortal for EmbeddedService {
    fn start(&self, person: &Person, kind: &Kind, purpose: Purpose) -> Result<Started> {
        self.offer(kind, purpose)?;
        let mut store = self.store();
        let since = store.standing(person, kind).map(|standing| standing.receipt.accepted_at());
        match (purpose, since) {
            (Purpose::Consent, Some(since)) => Ok(Started::AlreadyGiven { since }),
            (Purpose::Revocation, None) => Ok(Started::NothingToRevoke),
            _ => self.issue(&mut store, person, kind, purpose).map(Started::Issued),
        }
    }

    fn renew(&self, session: &str) -> Result<Issued> {
        let mut store = self.store();
        let state = store.session(session).ok_or(Error::ConsentUnknown)?;
        match state.stage {
            Stage::Accepted(_) => return Err(Error::CodeUsed),
            _ if state.is_renewed() => return Err(Error::ConsentCancelled),
            Stage::Cancelled => return Err(Error::ConsentCancelled),
            Stage::Waiting | Stage::Open(_) | Stage::Rejected(_) | Stage::Expired => {}
        }
        let (person, kind, purpose) = (state.person.clone(), state.kind.clone(), state.purpose);
        let issued = self.issue(&mut store, &person, &kind, purpose)?;
        store.renewed(session);
        Ok(issued)
    }

    fn cancel(&self, session: &str) -> Result<()> {
        let mut store = self.store();
        let state = store.session(session).ok_or(Error::ConsentUnknown)?;
        match state.stage_at(self.now()) {
            Stage::Accepted(_) => Err(Error::CodeUsed),
            Stage::Waiting | Stage::Open(_) => {
                store.set_stage(session, Stage::Cancelled);
                Ok(())
            }
            // It is over, and whoever lost the answer shall still learn how.
            Stage::Rejected(_) | Stage::Expired | Stage::Cancelled => Ok(()),
        }
    }

    fn declare_revocation(&self, person: &Person, kind: &Kind, acknowledged: bool) -> Result<Receipt> {
        if !acknowledged {
            return Err(Error::ConsequencesNotAcknowledged);
        }
        let now = self.now();
        let mut store = self.store();
        let session = hex::encode(&random::<16>()?);
        let state = Session::new(person.clone(), kind.clone(), Purpose::Revocation, now);
        let request = self.request(&store, &session, &state, now)?.request;
        // Nothing is signed, no moments are known: the notice was acknowledged on the portal's own page.
        let record = Record::new(request, Vec::new(), vec![true]);
        let receipt = Receipt::sealed(Body::new(record, Way::Declared, now)?, &*self.settings.seal, now)?;
        self.revoke(&mut store, person, kind, &receipt)?;
        Ok(receipt)
    }

    fn apply_for_renewal(&self, person: &Person, certificate: &Certificate) -> Result<Application> {
        certificate.check_person(&person.national_id)?;
        let now = self.now();
        certificate.check_issued_by_one_of(&self.settings.issuers, now)?;
        if certificate.renewable_from().is_none() {
            let reasons = certificate.shortfalls().into_iter().map(Shortfall::name).collect();
            return Err(Error::CertificateNotQualified { reasons });
        }
        if let Some(not_after) = certificate.not_after().filter(|end| now > *end) {
            return Err(Error::CertificateExpired { not_after });
        }
        let mut store = self.store();
        store.apply(person, certificate, now);
        Ok(self.assess(&store, person, certificate, now))
    }

    fn applications(&self, person: &Person) -> Result<Vec<Application>> {
        let store = self.store();
        let of_person = store.applications(person);
        Ok(of_person.map(|(certificate, made_at)| self.assess(&store, person, certificate, *made_at)).collect())
    }

    fn stands_since(&self, person: &Person, kind: &Kind) -> Result<Option<Time>> {
        Ok(self.store().standing(person, kind).map(|standing| standing.receipt.accepted_at()))
    }
}

impl EmbeddedService {
    fn assess(&self, store: &Store, person: &Person, certificate: &Certificate, made_at: Time) -> Application {
        let stands = store.standing(person, &Kind::e_onay()).is_some();
        Application::assess(certificate, made_at, self.now(), stands)
    }
}
