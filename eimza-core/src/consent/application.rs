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
    /// A consent was received and its verdict is missing: nothing is produced, and no paper is needed yet.
    AwaitsVerdict {
        /// Since when the consent is there.
        since: Time,
    },
    /// No consent stands: it needs a form signed on paper.
    NeedsPaper,
}

impl ApplicationState {
    /// The stable name.
    pub fn name(&self) -> &'static str {
        match self {
            ApplicationState::Held { .. } => "held",
            ApplicationState::Due => "due",
            ApplicationState::AwaitsVerdict { .. } => "awaits-verdict",
            ApplicationState::NeedsPaper => "needs-paper",
        }
    }
}

/// How it stands with the consent that an application rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentBasis {
    /// It stands.
    Stands,
    /// It was received, and its verdict is missing.
    Received {
        /// Since when.
        since: Time,
    },
    /// There is none.
    None,
}

impl Application {
    /// The application as it stands at a time, given how it stands with the consent.
    pub fn assess(certificate: &Certificate, made_at: Time, now: Time, consent: ConsentBasis) -> Self {
        let state = match (consent, certificate.renewable_from()) {
            (ConsentBasis::None, _) => ApplicationState::NeedsPaper,
            (ConsentBasis::Received { since }, _) => ApplicationState::AwaitsVerdict { since },
            (ConsentBasis::Stands, Some(until)) if now < until => ApplicationState::Held { until },
            (ConsentBasis::Stands, _) => ApplicationState::Due,
        };
        Self { certificate_sha256: certificate.sha256().to_hex(), made_at, state }
    }
}
