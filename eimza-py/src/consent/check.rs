//! The receiving side's check, for services that are not the embedded one.

use std::time::Duration;

use eimza_core::consent::{self as core, Arrival, Submission};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use super::{ConsentText, Request};
use crate::certificate::Certificate;
use crate::errors::{OrRaise, dict};
use crate::time::Moment;

/// Checks what arrived against the service's own copy of what it asked for; ConsentRejected where it does not pass.
///
/// record and signatures are those of a SignedConsent; issuers those whose certificates are accepted; tolerance (5
/// minutes) is how far the application's clock may differ. Looks at no clock, no network and no store.
#[pyfunction]
#[pyo3(signature = (request, texts, record, signatures, *, arrived_at, issuers, tolerance = None))]
#[allow(clippy::too_many_arguments)]
pub(crate) fn check_consent(
    py: Python<'_>,
    request: &Request,
    texts: Vec<Py<ConsentText>>,
    record: Vec<u8>,
    signatures: Vec<Vec<u8>>,
    arrived_at: Moment,
    issuers: Vec<Py<Certificate>>,
    tolerance: Option<Duration>,
) -> PyResult<Acceptance> {
    let texts: Vec<_> = texts.iter().map(|text| text.get().0.clone()).collect();
    let issuers: Vec<_> = issuers.iter().map(|issuer| issuer.get().0.clone()).collect();
    let submission = Submission { record, signatures };
    let checked = py.detach(|| {
        core::check(&Arrival {
            request: &request.0,
            texts: &texts,
            submission: &submission,
            arrived_at: arrived_at.0,
            issuers: &issuers,
            tolerance: tolerance.unwrap_or(Duration::from_secs(300)),
        })
    });
    checked.map_err(eimza_core::Error::from).or_raise().map(Acceptance)
}

/// What is known of a submission that passed.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Acceptance(pub(super) core::Acceptance);

#[pymethods]
impl Acceptance {
    /// The record's canonical octets, equal to what was asked.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.record.to_bytes().or_raise()?))
    }

    /// What was checked and what was left to later: a dict of indication, sub_indication, passed, not_checked.
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
        format!("<eimza.Acceptance {}, {}>", self.0.certificate.subject(), self.0.signed_at)
    }
}
