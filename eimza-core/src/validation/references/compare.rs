//! References, values, and what the verdict rests on: each must be found in the others (BTK's guide, profiles P3 and P4).

use super::certificates::CertificateReference;
use super::hash::Digests;
use super::revocation::{CrlReference, OcspReference, RevocationReferences};
use super::values::{RevocationValues, certificate_values, revocation_values};
use crate::certificate::Certificate;
use crate::cms::Signer;
use crate::error::Result;
use crate::revocation::{Crl, Ocsp};

/// What the verdict over the signer rests on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Needed<'a> {
    /// The certificates of the path but the signer's own, the anchor's included.
    pub certificates: &'a [Certificate],
    /// The CRLs that were used.
    pub crls: &'a [Crl],
    /// The OCSP answers that were used.
    pub ocsps: &'a [Ocsp],
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReferenceFault {
    /// One of the four attributes cannot be read, or stands there twice.
    Malformed,
    /// One of the four attributes is not there.
    AttributeMissing,
    /// A certificate of the path has no reference.
    CertificateReferenceMissing,
    /// A certificate of the path has no value.
    CertificateValueMissing,
    /// Status data that was used has no reference.
    RevocationReferenceMissing,
    /// Status data that was used has no value.
    RevocationValueMissing,
    /// A certificate reference names none of the values.
    CertificateReferenceUnmatched,
    /// A reference to status data names none of the values.
    RevocationReferenceUnmatched,
}

impl ReferenceFault {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed => "references-malformed",
            Self::AttributeMissing => "references-missing",
            Self::CertificateReferenceMissing => "certificate-reference-missing",
            Self::CertificateValueMissing => "certificate-value-missing",
            Self::RevocationReferenceMissing => "revocation-reference-missing",
            Self::RevocationValueMissing => "revocation-value-missing",
            Self::CertificateReferenceUnmatched => "certificate-reference-unmatched",
            Self::RevocationReferenceUnmatched => "revocation-reference-unmatched",
        }
    }
}

/// Whether every reference has its value, and everything needed has both, one by one.
pub fn check_references(signer: &Signer<'_>, needed: &Needed<'_>) -> std::result::Result<(), ReferenceFault> {
    let found = References::of(signer)?.ok_or(ReferenceFault::AttributeMissing)?;
    if found.values.is_none() {
        return Err(ReferenceFault::AttributeMissing);
    }
    found.check(needed)
}

/// The references of a signer, and their values where these are there.
pub(in crate::validation) struct References<'a> {
    certificates: Vec<CertificateReference<'a>>,
    revocation: Vec<RevocationReferences<'a>>,
    pub(in crate::validation) values: Option<Values>,
}

/// What certificate-values and revocation-values hold; what cannot be read is no value.
pub(in crate::validation) struct Values {
    pub(in crate::validation) certificates: Vec<Certificate>,
    crls: Vec<Crl>,
    ocsps: Vec<Ocsp>,
}

impl Values {
    fn of(signer: &Signer<'_>) -> Result<Option<std::result::Result<Self, ReferenceFault>>> {
        let (certificates, revocation) = match (certificate_values(signer)?, revocation_values(signer)?) {
            (None, None) => return Ok(None),
            (Some(certificates), Some(revocation)) => (certificates, revocation),
            _ => return Ok(Some(Err(ReferenceFault::AttributeMissing))),
        };
        let RevocationValues { crls, ocsps, .. } = revocation;
        Ok(Some(Ok(Self {
            certificates: certificates.into_iter().filter_map(|der| Certificate::from_der(der).ok()).collect(),
            crls: crls.into_iter().filter_map(|der| Crl::from_der(der).ok()).collect(),
            ocsps: ocsps.into_iter().filter_map(|der| Ocsp::from_der(der).ok()).collect(),
        })))
    }

    fn has_answer(&self, answer: &Ocsp) -> bool {
        self.ocsps.iter().any(|value| value.basic_der() == answer.basic_der())
    }
}

