//! The road to a card: readers, and the transactions in which commands are sent. PC/SC is one; tests have others.

use std::fmt;
use std::time::Duration;

use super::atr::Atr;

/// A reader, whether or not a card is in it.
///
/// A driver begins a [`Link`] for each operation and ends it before it returns, so that other programs can use the card
/// in between and nobody holds it while a person reads or types.
pub trait Reader: Send + Sync + fmt::Debug {
    /// The reader's name, as the system tells it.
    fn name(&self) -> String;

    /// Begins a transaction with the card in the reader. Waits for at most `patience` while another program has one.
    ///
    /// # Errors
    /// [`LinkFault::NoCard`], [`LinkFault::Busy`] after that time, or why the reader cannot be reached.
    fn begin(&self, patience: Duration) -> Result<Box<dyn Link>, LinkFault>;
}

/// A transaction with one card. Dropping it ends it.
pub trait Link {
    /// The answer to reset of the card.
    fn atr(&self) -> &Atr;

    /// How often a card was put in or taken out of this reader so far. Another number is another card, or the same one
    /// without what was selected and verified.
    fn insertions(&self) -> u64;

    /// The protocol in use: 0 for T=0, 1 for T=1.
    fn protocol(&self) -> u8;

    /// Sends one command and gives the answer, its status word included.
    ///
    /// # Errors
    /// Why there is no answer. Whether the card has seen the command is then not known.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, LinkFault>;

    /// Has the reader itself do something, for keypads (PC/SC part 10).
    ///
    /// # Errors
    /// [`LinkFault::Refused`] or another fault where the reader cannot do it.
    fn control(&mut self, code: u32, input: &[u8]) -> Result<Vec<u8>, LinkFault>;

    /// Has the card forget which PINs were verified when the transaction ends, so that the next program has no rights.
    fn forget_rights(&mut self);
}

/// Why a card or reader could not be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// There is no card in the reader.
    NoCard,
    /// The card was taken out.
    Removed,
    /// The card was reset by another program: what was selected and verified is forgotten.
    Reset,
    /// Another program has a transaction, or uses the card alone.
    Busy,
    /// The card does not answer, or with fewer octets than a status word has.
    Silent,
    /// The reader is gone.
    NoReader,
    /// The service of the system for smart cards does not run, or has ended.
    NoService,
    /// The system has no PC/SC.
    NoLibrary,
    /// The reader refuses the command.
    Refused,
    /// Any other failure, by its number in PC/SC.
    Other(u32),
}

impl LinkFault {
    /// The stable name, in lower case with hyphens.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoCard => "no-card",
            Self::Removed => "removed",
            Self::Reset => "reset",
            Self::Busy => "busy",
            Self::Silent => "silent",
            Self::NoReader => "no-reader",
            Self::NoService => "no-service",
            Self::NoLibrary => "no-library",
            Self::Refused => "refused",
            Self::Other(_) => "other",
        }
    }
}

impl fmt::Display for LinkFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(number) => write!(formatter, "PC/SC failed with 0x{number:08x}"),
            _ => formatter.write_str(self.name()),
        }
    }
}

impl std::error::Error for LinkFault {}
