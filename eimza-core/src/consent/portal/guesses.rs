//! Wrong codes, counted for each caller: a caller who guesses is held up, and one who has the right code is not.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::Settings;
use crate::clock::{Clock, Time};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Result};

/// What is known of who redeems a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller<'a> {
    /// A name by which the service tells callers apart: a network address, a device, an account.
    Known(&'a str),
    /// Nothing.
    Unknown,
}

/// So many callers are told apart; further ones are treated as unknown.
const CALLER_LIMIT: usize = 10_000;

/// So many wrong codes beyond the limit bring the longest pause.
const STEPS_TO_LONGEST_PAUSE: u32 = 10;

/// When wrong codes came, by caller; `None` for the unknown ones.
#[derive(Default)]
pub(super) struct Guesses(Mutex<HashMap<Option<CallerDigest>, VecDeque<Time>>>);

/// SHA-256 of a caller's name: the name itself is not kept.
type CallerDigest = [u8; 32];

impl Guesses {
    /// Lets a caller ask.
    ///
    /// # Errors
    /// [`Error::CodeGuessesExceeded`] for a known caller who gave too many wrong codes. Unknown callers cannot be told
    /// apart, hence they are only made to wait, all of them: the more wrong codes, the longer.
    pub(super) fn admit(&self, caller: Caller<'_>, settings: &Settings, clock: &dyn Clock, now: Time) -> Result<()> {
        let (is_known, count) = self.recent(caller, settings, now);
        if count < settings.guess_limit {
            return Ok(());
        }
        if is_known {
            return Err(Error::CodeGuessesExceeded);
        }
        clock.wait(pause(count - settings.guess_limit, settings.longest_pause));
        Ok(())
    }

    /// Counts a wrong code.
    pub(super) fn count(&self, caller: Caller<'_>, settings: &Settings, now: Time) {
        let mut guesses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window_start = now.before(settings.guess_window);
        if guesses.len() >= CALLER_LIMIT {
            guesses.retain(|_, times| times.back().is_some_and(|last| *last >= window_start));
        }
        let key = key(caller).filter(|key| guesses.len() < CALLER_LIMIT || guesses.contains_key(&Some(*key)));
        let times = guesses.entry(key).or_default();
        times.push_back(now);
        let most = settings.guess_limit.saturating_add(usize::try_from(STEPS_TO_LONGEST_PAUSE).unwrap_or(usize::MAX));
        if times.len() > most {
            times.pop_front();
        }
    }

    /// Whether the caller is one that is counted by itself, and how many wrong codes came from there within the window.
    fn recent(&self, caller: Caller<'_>, settings: &Settings, now: Time) -> (bool, usize) {
        let mut guesses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window_start = now.before(settings.guess_window);
        let key = key(caller).filter(|key| guesses.len() < CALLER_LIMIT || guesses.contains_key(&Some(*key)));
        let Some(times) = guesses.get_mut(&key) else { return (key.is_some(), 0) };
        while times.front().is_some_and(|guess| *guess < window_start) {
            times.pop_front();
        }
        (key.is_some(), times.len())
    }
}

fn key(caller: Caller<'_>) -> Option<CallerDigest> {
    match caller {
        Caller::Known(name) => DigestAlgorithm::Sha256.digest(name.as_bytes()).as_bytes().try_into().ok(),
        Caller::Unknown => None,
    }
}

fn pause(excess: usize, longest: Duration) -> Duration {
    let steps = u32::try_from(excess).unwrap_or(u32::MAX).saturating_add(1).min(STEPS_TO_LONGEST_PAUSE);
    longest * steps / STEPS_TO_LONGEST_PAUSE
}
