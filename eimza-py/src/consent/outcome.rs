//! What the portal answers.

use eimza_core::consent::{self as core, ApplicationState, Started};
use pyo3::prelude::*;

use crate::errors::OrRaise;
use crate::secrets::VerificationCode;
use crate::time::Moment;

/// What a start came to, each outcome as a class of its own.
pub(super) struct Start(pub(super) Started);

impl<'py> IntoPyObject<'py> for Start {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        match self.0 {
            Started::Issued(issued) => Bound::new(py, Issued(issued)).map(Bound::into_any),
            Started::AlreadyReceived { since, session } => {
                Bound::new(py, AlreadyReceived { since, session }).map(Bound::into_any)
            }
            Started::AlreadyGiven { since } => Bound::new(py, AlreadyGiven { since }).map(Bound::into_any),
            Started::NothingToRevoke => Bound::new(py, NothingToRevoke).map(Bound::into_any),
        }
    }
}

/// A code for the person to carry into the application.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Issued(pub(super) core::Issued);

#[pymethods]
impl Issued {
    /// The code, for ConsentSession.open; each look makes one that serves once.
    #[getter]
    fn code(&self) -> PyResult<VerificationCode> {
        eimza_core::VerificationCode::parse(self.0.code.expose()).or_raise().map(VerificationCode::holding)
    }

    /// The 15 digits, for the portal's page. Never for logs.
    fn reveal_code(&self) -> String {
        self.0.code.expose().iter().copied().map(char::from).collect()
    }

    /// What travels over a network: the JSON of the schema issued-1.json. The code stands in it in clear. Never for logs.
    fn to_wire(&self) -> PyResult<String> {
        Ok(self.0.to_wire().or_raise()?.to_string())
    }

    /// The session that it opens.
    #[getter]
    fn session(&self) -> &str {
        &self.0.session
    }

    /// Until when it can be redeemed and used.
    #[getter]
    fn expires_at(&self) -> Moment {
        Moment(self.0.expires_at)
    }

    fn __repr__(&self) -> String {
        format!("<eimza.Issued, a code until {}>", self.0.expires_at)
    }
}

/// A consent of this kind stands already: the person may leave it, or start a revocation.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct AlreadyGiven {
    since: eimza_core::Time,
}

#[pymethods]
impl AlreadyGiven {
    /// Since when it stands.
    #[getter]
    fn since(&self) -> Moment {
        Moment(self.since)
    }

    fn __repr__(&self) -> String {
        format!("<eimza.AlreadyGiven since {}>", self.since)
    }
}

/// The same was handed in before, and its verdict is missing: the person may wait, or cancel that session.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct AlreadyReceived {
    since: eimza_core::Time,
    session: String,
}

#[pymethods]
impl AlreadyReceived {
    /// Since when it is there.
    #[getter]
    fn since(&self) -> Moment {
        Moment(self.since)
    }

    /// The session that waits.
    #[getter]
    fn session(&self) -> &str {
        &self.session
    }

    fn __repr__(&self) -> String {
        format!("<eimza.AlreadyReceived since {}>", self.since)
    }
}

/// There is no consent to revoke.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct NothingToRevoke;

#[pymethods]
impl NothingToRevoke {
    fn __repr__(&self) -> &'static str {
        "<eimza.NothingToRevoke>"
    }
}

/// An application for the renewal of a certificate.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Application(pub(super) core::Application);

#[pymethods]
impl Application {
    fn __repr__(&self) -> String {
        format!("<eimza.Application {}, {}>", self.0.certificate_sha256, self.state())
    }

    /// SHA-256 of the certificate to renew, lower-case hexadecimal.
    #[getter]
    fn certificate_sha256(&self) -> &str {
        &self.0.certificate_sha256
    }

    /// When it was made.
    #[getter]
    fn made_at(&self) -> Moment {
        Moment(self.0.made_at)
    }

    /// "held" until two months before the certificate ends, "due", "needs-paper" where no consent stands, or
    /// "awaits-verdict" where one was received that could not be judged yet.
    #[getter]
    fn state(&self) -> &'static str {
        self.0.state.name()
    }

    /// Until when it is held.
    #[getter]
    fn held_until(&self) -> Option<Moment> {
        match self.0.state {
            ApplicationState::Held { until } => Some(Moment(until)),
            _ => None,
        }
    }
    /// Since when a consent waits for its verdict.
    #[getter]
    fn awaits_since(&self) -> Option<Moment> {
        match self.0.state {
            ApplicationState::AwaitsVerdict { since } => Some(Moment(since)),
            _ => None,
        }
    }
}
