//! The receipt: what was accepted.

use eimza_core::consent::{self as core, Seal};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use super::Finding;
use crate::certificate::Certificate;
use crate::errors::{OrRaise, dict};
use crate::time::Moment;
use crate::token::KeyMaterial;

/// The key with which a service of one's own seals its receipts. The key material is used up.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct ReceiptSigner(core::ReceiptSigner);

#[pymethods]
impl ReceiptSigner {
    #[new]
    fn new(key: &KeyMaterial) -> PyResult<Self> {
        core::ReceiptSigner::new(key.take()?).or_raise().map(Self)
    }

    /// The seal's certificate: Receipt.open wants it.
    #[getter]
    fn certificate(&self) -> Certificate {
        Certificate(self.0.certificate().clone())
    }

    fn __repr__(&self) -> String {
        format!("<eimza.ReceiptSigner {}>", self.0.certificate().subject())
    }
}

/// What a service says about a consent or a revocation that it received: whether it accepted it, and by which verdict. It is
/// sealed by its own CAdES signature.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct Receipt(pub(crate) core::Receipt);

#[pymethods]
impl Receipt {
    /// Opens a sealed receipt; ReceiptInvalid unless the seal is this service's and all of it fits together.
    #[staticmethod]
    fn open(py: Python<'_>, sealed: &[u8], seal_certificate: &Certificate) -> PyResult<Self> {
        py.detach(|| core::Receipt::open(sealed, &seal_certificate.0)).or_raise().map(Self)
    }

    /// Issues the receipt of what check_consent found, sealed. now is the service's own time. It says accepted where the
    /// finding does; of anything else, that it was received and what is missing.
    #[staticmethod]
    fn issue(py: Python<'_>, finding: &Finding, seal: &ReceiptSigner, now: Moment) -> PyResult<Self> {
        py.detach(|| core::Receipt::issue(&finding.0, &seal.0, now.0)).or_raise().map(Self)
    }

    /// The receipt of the same consent with the note that it was revoked, sealed anew; ReceiptInvalid where the revocation
    /// is about another one.
    fn revoked_by(&self, py: Python<'_>, revocation: &Receipt, seal: &ReceiptSigner) -> PyResult<Self> {
        py.detach(|| self.0.revoked_by(&revocation.0, &seal.0)).or_raise().map(Self)
    }

    /// The sealed form: CAdES, the JSON inside. The person is named in full.
    #[getter]
    fn sealed<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.sealed_form())
    }

    /// JSON for display, the national id masked.
    fn to_json(&self) -> PyResult<String> {
        self.0.display().or_raise()
    }

    /// The record's canonical octets; the person is named in full.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.record().to_bytes().or_raise()?))
    }

    /// SHA-256 of the record, lower-case hexadecimal: the name under which revocations refer to it.
    #[getter]
    fn record_sha256(&self) -> &str {
        self.0.record_sha256()
    }

    /// "signed", or "declared" in the portal's logged-in session.
    #[getter]
    fn way(&self) -> &'static str {
        self.0.way().name()
    }

    /// The signer's certificate, SHA-256 in lower-case hexadecimal.
    #[getter]
    fn certificate_sha256(&self) -> Option<&str> {
        self.0.certificate_sha256()
    }

    /// Each signature file, SHA-256 in lower-case hexadecimal.
    #[getter]
    fn signatures_sha256(&self) -> Vec<String> {
        self.0.signatures_sha256().to_vec()
    }

    /// The signing time as the signatures claim it.
    #[getter]
    fn signed_at(&self) -> Option<Moment> {
        self.0.signed_at().map(Moment)
    }

    /// When it arrived at the service.
    #[getter]
    fn received_at(&self) -> Moment {
        Moment(self.0.received_at())
    }

    /// From when on it counts; None of what was received and not accepted so far.
    #[getter]
    fn accepted_at(&self) -> Option<Moment> {
        self.0.accepted_at().map(Moment)
    }

    /// Whether it was accepted. A receipt of what was only received proves its arrival and nothing more.
    #[getter]
    fn accepted(&self) -> bool {
        self.0.is_accepted()
    }

    /// The verdict, a dict: indication, what it rests on, what is missing; None for a declared revocation.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        self.0.verdict().map(|verdict| dict(py, verdict)).transpose()
    }

    /// The verdict on the signatures by EN 319 102-1; None for a declared revocation.
    #[getter]
    fn indication(&self) -> Option<&'static str> {
        self.0.verdict().map(|verdict| verdict.indication.name())
    }

    /// Why the verdict is not more than that.
    #[getter]
    fn sub_indication(&self) -> Option<&'static str> {
        self.0.verdict().and_then(|verdict| verdict.sub_indication).map(|reason| reason.name())
    }

    /// Since when the consent is revoked, as this receipt knows.
    #[getter]
    fn revoked_since(&self) -> Option<Moment> {
        self.0.revocation().map(|note| Moment(note.accepted_at.utc))
    }

    fn __repr__(&self) -> String {
        let what = if self.0.is_accepted() { "accepted" } else { "received" };
        format!("<eimza.Receipt {}, {what}, {}>", self.way(), self.0.received_at())
    }
}
