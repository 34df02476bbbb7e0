//! A consent service that the caller implements, by three functions: the way to a service behind a network.

use std::ffi::{c_char, c_void};
use std::mem::MaybeUninit;
use std::sync::Arc;

use eimza_core::consent::{ConsentService, ConsentStatus, Purpose, Redeemed, Submission};
use eimza_core::error::{ReceiptPart, Refusal};
use eimza_core::{Error, Result, VerificationCode};

use crate::bytes::eimza_bytes_list;
use crate::consent::answer::eimza_consent_answer;
use crate::consent::opening::{eimza_purpose, purpose_number};
use crate::consent::redeemed::eimza_redeem_answer;
use crate::consent::service::eimza_consent_service;
use crate::error::eimza_error;
use crate::raw::{Context, c_string, eimza_view, null};
use crate::status::{eimza_status, status_name};
use crate::wall::{self, need};

/// Redeems a code, 15 digits in clear that live during the call: wipe every copy. `purpose` is one of the
/// EIMZA_PURPOSE_ numbers; a code for something else is answered with EIMZA_STATUS_CODE_OTHER_PURPOSE and stays usable.
pub type eimza_on_redeem = Option<
    extern "C" fn(
        context: *mut c_void,
        code: eimza_view,
        purpose: eimza_purpose,
        answer: &mut eimza_redeem_answer,
    ) -> u32,
>;

/// Takes what was signed, which lives during the call; the same submission again gets the same answer. Where it cannot
/// be known whether it arrived: EIMZA_STATUS_SERVICE_UNREACHABLE.
pub type eimza_on_submit = Option<
    extern "C" fn(
        context: *mut c_void,
        session: *const c_char,
        record: eimza_view,
        signatures: &eimza_bytes_list,
        answer: &mut eimza_consent_answer,
    ) -> u32,
>;

/// Tells how it stands with a session.
pub type eimza_on_status =
    Option<extern "C" fn(context: *mut c_void, session: *const c_char, answer: &mut eimza_consent_answer) -> u32>;

/// Is told once that no function is called any more, from the thread that freed the last handle.
pub type eimza_on_release = Option<extern "C" fn(context: *mut c_void)>;

/// A consent service of the caller.
///
/// Each function fills its answer, which belongs to the library and ends with the call, and returns EIMZA_STATUS_OK; or
/// it returns what it failed with: EIMZA_STATUS_CODE_UNKNOWN … EIMZA_STATUS_CODE_GUESSES_EXCEEDED for a code,
/// EIMZA_STATUS_CONSENT_EXPIRED, EIMZA_STATUS_CONSENT_CANCELLED, EIMZA_STATUS_CONSENT_UNKNOWN,
/// EIMZA_STATUS_RECEIPT_INVALID, or EIMZA_STATUS_SERVICE_UNREACHABLE where nothing is known (a submission's outcome is
/// then unknown, EIMZA_STATUS_CONSENT_OUTCOME_UNKNOWN, and eimza_consent_session_settle asks `status`).
/// EIMZA_STATUS_SERVICE_REFUSED says no; every other number becomes EIMZA_STATUS_SERVICE_FAILED. What lies beneath goes
/// to the answer's _set_cause. It must return, not jump or throw.
///
/// Threads: a function is called in the thread that uses the session. Where several threads use sessions of one
/// service, functions run **at the same time** with the same `context`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct eimza_own_consent_service {
    /// Handed to every function; never looked at.
    pub context: *mut c_void,
    /// Must not be NULL.
    pub redeem: eimza_on_redeem,
    /// Must not be NULL.
    pub submit: eimza_on_submit,
    /// Must not be NULL.
    pub status: eimza_on_status,
    /// NULL where there is nothing to release.
    pub release: eimza_on_release,
}

/// A service that the caller implements; the structure itself is copied. `context` must stay usable until `release` was
/// called, which is when this handle and all sessions of it were freed; after a failure it is not called.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_of_caller(
    functions: Option<&eimza_own_consent_service>,
    out: Option<&mut MaybeUninit<*mut eimza_consent_service>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let functions = need(functions, "functions")?;
        let own = OwnService {
            redeem: functions.redeem.ok_or_else(|| null("redeem"))?,
            submit: functions.submit.ok_or_else(|| null("submit"))?,
            status: functions.status.ok_or_else(|| null("status"))?,
            context: Released { context: Context::new(functions.context), release: functions.release },
        };
        Ok(eimza_consent_service::of_caller(Arc::new(own)))
    })
}

/// The functions, each there.
struct OwnService {
    context: Released,
    redeem: extern "C" fn(*mut c_void, eimza_view, eimza_purpose, &mut eimza_redeem_answer) -> u32,
    submit: extern "C" fn(*mut c_void, *const c_char, eimza_view, &eimza_bytes_list, &mut eimza_consent_answer) -> u32,
    status: extern "C" fn(*mut c_void, *const c_char, &mut eimza_consent_answer) -> u32,
}

/// The caller's pointer, released once.
struct Released {
    context: Context,
    release: eimza_on_release,
}

impl Drop for Released {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            release(self.context.pointer());
        }
    }
}

impl ConsentService for OwnService {
    fn redeem(&self, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed> {
        let mut answer = eimza_redeem_answer::default();
        let code = eimza_view::of(code.expose());
        let status = (self.redeem)(self.context.context.pointer(), code, purpose_number(purpose), &mut answer);
        check(status, answer.take_cause())?;
        answer.redeemed()
    }

    fn submit(&self, session: &str, submission: &Submission) -> Result<ConsentStatus> {
        let mut answer = eimza_consent_answer::default();
        let (session, record) = (c_string(session), eimza_view::of(&submission.record));
        let signatures = eimza_bytes_list(submission.signatures.clone());
        let context = self.context.context.pointer();
        let status = (self.submit)(context, session.as_ptr(), record, &signatures, &mut answer);
        check(status, answer.take_cause())?;
        answer.status()
    }

    fn status(&self, session: &str) -> Result<ConsentStatus> {
        let mut answer = eimza_consent_answer::default();
        let status = (self.status)(self.context.context.pointer(), c_string(session).as_ptr(), &mut answer);
        check(status, answer.take_cause())?;
        answer.status()
    }
}

/// The error that a number of the caller's stands for, with what the caller says lies beneath.
fn check(status: u32, cause: Option<String>) -> Result<()> {
    Err(match status {
        0 => return Ok(()),
        7101 => Error::CodeUnknown,
        7102 => Error::CodeExpired,
        7103 => Error::CodeUsed,
        7104 => Error::CodeOtherPurpose,
        7105 => Error::CodeGuessesExceeded,
        7202 => Error::ConsentExpired,
        7203 => Error::ConsentCancelled,
        7303 => Error::ConsentUnknown,
        7402 => Error::ReceiptInvalid { what: ReceiptPart::Seal },
        9001 => Error::ServiceUnreachable {
            source: cause.unwrap_or_else(|| "the application's own service says so".to_owned()).into(),
        },
        9002 => Error::ServiceRefused { reason: cause.map_or(Refusal::Unexplained, Refusal::Said) },
        other => {
            let name = status_name(other).to_string_lossy();
            let returned = || format!("the application's own service returned {other} {name}");
            Error::ServiceFailed { source: cause.unwrap_or_else(returned).into() }
        }
    })
}
