//! What is asked: whose status, when, by which rules.

use std::time::Duration;

use super::status::{Status, Unusable};
use crate::certificate::Certificate;
use crate::clock::Time;

/// The status of one certificate at one time.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Whose status.
    pub certificate: &'a Certificate,
    /// Who issued it: the caller's path says so, and its key speaks about the certificate.
    pub issuer: &'a Certificate,
    /// When: the best time that is known of the signature, else now.
    pub at: Time,
    /// The time of the judgement: nothing is believed that comes from later.
    pub now: Time,
    /// By which rules.
    pub policy: StatusPolicy,
}

/// How long status data holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusPolicy {
    /// How far the clocks of others may go before ours.
    pub clock_skew: Duration,
    /// How long an OCSP answer holds that does not say when the next one comes.
    pub ocsp_lifetime: Duration,
}

impl Default for StatusPolicy {
    /// Five minutes; 24 hours.
    fn default() -> Self {
        Self { clock_skew: Duration::from_secs(5 * 60), ocsp_lifetime: Duration::from_secs(24 * 60 * 60) }
    }
}

/// From when to when data says what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Period {
    pub(super) this_update: Time,
    pub(super) next_update: Option<Time>,
}

impl Question<'_> {
    /// Fails where the data was issued in the future of the judgement.
    pub(super) fn check_issued(&self, at: Time) -> Result<(), Unusable> {
        if at > self.now.after(self.policy.clock_skew) { Err(Unusable::FromTheFuture) } else { Ok(()) }
    }

    /// Fails where the data is too old for the time that is asked about. What was issued after that time is fresh whenever
    /// its next update was due (EN 319 102-1 section 5.5.4).
    pub(super) fn check_fresh(&self, period: Period, lifetime: Option<Duration>) -> Result<(), Status> {
        let Period { this_update, next_update } = period;
        let holds_until = next_update.or_else(|| lifetime.map(|lifetime| this_update.after(lifetime)));
        let fresh = this_update >= self.at || holds_until.is_some_and(|end| self.at <= end);
        if fresh { Ok(()) } else { Err(Status::NotFresh { this_update, next_update }) }
    }

    /// Fails where the certificate had ended before the data was issued: it may have been dropped, unless the data says
    /// since when ended certificates are kept in it.
    pub(super) fn check_kept(&self, this_update: Time, kept_since: Option<Time>) -> Result<(), Unusable> {
        let kept = |ended| ended >= this_update || kept_since.is_some_and(|since| since <= ended);
        if self.certificate.not_after().is_some_and(kept) { Ok(()) } else { Err(Unusable::CertificateEndedBefore) }
    }
}
