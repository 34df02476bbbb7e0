//! Renewals: made too early, an application waits; it is not refused.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::consent::{Application, ApplicationState, ConsentPortal};

use crate::certificate::eimza_certificate;
use crate::consent::service::{eimza_consent_service, person};
use crate::error::eimza_error;
use crate::output::json;
use crate::raw::eimza_text;
use crate::status::eimza_status;
use crate::wall::{self, need};

/// Applies for the renewal of a certificate, as JSON: certificate_sha256, made_at, state ("held", "due", "needs-paper",
/// "awaits-verdict"), held_until, awaits_since. Too early is no reason to refuse: it waits. Free it with eimza_string_free.
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
        json(&page(&need(service, "service")?.portal()?.apply_for_renewal(&person, certificate)?))
    })
}

/// The person's applications, each as eimza_consent_service_apply_for_renewal tells it, as a JSON list in the order in
/// which they were made. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_applications(
    service: Option<&eimza_consent_service>,
    national_id: eimza_text,
    name: eimza_text,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let person = person(&national_id, &name)?;
        let applications = need(service, "service")?.portal()?.applications(&person)?;
        json(&applications.iter().map(page).collect::<Vec<_>>())
    })
}

fn page(application: &Application) -> serde_json::Value {
    let (state, until, since) = match application.state {
        ApplicationState::Held { until } => ("held", Some(until), None),
        ApplicationState::Due => ("due", None, None),
        ApplicationState::AwaitsVerdict { since } => ("awaits-verdict", None, Some(since)),
        ApplicationState::NeedsPaper => ("needs-paper", None, None),
    };
    serde_json::json!({
        "certificate_sha256": application.certificate_sha256,
        "made_at": application.made_at,
        "state": state,
        "held_until": until,
        "awaits_since": since,
    })
}
