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
    let found = Found::of(signer).map_err(|_| ReferenceFault::Malformed)?.ok_or(ReferenceFault::AttributeMissing)?;
    found.check_needed(needed)?;
    found.check_matched()
}

/// The four attributes of a signer; values that cannot be read are no values.
struct Found<'a> {
    certificate_references: Vec<CertificateReference<'a>>,
    revocation_references: Vec<RevocationReferences<'a>>,
    certificates: Vec<Certificate>,
    crls: Vec<Crl>,
    ocsps: Vec<Ocsp>,
}

impl<'a> Found<'a> {
    fn of(signer: &Signer<'a>) -> Result<Option<Self>> {
        let references = (CertificateReference::all(signer)?, RevocationReferences::all(signer)?);
        let values = (certificate_values(signer)?, revocation_values(signer)?);
        let ((Some(certificate_references), Some(revocation_references)), (Some(certificates), Some(revocation))) =
            (references, values)
        else {
            return Ok(None);
        };
        let RevocationValues { crls, ocsps, .. } = revocation;
        Ok(Some(Self {
            certificate_references,
            revocation_references,
            certificates: certificates.into_iter().filter_map(|der| Certificate::from_der(der).ok()).collect(),
            crls: crls.into_iter().filter_map(|der| Crl::from_der(der).ok()).collect(),
            ocsps: ocsps.into_iter().filter_map(|der| Ocsp::from_der(der).ok()).collect(),
        }))
    }

    /// Everything that was used has a reference and a value.
    fn check_needed(&self, needed: &Needed<'_>) -> std::result::Result<(), ReferenceFault> {
        for certificate in needed.certificates {
            if !self.has_certificate_reference(certificate) {
                return Err(ReferenceFault::CertificateReferenceMissing);
            }
            if !self.certificates.contains(certificate) {
                return Err(ReferenceFault::CertificateValueMissing);
            }
        }
        let has_references = needed.crls.iter().all(|crl| self.has_crl_reference(crl))
            && needed.ocsps.iter().all(|answer| self.has_ocsp_reference(answer));
        if !has_references {
            return Err(ReferenceFault::RevocationReferenceMissing);
        }
        let is_value = |answer: &Ocsp| self.ocsps.iter().any(|value| value.basic_der() == answer.basic_der());
        let has_values = needed.crls.iter().all(|crl| self.crls.contains(crl)) && needed.ocsps.iter().all(is_value);
        if has_values { Ok(()) } else { Err(ReferenceFault::RevocationValueMissing) }
    }

    /// No reference is without its value.
    fn check_matched(&self) -> std::result::Result<(), ReferenceFault> {
        let digests: Vec<(&Certificate, Digests)> = hashed(&self.certificates);
        let has_value = |reference: &CertificateReference<'_>| {
            digests.iter().any(|(certificate, digests)| reference.fits(certificate, digests))
        };
        if !self.certificate_references.iter().all(has_value) {
            return Err(ReferenceFault::CertificateReferenceUnmatched);
        }
        let (crls, basic, whole) = (hashed(&self.crls), hashed(&self.ocsps), hashed(&self.ocsps));
        let has_crl = |reference: &CrlReference<'_>| crls.iter().any(|(crl, digests)| reference.fits(crl, digests));
        let has_ocsp = |reference: &OcspReference<'_>| {
            let mut answers = basic.iter().zip(&whole);
            answers.any(|((answer, basic), (_, whole))| reference.fits(answer, basic, whole))
        };
        let references = &self.revocation_references;
        let all_matched = references.iter().flat_map(|one| &one.crls).all(has_crl)
            && references.iter().flat_map(|one| &one.ocsps).all(has_ocsp);
        if all_matched { Ok(()) } else { Err(ReferenceFault::RevocationReferenceUnmatched) }
    }

    fn has_certificate_reference(&self, certificate: &Certificate) -> bool {
        let digests = Digests::default();
        self.certificate_references.iter().any(|reference| reference.fits(certificate, &digests))
    }

    fn has_crl_reference(&self, crl: &Crl) -> bool {
        let digests = Digests::default();
        let mut references = self.revocation_references.iter().flat_map(|one| &one.crls);
        references.any(|reference| reference.fits(crl, &digests))
    }

    fn has_ocsp_reference(&self, answer: &Ocsp) -> bool {
        let (basic, whole) = (Digests::default(), Digests::default());
        let mut references = self.revocation_references.iter().flat_map(|one| &one.ocsps);
        references.any(|reference| reference.fits(answer, &basic, &whole))
    }
}

/// Each thing with room for its digests.
fn hashed<T>(all: &[T]) -> Vec<(&T, Digests)> {
    all.iter().map(|one| (one, Digests::default())).collect()
}
