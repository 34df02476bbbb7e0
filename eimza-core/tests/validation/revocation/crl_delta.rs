//! Delta CRLs and the complete ones that they build on (RFC 5280 section 5.2.4).

use eimza_core::revocation::{Crl, Status, Unusable};
use eimza_testkit::der::{extension, integer, tlv};
use eimza_testkit::status::{CrlDraft, entry};

use super::{Asked, crl, serial, time};

fn entry_for(reason: u8) -> Vec<u8> {
    entry(&serial("nes-rsa2048"), "20260601000000Z", &[extension("2.5.29.21", false, &tlv(0x0a, &[reason]))])
}

fn complete(number: u8, entries: Vec<Vec<u8>>) -> Option<Crl> {
    let extensions = vec![extension("2.5.29.20", false, &integer(&[number]))];
    crl(&CrlDraft { entries, extensions, ..CrlDraft::new("nes-ca") })
}

/// A delta CRL of half an hour later.
fn delta(number: u8, base: u8, entries: Vec<Vec<u8>>) -> Option<Crl> {
    let extensions =
        vec![extension("2.5.29.20", false, &integer(&[number])), extension("2.5.29.27", true, &integer(&[base]))];
    let this_update = "20260615123000Z".to_owned();
    crl(&CrlDraft { this_update, entries, extensions, ..CrlDraft::new("nes-ca") })
}

fn status(complete: Option<Crl>, delta: Option<Crl>) -> Option<Status> {
    Some(Asked::nes().crls(&[complete?, delta?]).status)
}

fn good() -> Option<Status> {
    Some(Status::Good { as_of: time("2026-06-15T12:30:00Z") })
}

#[test]
fn a_delta_crl_alone_says_nothing() {
    let Some(delta) = delta(6, 5, vec![]) else { return };
    assert_eq!(Asked::nes().crl(&delta), Status::Unusable(Unusable::BaseMissing));
}

#[test]
fn a_delta_crl_makes_the_complete_one_newer() {
    let Some(answer) = status(complete(5, vec![]), delta(6, 5, vec![])) else { return };
    assert_eq!(Some(answer), good());
    assert!(matches!(status(complete(5, vec![]), delta(6, 5, vec![entry_for(1)])), Some(Status::Revoked { .. })));
}

#[test]
fn what_was_on_hold_is_released_and_nothing_else() {
    const REMOVE: u8 = 8;
    let Some(released) = status(complete(5, vec![entry_for(6)]), delta(6, 5, vec![entry_for(REMOVE)])) else { return };
    assert_eq!(Some(released), good());
    let held = status(complete(5, vec![entry_for(6)]), delta(6, 5, vec![]));
    assert!(matches!(held, Some(Status::OnHold { .. })));
    let revoked = status(complete(5, vec![entry_for(1)]), delta(6, 5, vec![entry_for(REMOVE)]));
    assert!(matches!(revoked, Some(Status::Revoked { .. })));
}

/// A complete CRL may be newer than the base, never older; a delta CRL from before the complete one adds nothing.
#[test]
fn numbers_must_follow() {
    let entries = || vec![entry_for(1)];
    let as_of_the_complete_one = Some(Status::Good { as_of: super::issued() });
    let Some(answer) = status(complete(4, vec![]), delta(6, 5, entries())) else { return };
    assert_eq!(Some(answer), as_of_the_complete_one);
    assert_eq!(status(complete(7, vec![]), delta(6, 5, entries())), as_of_the_complete_one);
    assert!(matches!(status(complete(6, vec![]), delta(6, 5, entries())), Some(Status::Revoked { .. })));
}

#[test]
fn a_delta_crl_of_another_scope_is_not_used() {
    let extensions = vec![
        extension("2.5.29.20", false, &integer(&[6])),
        extension("2.5.29.27", true, &integer(&[5])),
        extension("2.5.29.28", true, &tlv(0x30, &[0x81, 1, 0xff])),
    ];
    let draft = CrlDraft { entries: vec![entry_for(1)], extensions, ..CrlDraft::new("nes-ca") };
    let Some(answer) = status(complete(5, vec![]), crl(&draft)) else { return };
    assert_eq!(answer, Status::Good { as_of: super::issued() });
}
