//! Time: wall time to write down, elapsed time to measure with.
//!
//! The library never asks for the time by itself: every function that needs it takes a [`Time`] or a [`Clock`].

use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

use jiff::civil::{self, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::{SignedDuration, Span, Timestamp};

use crate::error::{Error, Result};

/// A moment in whole seconds, UTC, up to the end of the year 9999: the value that certificates without an end carry
/// (RFC 5280 section 4.1.2.5), which lies beyond what a time stamp of `jiff` holds. Printed as RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(DateTime);

/// The calendar fields of a moment in UTC, as ASN.1 times are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The year, all four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl Time {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(EPOCH);

    /// From seconds since 1970-01-01T00:00:00Z.
    pub fn from_unix(seconds: i64) -> Result<Self> {
        let at = EPOCH.checked_add(SignedDuration::from_secs(seconds));
        at.map(Self).map_err(|_| Error::TimeInvalid { given: seconds.to_string() })
    }

    /// Reads RFC 3339; a fraction of a second is cut off.
    pub fn parse(text: &str) -> Result<Self> {
        let invalid = || Error::TimeInvalid { given: text.chars().take(64).collect() };
        let pieces = Pieces::parse(text).map_err(|_| invalid())?;
        let (Some(time), Some(offset)) = (pieces.time(), pieces.to_numeric_offset()) else { return Err(invalid()) };
        let local = pieces.date().at(time.hour(), time.minute(), time.second(), 0);
        let at = local.checked_sub(SignedDuration::from_secs(offset.seconds().into()));
        at.map(Self).map_err(|_| invalid())
    }

    /// From calendar fields in UTC; `None` where there is no such day or hour.
    pub fn from_calendar(at: Calendar) -> Option<Self> {
        let small = |value: u8| i8::try_from(value).ok();
        let year = i16::try_from(at.year).ok()?;
        let date = civil::Date::new(year, small(at.month)?, small(at.day)?).ok()?;
        let time = civil::Time::new(small(at.hour)?, small(at.minute)?, small(at.second)?, 0).ok()?;
        Some(Self(date.to_datetime(time)))
    }

    /// The calendar fields in UTC.
    pub fn calendar(self) -> Calendar {
        let small = |value: i8| u8::try_from(value).unwrap_or_default();
        Calendar {
            year: u16::try_from(self.0.year()).unwrap_or_default(),
            month: small(self.0.month()),
            day: small(self.0.day()),
            hour: small(self.0.hour()),
            minute: small(self.0.minute()),
            second: small(self.0.second()),
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.duration_since(EPOCH).as_secs()
    }

    /// This moment and a while later; the latest representable moment where that would lie beyond.
    pub fn after(self, while_: Duration) -> Self {
        let seconds = i64::try_from(while_.as_secs()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(SignedDuration::from_secs(seconds)).min(LAST))
    }

    /// This moment and a while earlier; the earliest representable moment where that would lie beyond.
    pub fn before(self, while_: Duration) -> Self {
        let seconds = i64::try_from(while_.as_secs()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(SignedDuration::from_secs(seconds)))
    }

    /// How long it is until `later`; zero when that has passed.
    pub fn until(self, later: Time) -> Duration {
        Duration::from_secs(u64::try_from(later.unix().saturating_sub(self.unix())).unwrap_or(0))
    }

    /// The same hour so many calendar months earlier in Istanbul, on the month's last day where the day does not exist.
    pub fn months_before_in_istanbul(self, months: u8) -> Self {
        let earlier = self.in_istanbul().saturating_sub(Span::new().months(i64::from(months)));
        Self(earlier.saturating_sub(ISTANBUL))
    }

    /// As people in Türkiye write it: `dd.MM.yyyy HH:mm:ss`, Istanbul time.
    ///
    /// Istanbul has kept UTC+3 since September 2016; earlier moments are shown with the same offset.
    pub fn istanbul(self) -> String {
        self.in_istanbul().strftime("%d.%m.%Y %H:%M:%S").to_string()
    }

    fn in_istanbul(self) -> DateTime {
        self.0.saturating_add(ISTANBUL).min(LAST)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.strftime("%Y-%m-%dT%H:%M:%SZ").fmt(formatter)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl serde::Serialize for Time {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Time {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Time::parse(&text).map_err(serde::de::Error::custom)
    }
}

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
        Time::from_unix(Timestamp::now().as_second()).unwrap_or(Time(EPOCH))
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

const EPOCH: DateTime = civil::date(1970, 1, 1).at(0, 0, 0, 0);

/// The last moment in whole seconds: what a certificate without an end has as its end.
const LAST: DateTime = civil::date(9999, 12, 31).at(23, 59, 59, 0);

/// What Istanbul's clocks are ahead of UTC.
const ISTANBUL: SignedDuration = SignedDuration::from_hours(3);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_calendar_months_and_clamped() {
        let renewable = |end: &str| Time::parse(end).unwrap().months_before_in_istanbul(2).to_string();
        assert_eq!(renewable("2027-04-30T12:00:00Z"), "2027-02-28T12:00:00Z");
        assert_eq!(renewable("2028-04-30T12:00:00Z"), "2028-02-29T12:00:00Z");
        // 22:30 UTC on the 30th is the 1st of May in Istanbul.
        assert_eq!(renewable("2027-04-30T22:30:00Z"), "2027-02-28T22:30:00Z");
        assert_eq!(renewable("2027-01-15T00:00:00Z"), "2026-11-15T00:00:00Z");
    }

    #[test]
    fn times_are_rfc_3339_and_whole_seconds() {
        let time = Time::parse("2026-06-15T15:00:30.987+03:00").unwrap();
        assert_eq!(time.to_string(), "2026-06-15T12:00:30Z");
        assert_eq!(time.istanbul(), "15.06.2026 15:00:30");
        assert_eq!(Time::from_calendar(time.calendar()), Some(time));
        assert!(Time::parse("2026-06-15").is_err());
    }

    #[test]
    fn elapsed_time_passes() {
        let clock = SystemClock::new();
        let start = clock.elapsed();
        std::thread::sleep(Duration::from_millis(20));
        assert!((20..5000).contains(&(clock.elapsed() - start).as_millis()));
    }

    #[test]
    fn the_end_of_certificates_without_an_end_is_a_time() {
        let calendar = Calendar { year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59 };
        let last = Time::from_calendar(calendar).unwrap();
        assert_eq!((last, last.calendar()), (Time(LAST), calendar));
        assert_eq!(Time::parse(&last.to_string()).unwrap(), last);
        assert_eq!(Time::from_unix(last.unix()).unwrap(), last);
        assert!(Time::from_unix(last.unix() + 1).is_err());
        assert_eq!((last.after(Duration::from_secs(10)), last.after(Duration::MAX)), (last, last));
        let day_before = last.before(Duration::from_secs(24 * 60 * 60 - 1));
        assert_eq!(day_before.to_string(), "9999-12-31T00:00:00Z");
        assert_eq!(Time::parse("9999-12-31T03:00:00+03:00").unwrap(), day_before);
        assert_eq!(last.istanbul(), "31.12.9999 23:59:59");
        assert!(last.months_before_in_istanbul(2) < last);
        assert_eq!(Time::from_unix(0).unwrap().before(Duration::MAX).calendar().year, 0);
    }
}
