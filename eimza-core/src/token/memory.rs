//! The memory of failed attempts: for tokens that do not tell how many tries are left.

mod file;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

pub use file::FileMemory;

use super::PinKind;

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The token accepted the PIN.
    Accepted,
    /// The token refused it.
    Refused,
    /// The PIN was set anew with the PUK.
    Unblocked,
    /// Nobody knows: the try may have counted.
    AnswerLost,
}

/// What is remembered of a token's PIN or PUK.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recollection {
    /// Refused or lost attempts since the last success.
    pub failures: u32,
    /// Whether the token accepted it in this process, and nothing failed since.
    pub accepted: bool,
    /// Whether it was set anew in this process, and not accepted since.
    pub unblocked: bool,
    /// Whether the last attempt's answer was lost.
    pub answer_lost: bool,
}

impl Recollection {
    /// The recollection after a further outcome.
    pub fn with(self, outcome: Outcome) -> Self {
        let failed = Self { failures: self.failures.saturating_add(1), accepted: false, ..self };
        match outcome {
            Outcome::Accepted => Self { accepted: true, ..Self::default() },
            Outcome::Unblocked => Self { unblocked: true, ..Self::default() },
            Outcome::Refused => Self { answer_lost: false, ..failed },
            Outcome::AnswerLost => Self { answer_lost: true, ..failed },
        }
    }
}

/// Remembers failures by a token's identity. Holds no secret: only counts.
pub trait AttemptMemory: Send + Sync {
    /// What is remembered.
    fn recall(&self, token: &str, kind: PinKind) -> Recollection;

    /// Takes note of an outcome. A memory that cannot be written forgets; it never keeps an operation from ending.
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

    fn record(&self, token: &str, kind: PinKind, outcome: Outcome) {
        let mut remembered = self.remembered.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let entry = remembered.entry((token.to_owned(), kind)).or_default();
        *entry = entry.with(outcome);
    }
}
