//! Turns: who may go on in this process while the others wait. No mutex is held meanwhile: a child that is forked then
//! would find it locked for ever.

use std::collections::HashSet;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use super::attempt::Progress;
use crate::error::Result;

/// How often a caller that can be cancelled looks whether it was.
pub(super) const CANCELLATION_INTERVAL: Duration = Duration::from_millis(20);

/// One PIN operation at a time on one token, however many handles the process has to it; and so with whatever else has a
/// name.
pub(super) struct Turn {
    pub(super) of: String,
}

/// Who has a turn, by process: a forked child inherits turns that nobody in it would give back.
static TAKEN: Mutex<Option<(u32, HashSet<String>)>> = Mutex::new(None);
static GIVEN_BACK: Condvar = Condvar::new();

/// The turns that are taken in this process.
fn taken_here(taken: &mut Option<(u32, HashSet<String>)>) -> &mut HashSet<String> {
    let here = std::process::id();
    let (process, turns) = taken.get_or_insert_with(|| (here, HashSet::new()));
    if *process != here {
        *process = here;
        turns.clear();
    }
    turns
}

impl Turn {
    /// Waits for the turn, as long as nobody gives the operation up: who has it may sit in a driver that does not come
    /// back.
    pub(super) fn take(of: String, progress: Option<&Progress>) -> Result<Self> {
        let mut taken = TAKEN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        while !taken_here(&mut taken).insert(of.clone()) {
            if let Some(given_up) = progress.and_then(Progress::outcome) {
                return Err(given_up);
            }
            let waited = GIVEN_BACK.wait_timeout(taken, CANCELLATION_INTERVAL);
            taken = waited.unwrap_or_else(|poisoned| poisoned.into_inner()).0;
        }
        Ok(Self { of })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut taken = TAKEN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        taken_here(&mut taken).remove(&self.of);
        GIVEN_BACK.notify_all();
    }
}
