//! A service that is written in Python: the application's own client of a service behind a network.

use std::sync::{Arc, Mutex, PoisonError};

use eimza_core::consent::{self as core, ConsentService, Purpose};
use eimza_core::{Error, Result};
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

use super::exchange::{ConsentStatus, Redeemed, Submission};
use super::request::purpose_name;
use super::service::EmbeddedService;
use crate::errors::is_unreachable;
use crate::secrets::VerificationCode;

/// What a session asks: the embedded service, or any object with the methods of `eimza.ConsentService`.
pub(super) enum Service {
    Embedded(Arc<core::EmbeddedService>),
    Python(Arc<PythonService>),
}

impl<'py> FromPyObject<'_, 'py> for Service {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(embedded) = given.cast::<EmbeddedService>() {
            return Ok(Self::Embedded(embedded.get().service.clone()));
        }
        for method in ["redeem", "submit", "status"] {
            if !given.hasattr(method)? {
                return Err(PyTypeError::new_err(format!(
                    "an eimza.ConsentService is expected; {method}() is missing"
                )));
            }
        }
        Ok(Self::Python(Arc::new(PythonService(Mutex::new(Some(given.to_owned().unbind()))))))
    }
}

impl Service {
    pub(super) fn face(&self) -> Arc<dyn ConsentService> {
        match self {
            Self::Embedded(embedded) => embedded.clone(),
            Self::Python(service) => service.clone(),
        }
    }

    /// Shows the garbage collector what is held: a service may hold the session that asks it.
    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> std::result::Result<(), PyTraverseError> {
        match self {
            Self::Embedded(_) => Ok(()),
            // A lock that is taken belongs to a working thread, whose objects are no garbage.
            Self::Python(service) => service.0.try_lock().map_or(Ok(()), |object| visit.call(&*object)),
        }
    }

    /// Lets go of what is held, to break a cycle.
    pub(super) fn clear(&self) {
        if let Self::Python(service) = self {
            let held = service.0.lock().unwrap_or_else(PoisonError::into_inner).take();
            drop(held); // not while it is locked: Python may run
        }
    }
}

/// An object with the methods of `eimza.ConsentService`, until the garbage collector takes it.
pub(super) struct PythonService(Mutex<Option<Py<PyAny>>>);

impl PythonService {
    /// Has the interpreter only while the service is called. What it raises is kept whole: it comes out as it was.
    fn ask<T>(&self, use_: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<T>) -> Result<T> {
        Python::attach(|py| {
            let service = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|held| held.clone_ref(py));
            let service =
                service.ok_or_else(|| Error::ServiceFailed { source: "the session was taken apart".into() })?;
            use_(service.bind(py)).map_err(|raised| match is_unreachable(py, &raised) {
                true => Error::ServiceUnreachable { source: raised.into() },
                false => Error::ServiceFailed { source: raised.into() },
            })
        })
    }
}

impl ConsentService for PythonService {
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
