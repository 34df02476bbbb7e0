//! PC/SC: readers and cards, as far as `eimza-core` needs them.
//!
//! On Linux and the BSDs the library (`libpcsclite.so.1`) is found when it is first asked for, so that a program builds
//! and runs where it is not there. With the feature `pcsc-link`, on Windows and on macOS the crate `pcsc` is used, which
//! links to it. Both have the same face:
//!
//! ```no_run
//! use eimza_sys::pcsc::Context;
//!
//! for reader in Context::establish()?.readers()? {
//!     println!("{}", reader.to_string_lossy());
//! }
//! # Ok::<(), eimza_sys::pcsc::PcscError>(())
//! ```

#[cfg(not(any(windows, target_os = "macos", feature = "pcsc-link")))]
mod found;
#[cfg(any(windows, target_os = "macos", feature = "pcsc-link"))]
mod linked;

use std::ffi::{CStr, CString};
use std::time::Duration;

#[cfg(not(any(windows, target_os = "macos", feature = "pcsc-link")))]
pub use found::{Canceller, Card, Context, Transaction};
#[cfg(any(windows, target_os = "macos", feature = "pcsc-link"))]
pub use linked::{Canceller, Card, Context, Transaction};

/// The pseudo reader whose events tell that a reader was added or removed.
pub const READERS: &CStr = c"\\\\?PnP?\\Notification";

/// The longest answer to a command, the status word included: 65,536 octets and two.
pub(crate) const LONGEST_ANSWER: usize = 65_538;

/// The longest answer of a reader to a command of its own.
pub(crate) const LONGEST_CONTROL: usize = 512;

/// Why PC/SC did not do what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PcscError {
    /// The system has no PC/SC library, or one without its functions.
    #[error("the PC/SC library is not there")]
    NoLibrary,
    /// PC/SC answered this number.
    #[error("PC/SC answered 0x{0:08x}")]
    Answer(u32),
}

/// Numbers of PC/SC that are told apart.
pub mod answer {
    /// SCARD_E_CANCELLED.
    pub const CANCELLED: u32 = 0x8010_0002;
    /// SCARD_E_INVALID_HANDLE.
    pub const INVALID_HANDLE: u32 = 0x8010_0003;
    /// SCARD_E_UNKNOWN_READER.
    pub const UNKNOWN_READER: u32 = 0x8010_0009;
    /// SCARD_E_TIMEOUT.
    pub const TIMEOUT: u32 = 0x8010_000a;
    /// SCARD_E_SHARING_VIOLATION: another program uses the card alone.
    pub const SHARING_VIOLATION: u32 = 0x8010_000b;
    /// SCARD_E_NO_SMARTCARD.
    pub const NO_CARD: u32 = 0x8010_000c;
    /// SCARD_E_NOT_TRANSACTED: the transaction has ended.
    pub const NOT_TRANSACTED: u32 = 0x8010_0016;
    /// SCARD_E_READER_UNAVAILABLE.
    pub const READER_UNAVAILABLE: u32 = 0x8010_0017;
    /// SCARD_E_NO_SERVICE.
    pub const NO_SERVICE: u32 = 0x8010_001d;
    /// SCARD_E_SERVICE_STOPPED.
    pub const SERVICE_STOPPED: u32 = 0x8010_001e;
    /// SCARD_E_NO_READERS_AVAILABLE.
    pub const NO_READERS: u32 = 0x8010_002e;
    /// SCARD_W_UNRESPONSIVE_CARD.
    pub const UNRESPONSIVE_CARD: u32 = 0x8010_0066;
    /// SCARD_W_UNPOWERED_CARD.
    pub const UNPOWERED_CARD: u32 = 0x8010_0067;
    /// SCARD_W_RESET_CARD: another program has reset the card.
    pub const RESET_CARD: u32 = 0x8010_0068;
    /// SCARD_W_REMOVED_CARD.
    pub const REMOVED_CARD: u32 = 0x8010_0069;
}

/// What is known of a reader, and what has come since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderState {
    /// The reader, or [`READERS`].
    pub reader: CString,
    /// What was told the last time; 0 at first.
    pub known: u32,
    /// What [`Context::wait`] told: flags, and in the upper half how often a card came or went.
    pub event: u32,
    /// The answer to reset of the card in it; empty without one.
    pub atr: Vec<u8>,
}

impl ReaderState {
    /// A reader of which nothing is known yet.
    pub fn new(reader: CString) -> Self {
        Self { reader, known: 0, event: 0, atr: Vec::new() }
    }

    /// Whether a card is in it.
    pub fn has_card(&self) -> bool {
        const PRESENT: u32 = 0x20;
        self.event & PRESENT != 0
    }

    /// Whether the reader is not there (any more).
    pub fn is_gone(&self) -> bool {
        const UNKNOWN: u32 = 0x04;
        const UNAVAILABLE: u32 = 0x08;
        self.event & (UNKNOWN | UNAVAILABLE) != 0
    }

    /// How often a card was put in or taken out since the service started, as far as it counts.
    pub fn insertions(&self) -> u32 {
        self.event >> 16
    }
}

/// What becomes of a card when a connection to it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It stays as it is.
    Leave,
    /// It is reset, and forgets what was selected and which PINs were verified.
    Reset,
}

/// How long to wait, in the milliseconds of PC/SC. Its greatest number means for ever.
fn milliseconds(timeout: Option<Duration>) -> u32 {
    let longest = u32::MAX - 1;
    timeout.map_or(u32::MAX, |timeout| u32::try_from(timeout.as_millis()).unwrap_or(longest).min(longest))
}

/// The names of readers in a list: each ended by a zero, the list by another.
fn names(list: &[u8]) -> Vec<CString> {
    list.split(|octet| *octet == 0).filter(|name| !name.is_empty()).filter_map(|name| CString::new(name).ok()).collect()
}
