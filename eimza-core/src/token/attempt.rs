//! One PIN operation: what the caller permits, how it is given up, and what happens on its way.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use super::Outcome;
use crate::error::{Error, Result};

/// What the caller permits for one PIN operation. Made for that call, moved in, never kept.
#[derive(Debug, Default)]
pub struct Attempt {
    spend_last_try: bool,
    allow_unusual_pin: bool,
    progress: Option<Progress>,
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

    /// The person insists on a PIN of whatever form: of another length than the token reports, of 15 digits, with white
    /// space or hidden characters. See [`Pin::new_unusual`](crate::Pin::new_unusual).
    pub fn allow_unusual_pin(mut self) -> Self {
        self.allow_unusual_pin = true;
        self
    }

    /// Lets the operation be given up from another thread.
    pub fn cancelled_by(mut self, cancellation: &Cancellation) -> Self {
        self.progress = Some(Progress { cancellation: cancellation.clone(), ..Progress::default() });
        self
    }

    pub(super) fn spends_last_try(&self) -> bool {
        self.spend_last_try
    }

    pub(super) fn allows_unusual_pin(&self) -> bool {
        self.allow_unusual_pin
    }

    /// How far the operation has come, where it can be given up.
    pub(super) fn progress(&self) -> Option<&Progress> {
        self.progress.as_ref()
    }
}

/// Gives up operations from another thread. Clones belong together; once it is cancelled it cancels whatever it is given
/// to.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Not cancelled yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the operation up. The call returns at once; what blocks inside the token's driver ends by itself.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether [`Cancellation::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// How far one operation has come, and whether it may go on. Clones belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    cancellation: Cancellation,
    stage: Arc<AtomicU8>,
}

/// No PIN was sent to the token.
const IDLE: u8 = 0;
/// A PIN was sent: its answer has not come, or the caller has not heard of it.
const SENT: u8 = 1;
/// Given up before a PIN was sent: none will be.
const GIVEN_UP: u8 = 2;

impl Progress {
    /// What the caller is told once it is cancelled. After a PIN was sent the try may have counted, and what was asked
    /// for may have been done.
    pub(super) fn outcome(&self) -> Option<Error> {
        if !self.cancellation.is_cancelled() {
            return None;
        }
        let given_up = self.stage.compare_exchange(IDLE, GIVEN_UP, Ordering::SeqCst, Ordering::SeqCst);
        Some(if given_up == Err(SENT) { Error::PinAnswerLost { source: None } } else { Error::Cancelled })
    }

    /// What is known of an operation that ended without a word.
    pub(super) fn silent_end(&self) -> Error {
        match self.stage.load(Ordering::SeqCst) {
            SENT => Error::PinAnswerLost { source: None },
            _ => Error::Internal { what: "the token's driver ended without an answer".into() },
        }
    }

    /// A PIN is about to be sent. From here on giving up cannot undo anything.
    fn depart(&self) -> Result<()> {
        if let Some(given_up) = self.outcome() {
            return Err(given_up);
        }
        // The caller may have given up this very moment.
        let departed =
            self.stage.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |stage| (stage != GIVEN_UP).then_some(SENT));
        departed.map(drop).map_err(|_| Error::Cancelled)
    }
}

/// What a driver sends every PIN and PUK through: counts the presentations and has remembered what becomes of them.
pub struct CallContext {
    progress: Progress,
    presentations_left: Cell<usize>,
    /// Whether the token accepted the last presentation, if there was one.
    may_present: Cell<bool>,
    account: Box<dyn Account>,
}

/// Where it is written down what becomes of a PIN.
pub(super) trait Account {
    /// One is about to be sent, unless what happened meanwhile speaks against it.
    fn begin(&self) -> Result<()>;

    /// Whether this many tries, read right before one is spent, are enough for what the caller permits.
    fn check_tries(&self, left: u8) -> Result<()>;

    /// What became of it.
    fn record(&self, outcome: Outcome);
}

impl CallContext {
    pub(super) fn new(presentations: usize, progress: Progress, account: impl Account + 'static) -> Self {
        let (presentations_left, may_present) = (Cell::new(presentations), Cell::new(true));
        Self { progress, presentations_left, may_present, account: Box::new(account) }
    }

    /// Fails if the caller gave up. Drivers ask between steps that take time.
    pub fn check(&self) -> Result<()> {
        self.progress.outcome().map_or(Ok(()), Err)
    }

    /// Fails if the caller's permission does not cover a try when this many are left. A driver that keeps others out while
    /// it reads the number asks right before it spends one: what the guard was told before may be old.
    ///
    /// # Errors
    /// [`Error::PinFinalTry`], [`Error::PinBlocked`], and the same of the PUK.
    pub fn check_tries(&self, left: u8) -> Result<()> {
        self.account.check_tries(left)
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
        self.progress.depart()?;
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
        formatter.debug_struct("CallContext").field("progress", &self.progress).finish_non_exhaustive()
    }
}