impl<'a> References<'a> {
    /// Those of a signer; `None` where it has none. Of the two attributes, and of the two with values, neither or both have
    /// to be there.
    pub(in crate::validation) fn of(signer: &Signer<'a>) -> std::result::Result<Option<Self>, ReferenceFault> {
        let malformed = |_| ReferenceFault::Malformed;
        let certificates = CertificateReference::all(signer).map_err(malformed)?;
        let revocation = RevocationReferences::all(signer).map_err(malformed)?;
        let (certificates, revocation) = match (certificates, revocation) {
            (None, None) => return Ok(None),
            (Some(certificates), Some(revocation)) => (certificates, revocation),
            _ => return Err(ReferenceFault::AttributeMissing),
        };
        let values = Values::of(signer).map_err(malformed)?.transpose()?;
        Ok(Some(Self { certificates, revocation, values }))
    }

    /// Whether everything needed has a reference, and where there are values, everything needed and every reference has one.
    pub(in crate::validation) fn check(&self, needed: &Needed<'_>) -> std::result::Result<(), ReferenceFault> {
        for certificate in needed.certificates {
            if !self.names_certificate(certificate) {
                return Err(ReferenceFault::CertificateReferenceMissing);
            }
            if self.values.as_ref().is_some_and(|values| !values.certificates.contains(certificate)) {
                return Err(ReferenceFault::CertificateValueMissing);
            }
        }
        let has_references = needed.crls.iter().all(|crl| self.names_crl(crl))
            && needed.ocsps.iter().all(|answer| self.names_ocsp(answer));
        if !has_references {
            return Err(ReferenceFault::RevocationReferenceMissing);
        }
        let has_values = needed.crls.iter().all(|crl| self.has_crl_value(crl))
            && needed.ocsps.iter().all(|answer| self.has_ocsp_value(answer));
        if !has_values {
            return Err(ReferenceFault::RevocationValueMissing);
        }
        self.check_matched()
    }

    /// No reference is without its value, where there are values.
    pub(in crate::validation) fn check_matched(&self) -> std::result::Result<(), ReferenceFault> {
        let Some(values) = &self.values else { return Ok(()) };
        let digests: Vec<(&Certificate, Digests)> = hashed(&values.certificates);
        let has_value = |reference: &CertificateReference<'_>| {
            digests.iter().any(|(certificate, digests)| reference.fits(certificate, digests))
        };
        if !self.certificates.iter().all(has_value) {
            return Err(ReferenceFault::CertificateReferenceUnmatched);
        }
        let (crls, basic, whole) = (hashed(&values.crls), hashed(&values.ocsps), hashed(&values.ocsps));
        let has_crl = |reference: &CrlReference<'_>| crls.iter().any(|(crl, digests)| reference.fits(crl, digests));
        let has_ocsp = |reference: &OcspReference<'_>| {
            let mut answers = basic.iter().zip(&whole);
            answers.any(|((answer, basic), (_, whole))| reference.fits(answer, basic, whole))
        };
        let all_matched = self.revocation.iter().flat_map(|one| &one.crls).all(has_crl)
            && self.revocation.iter().flat_map(|one| &one.ocsps).all(has_ocsp);
        if all_matched { Ok(()) } else { Err(ReferenceFault::RevocationReferenceUnmatched) }
    }

    fn names_certificate(&self, certificate: &Certificate) -> bool {
        let digests = Digests::default();
        self.certificates.iter().any(|reference| reference.fits(certificate, &digests))
    }

    /// Whether a reference names this CRL.
    pub(in crate::validation) fn names_crl(&self, crl: &Crl) -> bool {
        let digests = Digests::default();
        let mut references = self.revocation.iter().flat_map(|one| &one.crls);
        references.any(|reference| reference.fits(crl, &digests))
    }

    /// Whether a reference names this answer.
    pub(in crate::validation) fn names_ocsp(&self, answer: &Ocsp) -> bool {
        let (basic, whole) = (Digests::default(), Digests::default());
        let mut references = self.revocation.iter().flat_map(|one| &one.ocsps);
        references.any(|reference| reference.fits(answer, &basic, &whole))
    }

    /// Whether this CRL is among the values; `true` where there are none at all.
    pub(in crate::validation) fn has_crl_value(&self, crl: &Crl) -> bool {
        self.values.as_ref().is_none_or(|values| values.crls.contains(crl))
    }

    /// The same for an answer.
    pub(in crate::validation) fn has_ocsp_value(&self, answer: &Ocsp) -> bool {
        self.values.as_ref().is_none_or(|values| values.has_answer(answer))
    }
}

/// Each thing with room for its digests.
fn hashed<T>(all: &[T]) -> Vec<(&T, Digests)> {
    all.iter().map(|one| (one, Digests::default())).collect()
}
