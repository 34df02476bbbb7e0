//! The verdict over one certificate.

use eimza_core::revocation::StatusData;
use eimza_core::validation as core;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use super::cores;
use crate::certificate::Certificate;
use crate::errors::{OrRaise, json, no_truth};
use crate::names;
use crate::signature::Check;
use crate::time::Moment;

/// Judges one certificate (RFC 5280 section 6).
///
/// at is the time that is asked about, now the time of the judgement where that is later. trust are the anchors, certificates
/// those that paths may be built of; crls and ocsps are files in DER or PEM. policy_oids: the acceptable policies, without any
/// all of them; require_explicit_policy, inhibit_policy_mapping and inhibit_any_policy are the inputs of section 6.1.1;
/// name_constraints: NameConstraints in DER, for the initial subtrees. revocation: whether it is asked.
#[pyfunction]
#[pyo3(signature = (certificate, *, at, trust, now = None, certificates = None, crls = None, ocsps = None, policy_oids = None,
    require_explicit_policy = false, inhibit_policy_mapping = false, inhibit_any_policy = false, name_constraints = None,
    revocation = true))]
#[expect(clippy::too_many_arguments, reason = "keyword arguments in Python")]
pub(crate) fn validate_certificate(
    py: Python<'_>,
    certificate: Py<Certificate>,
    at: Moment,
    trust: Vec<Py<Certificate>>,
    now: Option<Moment>,
    certificates: Option<Vec<Py<Certificate>>>,
    crls: Option<Vec<PyBackedBytes>>,
    ocsps: Option<Vec<PyBackedBytes>>,
    policy_oids: Option<Vec<String>>,
    require_explicit_policy: bool,
    inhibit_policy_mapping: bool,
    inhibit_any_policy: bool,
    name_constraints: Option<PyBackedBytes>,
    revocation: bool,
) -> PyResult<CertificateReport> {
    let mut status = StatusData::new();
    crls.iter().flatten().try_for_each(|file| status.add_crls(file)).or_raise()?;
    ocsps.iter().flatten().try_for_each(|file| status.add_ocsps(file)).or_raise()?;
    let mut validation = core::CertificateValidation::at(at.0)
        .judged_at(now.unwrap_or(at).0)
        .trust(cores(&trust))
        .with_certificates(cores(&certificates.unwrap_or_default()))
        .with_status(&status);
    for policy in policy_oids.unwrap_or_default() {
        validation = validation.accept_policy(&policy).or_raise()?;
    }
    if let Some(constraints) = name_constraints {
        validation = validation.constrain_names(&constraints).or_raise()?;
    }
    if require_explicit_policy {
        validation = validation.require_explicit_policy();
    }
    if inhibit_policy_mapping {
        validation = validation.inhibit_policy_mapping();
    }
    if inhibit_any_policy {
        validation = validation.inhibit_any_policy();
    }
    if !revocation {
        validation = validation.without_revocation();
    }
    let certificate = certificate.get().0.clone();
    Ok(CertificateReport(py.detach(|| validation.validate(&certificate))))
}

/// The verdict over a certificate.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct CertificateReport(core::CertificateReport);

#[pymethods]
impl CertificateReport {
    /// "TOTAL-PASSED", "TOTAL-FAILED" or "INDETERMINATE".
    #[getter]
    fn indication(&self) -> &'static str {
        self.0.indication.name()
    }

    /// Why, by the names of EN 319 102-1.
    #[getter]
    fn sub_indication(&self) -> Option<&'static str> {
        self.0.sub_indication.map(core::SubIndication::name)
    }

    /// Whether it is TOTAL-PASSED.
    #[getter]
    fn passed(&self) -> bool {
        self.0.indication == core::Indication::TotalPassed
    }

    /// The certificates of the path, the anchor last; empty where there is no valid one.
    #[getter]
    fn path(&self) -> Vec<Certificate> {
        self.0.certificates.iter().cloned().map(Certificate).collect()
    }

    /// The acceptable policies that hold for the whole path, by their object identifiers.
    #[getter]
    fn policies(&self) -> Vec<String> {
        self.0.policies.clone()
    }

    /// Why there is no valid path, like "certificate-expired".
    #[getter]
    fn broken_rule(&self) -> Option<&'static str> {
        self.0.failure.as_ref().map(|failure| failure.rule.name())
    }

    /// The certificate that breaks that rule.
    #[getter]
    fn broken_by(&self) -> Option<Certificate> {
        self.0.failure.as_ref().map(|failure| Certificate(failure.certificate.clone()))
    }

    /// What was checked: the path, and unless it was not asked for, the status of each certificate in it.
    #[getter]
    fn checks(&self) -> Vec<Check> {
        self.0.checks.iter().map(Check::of).collect()
    }

    /// The JSON of `eimza certificate validate`; national ids masked unless revealed.
    #[pyo3(signature = (*, reveal = false))]
    fn to_json(&self, reveal: bool) -> PyResult<String> {
        if reveal { json(&self.0.clone().revealed()) } else { json(&self.0) }
    }

    fn __bool__(&self) -> PyResult<bool> {
        no_truth("CertificateReport", "True for TOTAL-PASSED alone")
    }

    fn __repr__(&self) -> String {
        format!("<eimza.CertificateReport {}>", names::verdict(self.0.indication, self.0.sub_indication))
    }
}
