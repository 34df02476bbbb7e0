//! Choosing one certificate of several, alone or with the key beside it on a token.

use eimza_core::certificate as core;
use eimza_core::token;
use pyo3::prelude::*;

use super::Certificate;
use crate::errors::OrRaise;
use crate::time::Moment;
use crate::token::TokenCertificate;

/// A certificate, or a token's entry with one.
#[derive(Clone)]
pub(crate) enum Found {
    Alone(eimza_core::Certificate),
    OnToken(token::TokenCertificate),
}

impl AsRef<eimza_core::Certificate> for Found {
    fn as_ref(&self) -> &eimza_core::Certificate {
        match self {
            Found::Alone(certificate) => certificate,
            Found::OnToken(entry) => &entry.certificate,
        }
    }
}

impl<'py> IntoPyObject<'py> for Found {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        match self {
            Found::Alone(certificate) => Bound::new(py, Certificate(certificate)).map(Bound::into_any),
            Found::OnToken(entry) => Bound::new(py, TokenCertificate(entry)).map(Bound::into_any),
        }
    }
}

/// Certificates that are left after the conditions so far; the conditions read as a sentence:
/// `candidates.qualified().for_signing().valid_at(now).one()`.
#[pyclass(frozen, generic, module = "eimza")]
pub(crate) struct Candidates(pub(crate) core::Candidates<Found>);

#[pymethods]
impl Candidates {
    #[new]
    fn new(certificates: Vec<Py<Certificate>>) -> Self {
        let all = certificates.iter().map(|certificate| Found::Alone(certificate.get().0.clone()));
        Self(core::Candidates::new(all.collect()))
    }

    /// Those that claim to be qualified and, being a person's, may sign with nonRepudiation.
    fn qualified(&self) -> Self {
        Self(self.0.clone().qualified())
    }

    /// Those whose key may sign documents.
    fn for_signing(&self) -> Self {
        Self(self.0.clone().for_signing())
    }

    /// Those that are valid at this moment.
    fn valid_at(&self, time: Moment) -> Self {
        Self(self.0.clone().valid_at(time.0))
    }

    /// Those that `issuer` made: equal names and a signature that verifies.
    fn issued_by(&self, py: Python<'_>, issuer: &Certificate) -> Self {
        py.detach(|| Self(self.0.clone().issued_by(&issuer.0)))
    }

    /// Those of the person with this national id (11 digits, in clear).
    fn of_person(&self, national_id: &str) -> Self {
        Self(self.0.clone().of_person(national_id))
    }

    /// Those with this SHA-256, in hexadecimal; colons between octets are taken.
    fn with_fingerprint(&self, sha256: &str) -> Self {
        Self(self.0.clone().with_fingerprint(sha256))
    }

    /// Those with this subject: its whole string (RFC 4514, in clear or masked) or its common name.
    fn with_subject(&self, subject: &str) -> Self {
        Self(self.0.clone().with_subject(subject))
    }

    /// The only one that is left. CertificateNoneFits or CertificatesSeveral name what there is, masked.
    fn one(&self) -> PyResult<Found> {
        self.0.clone().one().or_raise()
    }

    /// Who was left out and why, masked.
    #[getter]
    fn excluded(&self) -> Vec<String> {
        self.0.excluded().iter().map(ToString::to_string).collect()
    }

    fn __len__(&self) -> usize {
        self.0.iter().len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let left: Vec<Found> = self.0.iter().cloned().collect();
        Ok(left.into_pyobject(py)?.try_iter()?.into_any())
    }

    fn __repr__(&self) -> String {
        let names = self.0.iter().map(|found| found.as_ref().subject().to_string());
        format!("<eimza.Candidates {}>", names.collect::<Vec<_>>().join("; "))
    }
}
