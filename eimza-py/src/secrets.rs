//! Secrets: five classes that do not convert into each other, each usable once.

use std::sync::{Mutex, PoisonError};

use eimza_core::error::ArgumentFault;
use eimza_core::{Error, SecretKind};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};
use zeroize::Zeroizing;

use crate::errors::{OrRaise, invalid};

/// What serves once, until it is used. The lock is held only while it is moved out.
pub(crate) struct Held<T>(Mutex<Option<T>>);

impl<T> Held<T> {
    pub(crate) fn new(secret: T) -> Self {
        Self(Mutex::new(Some(secret)))
    }

    /// Moves it out; `argument` is how the caller calls it, should it be gone.
    pub(crate) fn take(&self, argument: &'static str) -> PyResult<T> {
        // The lock is given back before Python is called.
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.map_or_else(|| invalid(argument, ArgumentFault::UsedAlready), Ok)
    }

    pub(crate) fn wipe(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

macro_rules! secret_class {
    (
        $(#[$documentation:meta])+
        $name:ident($($extra:ident)?), $argument:literal,
        |$octets:ident| $make:expr
        $(, { $($methods:tt)+ })?
    ) => {
        $(#[$documentation])+
        #[pyclass(frozen, module = "eimza")]
        pub(crate) struct $name(Held<eimza_core::$name>);

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (entered, $(*, $extra = false)?))]
            fn new(entered: &Bound<'_, PyAny>, $($extra: bool)?) -> PyResult<Self> {
                let $octets = octets(entered.as_borrowed(), SecretKind::$name)?;
                $make.or_raise().map(Self::holding)
            }

            /// Forgets and wipes the secret. It is wiped anyway when it was used, or when the object ends.
            fn wipe(&self) {
                self.0.wipe();
            }

            $($($methods)+)?

            fn __repr__(&self) -> &'static str {
                concat!("eimza.", stringify!($name), "(…)")
            }
        }

        impl $name {
            #[allow(dead_code)]
            pub(crate) fn holding(secret: eimza_core::$name) -> Self {
                Self(Held::new(secret))
            }

            /// Moves the secret out: it serves once.
            #[allow(dead_code)]
            pub(crate) fn take(&self) -> PyResult<eimza_core::$name> {
                self.0.take($argument)
            }
        }
    };
}

secret_class! {
    /// The PIN of a token: str, bytes or bytearray. It serves one call, then it is wiped.
    ///
    /// Fifteen digits are refused as a probable verification code, and so are more than 64 octets. unusual=True takes any
    /// form; such a PIN is sent only with allow_unusual_pin=True.
    /// A bytearray is filled with zeros once it was taken. A str or bytes cannot be wiped: Python keeps a copy until it
    /// collects it; where that matters, fill a bytearray or a PinEntry.
    Pin(unusual), "pin",
    |octets| if unusual { eimza_core::Pin::new_unusual(octets) } else { eimza_core::Pin::new(octets) }
}

secret_class! {
    /// The PUK of a token: str, bytes or bytearray. It serves one call. Wrong ones can make a card useless for good.
    ///
    /// Where a PUK is due only this class is taken, never a bare str. Fifteen digits are always refused: they
    /// are taken for a verification code. A bytearray is filled with zeros once it was taken; a str or bytes cannot be
    /// wiped.
    Puk(), "puk",
    |octets| eimza_core::Puk::new(octets)
}

secret_class! {
    /// The portal's verification code: 15 digits, in groups or not. It serves one call.
    ///
    /// It authorises a flow and is never a PIN or a PUK. A bytearray is filled with zeros once it was taken; a str or
    /// bytes cannot be wiped.
    VerificationCode(), "verification_code",
    |octets| eimza_core::VerificationCode::parse(octets),
    {
        /// The 15 digits, for a ConsentService that carries them to its far end. It uses the code up. Never for logs.
        fn reveal(&self) -> PyResult<String> {
            let code = self.take()?;
            Ok(code.expose().iter().copied().map(char::from).collect())
        }
    }
}

impl VerificationCode {
    /// As wipe() does.
    pub(crate) fn forget(&self) {
        self.0.wipe();
    }
}

secret_class! {
    /// The code that comes by SMS at the end of an unblocking: 4 to 10 digits. It serves one call.
    ///
    /// A bytearray is filled with zeros once it was taken; a str or bytes cannot be wiped.
    ConfirmationCode(), "confirmation_code",
    |octets| eimza_core::ConfirmationCode::parse(octets)
}

