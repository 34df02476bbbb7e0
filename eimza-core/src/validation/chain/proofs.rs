//! Proofs of existence for parts of the file (EN 319 102-1 sections 5.6.2.3): what a time-stamp covers that holds.

use std::cell::RefCell;
use std::ops::Range;

use crate::clock::Time;
use crate::validation::time_stamp::Coverage;

/// Where in the file something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::validation) struct Place {
    start: usize,
    end: usize,
}

impl Place {
    /// The place of a slice of the file.
    pub(in crate::validation) fn of(slice: &[u8]) -> Self {
        let Range { start, end } = slice.as_ptr_range();
        Self { start: start.addr(), end: end.addr() }
    }

    fn holds(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Since when parts of the file are proven to exist.
#[derive(Debug, Default)]
pub(in crate::validation) struct Proofs {
    /// What each time-stamp covers, in rising order; nothing in it overlaps. More is found while a file is judged.
    covered: RefCell<Vec<(Time, Vec<Place>)>>,
    /// The caller's proof for the whole file.
    whole: Option<Time>,
}

impl Proofs {
    /// The caller saw the whole file then.
    pub(in crate::validation) fn of_file(whole: Option<Time>) -> Self {
        Self { whole, ..Self::default() }
    }

    /// Adds what a time-stamp covers that holds.
    pub(in crate::validation) fn add(&self, coverage: &Coverage<'_>, since: Time) {
        let members = coverage.certificates.iter().chain(&coverage.revocation_data);
        let values = coverage.unsigned_values.iter().map(|one| one.value);
        let mut places: Vec<Place> = members.copied().chain(values).map(Place::of).collect();
        if places.is_empty() {
            return;
        }
        places.sort_unstable_by_key(|place| place.start);
        self.covered.borrow_mut().push((since, places));
    }

    /// How many there are: what was found with fewer may be found otherwise now.
    pub(in crate::validation) fn count(&self) -> usize {
        self.covered.borrow().len()
    }

    /// The earliest time for which one of these places is proven.
    pub(in crate::validation) fn since(&self, places: &[Place]) -> Option<Time> {
        let covers = |covered: &[Place], place: &Place| {
            let behind = covered.partition_point(|one| one.start <= place.start);
            behind.checked_sub(1).and_then(|last| covered.get(last)).is_some_and(|one| one.holds(place))
        };
        let all = self.covered.borrow();
        let by_stamp = all.iter().filter(|(_, covered)| places.iter().any(|place| covers(covered, place)));
        let whole = self.whole.filter(|_| !places.is_empty());
        by_stamp.map(|(since, _)| *since).chain(whole).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::time_stamp::CoveredValue;

    #[test]
    fn what_is_covered_is_proven_by_the_earliest_stamp() {
        let file = b"certificates, status data and values";
        let time = |seconds| Time::from_unix(seconds).unwrap();
        let (status, values, inner) = (&file[14..25], &file[30..36], &file[31..33]);
        let proofs = Proofs::default();
        assert_eq!(proofs.since(&[Place::of(status)]), None);
        let value = CoveredValue { identifier: &[], value: values };
        proofs.add(&Coverage { revocation_data: vec![status], ..Coverage::default() }, time(30));
        proofs.add(&Coverage { unsigned_values: vec![value], ..Coverage::default() }, time(20));
        proofs.add(&Coverage { revocation_data: vec![status], ..Coverage::default() }, time(10));
        proofs.add(&Coverage { signature: true, ..Coverage::default() }, time(5));
        assert_eq!(proofs.count(), 3, "a stamp over the signature alone proves nothing else");
        assert_eq!(proofs.since(&[Place::of(status)]), Some(time(10)));
        assert_eq!(proofs.since(&[Place::of(inner)]), Some(time(20)), "inside of a value");
        assert_eq!(proofs.since(&[Place::of(inner), Place::of(status)]), Some(time(10)), "one place of two");
        assert_eq!(proofs.since(&[Place::of(&file[..3])]), None);
        assert_eq!(proofs.since(&[Place::of(&file[13..25])]), None, "one octet too much");
    }

    #[test]
    fn the_proof_of_the_caller_is_about_the_file_alone() {
        let seen = Time::from_unix(7).unwrap();
        let proofs = Proofs::of_file(Some(seen));
        assert_eq!(proofs.since(&[Place::of(b"inside")]), Some(seen));
        assert_eq!(proofs.since(&[]), None, "what the caller gave stands nowhere in it");
    }
}
