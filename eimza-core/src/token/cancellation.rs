//! How an operation is given up from another thread, and how far it has come by then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use crate::error::{Error, Result};

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
    /// An operation that has not sent a PIN yet.
    pub(super) fn of(cancellation: &Cancellation) -> Self {
        Self { cancellation: cancellation.clone(), stage: Arc::default() }
    }

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
            _ => Error::Internal { what: "the token's driver ended without an answer", source: None },
        }
    }

    /// A PIN is about to be sent. From here on giving up cannot undo anything.
    pub(super) fn depart(&self) -> Result<()> {
        if let Some(given_up) = self.outcome() {
            return Err(given_up);
        }
        // The caller may have given up since the last look.
        let departed =
            self.stage.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |stage| (stage != GIVEN_UP).then_some(SENT));
        departed.map(drop).map_err(|_| Error::Cancelled)
    }
}
