//! A line that a person types, waited for no longer than there is time.

use std::io;
use std::time::Duration;

use eimza_core::{Clock, Time};
use zeroize::Zeroizing;

/// More than a person types; what is longer is read no further.
const LIMIT: usize = 4096;

/// Until when an answer is waited for.
#[derive(Clone, Copy)]
pub(crate) struct Deadline<'a> {
    pub(crate) clock: &'a dyn Clock,
    pub(crate) at: Time,
}

impl Deadline<'_> {
    /// What is left of the time.
    ///
    /// # Errors
    /// [`TimedOut`](io::ErrorKind::TimedOut) once it is over.
    pub(crate) fn left(self) -> io::Result<Duration> {
        let left = self.clock.now().until(self.at);
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

/// The next line of standard input, without its end. `tick` is called once a second with the time that is left.
///
/// # Errors
/// [`TimedOut`](io::ErrorKind::TimedOut) where the time runs out first,
/// [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) where nothing more comes.
pub(crate) fn of_input(deadline: Option<Deadline<'_>>, tick: impl FnMut(Duration)) -> io::Result<Zeroizing<Vec<u8>>> {
    read(&io::stdin(), deadline, tick)
}

/// The same from any file. The octets are read past every buffer that is not wiped.
#[cfg(unix)]
pub(crate) fn read(
    input: &impl std::os::fd::AsFd,
    deadline: Option<Deadline<'_>>,
    mut tick: impl FnMut(Duration),
) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut line = Zeroizing::new(vec![0; LIMIT]);
    let mut length = 0;
    while let Some(free @ [_, ..]) = line.get_mut(length..) {
        wait(input, deadline, &mut tick)?;
        let count = match rustix::io::read(input, &mut *free) {
            Ok(count) => count,
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        };
        let end = free.iter().take(count).position(|octet| *octet == b'\n');
        length += end.unwrap_or(count);
        if end.is_some() || (count == 0 && length > 0) {
            break;
        }
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    line.truncate(length);
    Ok(line)
}

/// Waits until something can be read.
#[cfg(unix)]
fn wait(
    input: &impl std::os::fd::AsFd,
    deadline: Option<Deadline<'_>>,
    mut tick: impl FnMut(Duration),
) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;

    let Some(deadline) = deadline else { return Ok(()) };
    loop {
        let left = deadline.left()?;
        tick(left);
        let second = Timespec::try_from(left.min(Duration::from_secs(1))).ok();
        // What cannot be watched is read.
        if !matches!(poll(&mut [PollFd::new(input, PollFlags::IN)], second.as_ref()), Ok(0) | Err(Errno::INTR)) {
            return Ok(());
        }
    }
}

/// Elsewhere nothing tells without reading.
#[cfg(not(unix))]
fn read(
    input: &io::Stdin,
    deadline: Option<Deadline<'_>>,
    mut tick: impl FnMut(Duration),
) -> io::Result<Zeroizing<Vec<u8>>> {
    use std::io::BufRead;

    if let Some(deadline) = deadline {
        tick(deadline.left()?);
    }
    let mut line = Zeroizing::new(Vec::with_capacity(LIMIT));
    io::Read::take(input.lock(), LIMIT as u64).read_until(b'\n', &mut line)?;
    match line.pop() {
        None => Err(io::ErrorKind::UnexpectedEof.into()),
        Some(b'\n') => Ok(line),
        Some(last) => {
            line.push(last);
            Ok(line)
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Write;

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
        let (input, mut typist) = io::pipe().unwrap();
        // Half a line, which is never ended.
        typist.write_all(b"12").unwrap();
        let deadline = Deadline { clock: &clock, at: start.after(Duration::from_secs(3)) };
        let expired = read(&input, Some(deadline), |_| ());
        assert_eq!(expired.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn a_line_ends_with_its_end_or_with_the_input() {
        let (input, mut typist) = io::pipe().unwrap();
        typist.write_all(b"12\n").unwrap();
        assert_eq!(**read(&input, None, |_| ()).unwrap(), *b"12");
        typist.write_all(b"34").unwrap();
        drop(typist);
        assert_eq!(**read(&input, None, |_| ()).unwrap(), *b"34");
        assert_eq!(read(&input, None, |_| ()).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
