//! What crosses between a session and a service: what a code opens, what is handed in, how it stands.

use eimza_core::consent::{self as core, Rejection};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as Unknown, StrDeserializer};

use super::{ConsentText, Receipt, Request};
use crate::errors::invalid;

/// What a code opens: the request, and its texts in the order of the request. A session takes no other texts than those
/// that the request names.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Redeemed {
    request: core::Request,
    texts: Vec<core::ConsentText>,
}

#[pymethods]
impl Redeemed {
    #[new]
    fn new(request: &Request, texts: Vec<Py<ConsentText>>) -> Self {
        Self { request: request.0.clone(), texts: texts.iter().map(|text| text.get().0.clone()).collect() }
    }

    /// What is asked for.
    #[getter]
    fn request(&self) -> Request {
        Request(self.request.clone())
    }

    /// The texts, in the order of the request.
    #[getter]
    fn texts(&self) -> Vec<ConsentText> {
        self.texts.iter().cloned().map(ConsentText).collect()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Redeemed {} texts>", self.texts.len())
    }
}

impl Redeemed {
    pub(super) fn of(redeemed: core::Redeemed) -> Self {
        Self { request: redeemed.request, texts: redeemed.texts }
    }

    pub(super) fn to_core(&self) -> core::Redeemed {
        core::Redeemed { request: self.request.clone(), texts: self.texts.clone() }
    }
}

/// What an application hands in: the record's canonical octets, and a CAdES signature for each text.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct Submission(pub(super) core::Submission);

#[pymethods]
impl Submission {
    #[new]
    fn new(record: Vec<u8>, signatures: Vec<Vec<u8>>) -> Self {
        Self(core::Submission { record, signatures })
    }

    /// The record's canonical octets.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.record)
    }

    /// The CAdES signatures, one for each text.
    #[getter]
    fn signatures<'py>(&self, py: Python<'py>) -> Vec<Bound<'py, PyBytes>> {
        self.0.signatures.iter().map(|signature| PyBytes::new(py, signature)).collect()
    }

    /// One digest over everything, lower-case hexadecimal: the same submission is recognised by it.
    #[getter]
    fn sha256(&self) -> String {
        self.0.sha256().to_hex()
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Submission {} signatures>", self.0.signatures.len())
    }
}

/// How it stands with a session, as a service tells it.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct ConsentStatus(pub(super) core::ConsentStatus);

#[pymethods]
impl ConsentStatus {
    /// The code waits to be redeemed.
    #[staticmethod]
    fn waiting() -> Self {
        Self(core::ConsentStatus::Waiting)
    }

    /// The session is open; nothing has arrived.
    #[staticmethod]
    fn open() -> Self {
        Self(core::ConsentStatus::Open)
    }

    /// It was accepted. The receipt comes from Receipt.open, which checks the service's seal.
    #[staticmethod]
    fn accepted(receipt: &Receipt) -> Self {
        Self(core::ConsentStatus::Accepted(Box::new(receipt.0.clone())))
    }

    /// It was not accepted; reason is the stable name of the check that failed ("late", "signature", "issuer" …), another
    /// one raises ArgumentInvalid.
    #[staticmethod]
    fn rejected(reason: &str) -> PyResult<Self> {
        let reason: StrDeserializer<'_, Unknown> = reason.into_deserializer();
        match Rejection::deserialize(reason) {
            Ok(rejection) => Ok(Self(core::ConsentStatus::Rejected(rejection))),
            Err(_) => invalid("reason", "its name is not known"),
        }
    }

    /// It was accepted and has been revoked since.
    #[staticmethod]
    fn revoked(receipt: &Receipt) -> Self {
        Self(core::ConsentStatus::Revoked(Box::new(receipt.0.clone())))
    }

    /// The time ran out.
    #[staticmethod]
    fn expired() -> Self {
        Self(core::ConsentStatus::Expired)
    }

    /// It was cancelled, or a new code was asked for.
    #[staticmethod]
    fn cancelled() -> Self {
        Self(core::ConsentStatus::Cancelled)
    }

    /// "waiting", "open", "accepted", "rejected", "revoked", "expired" or "cancelled".
    #[getter]
    fn state(&self) -> &'static str {
        match self.0 {
            core::ConsentStatus::Waiting => "waiting",
            core::ConsentStatus::Open => "open",
            core::ConsentStatus::Accepted(_) => "accepted",
            core::ConsentStatus::Rejected(_) => "rejected",
            core::ConsentStatus::Revoked(_) => "revoked",
            core::ConsentStatus::Expired => "expired",
            core::ConsentStatus::Cancelled => "cancelled",
        }
    }

    /// The receipt, where the state is "accepted" or "revoked".
    #[getter]
    fn receipt(&self) -> Option<Receipt> {
        match &self.0 {
            core::ConsentStatus::Accepted(receipt) | core::ConsentStatus::Revoked(receipt) => {
                Some(Receipt(receipt.as_ref().clone()))
            }
            _ => None,
        }
    }

    /// The stable name of the check that failed, where the state is "rejected".
    #[getter]
    fn rejection(&self) -> Option<&'static str> {
        match self.0 {
            core::ConsentStatus::Rejected(rejection) => Some(rejection.name()),
            _ => None,
        }
    }

    fn __repr__(&self) -> String {
        format!("<eimza.ConsentStatus {}>", self.state())
    }
}
