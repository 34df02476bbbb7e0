//! Moments from outside: a number or a text that may be none.

use jiff::SignedDuration;
use jiff::fmt::temporal::Pieces;

use super::Time;
use crate::error::{Error, Result};
use crate::time::EPOCH;

impl Time {
    /// From seconds since 1970-01-01T00:00:00Z.
    pub fn from_unix(seconds: i64) -> Result<Self> {
        let at = EPOCH.checked_add(SignedDuration::from_secs(seconds));
        at.map(Self).map_err(|source| Error::TimeInvalid { given: seconds.to_string(), source: Some(source.into()) })
    }

    /// Reads RFC 3339; a fraction of a second is cut off.
    pub fn parse(text: &str) -> Result<Self> {
        let invalid = |source| Error::TimeInvalid { given: text.chars().take(64).collect(), source };
        let pieces = Pieces::parse(text).map_err(|source| invalid(Some(source.into())))?;
        let (Some(time), Some(offset)) = (pieces.time(), pieces.to_numeric_offset()) else { return Err(invalid(None)) };
        let local = pieces.date().at(time.hour(), time.minute(), time.second(), 0);
        let at = local.checked_sub(SignedDuration::from_secs(offset.seconds().into()));
        at.map(Self).map_err(|source| invalid(Some(source.into())))
    }
}

impl<'de> serde::Deserialize<'de> for Time {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Time::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::time::Duration;

    use super::*;
    use crate::time::{Calendar, LAST};

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
    fn what_cannot_be_read_says_why() {
        let why = |error: Error| error.source().map(ToString::to_string);
        for text in ["2026-13-15T12:00:30Z", "9999-12-31T23:59:59-03:00"] {
            assert!(why(Time::parse(text).unwrap_err()).is_some(), "{text}");
        }
        assert!(why(Time::from_unix(i64::MAX).unwrap_err()).is_some());
        assert_eq!(why(Time::parse("2026-06-15").unwrap_err()), None);
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
