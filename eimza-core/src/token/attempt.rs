//! One PIN operation: what the caller permits, how it is given up, and what happens on its way.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

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

/// No PIN is on its way to the token.
const IDLE: u8 = 0;
/// A PIN was sent and its answer has not come.
const IN_FLIGHT: u8 = 1;
/// Given up while idle: nothing was spent that the caller does not know of.
const CANCELLED: u8 = 2;
/// Given up while a PIN was on its way: the try may have counted.
const CANCELLED_IN_FLIGHT: u8 = 3;

impl Cancellation {
    /// Not cancelled yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the operation up. The call returns at once; what blocks inside the token's driver ends by itself.
    pub fn cancel(&self) {
        let _ = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |state| match state {
            IDLE => Some(CANCELLED),
            IN_FLIGHT => Some(CANCELLED_IN_FLIGHT),
            _ => None,
        });
    }

    /// Whether [`Cancellation::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.0.load(Ordering::SeqCst), CANCELLED | CANCELLED_IN_FLIGHT)
    }

    /// What the caller is told once it is cancelled.
    pub(super) fn outcome(&self) -> Option<Error> {
        match self.0.load(Ordering::SeqCst) {
            CANCELLED => Some(Error::Cancelled),
            CANCELLED_IN_FLIGHT => Some(Error::PinAnswerLost { source: None }),
            _ => None,
        }
    }

    fn depart(&self) -> Result<()> {
        let departed = self.0.compare_exchange(IDLE, IN_FLIGHT, Ordering::SeqCst, Ordering::SeqCst);
        departed.map(drop).map_err(|_| Error::Cancelled)
    }

    fn arrive(&self) {
        let _ = self.0.compare_exchange(IN_FLIGHT, IDLE, Ordering::SeqCst, Ordering::SeqCst);
    }
}

/// What a driver sends every PIN and PUK through: counts the presentations and keeps what became of them.
#[derive(Debug)]
pub struct CallContext {
    cancellation: Cancellation,
    presentations_left: Cell<usize>,
    last: Cell<Presentation>,
}

/// What became of the last presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presentation {
    None,
    Accepted,
    Refused,
    AnswerLost,
    /// The token answered, but not about the PIN: it was not judged.
    NotJudged,
}

impl CallContext {
    pub(super) fn new(presentations: usize, cancellation: Cancellation) -> Self {
        Self { cancellation, presentations_left: Cell::new(presentations), last: Cell::new(Presentation::None) }
    }

    /// Fails if the caller gave up. Drivers ask between steps that take time.
    pub fn check(&self) -> Result<()> {
        if self.cancellation.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Presents a PIN or PUK to the token: `present` must do that once, and nothing else.
    ///
    /// It is not called when the operation was cancelled, when the token did not accept the presentation before, or when
    /// the person's one entry does not cover another presentation.
    pub fn present<T>(&self, present: impl FnOnce() -> Result<T>) -> Result<T> {
        let may_follow = matches!(self.last.get(), Presentation::None | Presentation::Accepted);
        let Some(left) = self.presentations_left.get().checked_sub(1).filter(|_| may_follow) else {
            return Err(Error::Internal {
                what: "a PIN was to be presented more often than it was entered for".into(),
            });
        };
        self.cancellation.depart()?;
        self.presentations_left.set(left);
        self.last.set(Presentation::AnswerLost);
        let answer = present();
        self.last.set(match &answer {
            Ok(_) | Err(Error::PinExpired) => Presentation::Accepted,
            Err(Error::PinIncorrect { .. } | Error::PukIncorrect { .. } | Error::PinBlocked | Error::PukBlocked) => {
                Presentation::Refused
            }
            Err(Error::PinAnswerLost { .. } | Error::TokenRemoved) => Presentation::AnswerLost,
            Err(_) => Presentation::NotJudged,
        });
        self.cancellation.arrive();
        answer
    }

    pub(super) fn last(&self) -> Presentation {
        self.last.get()
    }
}
