//! The one way by which a PIN reaches a token.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use super::cancellation::Progress;
use super::{Attempt, Entered, Outcome};
use crate::error::{Error, Result};
use crate::secret::Pin;

/// What a driver sends every PIN and PUK through: counts the presentations and has remembered what becomes of them.
///
/// The secret of the operation goes through [`CallContext::present`]. Where a key asks for a PIN at its use, the driver
/// calls [`CallContext::present_to_key`], which decides what the key is given.
pub struct CallContext {
    progress: Progress,
    attempt: Arc<Attempt>,
    /// The secret that the operation is about.
    main: Channel,
    /// The PIN that the key asks for at its use, in operations that use one.
    key: Option<Channel>,
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

/// The presentations of one PIN in one operation.
pub(super) struct Channel {
    presentations_left: Cell<usize>,
    /// Whether the token accepted the last presentation, if there was one.
    may_present: Cell<bool>,
    account: Box<dyn Account>,
}

impl Channel {
    pub(super) fn new(presentations: usize, account: impl Account + 'static) -> Self {
        let (presentations_left, may_present) = (Cell::new(presentations), Cell::new(true));
        Self { presentations_left, may_present, account: Box::new(account) }
    }

    /// `shows_another` tells whether an answer shows that the key has a PIN of its own. That is noted first: what it came to
    /// may permit the next attempt.
    fn present<T>(
        &self,
        progress: &Progress,
        present: impl FnOnce() -> Result<T>,
        shows_another: impl FnOnce(&Result<T>) -> bool,
    ) -> Result<T> {
        let left = self.presentations_left.get().checked_sub(1).filter(|_| self.may_present.get());
        let Some(left) = left else {
            return Err(Error::Internal {
                what: "a PIN was to be presented more often than it was entered for",
                source: None,
            });
        };
        progress.depart()?;
        self.presentations_left.set(left);
        self.may_present.set(false);
        self.account.begin()?;
        let answer = present();
        if shows_another(&answer) {
            self.account.record(Outcome::IsItsOwn);
        }
        self.account.record(outcome(&answer));
        self.may_present.set(answer.is_ok());
        answer
    }
}

impl CallContext {
    pub(super) fn new(attempt: Arc<Attempt>, main: Channel, key: Option<Channel>) -> Self {
        let progress = attempt.progress().cloned().unwrap_or_default();
        Self { progress, attempt, main, key }
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
        self.main.account.check_tries(left)
    }

    /// Presents the operation's PIN or PUK to the token: `present` must do that once, and nothing else.
    ///
    /// It is not called when the operation was cancelled, when the token did not accept the presentation before, when
    /// the person's one entry does not cover another presentation, or when another process has spent what was permitted.
    pub fn present<T>(&self, present: impl FnOnce() -> Result<T>) -> Result<T> {
        self.main.present(&self.progress, present, |_| false)
    }

    /// Presents a PIN to the key that is being used, under the same conditions. `present` is given its octets (`None` for a
    /// keypad): those that were entered for the key, or else `opened`, the PIN that opened the token, unless it is known
    /// that the key has another.
    ///
    /// # Errors
    /// [`Error::KeyPinNeeded`] before anything is sent; [`Error::KeyRefusedPin`] where the key refused the token's PIN,
    /// [`Error::KeyPinIncorrect`] and [`Error::KeyPinBlocked`] where it refused its own.
    pub fn present_to_key<T>(
        &self,
        opened: &Entered<Pin>,
        present: impl FnOnce(Option<&[u8]>) -> Result<T>,
    ) -> Result<T> {
        let key = self.key.as_ref().ok_or_else(|| Error::Internal { what: "no key is used here", source: None })?;
        let entered = self.attempt.entered_for_key();
        let presented = entered.unwrap_or(opened);
        if matches!(presented, Entered::NotNeeded) {
            return Err(Error::KeyPinNeeded);
        }
        let octets = presented.octets();
        // On a keypad the person types the PIN that is asked for.
        let is_meant = entered.is_some() || octets.is_none();
        let is_another = entered.is_some_and(|entered| is_another(entered, opened));
        let shows_another = |answer: &Result<T>| match answer {
            Ok(_) => is_another,
            Err(error) => !is_meant && is_refusal(error),
        };
        let answer = key.present(&self.progress, || present(octets), shows_another);
        answer.map_err(|error| if is_refusal(&error) { refusal(error, is_meant) } else { error })
    }
}

/// Whether two entries are known to differ.
fn is_another(entered: &Entered<Pin>, opened: &Entered<Pin>) -> bool {
    matches!((entered.octets(), opened.octets()), (Some(entered), Some(opened)) if entered != opened)
}

fn outcome<T>(answer: &Result<T>) -> Outcome {
    match answer {
        Ok(_) => Outcome::Accepted,
        Err(Error::PinBlocked | Error::PukBlocked) => Outcome::Blocked,
        Err(error) if is_refusal(error) => Outcome::Refused,
        Err(Error::PinAnswerLost { .. } | Error::TokenRemoved) => Outcome::AnswerLost,
        Err(_) => Outcome::NotJudged,
    }
}

/// Whether the token has judged what was presented, and not accepted it.
fn is_refusal(error: &Error) -> bool {
    matches!(
        error,
        Error::PinIncorrect { .. }
            | Error::PukIncorrect { .. }
            | Error::PinFormRefused { .. }
            | Error::PinBlocked
            | Error::PukBlocked
    )
}

/// What a refusal by a key means to the person.
fn refusal(error: Error, is_meant: bool) -> Error {
    match error {
        _ if !is_meant => Error::KeyRefusedPin,
        Error::PinIncorrect { tries_left } => Error::KeyPinIncorrect { tries_left },
        Error::PinBlocked => Error::KeyPinBlocked,
        error => error,
    }
}

impl fmt::Debug for CallContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("CallContext").field("progress", &self.progress).finish_non_exhaustive()
    }
}
