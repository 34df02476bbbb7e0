//! From the core's one error to Python's exceptions, whose classes stand in `python/eimza/_errors.py`.

use std::error::Error as _;

use eimza_core::error::{ArgumentFault, JsonForm};
use eimza_core::{Error, Language};
use pyo3::exceptions::{PyException, PyOSError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Every number of an error with its stable name.
#[pyfunction]
pub(crate) fn codes() -> Vec<(u16, &'static str)> {
    eimza_core::CODES.to_vec()
}

/// The facts of ServiceUnreachable, for services that are written in Python.
#[pyfunction]
#[pyo3(name = "_service_unreachable")]
pub(crate) fn service_unreachable() -> Facts {
    // The sentences name no cause: it is what the exception was raised from.
    facts(&Error::ServiceUnreachable { source: "".into() })
}

type Facts = (u16, &'static str, (String, &'static str), (String, &'static str));

/// Whether a service in Python says that it cannot know whether a call arrived.
pub(crate) fn is_unreachable(py: Python<'_>, raised: &PyErr) -> bool {
    let class = py.import("eimza._errors").and_then(|errors| errors.getattr("ServiceUnreachable"));
    class.is_ok_and(|class| raised.matches(py, class).unwrap_or(false))
}

/// Ends a call of the core: its value, or the exception that belongs to its error.
pub(crate) trait OrRaise<T> {
    fn or_raise(self) -> PyResult<T>;
}

impl<T> OrRaise<T> for eimza_core::Result<T> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| Python::attach(|py| exception(py, &error).unwrap_or_else(|failure| failure)))
    }
}

/// An argument that makes no sense, as an exception.
pub(crate) fn invalid<T>(argument: &'static str, reason: ArgumentFault) -> PyResult<T> {
    Err(Error::ArgumentInvalid { argument, reason }).or_raise()
}

/// The exception that belongs to an error.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    if let Some(raised) = raised_by_service(error) {
        return Ok(raised.clone_ref(py));
    }
    let class = py.import("eimza._errors")?.getattr("error_class")?.call1((error.code(),))?;
    let facts = facts(error);
    let instance = class.call1((facts.0, facts.1, facts.2, facts.3, error.tries_left()))?;
    if let Error::ConsentRejected { reason, .. } = error {
        instance.setattr("rejection", reason.name())?;
    }
    let exception = PyErr::from_value(instance);
    exception.set_cause(py, cause(py, error));
    Ok(exception)
}

/// What a service that is written in Python raised: it comes out as it was.
fn raised_by_service(error: &Error) -> Option<&PyErr> {
    match error {
        Error::ServiceUnreachable { source } | Error::ServiceFailed { source } => source.downcast_ref(),
        _ => None,
    }
}

fn facts(error: &Error) -> Facts {
    let sentence = |language| {
        let sentence = error.sentence(language);
        (sentence.happened, sentence.remedy)
    };
    (error.code(), error.name(), sentence(Language::English), sentence(Language::Turkish))
}

/// What the system or another library said. Its text may hold a path or a name, hence it is masked.
fn cause(py: Python<'_>, error: &Error) -> Option<PyErr> {
    let source = error.source()?;
    if let Some(ours) = source.downcast_ref::<Error>() {
        return exception(py, ours).ok();
    }
    let text = eimza_core::shown_text::mask_national_ids(&source.to_string());
    let system = source.downcast_ref::<std::io::Error>().and_then(std::io::Error::raw_os_error);
    Some(match system {
        Some(number) => PyOSError::new_err((number, text)),
        None => PyException::new_err(text),
    })
}

/// A page of facts as a dict.
pub(crate) fn dict<'py>(py: Python<'py>, page: &impl serde::Serialize) -> PyResult<Bound<'py, PyDict>> {
    Ok(py.import("json")?.call_method1("loads", (json(page)?,))?.cast_into()?)
}

/// The exception for `bool()` of a result: otherwise a failure would count as true.
pub(crate) fn no_truth(class: &str, passed: &str) -> PyResult<bool> {
    Err(PyTypeError::new_err(format!("a {class} is neither true nor false: ask .passed, which is {passed}")))
}

/// A page of facts as JSON text.
pub(crate) fn json(page: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(page).map_err(|source| Error::JsonMalformed { what: JsonForm::Page, source }).or_raise()
}
