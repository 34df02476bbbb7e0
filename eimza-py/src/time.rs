//! Moments: timezone-aware `datetime.datetime` in and out, whole seconds; and clocks.

use std::sync::Arc;
use std::time::Duration;

use eimza_core::error::ArgumentFault;
use eimza_core::{Clock, SystemClock, Time};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDelta, PyTzInfo};

use crate::errors::{OrRaise, invalid};

/// A moment on its way between Python and the core.
#[derive(Clone, Copy)]
pub(crate) struct Moment(pub(crate) Time);

impl<'py> FromPyObject<'_, 'py> for Moment {
    type Error = PyErr;

    /// A fraction of a second is cut off. A `datetime` without time zone names no moment and is refused.
    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let py = given.py();
        let Ok(given) = given.cast::<PyDateTime>() else {
            return Err(PyTypeError::new_err("a datetime.datetime is expected"));
        };
        if given.call_method0("utcoffset")?.is_none() {
            return invalid("time", ArgumentFault::NoTimeZone);
        }
        let passed = given.sub(epoch(py)?)?.floor_div(PyDelta::new(py, 0, 1, 0, false)?)?;
        Time::from_unix(passed.extract()?).or_raise().map(Self)
    }
}

impl<'py> IntoPyObject<'py> for Moment {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let seconds = self.0.unix();
        let days = i32::try_from(seconds.div_euclid(86_400))?;
        let rest = i32::try_from(seconds.rem_euclid(86_400))?;
        epoch(py)?.add(PyDelta::new(py, days, rest, 0, false)?)
    }
}

/// A clock that goes only when it is told to, for tests and demonstrations.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct SettableClock(Arc<eimza_core::SettableClock>);

#[pymethods]
impl SettableClock {
    #[new]
    fn new(now: Moment) -> Self {
        Self(Arc::new(eimza_core::SettableClock::new(now.0)))
    }

    /// The wall time that it shows.
    #[getter]
    fn now(&self) -> Moment {
        Moment(self.0.now())
    }

    /// Lets time pass, on the wall and elapsed alike.
    fn advance(&self, while_: Duration) {
        self.0.advance(while_);
    }

    /// Sets the wall time alone, as a person may do to a computer.
    fn set_wall_time(&self, now: Moment) {
        self.0.set_wall_time(now.0);
    }

    fn __repr__(&self) -> String {
        format!("<eimza.SettableClock {}>", self.0.now())
    }
}

/// The clock given, else the system's.
pub(crate) fn clock(given: Option<&SettableClock>) -> Arc<dyn Clock> {
    match given {
        Some(clock) => clock.0.clone(),
        None => Arc::new(SystemClock::new()),
    }
}

fn epoch(py: Python<'_>) -> PyResult<Bound<'_, PyDateTime>> {
    let utc = PyTzInfo::utc(py)?.to_owned();
    PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, Some(&utc))
}
