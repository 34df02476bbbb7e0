//! Where time comes from: wall time to write down, elapsed time to measure with.
//!
//! The library never asks for the time by itself: every function that needs it takes a [`Time`] or a [`Clock`].

mod reading;

use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;

pub use crate::time::{Calendar, Time};

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// The wall time.
    fn now(&self) -> Time;

    /// Time that has passed since some fixed moment; never goes back, whatever is done to the wall clock, and goes on while
    /// the computer sleeps, as a service's time does.
    fn elapsed(&self) -> Duration;

    /// Holds the calling thread up for so long.
    fn wait(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// The clock of the system. On Linux and Android its elapsed time goes on while the computer sleeps; elsewhere that is for
/// Rust's [`Instant`](std::time::Instant) to say.
#[derive(Debug)]
pub struct SystemClock {
    start: elapsing::Moment,
    /// What the wall clock showed beyond whole seconds at the start: elapsed seconds are full when the wall's are.
    fraction: Duration,
}

impl SystemClock {
    /// The system's clock.
    pub fn new() -> Self {
        let fraction = u64::try_from(Timestamp::now().subsec_nanosecond()).unwrap_or_default();
        Self { start: elapsing::now(), fraction: Duration::from_nanos(fraction) }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Time {
        Time::from_unix(Timestamp::now().as_second()).unwrap_or(Time::EPOCH)
    }

    fn elapsed(&self) -> Duration {
        elapsing::since(&self.start) + self.fraction
    }
}

/// `Instant` stands still on Linux while the computer sleeps.
#[cfg(any(target_os = "linux", target_os = "android"))]
mod elapsing {
    use std::time::Duration;

    use rustix::time::{ClockId, clock_gettime};

    /// Since the computer was switched on.
    pub(super) type Moment = Duration;

    pub(super) fn now() -> Moment {
        Duration::try_from(clock_gettime(ClockId::Boottime)).unwrap_or_default()
    }

    pub(super) fn since(start: &Moment) -> Duration {
        now().saturating_sub(*start)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod elapsing {
    use std::time::{Duration, Instant};

    pub(super) type Moment = Instant;

    pub(super) fn now() -> Moment {
        Instant::now()
    }

    pub(super) fn since(start: &Moment) -> Duration {
        start.elapsed()
    }
}

/// A clock that goes only when it is told to, for tests and demonstrations.
#[derive(Debug)]
pub struct SettableClock {
    hands: Mutex<(Time, Duration)>,
}

impl SettableClock {
    /// A clock that shows `now`.
    pub fn new(now: Time) -> Self {
        Self { hands: Mutex::new((now, Duration::ZERO)) }
    }

    /// Lets time pass, on the wall and elapsed alike.
    pub fn advance(&self, while_: Duration) {
        let mut hands = self.hands.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *hands = (hands.0.after(while_), hands.1 + while_);
    }

    /// Sets the wall time alone, as a person may do to a computer.
    pub fn set_wall_time(&self, now: Time) {
        self.hands.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).0 = now;
    }
}

impl Clock for SettableClock {
    fn now(&self) -> Time {
        self.hands.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).0
    }

    fn elapsed(&self) -> Duration {
        self.hands.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).1
    }

    /// Lets the time pass at once.
    fn wait(&self, duration: Duration) {
        self.advance(duration);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elapsed_time_passes() {
        let clock = SystemClock::new();
        let start = clock.elapsed();
        std::thread::sleep(Duration::from_millis(20));
        assert!((20..5000).contains(&(clock.elapsed() - start).as_millis()));
    }
}
