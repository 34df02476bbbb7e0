//! The memory of failed attempts: for tokens that do not tell how many tries are left.

pub(super) mod counts;
mod file;
pub(super) mod lines;
mod process;
mod recollection;

pub use file::FileMemory;
pub use process::ProcessMemory;
pub use recollection::{Outcome, Recollection};

use super::TokenPin;
use crate::error::Result;

/// Remembers failures of each PIN of each token. Holds no secret: only counts. [`TokenPin::names`] is what to keep them
/// by, and [`Recollection::with`] is how to count.
pub trait AttemptMemory: Send + Sync {
    /// What is remembered: the worst of what is known under any of the PIN's names.
    ///
    /// # Errors
    /// [`Error::AttemptMemoryUnusable`](crate::Error::AttemptMemoryUnusable) where the memory cannot be read. An attempt
    /// that needs it is then refused, unless the caller permits the last try.
    fn recall(&self, pin: &TokenPin) -> Result<Recollection>;

    /// Takes note that an attempt begins ([`Outcome::Begun`]), if `permit` lets it with what is remembered now. Both are
    /// one step: whoever else asks at the same time, in another process too where the memory is shared, is asked after.
    ///
    /// # Errors
    /// Those of `permit`, and [`Error::AttemptMemoryUnusable`](crate::Error::AttemptMemoryUnusable) where the note cannot
    /// be kept. Nothing was noted then.
    fn begin(&self, pin: &TokenPin, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()>;

    /// Takes note of what became of it. An attempt that was made must be able to end: where this cannot be written, what
    /// was noted before it stays, and counts as a failure.
    fn record(&self, pin: &TokenPin, outcome: Outcome);
}
