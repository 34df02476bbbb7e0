//! The receiving side's check, for services that are not the embedded one.

use std::time::Duration;

use eimza_core::consent::{self as core, Arrival};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict};

use super::trust::status_data;
use super::{ConsentText, Request, Submission, Trust};
use crate::certificate::Certificate;
use crate::errors::{OrRaise, dict};
use crate::time::Moment;

/// Checks what arrived against the service's own copy of what it asked for; ConsentRejected where it does not hold.
///
/// record and signatures are those of a SignedConsent; trust says whom the service trusts, crls and ocsps are the status data
/// that it has, files in DER or PEM; tolerance (5 minutes) is how far the application's clock may differ. Where all is well
/// but status data is missing, the Finding is not accepted: with the data and judged_at, the same check comes to an end.
/// Looks at no clock, no network and no store.
#[pyfunction]
#[pyo3(signature = (request, texts, record, signatures, *, arrived_at, trust, crls = None, ocsps = None, judged_at = None,
    tolerance = None))]
#[expect(clippy::too_many_arguments, reason = "keyword arguments in Python")]
pub(crate) fn check_consent(
    py: Python<'_>,
    request: &Request,
    texts: Vec<Py<ConsentText>>,
    record: Vec<u8>,
    signatures: Vec<Vec<u8>>,
    arrived_at: Moment,
    trust: &Trust,
    crls: Option<Vec<PyBackedBytes>>,
    ocsps: Option<Vec<PyBackedBytes>>,
    judged_at: Option<Moment>,
    tolerance: Option<Duration>,
) -> PyResult<Finding> {
    let texts: Vec<_> = texts.iter().map(|text| text.get().0.clone()).collect();
    let status = status_data(crls, ocsps)?;
    let submission = core::Submission { record, signatures };
    let checked = py.detach(|| {
        core::check(&Arrival {
            request: &request.0,
            texts: &texts,
            submission: &submission,
            arrived_at: arrived_at.0,
            judged_at: judged_at.unwrap_or(arrived_at).0,
            trust: &trust.0,
            status: &status,
            tolerance: tolerance.unwrap_or(Duration::from_secs(300)),
            cache: None,
        })
    });
    checked.map_err(eimza_core::Error::from).or_raise().map(Finding)
}

/// What is known of a submission that was not refused; accepted tells whether the verdict is there.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Finding(pub(super) core::Finding);

#[pymethods]
impl Finding {
    /// Whether every signature is TOTAL-PASSED. If not, status data is missing, as the verdict says.
    #[getter]
    fn accepted(&self) -> bool {
        self.0.is_accepted()
    }

    /// The signatures of this submission with chain and status data inside, for the service to keep: so they can be judged
    /// years later.
    fn completed<'py>(&self, py: Python<'py>, submission: &Submission) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        let completed = py.detach(|| self.0.completed(&submission.0)).or_raise()?;
        Ok(completed.iter().map(|file| PyBytes::new(py, file)).collect())
    }

    /// The record's canonical octets, equal to what was asked.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.record.to_bytes().or_raise()?))
    }

    /// The verdict as it stands in a receipt, a dict: indication, what it rests on, what is missing.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        dict(py, &self.0.verdict)
    }

    /// Who signed.
    #[getter]
    fn certificate(&self) -> Certificate {
        Certificate(self.0.certificate.clone())
    }

    /// When, as all signatures claim; not before the last reading, nor later than the arrival and the tolerance.
    #[getter]
    fn signed_at(&self) -> Moment {
        Moment(self.0.signed_at)
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Finding {}, {}>", self.0.certificate.subject(), self.0.verdict.indication)
    }
}
