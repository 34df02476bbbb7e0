//! What can go wrong beneath: loading a module, and calling it.

use std::io;
use std::path::PathBuf;

use cryptoki_sys::{
    CKR_CRYPTOKI_NOT_INITIALIZED, CKR_DEVICE_REMOVED, CKR_SESSION_CLOSED, CKR_SESSION_HANDLE_INVALID,
    CKR_SLOT_ID_INVALID, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED,
};

use super::{Architecture, System, Ulong};

/// Why a file could not be used as a PKCS#11 module.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// Only absolute paths are loaded: a bare name could be anybody's file in the current directory.
    #[error("{} is not an absolute path", path.display())]
    NotAbsolute {
        /// The path as given.
        path: PathBuf,
    },
    /// There is no such file.
    #[error("{} does not exist", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file is there and cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file is no shared library of any system.
    #[error("{} is not a shared library", path.display())]
    NotALibrary {
        /// The path as given.
        path: PathBuf,
    },
    /// The file is a library for another operating system.
    #[error("{} is a library for {found}", path.display())]
    OtherSystem {
        /// The path as given.
        path: PathBuf,
        /// The system that the library was built for.
        found: System,
    },
    /// The file is a library for another processor: the commonest failure on macOS, where vendors offer two packages.
    #[error("{} is built for {}, this program for {}", path.display(), Architecture::join(found), Architecture::HOST)]
    OtherArchitecture {
        /// The path as given.
        path: PathBuf,
        /// The processors that the library was built for.
        found: Vec<Architecture>,
    },
    /// The system's loader refused the library, for example because a library that it needs is missing.
    #[error("{} could not be loaded", path.display())]
    Loader {
        /// The path as given.
        path: PathBuf,
        /// What the loader said.
        source: libloading::Error,
    },
    /// The library exports neither `C_GetFunctionList` nor `C_GetInterface`.
    #[error("{} is a library, but not a PKCS#11 module", path.display())]
    NotPkcs11 {
        /// The path as given.
        path: PathBuf,
    },
    /// The module exports the entry points and gave no list of functions.
    #[error("{} did not give its list of functions", path.display())]
    NoFunctionList {
        /// The path as given.
        path: PathBuf,
        /// What the module answered.
        source: CallError,
    },
}

/// Why a call did not do what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The module answered something else than `CKR_OK`.
    #[error("{function} answered {value:#010x}")]
    Answered {
        /// The function of PKCS#11.
        function: &'static str,
        /// The `CK_RV` that it answered.
        value: Ulong,
    },
    /// The module claims lengths or counts that cannot be.
    #[error("{function} answered nonsense")]
    Nonsense {
        /// The function of PKCS#11.
        function: &'static str,
    },
    /// The process was forked after the module had been initialised: nothing was called.
    #[error("{function} was not called: the process was forked since the module was initialised")]
    Forked {
        /// The function of PKCS#11.
        function: &'static str,
    },
}

impl CallError {
    /// The `CK_RV` that the module answered, if it did answer.
    pub fn value(&self) -> Option<Ulong> {
        match *self {
            Self::Answered { value, .. } => Some(value),
            Self::Nonsense { .. } | Self::Forked { .. } => None,
        }
    }

    /// The function of PKCS#11 that was being called.
    pub fn function(&self) -> &'static str {
        match *self {
            Self::Answered { function, .. } | Self::Nonsense { function } | Self::Forked { function } => function,
        }
    }

    /// Whether the session is no more: the token was taken out, somebody finalised the module, the process was forked.
    pub fn ends_the_session(&self) -> bool {
        const ENDS: &[Ulong] = &[
            CKR_CRYPTOKI_NOT_INITIALIZED,
            CKR_DEVICE_REMOVED,
            CKR_SESSION_CLOSED,
            CKR_SESSION_HANDLE_INVALID,
            CKR_SLOT_ID_INVALID,
            CKR_TOKEN_NOT_PRESENT,
            CKR_TOKEN_NOT_RECOGNIZED,
        ];
        matches!(self, Self::Forked { .. }) || self.value().is_some_and(|value| ENDS.contains(&value))
    }

    /// A failure that only this call has is no failure of the operation.
    pub(super) fn unless_session_ended(self) -> Result<(), Self> {
        if self.ends_the_session() { Err(self) } else { Ok(()) }
    }
}
