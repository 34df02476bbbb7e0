//! The beginning of a session: a code is redeemed.

use std::mem::MaybeUninit;
use std::sync::Arc;

use eimza_core::consent::{ConsentService, ConsentSession, Purpose};
use eimza_core::{Clock, Result, SystemClock, VerificationCode};

use crate::consent::service::eimza_consent_service;
use crate::consent::session::eimza_consent_session;
use crate::error::eimza_error;
use crate::secret::eimza_verification_code;
use crate::status::eimza_status;
use crate::wall::{self, ErrorOut, need, take};

/// What a code is for: one of the EIMZA_PURPOSE_ numbers.
pub type eimza_purpose = u32;

/// Whatever it is for.
pub const EIMZA_PURPOSE_ANY: eimza_purpose = 0;
/// To give a consent.
pub const EIMZA_PURPOSE_CONSENT: eimza_purpose = 1;
/// To take a consent back.
pub const EIMZA_PURPOSE_REVOCATION: eimza_purpose = 2;

/// Redeems a code for a consent; `code` is moved in. EIMZA_STATUS_CODE_UNKNOWN … for what is wrong with it; a code for
/// a revocation is refused (EIMZA_STATUS_CODE_OTHER_PURPOSE) and stays usable.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_open(
    service: Option<&eimza_consent_service>,
    code: Option<&mut Option<Box<eimza_verification_code>>>,
    out: Option<&mut MaybeUninit<*mut eimza_consent_session>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    redeem(service, code, ConsentSession::open, out, error)
}

/// Redeems a code for a revocation; `code` is moved in. The one text is the notice of what the revocation brings.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_open_revocation(
    service: Option<&eimza_consent_service>,
    code: Option<&mut Option<Box<eimza_verification_code>>>,
    out: Option<&mut MaybeUninit<*mut eimza_consent_session>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    redeem(service, code, ConsentSession::open_revocation, out, error)
}

/// Redeems a code for whatever it is for, which eimza_consent_session_purpose tells; `code` is moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_open_any(
    service: Option<&eimza_consent_service>,
    code: Option<&mut Option<Box<eimza_verification_code>>>,
    out: Option<&mut MaybeUninit<*mut eimza_consent_session>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    redeem(service, code, ConsentSession::open_any, out, error)
}

/// What the session is for: one of the EIMZA_PURPOSE_ numbers; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_purpose(session: Option<&eimza_consent_session>) -> eimza_purpose {
    wall::read(session, EIMZA_PURPOSE_ANY, |session| purpose_number(Some(session.0.request().purpose)))
}

/// The number of a purpose.
pub(crate) fn purpose_number(purpose: Option<Purpose>) -> eimza_purpose {
    match purpose {
        None => EIMZA_PURPOSE_ANY,
        Some(Purpose::Consent) => EIMZA_PURPOSE_CONSENT,
        Some(Purpose::Revocation) => EIMZA_PURPOSE_REVOCATION,
    }
}

/// One of the ways in which a session is opened.
type Open = fn(Arc<dyn ConsentService>, VerificationCode, Arc<dyn Clock>) -> Result<ConsentSession>;

fn redeem(
    service: Option<&eimza_consent_service>,
    code: Option<&mut Option<Box<eimza_verification_code>>>,
    open: Open,
    out: Option<&mut MaybeUninit<*mut eimza_consent_session>>,
    error: ErrorOut<'_>,
) -> eimza_status {
    let code = take(code, "code");
    wall::give(out, error, || {
        let service = need(service, "service")?.face.clone();
        open(service, code?.0, Arc::new(SystemClock::new())).map(eimza_consent_session)
    })
}
