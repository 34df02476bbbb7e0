//! What status data comes to.

use super::ocsp::ResponseStatus;
use super::reason::RevocationReason;
use crate::clock::Time;

/// The status of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was not revoked at this time; the data is fresh.
    Good {
        /// thisUpdate.
        as_of: Time,
    },
    /// It is revoked for good. That counts however old the data is.
    Revoked {
        /// Since when.
        at: Time,
        /// Why.
        reason: RevocationReason,
        /// thisUpdate.
        as_of: Time,
    },
    /// It was suspended, and may have been released since.
    OnHold {
        /// Since when.
        since: Time,
        /// thisUpdate.
        as_of: Time,
    },
    /// The responder says that it does not know the certificate.
    Unknown {
        /// thisUpdate.
        as_of: Time,
    },
    /// The data speaks about the certificate, and is too old for the time that was asked about.
    NotFresh {
        /// When it was issued.
        this_update: Time,
        /// When newer data was due.
        next_update: Option<Time>,
    },
    /// The data says nothing about the certificate.
    Unusable(Unusable),
}

impl Status {
    /// The weightiest of several: revoked before all, the earliest of these; then the newest that says good or on hold; then
    /// what comes nearest to an answer.
    pub fn weightiest(several: impl IntoIterator<Item = Self>) -> Option<Self> {
        several.into_iter().reduce(|one, other| if other.outweighs(&one) { other } else { one })
    }

    /// Whether somebody who may speak about the certificate has said what its status is.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Good { .. } | Self::Revoked { .. } | Self::OnHold { .. })
    }

    /// thisUpdate of the data, where somebody who may speak about the certificate has said what its status is.
    pub(crate) fn as_of(&self) -> Option<Time> {
        match self {
            Self::Good { as_of } | Self::Revoked { as_of, .. } | Self::OnHold { as_of, .. } => Some(*as_of),
            _ => None,
        }
    }

    fn outweighs(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Revoked { at, .. }, Self::Revoked { at: earlier, .. }) => at < earlier,
            (
                Self::Good { as_of } | Self::OnHold { as_of, .. },
                Self::Good { as_of: newest } | Self::OnHold { as_of: newest, .. },
            ) => as_of > newest,
            (Self::NotFresh { this_update, .. }, Self::NotFresh { this_update: newest, .. }) => this_update > newest,
            (Self::Unusable(one), Self::Unusable(other)) => one.weight() > other.weight(),
            _ => self.weight() > other.weight(),
        }
    }

    fn weight(&self) -> u8 {
        match self {
            Self::Revoked { .. } => 4,
            Self::Good { .. } | Self::OnHold { .. } => 3,
            Self::NotFresh { .. } => 2,
            Self::Unknown { .. } => 1,
            Self::Unusable(_) => 0,
        }
    }
}

/// Why data says nothing about a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unusable {
    /// It is about other certificates: another issuer, another part of its certificates, another serial number.
    OtherCertificates,
    /// It was issued after the time of the judgement.
    FromTheFuture,
    /// The certificate had ended before it was issued, so it may have been dropped.
    CertificateEndedBefore,
    /// It has a critical extension that is not known here (RFC 5280 sections 5.2 and 5.3, RFC 6960 section 4.4).
    UnknownCriticalExtension,
    /// It cannot be read at the place that was needed.
    Malformed,
    /// Its signature is by an algorithm that is not computed here.
    AlgorithmUnsupported,
    /// Its signature does not hold under any key that may speak.
    SignatureInvalid,
    /// Nobody is known who might have signed it.
    SignerUnknown,
    /// Who signed it may not speak about the certificate.
    SignerNotAuthorised,
    /// The responder's certificate was not valid when it answered.
    SignerNotValid,
    /// It was signed with an algorithm or a key that could not be relied on any more.
    TooWeak,
    /// Too much was asked of the data in one file.
    TooCostly,
    /// A delta CRL whose complete CRL is not there (RFC 5280 section 5.2.4).
    BaseMissing,
    /// CRLs that together do not speak for all reasons (RFC 5280 section 6.3.3).
    ReasonsIncomplete,
    /// The responder gave no answer (RFC 6960 section 4.2.1); nothing about that is signed.
    NoAnswer(ResponseStatus),
}

impl Unusable {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::OtherCertificates => "about-other-certificates",
            Self::FromTheFuture => "from-the-future",
            Self::CertificateEndedBefore => "certificate-ended-before",
            Self::UnknownCriticalExtension => "unknown-critical-extension",
            Self::Malformed => "malformed",
            Self::AlgorithmUnsupported => "algorithm-unsupported",
            Self::SignatureInvalid => "signature-invalid",
            Self::SignerUnknown => "signer-unknown",
            Self::SignerNotAuthorised => "signer-not-authorised",
            Self::SignerNotValid => "signer-not-valid",
            Self::TooWeak => "too-weak",
            Self::TooCostly => "too-costly",
            Self::BaseMissing => "base-missing",
            Self::ReasonsIncomplete => "reasons-incomplete",
            Self::NoAnswer(_) => "no-answer",
        }
    }

    /// Data about other certificates tells the least.
    fn weight(self) -> u8 {
        match self {
            Self::OtherCertificates => 0,
            Self::NoAnswer(_) => 1,
            _ => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revoked_beats_a_newer_good_and_the_newest_of_the_others_counts() {
        let time = |seconds| Time::from_unix(seconds).unwrap();
        let revoked = |at| Status::Revoked { at: time(at), reason: RevocationReason::Unspecified, as_of: time(100) };
        let (good, newer) = (Status::Good { as_of: time(200) }, Status::Good { as_of: time(300) });
        let hold = Status::OnHold { since: time(50), as_of: time(250) };
        let old = Status::NotFresh { this_update: time(400), next_update: None };
        let unknown = Status::Unknown { as_of: time(900) };
        let weightiest = |several: &[Status]| Status::weightiest(several.iter().copied()).unwrap();
        assert_eq!(weightiest(&[newer, revoked(20), revoked(10), hold]), revoked(10));
        assert_eq!(weightiest(&[good, hold]), hold);
        assert_eq!(weightiest(&[hold, newer, unknown]), newer);
        assert_eq!(weightiest(&[unknown, old, Status::Unusable(Unusable::SignatureInvalid)]), old);
        let (others, damaged) = (Unusable::OtherCertificates, Unusable::SignatureInvalid);
        assert_eq!(weightiest(&[Status::Unusable(others), Status::Unusable(damaged)]), Status::Unusable(damaged));
        assert_eq!(Status::weightiest([]), None);
    }
}
