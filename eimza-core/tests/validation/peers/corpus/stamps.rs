//! Signatures with time-stamps. openssl makes these with its own clock, so everything here happens now.

use std::time::Duration;

use eimza_core::Time;
use eimza_core::cades::SigningOptions;
use eimza_testbed::TEXT;
use eimza_testbed::keys::sign;
use eimza_testkit::der::context;
use eimza_testkit::peers::Question;
use eimza_testkit::pki;
use eimza_testkit::stamp::{
    ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3, HASH_INDEX_V1, HASH_INDEX_V3, SIGNATURE_TIME_STAMP, SignedFile, token,
};

use super::Case;
use crate::stamped::{Stamped, crl};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// Good ones of each level, and such with one fault.
pub(super) fn cases() -> Vec<Case> {
    let Some(plain) = Stamped::new() else { return Vec::new() };
    let mut all = signature_stamps(&plain);
    all.extend(revocations());
    all.extend(archives());
    all
}

fn case(name: &str, stamped: &Stamped) -> Case {
    Case { name: format!("stamp {name}"), question: question(stamped) }
}

fn question(stamped: &Stamped) -> Question {
    Question {
        signature: stamped.file.der(),
        anchors: vec![pki::certificate("root")],
        others: vec![pki::certificate("nes-ca")],
        crls: stamped.crls.clone(),
        time: stamped.now.to_string(),
        ..Question::default()
    }
}

fn good() -> Stamped {
    Stamped::with_stamp().unwrap()
}

fn signature_stamps(plain: &Stamped) -> Vec<Case> {
    let with = |name: &str, file: &SignedFile, stamp: &[u8]| {
        let mut file = file.clone();
        file.add(SIGNATURE_TIME_STAMP, stamp);
        Case { name: format!("stamp {name}"), question: Question { signature: file.der(), ..question(plain) } }
    };
    let stamp = token("sha256", &plain.file.signature_value()).unwrap();
    let mut damaged = stamp.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let later = sign("nes-rsa2048", TEXT, &SigningOptions::new(plain.now.after(HOUR)));
    let later = SignedFile::read(&later);
    let over_later = token("sha256", &later.signature_value()).unwrap();
    let mut trusting_less = case("of-a-unit-that-is-not-trusted", &good());
    trusting_less.question.anchors = trusting_less.question.others.clone();
    vec![
        case("none", plain),
        with("good", &plain.file, &stamp),
        with("over-another-value", &plain.file, &token("sha256", b"another value").unwrap()),
        with("damaged", &plain.file, &damaged),
        with("unreadable", &plain.file, &[0x30, 0]),
        with("before-the-signing-time", &later, &over_later),
        trusting_less,
    ]
}

/// Who was revoked, and when, as known three hours later.
fn revocations() -> Vec<Case> {
    let about = |name: &str, issuer: &str, revoked: &str, at: fn(Time) -> Time| {
        let mut stamped = good();
        let now = stamped.now;
        stamped.now = now.after(3 * HOUR);
        let of = |one: &str| {
            let listed: &[(&str, Time)] = if one == issuer { &[(revoked, at(now))] } else { &[] };
            crl(one, now.after(2 * HOUR), listed).unwrap()
        };
        stamped.crls = ["root", "nes-ca"].map(of).to_vec();
        case(name, &stamped)
    };
    vec![
        about("signer-revoked-after-it", "nes-ca", "nes-rsa2048", |now| now.after(HOUR)),
        about("signer-revoked-before-it", "nes-ca", "nes-rsa2048", |now| now.before(HOUR)),
        about("unit-revoked-before-it", "root", "tsa", |now| now.before(HOUR)),
        about("authority-revoked-after-it", "root", "nes-ca", |now| now.after(HOUR)),
    ]
}

fn archives() -> Vec<Case> {
    let mut long_term = good();
    long_term.file.fields.push(context(1, &long_term.crls.concat()));
    let with = |kind: &str, stamp: &[u8]| {
        let mut file = long_term.file.clone();
        file.add(kind, stamp);
        file
    };
    let second = token("sha256", &long_term.file.archive_v2_input(b"", true)).unwrap();
    let third = long_term.file.archive_v3(TEXT, HASH_INDEX_V3).unwrap();
    let older_index = long_term.file.archive_v3(TEXT, HASH_INDEX_V1).unwrap();
    let mut damaged = third.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let mut lost = with(ARCHIVE_TIME_STAMP_V3, &third);
    lost.fields[4] = context(1, &long_term.crls[0]);
    let other = token("sha256", b"another file").unwrap();
    let of = |name: &str, file: SignedFile| Case {
        name: format!("archive {name}"),
        question: Question { signature: file.der(), crls: Vec::new(), ..question(&long_term) },
    };
    vec![
        of("none", long_term.file.clone()),
        of("second-kind", with(ARCHIVE_TIME_STAMP_V2, &second)),
        of("second-kind-over-another-file", with(ARCHIVE_TIME_STAMP_V2, &other)),
        of("third-kind", with(ARCHIVE_TIME_STAMP_V3, &third)),
        of("third-kind-with-the-older-index", with(ARCHIVE_TIME_STAMP_V3, &older_index)),
        of("third-kind-damaged", with(ARCHIVE_TIME_STAMP_V3, &damaged)),
        of("third-kind-without-index", with(ARCHIVE_TIME_STAMP_V3, &other)),
        of("third-kind-of-a-lost-crl", lost),
    ]
}
