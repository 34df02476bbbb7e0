//! Bits of octets.

use eimza_testkit::scenario::Level;

use super::free::Free;
use super::tree::Parts;
use super::{Good, every_file};

/// Of a large file every so many-th octet is changed; a prime, so that it falls into every kind of field.
const STRIDE: usize = 41;

/// Changes one bit of octets of this distance, another bit in each.
fn no_change_passes(stride: impl Fn(Level) -> usize) {
    let mut wrong = Vec::new();
    for (level, form) in every_file() {
        let good = Good::new(level, form);
        let whole = &good.made.file;
        let free = Free::of(whole, &good.made.anchors, level.is_archived());
        for place in (0..whole.len()).step_by(stride(level)) {
            let mut changed = whole.clone();
            changed[place] ^= 1 << (place % 8);
            let Some(reached) = good.passes(&changed) else { continue };
            if reached > good.level || !free.allows(place, [whole, &changed], reached < good.level) {
                wrong.push(format!("{level:?} {form:?} {place} of {}: {reached:?}", whole.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} pass:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_changed_octet_passes() {
    no_change_passes(|level| if level == Level::Bes { 1 } else { STRIDE });
}

/// Every octet of every file: minutes.
#[test]
#[ignore = "takes minutes"]
fn no_changed_octet_passes_anywhere() {
    no_change_passes(|_| 1);
}

#[test]
fn no_changed_bit_of_the_signature_value_passes() {
    for (level, form) in every_file() {
        let good = Good::new(level, form);
        for place in Parts::of_file(&good.made.file).value(&good.made.file) {
            for bit in 0..8 {
                let mut changed = good.made.file.clone();
                changed[place] ^= 1 << bit;
                assert_eq!(good.passes(&changed), None, "{level:?} {form:?}: bit {bit} of {place}");
            }
        }
    }
}
