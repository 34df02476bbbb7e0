//! UTCTime and GeneralizedTime: as RFC 5280 wants them, and in every other form from which a moment can be told.

use super::{Element, tag};
use crate::clock::{Calendar, Time};

impl Element<'_> {
    /// A UTCTime or GeneralizedTime in UTC, with seconds (RFC 5280 section 4.1.2.5); a fraction of a second is cut off.
    pub(crate) fn time(&self) -> Option<Time> {
        let stated = Stated::read(self)?;
        let digits = if self.tag == tag::UTC_TIME { 12 } else { 14 };
        let fraction_fits = match stated.fraction {
            Some((mark, _)) => self.tag == tag::GENERALIZED_TIME && mark == '.',
            None => true,
        };
        let is_plain = stated.digits == digits && stated.zone == "Z" && fraction_fits;
        if is_plain { Time::from_calendar(stated.calendar) } else { None }
    }

    /// The moment of a UTCTime or GeneralizedTime in any form of X.680 sections 46 and 47: without seconds, with an offset,
    /// with a fraction of an hour. A leap second counts as the second before it, and a UTCTime may have all four digits of
    /// its year.
    ///
    /// `None` where no moment can be told: there is no such day, or the time is a local one of an unknown place.
    pub(crate) fn time_in_any_form(&self) -> Option<Time> {
        let mut stated = Stated::read(self)?;
        if stated.calendar.second == 60 {
            stated.calendar.second = 59;
        }
        let (begun, ahead) = (stated.seconds_of_fraction()?, stated.seconds_ahead()?);
        let at = Time::from_calendar(stated.calendar)?.unix().checked_add(begun)?.checked_sub(ahead)?;
        Time::from_unix(at).ok()
    }
}

/// A time as it is written.
struct Stated<'a> {
    calendar: Calendar,
    /// How many digits stand in front of everything else.
    digits: usize,
    /// The seconds of the smallest unit that they tell.
    unit: i64,
    /// The mark in front of a fraction of the smallest unit, and its digits.
    fraction: Option<(char, &'a str)>,
    /// `Z`, `+hh`, `-hhmm`, or nothing for a local time.
    zone: &'a str,
}

impl<'a> Stated<'a> {
    fn read(element: &Element<'a>) -> Option<Self> {
        let (front, rest) = digits(std::str::from_utf8(element.contents).ok()?);
        let (year, behind) = match element.tag {
            // A UTCTime with fourteen digits has a year of four digits.
            tag::UTC_TIME if front.len() < 14 => {
                let (year, behind) = front.split_at_checked(2)?;
                let year: u16 = year.parse().ok()?;
                (if year < 50 { 2000 + year } else { 1900 + year }, behind)
            }
            tag::UTC_TIME | tag::GENERALIZED_TIME => {
                let (year, behind) = front.split_at_checked(4)?;
                (year.parse().ok()?, behind)
            }
            _ => return None,
        };
        let unit = match behind.len() {
            6 => 3600,
            8 => 60,
            10 => 1,
            _ => return None,
        };
        let pair = |at: usize| behind.get(at..at + 2).map_or(Some(0), |pair| pair.parse().ok());
        let calendar =
            Calendar { year, month: pair(0)?, day: pair(2)?, hour: pair(4)?, minute: pair(6)?, second: pair(8)? };
        let (fraction, zone) = match rest.chars().next() {
            Some(mark @ ('.' | ',')) => {
                let (fraction, zone) = digits(rest.get(1..)?);
                (Some((mark, fraction)), zone)
            }
            _ => (None, rest),
        };
        let is_whole = fraction.is_none_or(|(_, digits)| !digits.is_empty());
        is_whole.then_some(Self { calendar, digits: front.len(), unit, fraction, zone })
    }

    /// The whole seconds in a fraction of the smallest unit. A fraction of a second has none.
    fn seconds_of_fraction(&self) -> Option<i64> {
        // Digits beyond the sixth change no whole second, whatever the unit is.
        let digits = self.fraction.map_or("0", |(_, digits)| digits.get(..6).unwrap_or(digits));
        let scale = 10i64.checked_pow(u32::try_from(digits.len()).ok()?)?;
        Some(digits.parse::<i64>().ok()? * self.unit / scale)
    }

    /// How far the stated time is ahead of UTC.
    fn seconds_ahead(&self) -> Option<i64> {
        let (sign, offset) = match self.zone.split_at_checked(1)? {
            ("Z", "") => return Some(0),
            ("+", offset) => (1, offset),
            ("-", offset) => (-1, offset),
            _ => return None,
        };
        let (hours, minutes) = match offset.len() {
            2 => (offset, "0"),
            _ => offset.split_at_checked(2).filter(|(_, minutes)| minutes.len() == 2)?,
        };
        let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours < 24 && minutes < 60).then(|| sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60))
    }
}

