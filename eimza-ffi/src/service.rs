//! The consent service in memory, with both of its faces: what a portal calls stands here, what an application calls is
//! the session.

use std::ffi::{CString, c_char};
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{
    ApplicationState, ConsentPortal, ConsentService, ConsentStatus, EmbeddedService, Issued, KeySeal, Kind, Offer,
    Person, Purpose, Settings, Started,
};
use eimza_core::{Error, Result, SystemClock, Time};

use crate::certificate::{eimza_certificate, eimza_certificates, json};
use crate::error::eimza_error;
use crate::raw::{c_string, eimza_text};
use crate::receipt::eimza_receipt;
use crate::secret::eimza_verification_code;
use crate::software::eimza_key_material;
use crate::status::eimza_status;
use crate::wall::{self, need, need_mut, take};

/// A consent service. May be shared between threads; sessions keep it alive.
pub struct eimza_consent_service(pub(crate) Arc<EmbeddedService>);

/// What a start came to.
pub struct eimza_started {
    state: eimza_start,
    code: Option<eimza_verification_code>,
    session: CString,
    time: i64,
}

/// What a start came to: one of the EIMZA_START_ numbers.
pub type eimza_start = u32;

/// A code was issued.
pub const EIMZA_START_ISSUED: eimza_start = 1;
/// A consent stands already: the person may leave it, or start a revocation. No error.
pub const EIMZA_START_ALREADY_GIVEN: eimza_start = 2;
/// There is no consent to revoke.
pub const EIMZA_START_NOTHING_TO_REVOKE: eimza_start = 3;

/// A service in memory that offers the E-Onay, for demonstrations and tests. `seal`, with which it seals receipts, is
/// moved in; `issuers` are those whose certificates it accepts; codes live for `code_seconds` (the guide: 300).
///
/// `documents` is NULL or a JSON list of what the consent accepts along with its text, each with name, version, sha256
/// and address.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_in_memory(
    name: eimza_text,
    seal: Option<&mut Option<Box<eimza_key_material>>>,
    issuers: Option<&eimza_certificates>,
    documents: eimza_text,
    code_seconds: u32,
    out: Option<&mut MaybeUninit<*mut eimza_consent_service>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let seal = Arc::new(KeySeal::new(take(seal, "seal")?.0)?);
        let malformed = |source| Error::JsonMalformed { what: "documents", source };
        let documents = documents.optional("documents")?.map(|text| serde_json::from_str(text).map_err(malformed));
        let settings = Settings {
            offers: vec![Offer::e_onay(documents.transpose()?.unwrap_or_default())?],
            issuers: need(issuers, "issuers")?.0.clone(),
            code_lifetime: Duration::from_secs(code_seconds.into()),
            ..Settings::new(name.text("name")?, seal)
        };
        Ok(eimza_consent_service(Arc::new(EmbeddedService::new(settings, Arc::new(SystemClock::new())))))
    })
}

/// The certificate of the seal: eimza_receipt_open wants it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_seal_certificate(
    service: Option<&eimza_consent_service>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(need(service, "service")?.0.seal_certificate().clone())))
}

/// Starts an E-Onay, or its revocation, for a person who is logged in: issues a code, or says why there is none.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_start(
    service: Option<&eimza_consent_service>,
    national_id: eimza_text,
    name: eimza_text,
    revocation: bool,
    out: Option<&mut MaybeUninit<*mut eimza_started>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let purpose = if revocation { Purpose::Revocation } else { Purpose::Consent };
        let person = person(&national_id, &name)?;
        Ok(eimza_started::new(need(service, "service")?.0.start(&person, &Kind::e_onay(), purpose)?))
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
    wall::give(out, error, || Ok(eimza_started::issued(need(service, "service")?.0.renew(session.text("session")?)?)))
}

/// Ends a session that the person does not want to go on with.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_cancel(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(service, "service")?.0.cancel(session.text("session")?))
}

/// Revokes by declaration in the logged-in session, for persons whose card is lost or has ended. 7305 unless
/// `acknowledged`.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_declare_revocation(
    service: Option<&eimza_consent_service>,
    national_id: eimza_text,
    name: eimza_text,
    acknowledged: bool,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let person = person(&national_id, &name)?;
        let service = &need(service, "service")?.0;
        service.declare_revocation(&person, &Kind::e_onay(), acknowledged).map(eimza_receipt)
    })
}