secret_class! {
    /// The password of a PKCS#12 file, UTF-8, at most 1024 octets; an empty one is a password too. It serves one call.
    ///
    /// A bytearray is filled with zeros once it was taken; a str or bytes cannot be wiped.
    Password(), "password",
    |octets| eimza_core::Password::new(octets)
}

/// Fills a PIN key by key, for keypads on a screen. Nothing is copied while it grows; the buffer is wiped.
#[pyclass(frozen, module = "eimza")]
pub(crate) struct PinEntry(Mutex<eimza_core::PinEntry>);

#[pymethods]
impl PinEntry {
    #[new]
    fn new() -> Self {
        Self(Mutex::new(eimza_core::PinEntry::new()))
    }

    /// Adds one octet (48 to 57 for the digits). The 65th raises SecretError.
    fn push(&self, octet: u8) -> PyResult<()> {
        self.with(|entry| entry.push(octet)).or_raise()
    }

    /// Takes the last octet back; nothing happens to an empty entry.
    fn backspace(&self) {
        self.with(eimza_core::PinEntry::backspace);
    }

    /// Forgets everything that was entered.
    fn clear(&self) {
        self.with(eimza_core::PinEntry::clear);
    }

    /// Makes the PIN and empties the entry. Fifteen digits are refused unless it may be unusual.
    #[pyo3(signature = (*, unusual = false))]
    fn finish(&self, unusual: bool) -> PyResult<Pin> {
        let finish = match unusual {
            true => eimza_core::PinEntry::finish_unusual,
            false => eimza_core::PinEntry::finish,
        };
        self.with(finish).or_raise().map(Pin::holding)
    }

    /// How many octets were entered, for the dots on the screen.
    fn __len__(&self) -> usize {
        self.with(|entry| entry.len())
    }

    fn __repr__(&self) -> &'static str {
        "eimza.PinEntry(…)"
    }
}

impl PinEntry {
    fn with<T>(&self, use_: impl FnOnce(&mut eimza_core::PinEntry) -> T) -> T {
        use_(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A PIN where a token gets a new one: a `Pin`, or what one can be made of.
pub(crate) fn pin(given: Borrowed<'_, '_, PyAny>) -> PyResult<eimza_core::Pin> {
    pin_made_by(given, eimza_core::Pin::new)
}

/// A PIN for an attempt, which looks at its form: allow_unusual_pin is said there.
pub(crate) fn pin_for_attempt(given: Borrowed<'_, '_, PyAny>) -> PyResult<eimza_core::Pin> {
    pin_made_by(given, eimza_core::Pin::new_unusual)
}

fn pin_made_by(
    given: Borrowed<'_, '_, PyAny>,
    make: impl FnOnce(Vec<u8>) -> eimza_core::Result<eimza_core::Pin>,
) -> PyResult<eimza_core::Pin> {
    if let Ok(pin) = given.cast::<Pin>() {
        return pin.get().take();
    }
    make(octets(given, SecretKind::Pin)?).or_raise()
}

/// A PUK where one is due: a `Puk` and nothing else.
pub(crate) fn puk(given: Borrowed<'_, '_, PyAny>) -> PyResult<eimza_core::Puk> {
    match given.cast::<Puk>() {
        Ok(puk) => puk.get().take(),
        Err(_) => Err(PyTypeError::new_err("an eimza.Puk is expected")),
    }
}

/// Octets that a person entered: str, bytes or bytearray, which is wiped.
fn octets(given: Borrowed<'_, '_, PyAny>, secret: SecretKind) -> PyResult<Vec<u8>> {
    if let Ok(text) = given.cast::<PyString>() {
        return match text.to_cow() {
            Ok(text) => Ok(text.as_bytes().to_vec()),
            // The text has a lone surrogate. Python's exception shows the whole text, so it is not passed on.
            Err(_) => Err(Error::SecretCharacters { secret }).or_raise(),
        };
    }
    if let Ok(octets) = given.cast::<PyBytes>() {
        return Ok(octets.as_bytes().to_vec());
    }
    if let Ok(octets) = given.cast::<PyByteArray>() {
        let mut taken = Zeroizing::new(octets.to_vec());
        (0..octets.len()).try_for_each(|index| octets.set_item(index, 0))?;
        return Ok(std::mem::take(&mut *taken));
    }
    // What was given instead is not shown: it may be a secret of another kind.
    Err(PyTypeError::new_err("a str, bytes or bytearray is expected"))
}
