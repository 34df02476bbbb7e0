//! The receiving side's check: what arrived, against the service's own copy of what it asked for.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::time::Duration;

use eimza_core::Time;
use eimza_core::consent::{Arrival, Finding, Request, Submission, check};

use crate::bytes::eimza_bytes_list;
use crate::certificate::eimza_certificate;
use crate::consent::texts::eimza_consent_texts;
use crate::error::eimza_error;
use crate::output::json;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::validation::judgement::eimza_validation;
use crate::wall::{self, need};

/// What is known of a submission that was not refused: eimza_finding_is_accepted tells whether the verdict is there.
pub struct eimza_finding(pub(crate) Finding);

/// Checks what an application handed in. Looks at no clock, no network and no store.
///
/// `request` (the JSON that eimza_consent_session_reveal_request tells) and `texts` are the service's **own copies**,
/// never what arrived. `record` and `signatures`, one for each text, arrived at `arrived_at` by the service's clock.
/// `judged_by` holds anchors, rules, further certificates, status data and the time of the judgement; a profile or a proof
/// of time in it is not looked at. `tolerance_seconds` is how far the application's clock may differ (the guide: 300).
///
/// What does not hold is EIMZA_STATUS_CONSENT_REJECTED, and eimza_error_rejection names the check. Where all is well but
/// status data is missing, it is received and not accepted: with the data, the same check comes to an end. Status data that
/// the signer enclosed does not count under P1.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_check(
    request: eimza_text,
    texts: Option<&eimza_consent_texts>,
    record: eimza_view,
    signatures: Option<&eimza_bytes_list>,
    arrived_at: i64,
    judged_by: Option<&eimza_validation>,
    tolerance_seconds: u32,
    out: Option<&mut MaybeUninit<*mut eimza_finding>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let submission = Submission {
            record: record.octets("record")?.to_vec(),
            signatures: need(signatures, "signatures")?.0.clone(),
        };
        let judged_by = need(judged_by, "judged_by")?;
        let arrival = Arrival {
            request: &Request::from_json(request.text("request")?)?,
            texts: &need(texts, "texts")?.0,
            submission: &submission,
            arrived_at: Time::from_unix(arrived_at)?,
            judged_at: judged_by.now(),
            trust: &judged_by.trust(),
            status: judged_by.status(),
            tolerance: Duration::from_secs(tolerance_seconds.into()),
            cache: Some(judged_by.cache()),
        };
        Ok(eimza_finding(check(&arrival)?))
    })
}

/// Whether every signature is TOTAL-PASSED. If not, status data is missing, as the verdict says; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_finding_is_accepted(finding: Option<&eimza_finding>) -> bool {
    wall::read(finding, false, |finding| finding.0.is_accepted())
}

/// The signatures that were checked with chain and status data inside, for the service to keep: so they can be judged years
/// later. EIMZA_STATUS_ARGUMENT_INVALID for others than those that were checked.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_finding_completed(
    finding: Option<&eimza_finding>,
    record: eimza_view,
    signatures: Option<&eimza_bytes_list>,
    out: Option<&mut MaybeUninit<*mut eimza_bytes_list>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let (record, signatures) = (record.octets("record")?.to_vec(), need(signatures, "signatures")?.0.clone());
        need(finding, "finding")?.0.completed(&Submission { record, signatures }).map(eimza_bytes_list)
    })
}

/// The record as JSON: request, moments, ticked. The national id is **in clear**. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_finding_reveal_record(
    finding: Option<&eimza_finding>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(finding, "finding")?.0.record))
}

/// Who signed, a handle of its own.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_finding_certificate(
    finding: Option<&eimza_finding>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(need(finding, "finding")?.0.certificate.clone())))
}

/// When, as all signatures claim; not before the last reading, nor later than the arrival and the tolerance. 0 for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_finding_signed_at(finding: Option<&eimza_finding>) -> i64 {
    wall::read(finding, 0, |finding| finding.0.signed_at.unix())
}

/// The verdict as JSON, as it stands in the schema `receipt-1.json`: indication, what it rests on, what is missing. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_finding_verdict(
    finding: Option<&eimza_finding>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(finding, "finding")?.0.verdict))
}

/// Frees a finding; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_finding_free(finding: Option<Box<eimza_finding>>) {
    wall::free(finding);
}
