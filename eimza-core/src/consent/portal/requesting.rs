//! What a person is asked for: from what the service offers, and from what stands.

use super::Portal;
use super::offer::Offer;
use crate::clock::Time;
use crate::consent::canonical::GREATEST_INTEGER;
use crate::consent::store::{ConsentStore, Session, Standing};
use crate::consent::text::check_lines;
use crate::consent::{Declaration, Kind, Person, Purpose, Redeemed, Request, Revoked};
use crate::crypto::random;
use crate::error::{ArgumentFault, Error, Refusal, Result};
use crate::hex;
use crate::validation::Profile;

impl<S: ConsentStore> Portal<S> {
    /// The offer of a kind. A consent of an older version is taken back under the notice of any version.
    pub(super) fn offer(&self, kind: &Kind, purpose: Purpose) -> Result<&Offer> {
        let offers = &self.settings.offers;
        let same_id = || offers.iter().find(|offer| purpose == Purpose::Revocation && offer.kind.id == kind.id);
        let offer = offers.iter().find(|offer| offer.kind == *kind).or_else(same_id);
        let offer = offer.ok_or(Error::ArgumentInvalid { argument: "kind", reason: ArgumentFault::NotOffered })?;
        check_lines(offer.shown())?;
        Ok(offer)
    }

    pub(super) fn new_session(
        &self,
        person: &Person,
        kind: &Kind,
        purpose: Purpose,
        expires_at: Time,
    ) -> Result<Session> {
        let name = hex::encode(&random::<16>()?);
        Ok(Session::new(name, person.clone(), kind.clone(), purpose, expires_at))
    }

    /// What the person of a session is asked for.
    pub(super) fn request(&self, session: &Session, now: Time) -> Result<Redeemed> {
        let offer = self.offer(&session.kind, session.purpose)?;
        let standing = self.store.standing(&session.person, &session.kind)?;
        let stands_since = standing.as_ref().and_then(|standing| standing.receipt.accepted_at());
        let mut kind = session.kind.clone();
        let (texts, documents, declarations, revokes) = match session.purpose {
            Purpose::Consent => (offer.texts.clone(), offer.documents.clone(), offer.declarations.clone(), None),
            Purpose::Revocation => {
                let standing = standing.as_ref().ok_or(Error::ConsentUnknown)?;
                kind.clone_from(&standing.receipt.record().request.kind);
                let notice = vec![offer.revocation_notice.clone()];
                let acknowledgement = Declaration { text: offer.acknowledgement.clone(), required: true };
                (notice, Vec::new(), vec![acknowledgement], Some(revoked(standing, offer)))
            }
        };
        let request = Request {
            service: self.settings.name.clone(),
            purpose: session.purpose,
            kind,
            person: session.person.clone(),
            session: session.name.clone(),
            nonce: hex::encode(&random::<32>()?),
            opened_at: now,
            expires_at: session.expires_at,
            texts: texts.iter().map(Into::into).collect(),
            documents,
            declarations,
            profile: Profile::P1,
            least_reading_seconds: offer
                .least_reading
                .as_millis()
                .div_ceil(1000)
                .try_into()
                .unwrap_or(GREATEST_INTEGER),
            stands_since,
            revokes,
        };
        request.check_form()?;
        Ok(Redeemed { request, texts })
    }

    /// Whether the seal could sign a receipt now.
    pub(super) fn check_seal(&self, now: Time) -> Result<()> {
        let refused = |_| Error::ServiceRefused { reason: Refusal::SealUnusable };
        self.settings.seal.certificate().check_for_signing(now).map_err(refused)
    }
}

fn revoked(standing: &Standing, offer: &Offer) -> Revoked {
    Revoked {
        record_sha256: standing.receipt.record_sha256().to_owned(),
        given_at: standing.receipt.accepted_at().unwrap_or_else(|| standing.receipt.received_at()),
        signatures: standing.signatures.clone(),
        applications_on_hold: offer.applications_on_hold.clone(),
    }
}
