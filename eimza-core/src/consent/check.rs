//! The receiving side's check: what arrived, against the service's own copy of what it asked for.

mod binding;
mod bounds;
mod judgement;
mod signature;
mod verdict;

use std::time::Duration;

pub use verdict::{Missing, Verdict};

use super::{ConsentText, Record, Request, Submission, Trust};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::SignedData;
use crate::error::{ArgumentFault, Error, Rejected, Rejection, Result};
use crate::revocation::{StatusData, StatusWanted};
use crate::validation::{Cache, Grounds};

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
    /// When it is judged: at the arrival, or again later.
    pub judged_at: Time,
    /// Whom the service trusts, and its rules.
    pub trust: &'a Trust,
    /// The status data that the service has.
    pub status: &'a StatusData,
    /// How far a signing time may lie outside of opening and arrival.
    pub tolerance: Duration,
    /// Remembers issuers' signatures from one submission to the next.
    pub cache: Option<&'a Cache>,
}

/// What is known of a submission that was not refused. Whether the verdict is there yet, [`Finding::is_accepted`] tells.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The record, equal to what was asked.
    pub record: Record,
    /// Who signed.
    pub certificate: Certificate,
    /// When, as all signatures claim; not before the last reading, nor later than the arrival and the tolerance.
    pub signed_at: Time,
    /// When it arrived.
    pub received_at: Time,
    /// The verdict, and what it rests on or lacks.
    pub verdict: Verdict,
    pub(super) references: Vec<super::RevokedSignature>,
    pub(super) signatures_sha256: Vec<String>,
    /// What the verdict over each signature rests on.
    grounds: Vec<Grounds>,
}

impl Finding {
    /// Whether every signature is TOTAL-PASSED. If not, it is received: status data is missing, and with it, the check is
    /// made again.
    pub fn is_accepted(&self) -> bool {
        self.verdict.is_passed()
    }

    /// The certificates whose status counts, each with its issuer: what a source is asked for.
    pub fn status_wanted(&self) -> Vec<StatusWanted<'_>> {
        let mut wanted: Vec<StatusWanted<'_>> = Vec::new();
        for one in self.grounds.iter().flat_map(Grounds::status_wanted) {
            if !wanted.iter().any(|other| other.certificate == one.certificate && other.issuer == one.issuer) {
                wanted.push(one);
            }
        }
        wanted
    }

    /// The signatures of this submission with chain and status data inside: what a service keeps, so that they can be
    /// judged years later. Everything that was signed keeps its octets.
    ///
    /// # Errors
    /// [`Error::ArgumentInvalid`] for another submission.
    pub fn completed(&self, submission: &Submission) -> Result<Vec<Vec<u8>>> {
        if submission.signatures_sha256() != self.signatures_sha256 {
            return Err(Error::ArgumentInvalid { argument: "submission", reason: ArgumentFault::OtherSubmission });
        }
        let completed = submission.signatures.iter().zip(&self.grounds).map(|(octets, grounds)| {
            let file = SignedData::read(octets)?;
            file.with(&grounds.additions(&file))
        });
        completed.collect()
    }
}

/// Checks a submission: what was asked, shown, read and signed, and the full verdict over each signature. Looks at no
/// clock, no network and no store.
///
/// Where all is well but status data is missing, the [`Finding`] says so; with the data, the same check comes to an end.
pub fn check(arrival: &Arrival<'_>) -> Result<Finding, Rejected> {
    arrival.request.check_form().map_err(|error| Rejection::Request.by(error))?;
    if !arrival.request.names(arrival.texts) {
        return Err(Rejection::Text.into());
    }
    if arrival.arrived_at > arrival.request.expires_at {
        return Err(Rejection::Late.into());
    }
    bounds::check_sizes(arrival)?;
    let record = Record::from_bytes(&arrival.submission.record).map_err(|error| Rejection::Record.by(error))?;
    if record.request != *arrival.request {
        return Err(Rejection::Request.into());
    }
    check_reading(arrival, &record)?;
    check_declarations(&record)?;
    let signed = signature::check_all(arrival, &record)?;
    check_certificate(arrival, &signed.certificate)?;
    match signed.refusal {
        Some(refusal) => Err(refusal.into()),
        None => Ok(Finding {
            record,
            certificate: signed.certificate,
            signed_at: signed.signed_at,
            received_at: arrival.arrived_at,
            verdict: signed.verdict,
            references: signed.references,
            signatures_sha256: arrival.submission.signatures_sha256(),
            grounds: signed.grounds,
        }),
    }
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

fn check_certificate(arrival: &Arrival<'_>, certificate: &Certificate) -> Result<(), Rejected> {
    certificate.check_person(&arrival.request.person.national_id).map_err(|error| Rejection::Person.by(error))?;
    certificate.check_for_signing(arrival.arrived_at).map_err(|error| Rejection::Certificate.by(error))?;
    certificate.check_for_consent().map_err(|error| Rejection::Certificate.by(error))
}