/// The digits in front, and what stands behind them.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As RFC 5280 wants it, and in any form.
    fn read(tag: u8, text: &str) -> [Option<String>; 2] {
        let bytes = super::super::write::tlv(tag, text.as_bytes());
        let element = Element::only(&bytes, "time").unwrap();
        [element.time(), element.time_in_any_form()].map(|time| Some(time?.to_string()))
    }

    fn strict(tag: u8, text: &str) -> Option<String> {
        let [strict, any] = read(tag, text);
        assert!(strict.is_none() || strict == any, "{text}");
        strict
    }

    fn in_any_form(tag: u8, text: &str) -> Option<String> {
        let [_, any] = read(tag, text);
        any
    }

    #[test]
    fn times_of_both_kinds_are_read() {
        assert_eq!(strict(tag::UTC_TIME, "260615120030Z").as_deref(), Some("2026-06-15T12:00:30Z"));
        assert_eq!(strict(tag::UTC_TIME, "500615120030Z").as_deref(), Some("1950-06-15T12:00:30Z"));
        assert_eq!(strict(tag::GENERALIZED_TIME, "20260615120030.25Z").as_deref(), Some("2026-06-15T12:00:30Z"));
        for wrong in [
            "2606151200Z",
            "261315120030Z",
            "260615120030",
            "+60615120030Z",
            "260615120030.5Z",
            "260615120060Z",
            "260615150030+0300",
            "20260615120030Z",
        ] {
            assert_eq!(strict(tag::UTC_TIME, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_fraction_of_a_second_is_digits() {
        assert!(strict(tag::GENERALIZED_TIME, "20260615120030.123456789Z").is_some());
        for wrong in ["20260615120030.Z", "20260615120030.2xyzZ", "20260615120030.2 Z", "20260615120030.-1Z"] {
            assert_eq!(strict(tag::GENERALIZED_TIME, wrong), None, "{wrong}");
            assert_eq!(in_any_form(tag::GENERALIZED_TIME, wrong), None, "{wrong}");
        }
        assert_eq!(strict(tag::GENERALIZED_TIME, "20260615120030,25Z"), None);
    }

    #[test]
    fn other_forms_tell_a_moment_too() {
        for (tag, text, moment) in [
            (tag::UTC_TIME, "2606151200Z", "2026-06-15T12:00:00Z"),
            (tag::UTC_TIME, "2606151500+0300", "2026-06-15T12:00:00Z"),
            (tag::UTC_TIME, "260614223015-1330", "2026-06-15T12:00:15Z"),
            (tag::UTC_TIME, "260615120030.9Z", "2026-06-15T12:00:30Z"),
            (tag::UTC_TIME, "20260615120030Z", "2026-06-15T12:00:30Z"),
            (tag::UTC_TIME, "161231235960Z", "2016-12-31T23:59:59Z"),
            (tag::GENERALIZED_TIME, "202606151200Z", "2026-06-15T12:00:00Z"),
            (tag::GENERALIZED_TIME, "2026061512Z", "2026-06-15T12:00:00Z"),
            (tag::GENERALIZED_TIME, "2026061512.25Z", "2026-06-15T12:15:00Z"),
            (tag::GENERALIZED_TIME, "202606151200,5Z", "2026-06-15T12:00:30Z"),
            (tag::GENERALIZED_TIME, "20260615120030,123Z", "2026-06-15T12:00:30Z"),
            (tag::GENERALIZED_TIME, "20260615150030+03", "2026-06-15T12:00:30Z"),
            (tag::GENERALIZED_TIME, "20260615150030.5+0300", "2026-06-15T12:00:30Z"),
            (tag::GENERALIZED_TIME, "99991231235959Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(in_any_form(tag, text).as_deref(), Some(moment), "{text}");
        }
    }

    #[test]
    fn what_tells_no_moment_is_none() {
        for text in ["", "Z", "20260615120030", "20260230120030Z", "20260615240030Z", "20260615120061Z", "2026061Z"] {
            assert_eq!(in_any_form(tag::GENERALIZED_TIME, text), None, "{text}");
        }
        for zone in ["+", "+3", "+2400", "+0360", "+03:00", "ZZ", "z", "+03000", "é"] {
            let text = format!("20260615120030{zone}");
            assert_eq!(in_any_form(tag::GENERALIZED_TIME, &text), None, "{text}");
        }
        assert_eq!(in_any_form(tag::GENERALIZED_TIME, "99991231235959-0100"), None);
        assert_eq!(in_any_form(tag::UTF8_STRING, "20260615120030Z"), None);
    }
}
