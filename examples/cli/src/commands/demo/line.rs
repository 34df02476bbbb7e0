//! A line that a person types, and no longer waited for than there is time.

use std::io;
use std::time::Duration;

use eimza_core::{Clock, Error, Result, Time};

/// The line without its end; an end of input is an empty line. `tick` is called once a second with the time that is left.
///
/// # Errors
/// [`Error::CodeExpired`] where the time runs out first.
pub(super) fn read(clock: &dyn Clock, expires_at: Option<Time>, mut tick: impl FnMut(Duration)) -> Result<String> {
    while let Some(expires_at) = expires_at {
        let left = clock.now().until(expires_at);
        if left.is_zero() {
            return Err(Error::CodeExpired);
        }
        tick(left);
        if is_typed(left.min(Duration::from_secs(1))) {
            break;
        }
    }
    let mut line = String::new();
    let _ = io::stdin().read_line(&mut line);
    Ok(line.trim().to_owned())
}

/// Whether a line is there, after waiting for so long at most.
#[cfg(unix)]
fn is_typed(wait: Duration) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let stdin = io::stdin();
    let mut watched = [PollFd::new(&stdin, PollFlags::IN)];
    let wait = Timespec::try_from(wait).ok();
    // What cannot be watched is read.
    !matches!(poll(&mut watched, wait.as_ref()), Ok(0) | Err(rustix::io::Errno::INTR))
}

/// Nothing tells without reading.
#[cfg(not(unix))]
fn is_typed(_: Duration) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use eimza_core::SettableClock;

    use super::*;

    /// A clock on which a second passes between two looks.
    struct HurriedClock(SettableClock);

    impl Clock for HurriedClock {
        fn now(&self) -> Time {
            self.0.advance(Duration::from_secs(1));
            self.0.now()
        }

        fn elapsed(&self) -> Duration {
            self.0.elapsed()
        }
    }

    #[test]
    fn when_the_time_is_over_nothing_is_waited_for() {
        let start = Time::parse("2026-06-15T12:00:00Z").unwrap();
        let clock = HurriedClock(SettableClock::new(start));
        let expired = read(&clock, Some(start.after(Duration::from_secs(1))), |_| ());
        assert_eq!(expired.unwrap_err().name(), "code-expired");
    }
}
