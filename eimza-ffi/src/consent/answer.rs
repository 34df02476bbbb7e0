//! How it stands with a session, as parts that can cross a network.
//!
//! A service of the caller fills them in for the library; a server over the service in memory reads them out.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::consent::{ConsentStatus, Receipt, Rejection};
use eimza_core::error::{ArgumentFault, JsonForm};
use eimza_core::{Error, Result};

use crate::certificate::eimza_certificate;
use crate::consent::cause::Cause;
use crate::consent::receipt::eimza_receipt;
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need, need_mut};

/// How it stands with a session.
#[derive(Default)]
pub struct eimza_consent_answer {
    status: Option<ConsentStatus>,
    cause: Cause,
}

/// How it stands with a session: one of the EIMZA_CONSENT_ numbers.
pub type eimza_consent_state = u32;

/// The code waits to be redeemed.
pub const EIMZA_CONSENT_WAITING: eimza_consent_state = 1;
/// The session is open; nothing has arrived.
pub const EIMZA_CONSENT_OPEN: eimza_consent_state = 2;
/// The time ran out.
pub const EIMZA_CONSENT_EXPIRED: eimza_consent_state = 3;
/// It was cancelled, or a new code was asked for.
pub const EIMZA_CONSENT_CANCELLED: eimza_consent_state = 4;
/// It was accepted.
pub const EIMZA_CONSENT_ACCEPTED: eimza_consent_state = 5;
/// It was not accepted.
pub const EIMZA_CONSENT_REJECTED: eimza_consent_state = 6;
/// It was accepted and has been revoked since.
pub const EIMZA_CONSENT_REVOKED: eimza_consent_state = 7;
/// It has arrived and nothing stands against it, but status data for the verdict is missing.
pub const EIMZA_CONSENT_RECEIVED: eimza_consent_state = 8;

/// An empty answer, for eimza_consent_service_submit and eimza_consent_service_ask.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_new() -> Option<Box<eimza_consent_answer>> {
    Some(Box::default())
}

/// One of the EIMZA_CONSENT_ numbers; 0 where nothing was answered.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_state(answer: Option<&eimza_consent_answer>) -> eimza_consent_state {
    wall::read(answer, 0, |answer| answer.status.as_ref().map_or(0, number))
}

/// The receipt, a handle of its own. EIMZA_STATUS_ARGUMENT_INVALID where it was neither received nor accepted.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_receipt(
    answer: Option<&eimza_consent_answer>,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let none = Error::ArgumentInvalid { argument: "answer", reason: ArgumentFault::NoReceipt };
        let status = need(answer, "answer")?.status.as_ref();
        status.and_then(ConsentStatus::receipt).cloned().map(eimza_receipt).ok_or(none)
    })
}

/// The stable name of the check that did not pass. EIMZA_STATUS_ARGUMENT_INVALID where it was not rejected. Free it
/// with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_rejection(
    answer: Option<&eimza_consent_answer>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || match need(answer, "answer")?.status {
        Some(ConsentStatus::Rejected(rejection)) => Ok(rejection.name().to_owned()),
        _ => Err(Error::ArgumentInvalid { argument: "answer", reason: ArgumentFault::NotRejected }),
    })
}

/// It is one of EIMZA_CONSENT_WAITING, _OPEN, _EXPIRED and _CANCELLED.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_set_state(
    answer: Option<&mut eimza_consent_answer>,
    state: eimza_consent_state,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    set(answer, error, || match state {
        EIMZA_CONSENT_WAITING => Ok(ConsentStatus::Waiting),
        EIMZA_CONSENT_OPEN => Ok(ConsentStatus::Open),
        EIMZA_CONSENT_EXPIRED => Ok(ConsentStatus::Expired),
        EIMZA_CONSENT_CANCELLED => Ok(ConsentStatus::Cancelled),
        _ => Err(Error::ArgumentInvalid { argument: "state", reason: ArgumentFault::NoOutcome }),
    })
}

/// What a sealed receipt says of itself: that it was received, or accepted, or has been revoked since. It is opened with the
/// service's certificate (EIMZA_STATUS_RECEIPT_INVALID where the seal is not by it).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_set_accepted(
    answer: Option<&mut eimza_consent_answer>,
    sealed: eimza_view,
    service: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    set(answer, error, || {
        Receipt::open(sealed.octets("sealed")?, &need(service, "service")?.0).map(ConsentStatus::of_receipt)
    })
}

/// It was not accepted: the stable name of the check, as eimza_error_rejection tells it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_set_rejected(
    answer: Option<&mut eimza_consent_answer>,
    rejection: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    set(answer, error, || {
        let malformed = |source| Error::JsonMalformed { what: JsonForm::Rejection, source };
        let name = serde_json::Value::from(rejection.text("rejection")?);
        serde_json::from_value::<Rejection>(name).map(ConsentStatus::Rejected).map_err(malformed)
    })
}

/// As it came over a network: the JSON of the schema `status-1.json`. A receipt is opened with the service's certificate
/// (7402 where the seal is not by it).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_set_wire(
    answer: Option<&mut eimza_consent_answer>,
    wire: eimza_text,
    service: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    set(answer, error, || ConsentStatus::from_wire(wire.text("wire")?, &need(service, "service")?.0))
}

/// For a network: the JSON of the schema `status-1.json`. A receipt in it names the person **in clear**. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_reveal_wire(
    answer: Option<&eimza_consent_answer>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let none = Error::ArgumentInvalid { argument: "answer", reason: ArgumentFault::NoAnswer };
    wall::give_text(out, error, || need(answer, "answer")?.status.as_ref().ok_or(none)?.to_wire())
}

/// Why the function of a service of the caller failed, as eimza_redeem_answer_set_cause.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_set_cause(
    answer: Option<&mut eimza_consent_answer>,
    cause: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need_mut(answer, "answer")?.cause.set(&cause))
}

/// Frees an answer that eimza_consent_answer_new gave; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_answer_free(answer: Option<Box<eimza_consent_answer>>) {
    wall::free(answer);
}

impl eimza_consent_answer {
    pub(crate) fn fill(&mut self, status: ConsentStatus) {
        self.status = Some(status);
    }

    pub(crate) fn take_cause(&mut self) -> Option<String> {
        self.cause.take()
    }

    pub(crate) fn status(self) -> Result<ConsentStatus> {
        self.status.ok_or(Error::ArgumentInvalid { argument: "answer", reason: ArgumentFault::NoAnswer })
    }
}

fn set(
    answer: Option<&mut eimza_consent_answer>,
    error: wall::ErrorOut<'_>,
    status: impl FnOnce() -> Result<ConsentStatus>,
) -> eimza_status {
    wall::run(error, || {
        need_mut(answer, "answer")?.status = Some(status()?);
        Ok(())
    })
}

fn number(status: &ConsentStatus) -> eimza_consent_state {
    match status {
        ConsentStatus::Waiting => EIMZA_CONSENT_WAITING,
        ConsentStatus::Open => EIMZA_CONSENT_OPEN,
        ConsentStatus::Received(_) => EIMZA_CONSENT_RECEIVED,
        ConsentStatus::Accepted(_) => EIMZA_CONSENT_ACCEPTED,
        ConsentStatus::Rejected(_) => EIMZA_CONSENT_REJECTED,
        ConsentStatus::Revoked(_) => EIMZA_CONSENT_REVOKED,
        ConsentStatus::Expired => EIMZA_CONSENT_EXPIRED,
        ConsentStatus::Cancelled => EIMZA_CONSENT_CANCELLED,
    }
}
