//! The consent service in memory, with both of its faces: what a portal calls stands here, what an application calls is
//! the session.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{
    ConsentPortal, ConsentService, EmbeddedService, Kind, Person, Purpose, ReceiptSigner, Settings,
};
use eimza_core::error::{ArgumentFault, JsonForm};
use eimza_core::revocation::GivenStatus;
use eimza_core::{Error, Result, SystemClock, Time};

use crate::certificate::eimza_certificate;
use crate::consent::offer::offered;
use crate::consent::receipt::eimza_receipt;
use crate::consent::started::eimza_started;
use crate::error::eimza_error;
use crate::raw::eimza_text;
use crate::status::eimza_status;
use crate::token::key_material::eimza_key_material;
use crate::validation::judgement::eimza_validation;
use crate::wall::{self, need, take};

/// A consent service: in memory, or the caller's own. May be shared between threads; sessions keep it alive.
///
/// The portal's functions are those of the service in memory; the caller's own one has its own portal
/// (EIMZA_STATUS_ARGUMENT_INVALID).
pub struct eimza_consent_service {
    pub(crate) face: Arc<dyn ConsentService>,
    embedded: Option<Embedded>,
}

/// The service in memory, and the status data that it is given.
struct Embedded {
    portal: Arc<EmbeddedService>,
    status: Arc<GivenStatus>,
}

/// A service in memory that offers the E-Onay, for demonstrations and tests. `seal`, with which it seals receipts, is
/// moved in; codes live for `code_seconds` (the guide: 300).
///
/// `judged_by` says whom it trusts, by which rules it judges and what status data it has; it is copied, and its time, its
/// profile and its proof of time are not looked at. What holds is accepted only where every signature is TOTAL-PASSED. Where
/// status data is missing it is received: eimza_consent_service_add_crls, eimza_consent_service_judge_again.
///
/// `documents` is NULL or a JSON list of what the E-Onay accepts along with its text, each with name, version, sha256
/// and address. `offers` is NULL or a JSON list of further kinds of consent, each with kind (id, version, language),
/// texts (title, body, shows_hidden_characters), documents, declarations (text, required), least_reading_seconds,
/// revocation_notice (as a text), acknowledgement (a sentence) and applications_on_hold; shows_hidden_characters
/// (which permits them where the application makes them visible), documents, declarations, least_reading_seconds and
/// applications_on_hold may be left out.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_in_memory(
    name: eimza_text,
    seal: Option<&mut Option<Box<eimza_key_material>>>,
    judged_by: Option<&eimza_validation>,
    documents: eimza_text,
    offers: eimza_text,
    code_seconds: u32,
    out: Option<&mut MaybeUninit<*mut eimza_consent_service>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let seal = take(seal, "seal");
    wall::give(out, error, || {
        let (seal, judged_by) = (Arc::new(ReceiptSigner::new(seal?.0)?), need(judged_by, "judged_by")?);
        let status = Arc::new(GivenStatus::new());
        status.add(judged_by.status().clone());
        let settings = Settings {
            offers: offered(documents.optional("documents")?, offers.optional("offers")?)?,
            trust: judged_by.trust(),
            status: status.clone(),
            code_lifetime: Duration::from_secs(code_seconds.into()),
            ..Settings::new(name.text("name")?, seal)
        };
        let embedded = Arc::new(EmbeddedService::new(settings, Arc::new(SystemClock::new())));
        Ok(eimza_consent_service { face: embedded.clone(), embedded: Some(Embedded { portal: embedded, status }) })
    })
}

/// The certificate of the seal: eimza_receipt_open wants it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_seal_certificate(
    service: Option<&eimza_consent_service>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(need(service, "service")?.portal()?.seal_certificate().clone())))
}

/// Starts a consent, or its revocation, for a person who is logged in: issues a code, or says why there is none.
///
/// `kind` is NULL for the E-Onay, or JSON with the id, version and language of a kind that the service offers.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_start(
    service: Option<&eimza_consent_service>,
    national_id: eimza_text,
    name: eimza_text,
    kind: eimza_text,
    revocation: bool,
    out: Option<&mut MaybeUninit<*mut eimza_started>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let purpose = if revocation { Purpose::Revocation } else { Purpose::Consent };
        let person = person(&national_id, &name)?;
        Ok(eimza_started::new(need(service, "service")?.portal()?.start(&person, &known_kind(&kind)?, purpose)?))
    })
}

/// Issues a new code for a session; the old code and its session are void.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_renew(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    out: Option<&mut MaybeUninit<*mut eimza_started>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        Ok(eimza_started::issued(need(service, "service")?.portal()?.renew(session.text("session")?)?))
    })
}

/// Ends a session that the person does not want to go on with. What was received and not accepted yet is withdrawn.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_cancel(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(service, "service")?.portal()?.cancel(session.text("session")?))
}

/// Revokes by declaration in the logged-in session, for persons whose card is lost or has ended.
/// EIMZA_STATUS_CONSEQUENCES_NOT_ACKNOWLEDGED unless `acknowledged`. `kind` as for eimza_consent_service_start.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_declare_revocation(
    service: Option<&eimza_consent_service>,
    national_id: eimza_text,
    name: eimza_text,
    kind: eimza_text,
    acknowledged: bool,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let person = person(&national_id, &name)?;
        let service = need(service, "service")?.portal()?;
        service.declare_revocation(&person, &known_kind(&kind)?, acknowledged).map(eimza_receipt)
    })
}

/// Since when the person's consent stands; 0 where none does. `kind` as for eimza_consent_service_start.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_stands_since(
    service: Option<&eimza_consent_service>,
    national_id: eimza_text,
    name: eimza_text,
    kind: eimza_text,
    out: Option<&mut MaybeUninit<i64>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::tell(out, error, || {
        let since =
            need(service, "service")?.portal()?.stands_since(&person(&national_id, &name)?, &known_kind(&kind)?)?;
        Ok(since.map_or(0, Time::unix))
    })
}

/// How it stands with a session: "waiting", "open", "received", "accepted", "rejected", "revoked", "expired" or
/// "cancelled". Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_status(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        Ok(need(service, "service")?.face.status(session.text("session")?)?.name().to_owned())
    })
}

/// Frees a service's handle; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_free(service: Option<Box<eimza_consent_service>>) {
    wall::free(service);
}

impl eimza_consent_service {
    /// A service that the caller implements.
    pub(crate) fn of_caller(face: Arc<dyn ConsentService>) -> Self {
        Self { face, embedded: None }
    }

    pub(crate) fn portal(&self) -> Result<&EmbeddedService> {
        Ok(&self.embedded()?.portal)
    }

    /// The status data of the service in memory.
    pub(crate) fn given_status(&self) -> Result<&GivenStatus> {
        Ok(&self.embedded()?.status)
    }

    fn embedded(&self) -> Result<&Embedded> {
        let none = Error::ArgumentInvalid { argument: "service", reason: ArgumentFault::OwnPortal };
        self.embedded.as_ref().ok_or(none)
    }
}

fn known_kind(kind: &eimza_text) -> Result<Kind> {
    let malformed = |source| Error::JsonMalformed { what: JsonForm::Kind, source };
    let kind = kind.optional("kind")?.map(|text| serde_json::from_str(text).map_err(malformed));
    Ok(kind.transpose()?.unwrap_or_else(Kind::e_onay))
}

pub(crate) fn person(national_id: &eimza_text, name: &eimza_text) -> Result<Person> {
    Ok(Person { national_id: national_id.text("national_id")?.to_owned(), name: name.text("name")?.to_owned() })
}
