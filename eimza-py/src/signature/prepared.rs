//! The first and the last of the three steps; between them somebody signs.

use eimza_core::cades as core;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::{Content, SigningOptions, State};
use crate::certificate::Certificate;
use crate::errors::OrRaise;
use crate::time::Moment;
use crate::token::SignRequest;

/// The first step: what has to be signed. The same content, certificate and options give the same octets.
#[pyfunction]
#[pyo3(signature = (content, certificate, options = None))]
pub(crate) fn prepare(
    py: Python<'_>,
    content: Content,
    certificate: &Certificate,
    options: Option<&SigningOptions>,
) -> PyResult<Prepared> {
    let options = SigningOptions::or_plain(options);
    let prepared = py.detach(|| {
        content.for_signing(&certificate.0, &options, |content| {
            core::prepare(content, &certificate.0, &options).map(core::Prepared::into_owned)
        })
    });
    prepared.or_raise().map(Prepared)
}

/// What is to be signed, and all that is needed to write the file once it is.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Prepared(core::Prepared<'static>);

#[pymethods]
impl Prepared {
    /// The octets that are signed: the DER of the signed attributes (RFC 5652 section 5.4).
    #[getter]
    fn to_be_signed<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.to_be_signed())
    }

    /// Their digest and how to sign it: what Token.sign takes.
    #[getter]
    fn request(&self) -> SignRequest {
        SignRequest(eimza_core::token::SignRequest { algorithm: self.0.algorithm(), digest: self.0.digest() })
    }

    /// The signer's certificate.
    #[getter]
    fn certificate(&self) -> Certificate {
        Certificate(self.0.certificate().clone())
    }

    /// The last step: verifies the value and writes the CAdES file. An ECDSA value is DER.
    fn complete<'py>(&self, py: Python<'py>, value: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let file = py.detach(|| self.0.clone().complete(value)).or_raise()?;
        Ok(PyBytes::new(py, &file))
    }

    /// What to keep until the value is there. The purpose, freely chosen, has to be given again before the expiry.
    fn state(&self, purpose: &str, expiry: Moment) -> PyResult<State> {
        self.0.clone().into_state(purpose, expiry.0).or_raise().map(State)
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Prepared {}, {}>", self.0.certificate().subject(), self.0.algorithm().name())
    }
}
