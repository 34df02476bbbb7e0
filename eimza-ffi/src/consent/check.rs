//! The receiving side's check: what arrived, against the service's own copy of what it asked for.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::time::Duration;

use eimza_core::Time;
use eimza_core::consent::{Acceptance, Arrival, Request, Submission, check};

use crate::bytes::eimza_bytes_list;
use crate::certificate::{eimza_certificate, eimza_certificates};
use crate::consent::texts::eimza_consent_texts;
use crate::error::eimza_error;
use crate::output::json;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need};

/// What is known of a submission that passed.
pub struct eimza_acceptance(pub(crate) Acceptance);

/// Checks what an application handed in. Looks at no clock, no network and no store.
///
/// `request` (the JSON that eimza_consent_session_reveal_request tells) and `texts` are the service's **own copies**,
/// never what arrived. `record` and `signatures`, one for each text, arrived at `arrived_at` by the service's clock.
/// `issuers` are those whose certificates are accepted; `tolerance_seconds` is how far the application's clock may
/// differ (the guide: 300).
///
/// What does not pass is EIMZA_STATUS_CONSENT_REJECTED, and eimza_error_rejection names the check. Of the signer's
/// certificate it is checked that one of the issuers made it; path, revocation and time-stamps are left to later, as
/// the verdict says.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_check(
    request: eimza_text,
    texts: Option<&eimza_consent_texts>,
    record: eimza_view,
    signatures: Option<&eimza_bytes_list>,
    arrived_at: i64,
    issuers: Option<&eimza_certificates>,
    tolerance_seconds: u32,
    out: Option<&mut MaybeUninit<*mut eimza_acceptance>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let submission = Submission {
            record: record.octets("record")?.to_vec(),
            signatures: need(signatures, "signatures")?.0.clone(),
        };
        let arrival = Arrival {
            request: &Request::from_json(request.text("request")?)?,
            texts: &need(texts, "texts")?.0,
            submission: &submission,
            arrived_at: Time::from_unix(arrived_at)?,
            issuers: &need(issuers, "issuers")?.0,
            tolerance: Duration::from_secs(tolerance_seconds.into()),
        };
        Ok(eimza_acceptance(check(&arrival)?))
    })
}

/// The record as JSON: request, moments, ticked. The national id is **in clear**. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_acceptance_reveal_record(
    acceptance: Option<&eimza_acceptance>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(acceptance, "acceptance")?.0.record))
}

/// Who signed, a handle of its own.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_acceptance_certificate(
    acceptance: Option<&eimza_acceptance>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(need(acceptance, "acceptance")?.0.certificate.clone())))
}

/// When, as all signatures claim; not before the last reading, nor later than the arrival and the tolerance. 0 for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_acceptance_signed_at(acceptance: Option<&eimza_acceptance>) -> i64 {
    wall::read(acceptance, 0, |acceptance| acceptance.0.signed_at.unix())
}

/// The verdict as JSON: indication, sub_indication, passed, not_checked. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_acceptance_verdict(
    acceptance: Option<&eimza_acceptance>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(acceptance, "acceptance")?.0.verdict))
}

/// Frees an acceptance; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_acceptance_free(acceptance: Option<Box<eimza_acceptance>>) {
    wall::free(acceptance);
}
