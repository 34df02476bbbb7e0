//! What PC/SC answers when something is wrong.

use std::{error, fmt};

/// What PC/SC answers when something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The time is over: `SCARD_E_TIMEOUT`.
    Timeout,
    /// There is no such reader: `SCARD_E_UNKNOWN_READER`.
    UnknownReader,
    /// Another program holds the card for itself: `SCARD_E_SHARING_VIOLATION`.
    SharingViolation,
    /// There is no card in the reader: `SCARD_E_NO_SMARTCARD`.
    NoCard,
    /// The command was not carried out, or its answer was lost: `SCARD_E_NOT_TRANSACTED`.
    NotTransacted,
    /// The reader was pulled out: `SCARD_E_READER_UNAVAILABLE`.
    ReaderUnavailable,
    /// The smart-card service does not run: `SCARD_E_NO_SERVICE`.
    NoService,
    /// The reader cannot do this: `SCARD_E_UNSUPPORTED_FEATURE`.
    UnsupportedFeature,
    /// The connection is of no use any more: `SCARD_E_INVALID_HANDLE`.
    InvalidHandle,
    /// Another program has reset the card: `SCARD_W_RESET_CARD`.
    ResetCard,
    /// The card was pulled out: `SCARD_W_REMOVED_CARD`.
    RemovedCard,
}

impl Trouble {
    /// PC/SC's number.
    #[must_use]
    pub fn code(self) -> u32 {
        match self {
            Self::InvalidHandle => 0x8010_0003,
            Self::UnknownReader => 0x8010_0009,
            Self::Timeout => 0x8010_000a,
            Self::SharingViolation => 0x8010_000b,
            Self::NoCard => 0x8010_000c,
            Self::NotTransacted => 0x8010_0016,
            Self::ReaderUnavailable => 0x8010_0017,
            Self::NoService => 0x8010_001d,
            Self::UnsupportedFeature => 0x8010_001f,
            Self::ResetCard => 0x8010_0068,
            Self::RemovedCard => 0x8010_0069,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?} (0x{:08X})", self.code())
    }
}

impl error::Error for Trouble {}
