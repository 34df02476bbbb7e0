//! A service that is written in Python: the application's own client of a service behind a network.

use std::sync::{Arc, Mutex, PoisonError};

use eimza_core::consent::{self as core, ConsentService, Purpose};
use eimza_core::{Error, Result};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::exchange::{ConsentStatus, Redeemed, Submission};
use super::request::purpose_name;
use super::service::EmbeddedService;
use crate::errors::{OrRaise, is_unreachable, outcome_unknown};
use crate::secrets::VerificationCode;

/// What a session asks: the embedded service, or any object with the methods of `eimza.ConsentService`.
pub(super) enum Service {
    Embedded(Arc<core::EmbeddedService>),
    Python(Py<PyAny>),
}

impl<'py> FromPyObject<'_, 'py> for Service {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(embedded) = given.cast::<EmbeddedService>() {
            return Ok(Self::Embedded(embedded.get().0.clone()));
        }
        for method in ["redeem", "submit", "status"] {
            if !given.hasattr(method)? {
                return Err(PyTypeError::new_err(format!(
                    "an eimza.ConsentService is expected; {method}() is missing"
                )));
            }
        }
        Ok(Self::Python(given.to_owned().unbind()))
    }
}

impl Service {
    /// Makes one call of the core that asks this service. Nothing may be locked meanwhile: Python is called.
    ///
    /// What the service raised comes out as it was. Only where the core turned it into an unknown outcome it becomes the
    /// cause of that.
    pub(super) fn call<T: Send>(
        &self,
        py: Python<'_>,
        use_: impl FnOnce(Arc<dyn ConsentService>) -> Result<T> + Send,
    ) -> PyResult<T> {
        let service = match self {
            Self::Embedded(embedded) => {
                let embedded = embedded.clone();
                return py.detach(|| use_(embedded)).or_raise();
            }
            Self::Python(service) => service.clone_ref(py),
        };
        let call = Arc::new(Call { service, raised: Mutex::new(None) });
        let made = py.detach(|| use_(call.clone()));
        match (made, call.taken()) {
            (Ok(value), _) => Ok(value),
            (Err(Error::ConsentOutcomeUnknown), Some(raised)) => Err(outcome_unknown(py, raised)),
            (Err(_), Some(raised)) => Err(raised),
            (error, None) => error.or_raise(),
        }
    }
}

/// One call of a service in Python, and what it raised.
struct Call {
    service: Py<PyAny>,
    raised: Mutex<Option<PyErr>>,
}

impl Call {
    /// Has the interpreter only while the service is called.
    fn ask<T>(&self, use_: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<T>) -> Result<T> {
        Python::attach(|py| {
            use_(self.service.bind(py)).map_err(|raised| {
                let error = if is_unreachable(py, &raised) {
                    Error::ServiceUnreachable { source: Box::new(raised.clone_ref(py)) }
                } else {
                    // Never seen by anybody: what was raised takes its place.
                    Error::ServiceRefused { reason: "an exception".into() }
                };
                *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(raised);
                error
            })
        })
    }

    fn taken(&self) -> Option<PyErr> {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl ConsentService for Call {
    fn redeem(&self, code: &eimza_core::VerificationCode, purpose: Option<Purpose>) -> Result<core::Redeemed> {
        let code = eimza_core::VerificationCode::parse(code.expose())?;
        self.ask(|service| {
            let code = Bound::new(service.py(), VerificationCode::holding(code))?;
            let redeemed = service.call_method1("redeem", (&code, purpose.map(purpose_name)));
            // The service may have kept the object: the digits are gone nevertheless.
            code.get().forget();
            Ok(redeemed?.cast_into::<Redeemed>()?.get().to_core())
        })
    }

    fn submit(&self, session: &str, submission: &core::Submission) -> Result<core::ConsentStatus> {
        let submission = Submission(submission.clone());
        self.ask(|service| {
            let status = service.call_method1("submit", (session, submission))?;
            Ok(status.cast_into::<ConsentStatus>()?.get().0.clone())
        })
    }

    fn status(&self, session: &str) -> Result<core::ConsentStatus> {
        self.ask(|service| {
            let status = service.call_method1("status", (session,))?;
            Ok(status.cast_into::<ConsentStatus>()?.get().0.clone())
        })
    }
}
