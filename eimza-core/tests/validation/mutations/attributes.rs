//! Attributes that are dropped, doubled and reordered.

use std::ops::Range;

use eimza_core::validation::Level as Proven;
use eimza_testkit::der::{context, sequence, tlv};
use eimza_testkit::scenario::{Form, Level};

use super::tree::{Parts, inside};
use super::{Good, every_file};

/// The file with other signed and unsigned attributes of its signer.
pub(super) fn with_attributes(whole: &[u8], signed: &[&[u8]], unsigned: &[&[u8]]) -> Vec<u8> {
    let parts = Parts::of_file(whole);
    let field = |place: &Range<usize>| whole[place.clone()].to_vec();
    let mut signer: Vec<Vec<u8>> = parts.signer_fields[..6].iter().map(field).collect();
    signer[3] = context(0, &signed.concat());
    if !unsigned.is_empty() {
        signer.push(context(1, &unsigned.concat()));
    }
    with_signers(whole, &[sequence(&signer)])
}

/// The file with other signers.
pub(super) fn with_signers(whole: &[u8], signers: &[Vec<u8>]) -> Vec<u8> {
    let parts = Parts::of_file(whole);
    let mut fields: Vec<Vec<u8>> = parts.fields.iter().map(|place| whole[place.clone()].to_vec()).collect();
    fields.push(tlv(0x31, &signers.concat()));
    with_fields(whole, &fields)
}

/// The file with other fields of its SignedData.
pub(super) fn with_fields(whole: &[u8], fields: &[Vec<u8>]) -> Vec<u8> {
    let identifier = inside(whole, &(0..whole.len())).remove(0);
    sequence(&[whole[identifier].to_vec(), context(0, &sequence(fields))])
}

/// Every file that `change` makes of the signed or the unsigned attributes, one attribute at a time.
fn changed(good: &Good, is_signed: bool, change: impl Fn(&mut Vec<&[u8]>, usize)) -> Vec<Vec<u8>> {
    let whole = good.made.file.as_slice();
    let parts = Parts::of_file(whole);
    let octets = |places: Vec<Range<usize>>| places.into_iter().map(|place| &whole[place]).collect::<Vec<_>>();
    let (signed, unsigned) = (octets(parts.signed(whole)), octets(parts.unsigned.clone()));
    let count = if is_signed { signed.len() } else { unsigned.len() };
    let one = |number| {
        let (mut signed, mut unsigned) = (signed.clone(), unsigned.clone());
        change(if is_signed { &mut signed } else { &mut unsigned }, number);
        with_attributes(whole, &signed, &unsigned)
    };
    (0..count).map(one).collect()
}

#[test]
fn signed_attributes_cannot_be_dropped_or_doubled() {
    for (level, form) in every_file() {
        let good = Good::new(level, form);
        let dropped = changed(&good, true, |all, number| {
            all.remove(number);
        });
        let doubled = changed(&good, true, |all, number| all.push(all[number]));
        for file in dropped.iter().chain(&doubled) {
            assert_eq!(good.passes(file), None, "{level:?} {form:?}");
        }
    }
}

/// What is not signed can be taken away, and with it goes what it proved; unless an archive-time-stamp covers it.
#[test]
fn a_dropped_unsigned_attribute_lowers_the_level() {
    for (level, form) in every_file() {
        let good = Good::new(level, form);
        let dropped = changed(&good, false, |all, number| {
            all.remove(number);
        });
        let last = dropped.len();
        for (number, file) in (1..).zip(&dropped) {
            let reached = good.passes(file);
            assert!(reached < Some(good.level), "{level:?} {form:?}: {number} of {last}: {reached:?}");
            let is_covered = level.is_archived() && number < last;
            assert!(reached.is_none() || !is_covered, "{level:?} {form:?}: {number} of {last}: {reached:?}");
        }
    }
}

/// A time-stamp that is there twice says what it said once. References and values are there once.
#[test]
fn a_doubled_unsigned_attribute_proves_no_more() {
    for (level, form) in every_file() {
        let good = Good::new(level, form);
        for (number, file) in changed(&good, false, |all, number| all.push(all[number])).iter().enumerate() {
            let reached = good.passes(file);
            assert!(reached <= Some(good.level), "{level:?} {form:?}: {number}: {reached:?}");
            let is_list = level.has_references() && (1..5).contains(&number);
            assert!(reached.is_none() || !is_list, "{level:?} {form:?}: {number}: {reached:?}");
        }
    }
}

/// RFC 5652 section 5.4: the signature is over the attributes in the order of DER, in whatever order they are stored. The
/// baseline wants that they are stored so. Whoever stamped the archive has stamped the order too.
#[test]
fn reordered_signed_attributes_verify_and_lose_the_baseline() {
    for (level, expected) in [
        (Level::Bes, Proven::Bes),
        (Level::T, Proven::T),
        (Level::Xl, Proven::XL),
        (Level::Lt, Proven::T),
        (Level::P2, Proven::T),
        (Level::P3, Proven::XL),
        (Level::P4, Proven::XL),
    ] {
        let good = Good::new(level, Form::ATTACHED);
        for file in changed(&good, true, |all, number| all.rotate_left(number)).iter().skip(1) {
            assert_eq!(good.passes(file), Some(expected), "{level:?}");
        }
    }
    for (level, form) in every_file().into_iter().filter(|(level, _)| level.is_archived()) {
        let good = Good::new(level, form);
        for file in changed(&good, true, |all, number| all.rotate_left(number)).iter().skip(1) {
            assert_eq!(good.passes(file), None, "{level:?} {form:?}");
        }
    }
}
