//! One PIN operation: what the caller permits, how it is given up, and what happens on its way.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::Outcome;
use crate::error::{Error, Result};

/// What the caller permits for one PIN operation. Made for that call, moved in, never kept.
#[derive(Debug, Default)]
pub struct Attempt {
    spend_last_try: bool,
    allow_unusual_pin: bool,
    cancellation: Option<Cancellation>,
}

impl Attempt {
    /// Nothing out of the ordinary: the last try is not spent.
    pub fn new() -> Self {
        Self::default()
    }

    /// The person was told that this is the last try, or that nobody can tell how many are left, and wants it spent.
    pub fn spend_last_try(mut self) -> Self {
        self.spend_last_try = true;
        self
    }

    /// The person insists on a length outside of what the token reports.
    pub fn allow_unusual_pin(mut self) -> Self {
        self.allow_unusual_pin = true;
        self
    }

    /// Lets the operation be given up from another thread.
    pub fn cancelled_by(mut self, cancellation: &Cancellation) -> Self {
        self.cancellation = Some(cancellation.clone());
        self
    }

    pub(super) fn spends_last_try(&self) -> bool {
        self.spend_last_try
    }

    pub(super) fn allows_unusual_pin(&self) -> bool {
        self.allow_unusual_pin
    }

    pub(super) fn cancellation(&self) -> Option<&Cancellation> {
        self.cancellation.as_ref()
    }
}

/// Gives up an operation from another thread. Clones belong together; one serves one operation.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<AtomicU8>);

/// No PIN was sent to the token.
const IDLE: u8 = 0;
/// A PIN was sent: its answer has not come, or the caller has not heard of it.
const SENT: u8 = 1;
/// Given up before a PIN was sent: nothing was spent.
const CANCELLED: u8 = 2;
/// Given up afterwards: the try may have counted, and what was asked for may have been done.
const CANCELLED_AFTERWARDS: u8 = 3;

impl Cancellation {
    /// Not cancelled yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the operation up. The call returns at once; what blocks inside the token's driver ends by itself.
    pub fn cancel(&self) {
        let _ = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |state| match state {
            IDLE => Some(CANCELLED),
            SENT => Some(CANCELLED_AFTERWARDS),
            _ => None,
        });
    }

    /// Whether [`Cancellation::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.0.load(Ordering::SeqCst), CANCELLED | CANCELLED_AFTERWARDS)
    }

    /// What the caller is told once it is cancelled.
    pub(super) fn outcome(&self) -> Option<Error> {
        match self.0.load(Ordering::SeqCst) {
            CANCELLED => Some(Error::Cancelled),
            CANCELLED_AFTERWARDS => Some(Error::PinAnswerLost { source: None }),
            _ => None,
        }
    }

    /// What is known of an operation that ended without a word.
    pub(super) fn silent_end(&self) -> Error {
        match self.0.load(Ordering::SeqCst) {
            SENT | CANCELLED_AFTERWARDS => Error::PinAnswerLost { source: None },
            _ => Error::Internal { what: "the token's driver ended without an answer".into() },
        }
    }

    /// A PIN is about to be sent. From here on giving up cannot undo anything.
    fn depart(&self) -> Result<()> {
        let departed = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |state| match state {
            IDLE | SENT => Some(SENT),
            _ => None,
        });
        departed.map(drop).map_err(|_| self.outcome().unwrap_or(Error::Cancelled))
    }
}

/// What a driver sends every PIN and PUK through: counts the presentations and has remembered what becomes of them.
pub struct CallContext {
    cancellation: Cancellation,
    presentations_left: Cell<usize>,
    /// Whether the token accepted the last presentation, if there was one.
    may_present: Cell<bool>,
    account: Box<dyn Account>,
}

/// Where it is written down what becomes of a PIN.
pub(super) trait Account {
    /// One is about to be sent, unless what happened meanwhile speaks against it.
    fn begin(&self) -> Result<()>;

    /// What became of it.
    fn record(&self, outcome: Outcome);
}

impl CallContext {
    pub(super) fn new(presentations: usize, cancellation: Cancellation, account: impl Account + 'static) -> Self {
        let (presentations_left, may_present) = (Cell::new(presentations), Cell::new(true));
        Self { cancellation, presentations_left, may_present, account: Box::new(account) }
    }

    /// Fails if the caller gave up. Drivers ask between steps that take time.
    pub fn check(&self) -> Result<()> {
        self.cancellation.outcome().map_or(Ok(()), Err)
    }

    /// Presents a PIN or PUK to the token: `present` must do that once, and nothing else.
    ///
    /// It is not called when the operation was cancelled, when the token did not accept the presentation before, when
    /// the person's one entry does not cover another presentation, or when another process has spent what was permitted.
    pub fn present<T>(&self, present: impl FnOnce() -> Result<T>) -> Result<T> {
        let left = self.presentations_left.get().checked_sub(1).filter(|_| self.may_present.get());
        let Some(left) = left else {
            return Err(Error::Internal {
                what: "a PIN was to be presented more often than it was entered for".into(),
            });
        };
        self.cancellation.depart()?;
        self.presentations_left.set(left);
        self.may_present.set(false);
        self.account.begin()?;
        let answer = present();
        self.account.record(match &answer {
            Ok(_) => Outcome::Accepted,
            Err(Error::PinIncorrect { .. } | Error::PukIncorrect { .. } | Error::PinFormRefused { .. }) => {
                Outcome::Refused
            }
            Err(Error::PinBlocked | Error::PukBlocked) => Outcome::Blocked,
            Err(Error::PinAnswerLost { .. } | Error::TokenRemoved) => Outcome::AnswerLost,
            Err(_) => Outcome::NotJudged,
        });
        self.may_present.set(answer.is_ok());
        answer
    }
}

impl fmt::Debug for CallContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CallContext").field("cancellation", &self.cancellation).finish_non_exhaustive()
    }
}
