//! From when on a certificate can be renewed.

use super::{Certificate, Kind};
use crate::clock::Time;

impl Certificate {
    /// From when on a new one can be asked for: two months before the end, Istanbul time. `None` for what is neither
    /// a person's qualified certificate nor a company's seal, and where no end can be told.
    pub fn renewable_from(&self) -> Option<Time> {
        match self.kind() {
            Kind::Nes | Kind::MaliMuhur => self.not_after().map(|end| end.months_before_in_istanbul(2)),
            _ => None,
        }
    }
}
