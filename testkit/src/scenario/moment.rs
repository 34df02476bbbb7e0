//! The times of a scenario: minutes of 15 June of its year, in which everything happens.

use crate::der::{time, tlv};

/// A minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    year: u16,
    minutes: i32,
}

const HOUR: i32 = 60;
const DAY: i32 = 24 * HOUR;

impl Moment {
    /// This hour and minute of the day.
    pub(super) fn at(year: u16, hour: i32, minute: i32) -> Self {
        Self { year, minutes: hour * HOUR + minute }
    }

    /// So many minutes later, or earlier.
    pub(super) fn plus(self, minutes: i32) -> Self {
        Self { minutes: self.minutes + minutes, ..self }
    }

    /// So many days later, or earlier; it stays June.
    pub(super) fn plus_days(self, days: i32) -> Self {
        self.plus(days * DAY)
    }

    /// The first of January, so many years later or earlier.
    pub(super) fn new_year(self, years: i16) -> Vec<u8> {
        let year = self.year.saturating_add_signed(years);
        utc(&format!("{year}0101000000Z"))
    }

    /// `YYYYMMDDHHMMSSZ`.
    pub(super) fn text(self) -> String {
        let (day, rest) = (15 + self.minutes.div_euclid(DAY), self.minutes.rem_euclid(DAY));
        format!("{}06{day:02}{:02}{:02}00Z", self.year, rest / HOUR, rest % HOUR)
    }

    /// `YYYY-MM-DDTHH:MM:SSZ`.
    pub(super) fn iso(self) -> String {
        let text = self.text();
        let [year, month, day] = [&text[..4], &text[4..6], &text[6..8]];
        format!("{year}-{month}-{day}T{}:{}:00Z", &text[8..10], &text[10..12])
    }

    /// UTCTime, which RFC 5280 wants up to 2049.
    pub(super) fn utc(self) -> Vec<u8> {
        utc(&self.text())
    }

    /// GeneralizedTime, which OCSP and time-stamps want.
    pub(super) fn generalized(self) -> Vec<u8> {
        time(&self.text())
    }
}

fn utc(text: &str) -> Vec<u8> {
    tlv(0x17, &text.as_bytes()[2..])
}
