//! Time: wall time to write down, elapsed time to measure with.
//!
//! The library never asks for the time by itself: every function that needs it takes a [`Time`] or a [`Clock`].

use std::fmt;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use crate::error::{Error, Result};

/// A moment in whole seconds, UTC. Printed as RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(Timestamp);

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
    /// From seconds since 1970-01-01T00:00:00Z.
    pub fn from_unix(seconds: i64) -> Result<Self> {
        Timestamp::from_second(seconds).map(Self).map_err(|_| Error::TimeInvalid { given: seconds.to_string() })
    }

    /// Reads RFC 3339; a fraction of a second is cut off.
    pub fn parse(text: &str) -> Result<Self> {
        let invalid = || Error::TimeInvalid { given: text.chars().take(64).collect() };
        let timestamp: Timestamp = text.parse().map_err(|_| invalid())?;
        Self::from_unix(timestamp.as_second())
    }

    /// From calendar fields in UTC; `None` where there is no such day or hour.
    pub fn from_calendar(at: Calendar) -> Option<Self> {
        let small = |value: u8| i8::try_from(value).ok();
        let year = i16::try_from(at.year).ok()?;
        let date = civil::Date::new(year, small(at.month)?, small(at.day)?).ok()?;
        let time = civil::Time::new(small(at.hour)?, small(at.minute)?, small(at.second)?, 0).ok()?;
        let zoned = date.to_datetime(time).to_zoned(TimeZone::UTC).ok()?;
        Some(Self(zoned.timestamp()))
    }

    /// The calendar fields in UTC.
    pub fn calendar(self) -> Calendar {
        let at = TimeZone::UTC.to_datetime(self.0);
        let small = |value: i8| u8::try_from(value).unwrap_or_default();
        Calendar {
            year: u16::try_from(at.year()).unwrap_or_default(),
            month: small(at.month()),
            day: small(at.day()),
            hour: small(at.hour()),
            minute: small(at.minute()),
            second: small(at.second()),
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.as_second()
    }

    /// This moment and a while later; the latest representable moment where that would lie beyond.
    pub fn after(self, while_: Duration) -> Self {
        let seconds = i64::try_from(while_.as_secs()).unwrap_or(i64::MAX);
        Self::from_unix(self.unix().saturating_add(seconds)).unwrap_or(Self(Timestamp::MAX))
    }

    /// This moment and a while earlier.
    pub fn before(self, while_: Duration) -> Self {
        let seconds = i64::try_from(while_.as_secs()).unwrap_or(i64::MAX);
        Self::from_unix(self.unix().saturating_sub(seconds)).unwrap_or(Self(Timestamp::MIN))
    }

    /// How long it is until `later`; zero when that has passed.
    pub fn until(self, later: Time) -> Duration {
        Duration::from_secs(u64::try_from(later.unix().saturating_sub(self.unix())).unwrap_or(0))
    }

    /// The same hour so many calendar months earlier in Istanbul, on the month's last day where the day does not exist.
    pub fn months_before_in_istanbul(self, months: u8) -> Self {
        let zone = istanbul();
        let local = zone.to_datetime(self.0);
        let earlier = local.checked_sub(Span::new().months(i64::from(months)));
        earlier.and_then(|local| local.to_zoned(zone)).map_or(self, |zoned| Self(zoned.timestamp()))
    }

    /// As people in Türkiye write it: `dd.MM.yyyy HH:mm:ss`, Istanbul time.
    ///
    /// Istanbul has kept UTC+3 since September 2016; earlier moments are shown with the same offset.
    pub fn istanbul(self) -> String {
        istanbul().to_datetime(self.0).strftime("%d.%m.%Y %H:%M:%S").to_string()
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
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

    /// Time that has passed since some fixed moment; never goes back, whatever is done to the wall clock.
    fn elapsed(&self) -> Duration;
}

/// The clock of the system.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// The system's clock.
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Time {
        Time::from_unix(Timestamp::now().as_second()).unwrap_or(Time(Timestamp::UNIX_EPOCH))
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
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
}

fn istanbul() -> TimeZone {
    TimeZone::fixed(Offset::constant(3))
}

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
}
