//! The facts of errors about certificates.

use std::fmt;

use super::facts::facts;
use crate::time::Time;

facts! {
    /// Why a trust store cannot be read.
    TrustStoreFault {
        /// It is no well-formed XML.
        NotXml,
        /// It declares a document type.
        DocumentType,
        /// It holds no root certificate.
        NoRoots,
    }
}

facts! {
    /// A field of a certificate that cannot be read.
    CertificateField {
        /// The begin of its validity.
        NotBefore,
        /// The end of its validity.
        NotAfter,
    }
}

/// A certificate that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Its subject, national ids masked.
    pub subject: String,
    /// Why it does not fit.
    pub why: Exclusion,
}

/// Why a certificate does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exclusion {
    /// It has ended.
    Expired {
        /// When.
        not_after: Time,
    },
    /// It is not valid yet.
    NotYetValid {
        /// When it begins.
        not_before: Time,
    },
    /// It cannot be used as a qualified one.
    NotQualified {
        /// What it lacks.
        shortfalls: Vec<Shortfall>,
    },
    /// Its key may not sign documents.
    CannotSign,
    /// It belongs to another person.
    OtherPerson,
    /// It was made by another issuer.
    OtherIssuer,
    /// Another one was asked for.
    NotChosen,
    /// The check failed with the error of this stable name.
    Failed(&'static str),
}

impl fmt::Display for Excluded {
    /// The subject and the stable name of the reason.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.subject, self.why)
    }
}

impl fmt::Display for Exclusion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exclusion::Expired { not_after } => write!(formatter, "certificate-expired ({not_after})"),
            Exclusion::NotYetValid { not_before } => write!(formatter, "certificate-not-yet-valid ({not_before})"),
            Exclusion::NotQualified { shortfalls } => {
                let names: Vec<&str> = shortfalls.iter().map(|shortfall| shortfall.name()).collect();
                write!(formatter, "certificate-not-qualified ({})", names.join(", "))
            }
            Exclusion::CannotSign => formatter.write_str("certificate-cannot-sign"),
            Exclusion::OtherPerson => formatter.write_str("certificate-other-person"),
            Exclusion::OtherIssuer => formatter.write_str("certificate-issuer-unknown"),
            Exclusion::NotChosen => formatter.write_str("not-chosen"),
            Exclusion::Failed(name) => formatter.write_str(name),
        }
    }
}

facts! {
    /// What a certificate lacks to be a Turkish qualified one.
    Shortfall {
        /// It does not say that it is qualified (QC statement 0.4.0.1862.1.1).
        ComplianceMissing "compliance-missing",
        /// It has neither of BTK's statements: 2.16.792.1.61.0.1.5070.1.1 for persons, …5070.2.1 for seals.
        TurkishStatementMissing "turkish-statement-missing",
        /// It is an authority's certificate.
        Authority "authority",
        /// Its key may not sign what cannot be disowned later. A company's seal has digitalSignature only, so this is
        /// demanded of it only for a consent.
        NonRepudiationMissing "non-repudiation-missing",
        /// It is for something else than a person's signatures, by its purposes or statements: no consent is given with it.
        NotPersonal "not-personal",
        /// Its use is restricted (kullanım kısıtı): no consent is given with it.
        UsageRestricted "usage-restricted",
        /// An extension stands in it twice (RFC 5280 section 4.2): no consent is given with it.
        ExtensionRepeated "extension-repeated",
        /// A critical extension is not known here (RFC 5280 section 4.2): no consent is given with it.
        ExtensionUnknown "extension-unknown",
        /// A known extension cannot be read to its end: no consent is given with it.
        ExtensionUnreadable "extension-unreadable",
        /// Its key is too short: no consent is given with it.
        KeyWeak "key-weak",
        /// It was signed by an algorithm that is too weak: no consent is given with it.
        SignatureWeak "signature-weak",
    }
}
