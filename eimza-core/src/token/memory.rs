//! The memory of failed attempts: for tokens that do not tell how many tries are left.

mod file;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

pub use file::FileMemory;

use super::PinKind;
use crate::error::Result;

/// What becomes of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on its way. Recorded before the token sees anything, so that an answer that never comes is a lost one.
    Begun,
    /// The token accepted the PIN.
    Accepted,
    /// The token refused it.
    Refused,
    /// The token refused it and takes no more.
    Blocked,
    /// The token answered, but not about the PIN.
    NotJudged,
    /// The PIN was set anew with the PUK.
    Unblocked,
    /// Nobody knows: the try may have counted.
    AnswerLost,
}

/// What is remembered of a token's PIN or PUK.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recollection {
    /// Attempts since the last success that were refused or lost; one that has only begun is not among them.
    pub failures: u32,
    /// Whether an attempt has begun whose answer has not come.
    pub begun: bool,
    /// Whether the token accepted it in this process, and nothing failed since.
    pub accepted: bool,
    /// Whether it was set anew in this process, and not accepted since.
    pub unblocked: bool,
    /// Whether the answer to the last attempt that has ended was lost.
    pub answer_lost: bool,
}

impl Recollection {
    /// The recollection after a further outcome.
    pub fn with(self, outcome: Outcome) -> Self {
        let ended = Self { begun: false, ..self };
        let failed = Self { failures: self.failures.saturating_add(1), accepted: false, ..ended };
        match outcome {
            // One that had begun before and was never heard of is lost for good.
            Outcome::Begun if self.begun => Self { begun: true, answer_lost: true, ..failed },
            Outcome::Begun => Self { begun: true, ..self },
            Outcome::NotJudged => ended,
            Outcome::Accepted => Self { accepted: true, ..Self::default() },
            Outcome::Unblocked => Self { unblocked: true, ..Self::default() },
            Outcome::Refused => Self { answer_lost: false, ..failed },
            Outcome::Blocked => Self { answer_lost: false, unblocked: false, ..failed },
            Outcome::AnswerLost => Self { answer_lost: true, ..failed },
        }
    }

    /// How it stands while an answer has not come: as if it were lost.
    pub fn at_worst(self) -> Self {
        if self.begun { self.with(Outcome::AnswerLost) } else { self }
    }
}

/// Remembers failures by a token's identity. Holds no secret: only counts. [`Recollection::with`] is how to count.
pub trait AttemptMemory: Send + Sync {
    /// What is remembered.
    fn recall(&self, token: &str, kind: PinKind) -> Recollection;

    /// Takes note that an attempt begins ([`Outcome::Begun`]), if `permit` lets it with what is remembered now. Both are
    /// one step: whoever else asks at the same time, in another process too where the memory is shared, is asked after.
    ///
    /// # Errors
    /// Those of `permit`. Nothing was noted then.
    fn begin(&self, token: &str, kind: PinKind, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()>;

    /// Takes note of what became of it. A memory that cannot be written forgets; it never keeps an operation from ending.
    fn record(&self, token: &str, kind: PinKind, outcome: Outcome);
}

/// Remembers as long as the process lives: the default.
#[derive(Debug, Default)]
pub struct ProcessMemory {
    remembered: Mutex<HashMap<(String, PinKind), Recollection>>,
}

impl ProcessMemory {
    /// The memory that all tokens of this process share.
    pub fn shared() -> Arc<Self> {
        static SHARED: OnceLock<Arc<ProcessMemory>> = OnceLock::new();
        SHARED.get_or_init(Arc::default).clone()
    }
}

impl AttemptMemory for ProcessMemory {
    fn recall(&self, token: &str, kind: PinKind) -> Recollection {
        let remembered = self.remembered.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        remembered.get(&(token.to_owned(), kind)).copied().unwrap_or_default()
    }

    fn begin(&self, token: &str, kind: PinKind, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()> {
        let mut remembered = self.remembered.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let entry = remembered.entry((token.to_owned(), kind)).or_default();
        permit(*entry)?;
        *entry = entry.with(Outcome::Begun);
        Ok(())
    }

    fn record(&self, token: &str, kind: PinKind, outcome: Outcome) {
        let mut remembered = self.remembered.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let entry = remembered.entry((token.to_owned(), kind)).or_default();
        *entry = entry.with(outcome);
    }
}
