//! What was received and waits for its verdict: status data is given, and it is judged again.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::consent::ConsentPortal;

use crate::bytes::eimza_bytes_list;
use crate::consent::answer::eimza_consent_answer;
use crate::consent::exchange::emptied;
use crate::consent::service::eimza_consent_service;
use crate::error::eimza_error;
use crate::output::json;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need};

/// Gives a service in memory the CRLs of a file in DER or PEM. Nothing is judged by that alone.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_add_crls(
    service: Option<&eimza_consent_service>,
    file: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(service, "service")?.given_status()?.add_crls(file.octets("file")?))
}

/// Gives a service in memory the OCSP answers of a file in DER or PEM. Nothing is judged by that alone.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_add_ocsps(
    service: Option<&eimza_consent_service>,
    file: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(service, "service")?.given_status()?.add_ocsps(file.octets("file")?))
}

/// The sessions that wait for status data, the longest waiting one first, as a JSON list of their names. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_received(
    service: Option<&eimza_consent_service>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(service, "service")?.portal()?.received()?))
}

/// Judges what was received once more, with the status data that is there now, and fills the answer: accepted, rejected, or
/// still received. Of any other session it says how it stands; to ask again does no harm.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_judge_again(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    answer: Option<&mut eimza_consent_answer>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let answer = emptied(answer)?;
        answer.fill(need(service, "service")?.portal()?.judge_again(session.text("session")?)?);
        Ok(())
    })
}

/// The signatures of a session that was accepted, as the service keeps them: with chain and status data inside, so that they
/// can be judged years later. NULL where it was not accepted.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_signatures(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    out: Option<&mut MaybeUninit<*mut eimza_bytes_list>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some(out, error, || {
        let signatures = need(service, "service")?.portal()?.signatures(session.text("session")?)?;
        Ok(signatures.map(eimza_bytes_list))
    })
}
