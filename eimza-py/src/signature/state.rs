//! What is kept between preparing and completing.

use eimza_core::cades as core;
use eimza_core::error::ArgumentFault;
use eimza_core::{Clock, SystemClock};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::Content;
use crate::certificate::Certificate;
use crate::errors::{OrRaise, invalid};
use crate::names;
use crate::time::Moment;
use crate::token::SignRequest;

/// The state of a signature between preparing and completing: options and digests, never the content and no secret.
///
/// As bytes it can be completed in another process or language. Completing rebuilds what was to be signed from content
/// and certificate, which are given again: an altered state cannot become a signature over something else.
#[pyclass(frozen, eq, module = "eimza")]
#[derive(PartialEq)]
pub(crate) struct State(pub(super) core::State);

#[pymethods]
impl State {
    /// Reads what to_bytes() wrote, in whatever language.
    #[staticmethod]
    fn from_bytes(octets: &[u8]) -> PyResult<Self> {
        core::State::from_bytes(octets).or_raise().map(Self)
    }

    /// Opens what sealed() wrote; StateError where it was altered or sealed under another key.
    #[staticmethod]
    fn unseal(octets: &[u8], key: &StateKey) -> PyResult<Self> {
        core::State::unseal(octets, &key.0).or_raise().map(Self)
    }

    /// Versioned DER, in clear. Who can alter it can alter what is not signed (purpose, expiry, placement, chain,
    /// allow_unsuitable); sealed() prevents that.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.to_bytes())
    }

    /// Encrypted and protected against changes under the caller's key.
    fn sealed<'py>(&self, py: Python<'py>, key: &StateKey) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.0.sealed(&key.0).or_raise()?))
    }

    /// The digest that the key's holder signs, and how.
    #[getter]
    fn request(&self) -> SignRequest {
        SignRequest(eimza_core::token::SignRequest { algorithm: self.0.algorithm(), digest: self.0.digest() })
    }

    /// What it was made for.
    #[getter]
    fn purpose(&self) -> &str {
        self.0.purpose()
    }

    /// Until when it can be completed.
    #[getter]
    fn expiry(&self) -> Moment {
        Moment(self.0.expiry())
    }

    /// The algorithm by which the content has to be digested, where it is not given as octets.
    #[getter]
    fn content_digest_algorithm(&self) -> &'static str {
        names::of_digest(self.0.content_digest_algorithm())
    }

    /// The last step: rebuilds what was to be signed, verifies the value and writes the CAdES file.
    ///
    /// A file given by its path is read whole where the content stands inside. Time is the system's unless given.
    #[pyo3(signature = (content, certificate, purpose, value, *, now = None))]
    fn complete<'py>(
        &self,
        py: Python<'py>,
        content: Content,
        certificate: &Certificate,
        purpose: &str,
        value: &[u8],
        now: Option<Moment>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let now = now.map_or_else(|| SystemClock::new().now(), |moment| moment.0);
        let file = py.detach(|| {
            content.for_completing(self.0.content_digest_algorithm(), |content| {
                self.0.complete(content, &certificate.0, purpose, now, value)
            })
        });
        Ok(PyBytes::new(py, &file.or_raise()?))
    }

    fn __repr__(&self) -> String {
        format!("<eimza.State until {}>", self.0.expiry())
    }
}

/// A key for sealing states: 32 random octets that only the caller keeps. Never printed.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct StateKey(core::StateKey);

#[pymethods]
impl StateKey {
    #[new]
    fn new(octets: &[u8]) -> PyResult<Self> {
        match octets.try_into() {
            Ok(octets) => Ok(Self(core::StateKey::new(octets))),
            Err(_) => invalid("key", ArgumentFault::Not32Octets),
        }
    }

    fn __repr__(&self) -> &'static str {
        "eimza.StateKey(…)"
    }
}
