//! The receiving side's check: what arrived, against the service's own copy of what it asked for.

mod binding;
mod bounds;
mod judgement;
mod signature;
mod verdict;

use std::time::Duration;

pub use verdict::Verdict;

use super::{ConsentText, Record, Request, Submission};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::error::{Rejection, Result};

/// What arrived, and what it is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The service's own copy of the request.
    pub request: &'a Request,
    /// The service's own copy of the texts: those that its request names.
    pub texts: &'a [ConsentText],
    /// What arrived.
    pub submission: &'a Submission,
    /// When, by the service's clock: expiry is judged by it, never by what is claimed inside.
    pub arrived_at: Time,
    /// Issuers whose certificates are accepted.
    pub issuers: &'a [Certificate],
    /// How far a signing time may lie outside of opening and arrival.
    pub tolerance: Duration,
}

/// What is known of a submission that passed.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The record, equal to what was asked.
    pub record: Record,
    /// Who signed.
    pub certificate: Certificate,
    /// When, as all signatures claim; not before the last reading, nor later than the arrival and the tolerance.
    pub signed_at: Time,
    /// What was checked, and what was left to later.
    pub verdict: Verdict,
    pub(super) references: Vec<super::RevokedSignature>,
    pub(super) signatures_sha256: Vec<String>,
}

/// Checks a submission. Looks at no clock, no network and no store.
///
/// Of the signer's certificate it checks that one of the issuers made it, directly; path, revocation and time-stamps
/// are the business of the full verdict.
pub fn check(arrival: &Arrival<'_>) -> Result<Acceptance, Rejection> {
    arrival.request.check_form().map_err(|_| Rejection::Request)?;
    if !arrival.request.names(arrival.texts) {
        return Err(Rejection::Text);
    }
    if arrival.arrived_at > arrival.request.expires_at {
        return Err(Rejection::Late);
    }
    bounds::check_sizes(arrival)?;
    let record = Record::from_bytes(&arrival.submission.record).map_err(|_| Rejection::Record)?;
    if record.request != *arrival.request {
        return Err(Rejection::Request);
    }
    check_reading(arrival, &record)?;
    check_declarations(&record)?;
    let signed = signature::check_all(arrival, &record)?;
    check_certificate(arrival, &signed.certificate)?;
    Ok(Acceptance {
        record,
        certificate: signed.certificate,
        signed_at: signed.signed_at,
        verdict: signed.verdict.with_passed("issuer").with_passed("qualified"),
        references: signed.references,
        signatures_sha256: arrival.submission.signatures_sha256(),
    })
}

/// Shown, then read, each for as long as is demanded, all between the opening and the arrival.
fn check_reading(arrival: &Arrival<'_>, record: &Record) -> Result<(), Rejection> {
    let least = Duration::from_secs(record.request.least_reading_seconds);
    // Moments are the service's own time plus the time that has passed, so no clocks differ. Only fractions of a second
    // are cut.
    let latest = arrival.arrived_at.after(Duration::from_secs(1));
    let holds = record.moments.len() == arrival.texts.len()
        && record.moments.iter().all(|moments| {
            record.request.opened_at <= moments.shown_at
                && moments.shown_at <= moments.read_at
                && moments.read_at <= latest
                // Moments are whole seconds: two of them may lie a second closer than what passed between.
                && moments.shown_at.until(moments.read_at) + Duration::from_secs(1) > least
        });
    if holds { Ok(()) } else { Err(Rejection::Reading) }
}

fn check_declarations(record: &Record) -> Result<(), Rejection> {
    let holds = record.ticked.len() == record.request.declarations.len()
        && record.request.missing_tick(&record.ticked).is_none();
    if holds { Ok(()) } else { Err(Rejection::Declaration) }
}

fn check_certificate(arrival: &Arrival<'_>, certificate: &Certificate) -> Result<(), Rejection> {
    certificate.check_person(&arrival.request.person.national_id).map_err(|_| Rejection::Person)?;
    certificate.check_for_signing(arrival.arrived_at).map_err(|_| Rejection::Certificate)?;
    certificate.check_for_consent().map_err(|_| Rejection::Certificate)?;
    certificate.check_issued_by_one_of(arrival.issuers, arrival.arrived_at).map_err(|_| Rejection::Issuer)
}
