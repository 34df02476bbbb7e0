//! Turns: who may go on in this process while the others wait. No lock is held meanwhile: a child that is forked then would
//! find it locked for ever.

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::Duration;

use super::brief;
use super::cancellation::Progress;
use crate::error::Result;

/// How often a caller that can be cancelled looks whether it was.
pub(super) const CANCELLATION_INTERVAL: Duration = Duration::from_millis(20);

/// How often a waiting caller looks whether its turn has come.
const PAUSE: Duration = Duration::from_millis(2);

/// One PIN operation at a time on one token, however many handles the process has to it; and so with whatever else has
/// a name. A token with several names takes all of them at once.
pub(super) struct Turn {
    of: Vec<String>,
}

/// Who has a turn, by process: a forked child inherits turns that nobody in it would give back.
static TAKEN: Mutex<Option<(u32, HashSet<String>)>> = Mutex::new(None);

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
    /// Waits for the turn until it comes or the operation is given up: its holder may be in a driver that does not come
    /// back.
    pub(super) fn take(of: Vec<String>, progress: Option<&Progress>) -> Result<Self> {
        while !take_all(&of) {
            if let Some(given_up) = progress.and_then(Progress::outcome) {
                return Err(given_up);
            }
            std::thread::sleep(PAUSE);
        }
        Ok(Self { of })
    }
}

fn take_all(of: &[String]) -> bool {
    let mut taken = brief::lock(&TAKEN);
    let taken = taken_here(&mut taken);
    let are_free = of.iter().all(|name| !taken.contains(name));
    if are_free {
        taken.extend(of.iter().cloned());
    }
    are_free
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut taken = brief::lock(&TAKEN);
        let taken = taken_here(&mut taken);
        self.of.iter().for_each(|name| {
            taken.remove(name);
        });
    }
}
