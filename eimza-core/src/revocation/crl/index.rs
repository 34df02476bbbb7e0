//! Where in a CRL a serial number stands: two million entries are walked over once and found at once.
//!
//! An entry costs eight octets here and no allocation of its own.

use std::ops::Range;

use super::entry::Outline;
use crate::asn1::{Reader, place, tag};
use crate::error::{Error, Limit, Result};
use crate::revocation::serial::minimal;

/// Places by serial number, and for indirect CRLs from where on which issuer is meant.
#[derive(Default)]
pub(super) struct Index {
    /// Sorted.
    entries: Vec<Entry>,
    /// In rising order.
    issuers: Vec<(usize, Range<usize>)>,
    pub(super) has_unknown_critical: bool,
}

/// The last four octets of a serial number, which nearly tell it, and where the entry begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    tail: u32,
    place: u32,
}

impl Index {
    /// Walks over the contents of revokedCertificates. Only in an indirect CRL an entry may name another issuer, which
    /// then holds for the entries behind it too (RFC 5280 section 5.3.3).
    pub(super) fn of(listed: &[u8], is_indirect: bool) -> Result<Self> {
        let mut index = Self::default();
        let mut reader = Reader::new(listed);
        while !reader.is_empty() {
            let begin = listed.len() - reader.rest().len();
            let entry = Outline::read(&reader.read(tag::SEQUENCE, "CRL entry")?)?;
            index.has_unknown_critical |= entry.has_unknown_critical;
            match entry.issuer {
                Some(names) if is_indirect => index.issuers.push((begin, place(listed, names))),
                Some(_) => index.has_unknown_critical = true,
                None => {}
            }
            let place = u32::try_from(begin).map_err(|_| Error::LimitExceeded { limit: Limit::Size })?;
            index.entries.push(Entry { tail: tail(entry.serial), place });
        }
        index.entries.sort_unstable();
        index.entries.shrink_to_fit();
        Ok(index)
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Where entries begin whose serial number may be this one.
    pub(super) fn places(&self, serial: &[u8]) -> impl Iterator<Item = usize> + use<'_> {
        let tail = tail(serial);
        let first = self.entries.partition_point(|entry| entry.tail < tail);
        let candidates = self.entries.get(first..).unwrap_or_default();
        let candidates = candidates.iter().take_while(move |entry| entry.tail == tail);
        candidates.filter_map(|entry| usize::try_from(entry.place).ok())
    }

    /// Where the names stand that were last stated for the entry at this place; `None` while the CRL's issuer is meant.
    pub(super) fn issuer(&self, place: usize) -> Option<Range<usize>> {
        let stated = self.issuers.partition_point(|(from, _)| *from <= place);
        self.issuers.get(stated.checked_sub(1)?).map(|(_, names)| names.clone())
    }
}

fn tail(serial: &[u8]) -> u32 {
    let octets = minimal(serial).iter().rev().take(4).rev();
    octets.fold(0, |sum, octet| (sum << 8) | u32::from(*octet))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::write;

    /// Entries without extensions, all of the same length.
    fn listed(serials: impl Iterator<Item = u32>) -> Vec<u8> {
        let time = write::tlv(tag::UTC_TIME, b"260101000000Z");
        let entry = |serial: u32| {
            let serial = write::tlv(tag::INTEGER, &[&[0x01][..], &serial.to_be_bytes()].concat());
            write::sequence(&[&serial, &time])
        };
        serials.flat_map(entry).collect()
    }

    #[test]
    fn entries_are_found_in_any_order() {
        let listed = listed((0..1000).map(|number: u32| number.wrapping_mul(2_654_435_761)));
        let index = Index::of(&listed, false).unwrap();
        let length = listed.len() / 1000;
        for number in [0u32, 1, 500, 999] {
            let serial = [&[0x01][..], &number.wrapping_mul(2_654_435_761).to_be_bytes()].concat();
            let found: Vec<usize> = index.places(&serial).collect();
            assert_eq!(found, [usize::try_from(number).unwrap() * length]);
        }
        assert_eq!(index.places(&[7; 5]).count(), 0);
        assert_eq!(index.len(), 1000);
    }

    #[test]
    fn damage_in_any_entry_is_an_error() {
        let mut listed = listed(0..3);
        let last = listed.len() - 1;
        listed.truncate(last);
        assert!(Index::of(&listed, false).is_err());
    }
}
