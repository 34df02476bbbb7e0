//! A moment, to write down and to reckon with.

use std::fmt;
use std::time::Duration;

use jiff::civil::{self, DateTime};
use jiff::{SignedDuration, Span};

/// A moment in whole seconds, UTC, up to the end of the year 9999: the value that certificates without an end carry
/// (RFC 5280 section 4.1.2.5), which lies beyond what a time stamp of `jiff` holds. Printed as RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub(crate) DateTime);

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

pub(crate) const EPOCH: DateTime = civil::date(1970, 1, 1).at(0, 0, 0, 0);

/// The last moment in whole seconds: what a certificate without an end has as its end.
pub(crate) const LAST: DateTime = civil::date(9999, 12, 31).at(23, 59, 59, 0);

/// What Istanbul's clocks are ahead of UTC.
const ISTANBUL: SignedDuration = SignedDuration::from_hours(3);
