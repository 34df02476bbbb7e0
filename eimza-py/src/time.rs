//! Moments: timezone-aware `datetime.datetime` in and out, whole seconds.

use eimza_core::Time;
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
            return invalid("time", "it has no time zone");
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

fn epoch(py: Python<'_>) -> PyResult<Bound<'_, PyDateTime>> {
    let utc = PyTzInfo::utc(py)?.to_owned();
    PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, Some(&utc))
}
