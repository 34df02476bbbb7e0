//! Why there is no valid path.

use crate::certificate::Certificate;
use crate::clock::Time;
use crate::validation::SubIndication;

/// Of all the paths that were tried, why the one that came furthest is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFailure {
    /// The certificate that breaks the rule.
    pub certificate: Certificate,
    /// The rule.
    pub rule: BrokenRule,
}

/// A rule of RFC 5280 section 6.1 that is broken. The further down, the further the path had come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum BrokenRule {
    /// Neither an anchor nor a certificate that was given has the issuer's name.
    IssuerUnknown,
    /// The signature is of no key that was given under the issuer's name.
    SignatureInvalid,
    /// The issuer's signature cannot be computed.
    AlgorithmUnsupported {
        /// Its name or object identifier.
        algorithm: String,
    },
    /// An issuer's public key cannot be read.
    KeyUnreadable,
    /// It has issued a certificate and is none of an authority (section 6.1.4 (k)).
    NotAnAuthority,
    /// It has issued a certificate, which its key usage excludes (section 6.1.4 (n)).
    IssuingExcluded,
    /// More authorities stand beneath it than it allows (section 6.1.4 (l), (m)), or than are followed.
    PathTooLong {
        /// How many are allowed.
        limit: u32,
    },
    /// An extension is critical and of a kind that is not read here.
    UnknownCriticalExtension {
        /// Its object identifier.
        oid: String,
    },
    /// An extension cannot be read or stands there twice.
    ExtensionMalformed {
        /// Its object identifier.
        oid: String,
    },
    /// One of its names lies outside of what an authority above permits (section 6.1.3 (b)).
    NameNotPermitted,
    /// One of its names is excluded by an authority above (section 6.1.3 (c)).
    NameExcluded,
    /// An authority above constrains names of a kind that is not read here, or one of the names cannot be read.
    NameNotComparable,
    /// anyPolicy is mapped, which is never allowed (section 6.1.4 (a)).
    AnyPolicyMapped,
    /// A policy is demanded, and no acceptable one holds for the whole path (sections 6.1.3 (f), 6.1.5 (g)).
    PolicyMissing,
    /// When it begins or ends cannot be read.
    DatesUnreadable,
    /// It was not valid yet.
    NotYetValid {
        /// The time that was asked for.
        at: Time,
        /// When it begins.
        not_before: Time,
    },
    /// It was not valid any more.
    Expired {
        /// The time that was asked for.
        at: Time,
        /// When it ends.
        not_after: Time,
    },
    /// The search was given up; a valid path may exist.
    SearchExceeded(Exceeded),
}

impl From<Exceeded> for BrokenRule {
    fn from(exceeded: Exceeded) -> Self {
        Self::SearchExceeded(exceeded)
    }
}

/// What a search would have needed too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Exceeded {
    /// Issuer signatures.
    Signatures,
    /// Certificates under the issuers' names.
    Candidates,
    /// Names that are constrained.
    Names,
    /// Policies and their mappings.
    Policies,
}

impl BrokenRule {
    /// The failure of the path in which this certificate breaks it.
    pub(super) fn of(self, certificate: &Certificate) -> PathFailure {
        PathFailure { certificate: certificate.clone(), rule: self }
    }

    /// Whether the path was found to break a rule; otherwise what was needed was missing.
    pub(in crate::validation) fn is_certain(&self) -> bool {
        !matches!(self, Self::IssuerUnknown | Self::AlgorithmUnsupported { .. } | Self::SearchExceeded(_))
    }

    /// The stable name, in lower case with hyphens.
    pub fn name(&self) -> &'static str {
        match self {
            Self::IssuerUnknown => "issuer-unknown",
            Self::SignatureInvalid => "issuer-signature-invalid",
            Self::AlgorithmUnsupported { .. } => "issuer-algorithm-unsupported",
            Self::KeyUnreadable => "issuer-key-unreadable",
            Self::NotAnAuthority => "issuer-not-an-authority",
            Self::IssuingExcluded => "issuer-key-usage",
            Self::PathTooLong { .. } => "path-too-long",
            Self::UnknownCriticalExtension { .. } => "critical-extension-unknown",
            Self::ExtensionMalformed { .. } => "extension-malformed",
            Self::NameNotPermitted => "name-not-permitted",
            Self::NameExcluded => "name-excluded",
            Self::NameNotComparable => "name-not-comparable",
            Self::AnyPolicyMapped => "any-policy-mapped",
            Self::PolicyMissing => "policy-missing",
            Self::DatesUnreadable => "certificate-dates-unreadable",
            Self::NotYetValid { .. } => "certificate-not-yet-valid",
            Self::Expired { .. } => "certificate-expired",
            Self::SearchExceeded(_) => "path-search-exceeded",
        }
    }

    /// What EN 319 102-1 section 5.2.6 calls it.
    pub fn sub_indication(&self) -> SubIndication {
        match self {
            Self::IssuerUnknown | Self::SignatureInvalid => SubIndication::NoCertificateChainFound,
            Self::AlgorithmUnsupported { .. } => SubIndication::CryptoConstraintsFailureNoPoe,
            Self::NotYetValid { .. } | Self::Expired { .. } => SubIndication::OutOfBoundsNoPoe,
            Self::PolicyMissing => SubIndication::ChainConstraintsFailure,
            _ => SubIndication::CertificateChainGeneralFailure,
        }
    }
}
