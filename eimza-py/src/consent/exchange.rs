//! What crosses between a session and a service: what a code opens, what is handed in, how it stands.

use eimza_core::consent::{self as core, Rejection};
use eimza_core::error::ArgumentFault;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as Unknown, StrDeserializer};

use super::{ConsentText, Receipt, Request};
use crate::certificate::Certificate;
use crate::errors::{OrRaise, invalid};

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

    /// Reads what travels over a network: the JSON of the schema redeemed-1.json. With shows_hidden_characters, texts may
    /// hold characters that the application makes visible.
    #[staticmethod]
    #[pyo3(signature = (text, *, shows_hidden_characters = false))]
    fn from_wire(text: &str, shows_hidden_characters: bool) -> PyResult<Self> {
        let redeemed = if shows_hidden_characters {
            core::Redeemed::from_wire_showing_hidden_characters(text)
        } else {
            core::Redeemed::from_wire(text)
        };
        redeemed.or_raise().map(Self::of)
    }

    /// What travels over a network: the JSON of the schema redeemed-1.json. The national id stands in it in clear.
    fn to_wire(&self) -> PyResult<String> {
        self.to_core().to_wire().or_raise()
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

    /// Reads what travels over a network: the JSON of the schema submission-1.json.
    #[staticmethod]
    fn from_wire(text: &str) -> PyResult<Self> {
        core::Submission::from_wire(text).or_raise().map(Self)
    }

    /// What travels over a network: the JSON of the schema submission-1.json. The person stands in it in clear.
    fn to_wire(&self) -> PyResult<String> {
        self.0.to_wire().or_raise()
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

    /// What a receipt says of itself: "received", "accepted" or "revoked". It comes from Receipt.open, which checks the
    /// service's seal.
    #[staticmethod]
    fn of_receipt(receipt: &Receipt) -> Self {
        Self(core::ConsentStatus::of_receipt(receipt.0.clone()))
    }

    /// It was not accepted; reason is the stable name of the check that failed ("late", "signature", "issuer" …), another
    /// one raises ArgumentInvalid.
    #[staticmethod]
    fn rejected(reason: &str) -> PyResult<Self> {
        let reason: StrDeserializer<'_, Unknown> = reason.into_deserializer();
        match Rejection::deserialize(reason) {
            Ok(rejection) => Ok(Self(core::ConsentStatus::Rejected(rejection))),
            Err(_) => invalid("reason", ArgumentFault::NameUnknown),
        }
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

    /// Reads what travels over a network: the JSON of the schema status-1.json. A receipt is opened with the certificate
    /// of the service's seal.
    #[staticmethod]
    fn from_wire(text: &str, service: &Certificate) -> PyResult<Self> {
        core::ConsentStatus::from_wire(text, &service.0).or_raise().map(Self)
    }

    /// What travels over a network: the JSON of the schema status-1.json. A receipt in it names the person in clear.
    fn to_wire(&self) -> PyResult<String> {
        self.0.to_wire().or_raise()
    }

    /// "waiting", "open", "received", "accepted", "rejected", "revoked", "expired" or "cancelled".
    #[getter]
    fn state(&self) -> &'static str {
        self.0.name()
    }

    /// The receipt, where the state is "received", "accepted" or "revoked".
    #[getter]
    fn receipt(&self) -> Option<Receipt> {
        self.0.receipt().cloned().map(Receipt)
    }

    /// The stable name of the check that failed, where the state is "rejected".
    #[getter]
    fn rejection(&self) -> Option<&'static str> {
        self.0.rejection().map(Rejection::name)
    }

    fn __repr__(&self) -> String {
        format!("<eimza.ConsentStatus {}>", self.state())
    }
}