/// Since when the person's E-Onay stands; 0 where none does.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_stands_since(
    service: Option<&eimza_consent_service>,
    national_id: eimza_text,
    name: eimza_text,
    out: Option<&mut MaybeUninit<i64>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::tell(out, error, || {
        let since = need(service, "service")?.0.stands_since(&person(&national_id, &name)?, &Kind::e_onay())?;
        Ok(since.map_or(0, Time::unix))
    })
}

/// How it stands with a session: "waiting", "open", "accepted", "rejected", "revoked", "expired" or "cancelled". Free it
/// with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_status(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let status = need(service, "service")?.0.status(session.text("session")?)?;
        let name = match status {
            ConsentStatus::Waiting => "waiting",
            ConsentStatus::Open => "open",
            ConsentStatus::Accepted(_) => "accepted",
            ConsentStatus::Rejected(_) => "rejected",
            ConsentStatus::Revoked(_) => "revoked",
            ConsentStatus::Expired => "expired",
            ConsentStatus::Cancelled => "cancelled",
        };
        Ok(name.to_owned())
    })
}

/// Applies for the renewal of a certificate, as JSON: certificate_sha256, made_at, state ("held", "due", "needs-paper"),
/// held_until. Too early is no reason to refuse: it waits. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_apply_for_renewal(
    service: Option<&eimza_consent_service>,
    national_id: eimza_text,
    name: eimza_text,
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let (person, certificate) = (person(&national_id, &name)?, &need(certificate, "certificate")?.0);
        let application = need(service, "service")?.0.apply_for_renewal(&person, certificate)?;
        let (state, until) = match application.state {
            ApplicationState::Held { until } => ("held", Some(until)),
            ApplicationState::Due => ("due", None),
            ApplicationState::NeedsPaper => ("needs-paper", None),
        };
        json(&serde_json::json!({
            "certificate_sha256": application.certificate_sha256,
            "made_at": application.made_at,
            "state": state,
            "held_until": until,
        }))
    })
}

/// Frees a service's handle; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_free(service: Option<Box<eimza_consent_service>>) {
    wall::free(service);
}

/// One of the EIMZA_START_ numbers; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_state(started: Option<&eimza_started>) -> eimza_start {
    wall::read(started, 0, |started| started.state)
}

/// The code, which moves to the caller. 1008 where there is none, or none any more.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_take_code(
    started: Option<&mut eimza_started>,
    out: Option<&mut MaybeUninit<*mut eimza_verification_code>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let none = Error::ArgumentInvalid { argument: "started", reason: "it has no code" };
        need_mut(started, "started")?.code.take().ok_or(none)
    })
}

/// The session's name; empty where no code was issued. Lives as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_session(started: Option<&eimza_started>) -> *const c_char {
    wall::read(started, c"".as_ptr(), |started| started.session.as_ptr())
}

/// Until when the code can be used; where a consent stands already, since when; 0 otherwise.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_time(started: Option<&eimza_started>) -> i64 {
    wall::read(started, 0, |started| started.time)
}

/// Frees it, and wipes the code; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_started_free(started: Option<Box<eimza_started>>) {
    wall::free(started);
}

impl eimza_started {
    fn new(started: Started) -> Self {
        let without_code = |state, time| Self { state, code: None, session: CString::default(), time };
        match started {
            Started::Issued(issued) => Self::issued(issued),
            Started::AlreadyGiven { since } => without_code(EIMZA_START_ALREADY_GIVEN, since.unix()),
            Started::NothingToRevoke => without_code(EIMZA_START_NOTHING_TO_REVOKE, 0),
        }
    }

    fn issued(issued: Issued) -> Self {
        Self {
            state: EIMZA_START_ISSUED,
            code: Some(eimza_verification_code(issued.code)),
            session: c_string(&issued.session),
            time: issued.expires_at.unix(),
        }
    }
}

fn person(national_id: &eimza_text, name: &eimza_text) -> Result<Person> {
    Ok(Person { national_id: national_id.text("national_id")?.to_owned(), name: name.text("name")?.to_owned() })
}
