//! What a PIN operation is given: the secrets, what is permitted, how it is given up.

use eimza_core::token::{Attempt, Entered};
use eimza_core::{Pin, Puk};
use pyo3::prelude::*;

use crate::secrets::{self, Held};

/// Stands for a PIN or PUK that is typed on the token's or reader's own keypad.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct OnDevice;

#[pymethods]
impl OnDevice {
    #[new]
    fn new() -> Self {
        Self
    }

    fn __repr__(&self) -> &'static str {
        "eimza.OnDevice()"
    }
}

/// Stands for no PIN: for a token that signs without a login (TokenInfo.needs_login).
#[pyclass(frozen, module = "eimza")]
pub(crate) struct NotNeeded;

#[pymethods]
impl NotNeeded {
    #[new]
    fn new() -> Self {
        Self
    }

    fn __repr__(&self) -> &'static str {
        "eimza.NotNeeded()"
    }
}

/// A token that is open: its PIN was typed on the keypad, to list what it hides (Token.certificates_and_pin).
///
/// It serves to sign once. Until then, or until close(), other PIN operations on the token raise an error and spend nothing.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct OpenLogin(Held<eimza_core::token::OpenLogin>);

#[pymethods]
impl OpenLogin {
    /// Logs out. Nothing happens where it has signed.
    fn close(&self) {
        self.0.wipe();
    }

    fn __repr__(&self) -> &'static str {
        "<eimza.OpenLogin>"
    }
}

/// Gives up a PIN operation from another thread. One serves one operation.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct Cancellation(eimza_core::token::Cancellation);

#[pymethods]
impl Cancellation {
    #[new]
    fn new() -> Self {
        Self(eimza_core::token::Cancellation::new())
    }

    /// Gives the operation up. Its call raises at once; what blocks inside the token's driver ends by itself.
    fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether cancel() was called.
    #[getter]
    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    fn __repr__(&self) -> &'static str {
        if self.0.is_cancelled() { "<eimza.Cancellation, cancelled>" } else { "<eimza.Cancellation>" }
    }
}

/// What the caller permits, for this call alone.
pub(crate) struct Permission {
    pub(crate) spend_last_try: bool,
    pub(crate) allow_unusual_pin: bool,
}

impl Permission {
    pub(crate) fn attempt(self, cancellation: Option<&Cancellation>) -> Attempt {
        let mut attempt = Attempt::new();
        if self.spend_last_try {
            attempt = attempt.spend_last_try();
        }
        if self.allow_unusual_pin {
            attempt = attempt.allow_unusual_pin();
        }
        match cancellation {
            Some(cancellation) => attempt.cancelled_by(&cancellation.0),
            None => attempt,
        }
    }
}

/// What is entered and permitted for the key alone, where it has a PIN of its own.
pub(crate) struct ForKey {
    pub(crate) pin: Option<GivenPin>,
    pub(crate) spend_last_try: bool,
}

impl ForKey {
    pub(crate) fn added_to(self, mut attempt: Attempt) -> Attempt {
        if let Some(pin) = self.pin {
            attempt = attempt.key_pin(pin.0);
        }
        if self.spend_last_try { attempt.spend_last_try_of_key_pin() } else { attempt }
    }
}

/// A PIN to be presented, typed here or on the device.
pub(crate) struct GivenPin(pub(crate) Entered<Pin>);

/// What stands for a PIN that was accepted, to be given once more.
pub(crate) fn given_back(py: Python<'_>, pin: Entered<Pin>) -> PyResult<Py<PyAny>> {
    match pin {
        Entered::Typed(pin) => Ok(Py::new(py, secrets::Pin::holding(pin))?.into_any()),
        Entered::OnDevice => Ok(Py::new(py, OnDevice)?.into_any()),
        Entered::Open(login) => Ok(Py::new(py, OpenLogin(Held::new(login)))?.into_any()),
        Entered::NotNeeded => Ok(Py::new(py, NotNeeded)?.into_any()),
    }
}

/// A PUK: the class of that name only, never a bare str.
pub(crate) struct GivenPuk(pub(crate) Entered<Puk>);

impl<'py> FromPyObject<'_, 'py> for GivenPin {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<OnDevice>() {
            return Ok(Self(Entered::OnDevice));
        }
        if given.is_instance_of::<NotNeeded>() {
            return Ok(Self(Entered::NotNeeded));
        }
        if let Ok(login) = given.cast::<OpenLogin>() {
            return login.get().0.take("login").map(|login| Self(Entered::Open(login)));
        }
        secrets::pin_for_attempt(given).map(|pin| Self(Entered::Typed(pin)))
    }
}

impl<'py> FromPyObject<'_, 'py> for GivenPuk {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<OnDevice>() {
            return Ok(Self(Entered::OnDevice));
        }
        secrets::puk(given).map(|puk| Self(Entered::Typed(puk)))
    }
}

/// A PIN that a new token gets: typed here.
pub(crate) struct SetPin(pub(crate) Pin);

/// A PUK that a new token gets: typed here.
pub(crate) struct SetPuk(pub(crate) Puk);

impl<'py> FromPyObject<'_, 'py> for SetPin {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        secrets::pin(given).map(Self)
    }
}

impl<'py> FromPyObject<'_, 'py> for SetPuk {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        secrets::puk(given).map(Self)
    }
}
