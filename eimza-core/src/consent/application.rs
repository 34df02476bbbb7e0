//! Applications for the renewal of a certificate: one that is made too early waits; it is not refused.

use crate::certificate::Certificate;
use crate::clock::Time;

/// An application for the renewal of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// SHA-256 of the certificate to renew, lower-case hexadecimal.
    pub certificate_sha256: String,
    /// When it was made.
    pub made_at: Time,
    /// How it stands.
    pub state: ApplicationState,
}

/// How an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationState {
    /// It waits for the day from which the certificate can be renewed.
    Held {
        /// That day: two months before the certificate ends.
        until: Time,
    },
    /// The new certificate can be produced.
    Due,
    /// No consent stands: it needs a form signed on paper.
    NeedsPaper,
}

impl Application {
    /// The application as it stands at a time, given whether a consent stands.
    pub fn assess(certificate: &Certificate, made_at: Time, now: Time, consent_stands: bool) -> Self {
        let state = match certificate.renewable_from() {
            _ if !consent_stands => ApplicationState::NeedsPaper,
            Some(until) if now < until => ApplicationState::Held { until },
            _ => ApplicationState::Due,
        };
        Self { certificate_sha256: certificate.sha256().to_hex(), made_at, state }
    }
}
