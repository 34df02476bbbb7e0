//! Baseline signatures that EU DSS makes over an authority's HTTP services: judged right now, hours and years later.

use std::time::Duration;

use eimza_core::cades::{Placement, SigningOptions, prepare};
use eimza_core::cms::Content;
use eimza_core::validation::{Level, Policy};
use eimza_core::{Certificate, Clock, SystemClock, Time};
use eimza_testbed::{TEXT, keys};
use eimza_testkit::peers::{Authority, BaselineOrder, Dss, Question, authority, dss};
use eimza_testkit::stamp::SignedFile;

use super::{judged, judged_by_us, level, verdict, without_ageing};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Both, or `None` where one is not installed.
fn both() -> Option<(&'static Dss, &'static Authority)> {
    Some((dss()?, authority()?))
}

/// All kinds of keys and paddings, attached and detached.
fn orders(level: &'static str) -> [BaselineOrder; 4] {
    let rsa = BaselineOrder::new(level, "rsa");
    let pss = BaselineOrder { pss: true, ..rsa.clone() };
    let p256 = BaselineOrder { detached: true, ..BaselineOrder::new(level, "p256") };
    [rsa, pss, p256, BaselineOrder::new(level, "p384")]
}

/// A file with nothing but the anchor, and the issuer and today's CRLs where `helped`.
fn question(authority: &Authority, signature: Vec<u8>, order: &BaselineOrder, at: Time, helped: bool) -> Question {
    let mut question = Question {
        signature,
        content: order.detached.then(|| TEXT.to_vec()),
        anchors: vec![authority.certificate("root")],
        time: at.to_string(),
        ..Question::default()
    };
    if helped {
        question.others = vec![authority.certificate("issuing")];
        question.crls = ["root", "issuing"].map(|issuer| authority.crl(issuer, &at.to_string())).to_vec();
    }
    question
}

fn now() -> Time {
    SystemClock::new().now()
}

const PASSED: &str = "TOTAL-PASSED";

#[test]
fn every_level_and_key_passes_with_its_level_proven() {
    let Some((dss, authority)) = both() else { return };
    for (name, proven) in [("B", Level::BB), ("T", Level::BT), ("LT", Level::BLt), ("LTA", Level::BLta)] {
        for order in orders(name) {
            let signed = dss.sign(authority, &order, TEXT);
            let is_helped = matches!(name, "B" | "T");
            let question = question(authority, signed, &order, now(), is_helped);
            assert_eq!(judged(&question), (PASSED.to_owned(), proven), "{order:?}");
        }
    }
}

/// What is judged later, by how much, and the verdict; with the issuer's certificate and the CRLs of then.
#[test]
fn without_status_data_inside_a_signature_needs_those_of_later() {
    let Some((dss, authority)) = both() else { return };
    for (name, proven, after_revocation, after_the_end) in [
        ("B", Level::BB, "REVOKED_NO_POE", "OUT_OF_BOUNDS_NO_POE"),
        // The CRLs of then name the certificate as revoked, and that was after the time-stamp.
        ("T", Level::BT, PASSED, PASSED),
    ] {
        let order = BaselineOrder::new(name, "p256");
        let signed = dss.sign(authority, &order, TEXT);
        for (later, expected) in [(2 * HOUR, PASSED), (40 * DAY, after_revocation), (400 * DAY, after_the_end)] {
            let mut question = question(authority, signed.clone(), &order, now().after(later), true);
            assert_eq!(judged(&question), (expected.to_owned(), proven), "{name} after {later:?}");
            question.crls.clear();
            assert_ne!(judged(&question).0, PASSED, "{name} after {later:?}, without status data");
        }
    }
}

#[test]
fn with_status_data_inside_a_signature_stays_valid() {
    let Some((dss, authority)) = both() else { return };
    for (name, proven) in [("LT", Level::BLt), ("LTA", Level::BLta)] {
        let order = BaselineOrder::new(name, "rsa");
        let signed = dss.sign(authority, &order, TEXT);
        for later in [2 * HOUR, 40 * DAY, 400 * DAY, 5 * 365 * DAY] {
            let question = question(authority, signed.clone(), &order, now().after(later), false);
            assert_eq!(judged(&question), (PASSED.to_owned(), proven), "{name} after {later:?}");
            let theirs = dss.judge(&question).unwrap();
            assert_eq!(theirs.signatures[0].indication, "TOTAL_PASSED", "{name} after {later:?}");
        }
    }
}

/// EN 319 102-1 section 5.4: the unit's own certificate is judged now, where BTK's guide asks for the time in the stamp.
#[test]
fn by_the_european_rules_the_unit_of_the_last_stamp_needs_fresh_status_data() {
    let Some((dss, authority)) = both() else { return };
    let order = BaselineOrder::new("LTA", "rsa");
    let signed = dss.sign(authority, &order, TEXT);
    let policy = without_ageing(Policy::generic());
    let judged = |helped: bool| {
        let question = question(authority, signed.clone(), &order, now().after(5 * 365 * DAY), helped);
        let report = judged_by_us(&question, &policy).unwrap();
        (verdict(&report), level(&report))
    };
    assert_eq!(judged(true), (PASSED.to_owned(), Level::BLta));
    assert_eq!(judged(false), ("OUT_OF_BOUNDS_NO_POE".to_owned(), Level::BB));
}

/// A signature of ours is raised by DSS, attached and detached: what was signed stays as it was.
#[test]
fn what_we_signed_is_raised_by_dss() {
    let Some((dss, authority)) = both() else { return };
    for detached in [false, true] {
        let order = BaselineOrder { detached, ..BaselineOrder::new("LTA", "p256") };
        let ours = signed_by_us(authority, &order);
        let signer = SignedFile::read(&ours).signer;
        for (level, proven) in [("T", Level::BT), ("LT", Level::BLt), ("LTA", Level::BLta)] {
            let raised = dss.extend(authority, level, &ours, order.detached.then_some(TEXT));
            assert_eq!(SignedFile::read(&raised).signer, signer, "{level}");
            let question = question(authority, raised, &order, now(), true);
            assert_eq!(judged(&question), (PASSED.to_owned(), proven), "{level}");
        }
    }
}

fn signed_by_us(authority: &Authority, order: &BaselineOrder) -> Vec<u8> {
    let certificate = Certificate::from_der(authority.certificate(order.signer)).unwrap();
    let placement = if order.detached { Placement::Detached } else { Placement::Attached };
    let options = SigningOptions { placement, ..SigningOptions::new(now()) };
    let prepared = prepare(Content::Bytes(TEXT), &certificate, &options).unwrap();
    let value = keys::value(authority.key_of(order.signer), &prepared);
    prepared.complete(&value).unwrap()
}
