//! Verdicts over signatures with time-stamps: what is proven, for which time, and what a broken stamp takes away.
//!
//! openssl makes the tokens and stamps them with its own time, so that everything here happens now.

use std::time::Duration;

use eimza_core::cades::SigningOptions;
use eimza_core::crypto::KeyType;
use eimza_core::revocation::StatusData;
use eimza_core::validation::{
    Anchors, Cache, CheckName, CheckStatus, Level, Policy, Profile, Reason, Report, TrustedFor, Validation,
};
use eimza_core::{Clock, SystemClock, Time};
use eimza_testkit::der::context;
use eimza_testkit::stamp::{
    ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3, HASH_INDEX_V3, SIGNATURE_TIME_STAMP, SignedFile, token,
};
use eimza_testkit::status::{CrlDraft, entry, serial};

use eimza_testbed::TEXT;
use eimza_testbed::keys::{certificate, sign};

pub(crate) const HOUR: Duration = Duration::from_secs(60 * 60);
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A signature of now, and everything that its verdict needs.
pub(crate) struct Stamped {
    pub(crate) file: SignedFile,
    pub(crate) now: Time,
    pub(crate) policy: Policy,
    pub(crate) profile: Option<Profile>,
    pub(crate) crls: Vec<Vec<u8>>,
    pub(crate) ocsps: Vec<Vec<u8>>,
    anchors: Anchors,
    existed_since: Option<Time>,
}

impl Stamped {
    /// A B-B; `None` where openssl is not installed.
    pub(crate) fn new() -> Option<Self> {
        let now = SystemClock::new().now();
        let signed = sign("nes-rsa2048", TEXT, &SigningOptions::new(now));
        let crls = ["root", "nes-ca"].map(|issuer| crl(issuer, now.before(HOUR), &[]));
        Some(Self {
            file: SignedFile::read(&signed),
            now: now.after(Duration::from_secs(30)),
            policy: Policy::tr_nes(),
            profile: None,
            ocsps: Vec::new(),
            crls: crls.into_iter().collect::<Option<_>>()?,
            anchors: Anchors::new().trust(certificate("root"), TrustedFor::Everything),
            existed_since: None,
        })
    }

    /// With a signature-time-stamp.
    pub(crate) fn with_stamp() -> Option<Self> {
        let mut stamped = Self::new()?;
        let value = stamped.file.signature_value();
        stamped.file.add(SIGNATURE_TIME_STAMP, &token("sha256", &value)?);
        Some(stamped)
    }

    pub(crate) fn report(&self) -> Report {
        self.report_of(&self.file.der(), &Cache::new()).unwrap()
    }

    /// The report over another file that is judged as this one is.
    pub(crate) fn report_of(&self, file: &[u8], cache: &Cache) -> eimza_core::Result<Report> {
        let mut status = StatusData::new();
        self.crls.iter().for_each(|crl| status.add_crls(crl).unwrap());
        self.ocsps.iter().for_each(|answer| status.add_ocsps(answer).unwrap());
        let certificates = [certificate("nes-ca")];
        let validation = Validation::new(self.now, &self.anchors).certificates(&certificates).status(&status);
        let validation = match self.existed_since {
            Some(time) => validation.existed_since(time),
            None => validation,
        };
        let validation = match self.profile {
            Some(profile) => validation.profile(profile),
            None => validation,
        };
        validation.cache(cache).policy(self.policy.clone()).of(file)
    }

    pub(crate) fn verdict(&self) -> String {
        let report = self.report();
        report.sub_indication.map_or(report.indication.to_string(), |why| why.to_string())
    }

    pub(crate) fn level(&self) -> (Level, Level) {
        let report = self.report();
        (report.signatures[0].level, report.signatures[0].structure)
    }
}

pub(crate) fn crl(issuer: &str, this_update: Time, revoked: &[(&str, Time)]) -> Option<Vec<u8>> {
    let entries = revoked.iter().map(|(name, at)| {
        let number = eimza_testkit::der::contents(&serial(name)).to_vec();
        entry(&number, &asn1(*at), &[])
    });
    let (this_update, next_update) = (asn1(this_update), Some(asn1(this_update.after(48 * HOUR))));
    CrlDraft { this_update, next_update, entries: entries.collect(), ..CrlDraft::new(issuer) }.sign()
}

/// `YYYYMMDDHHMMSSZ`.
pub(crate) fn asn1(time: Time) -> String {
    time.to_string().replace(['-', ':', 'T'], "")
}

pub(crate) const PASSED: &str = "TOTAL-PASSED";

#[test]
fn a_signature_time_stamp_proves_the_time() {
    let Some(mut stamped) = Stamped::with_stamp() else { return };
    let report = stamped.report();
    assert_eq!(stamped.verdict(), PASSED, "{report:#?}");
    assert_eq!(stamped.level(), (Level::BT, Level::BT));
    assert!(report.signatures[0].best_signature_time.is_some());
    stamped.policy = Policy::generic();
    assert_eq!(stamped.verdict(), PASSED);
}

#[test]
fn a_broken_time_stamp_lowers_the_level_and_counts_by_the_turkish_rules() {
    let broken = |stamp: Vec<u8>| {
        let mut stamped = Stamped::new().unwrap();
        stamped.file.add(SIGNATURE_TIME_STAMP, &stamp);
        assert_eq!(stamped.level(), (Level::BB, Level::BT));
        assert_eq!(stamped.verdict(), "SIG_CONSTRAINTS_FAILURE");
        stamped.policy = Policy::generic();
        assert_eq!(stamped.verdict(), PASSED);
        let report = stamped.report();
        let check = report.signatures[0].checks.iter().find(|one| one.name == CheckName::SignatureTimeStamp).unwrap();
        assert_eq!(check.status, CheckStatus::Failed);
    };
    let Some(of_another) = token("sha256", b"another value") else { return };
    broken(of_another);
    broken(vec![0x30, 0]);
    let value = Stamped::new().unwrap().file.signature_value();
    let mut damaged = token("sha256", &value).unwrap();
    *damaged.last_mut().unwrap() ^= 1;
    broken(damaged);
}

#[test]
fn a_time_stamp_needs_an_anchor_of_its_own() {
    let Some(mut stamped) = Stamped::with_stamp() else { return };
    stamped.anchors = Anchors::new().trust(certificate("root"), TrustedFor::Signers);
    assert_eq!(stamped.verdict(), "SIG_CONSTRAINTS_FAILURE");
    assert_eq!(stamped.level(), (Level::BB, Level::BT));
}

#[test]
fn what_is_revoked_after_the_time_stamp_was_good_before() {
    let Some(mut stamped) = Stamped::with_stamp() else { return };
    let (later, now) = (stamped.now.after(2 * HOUR), stamped.now);
    stamped.now = now.after(3 * HOUR);
    let with = |revoked: Time| crl("nes-ca", later, &[("nes-rsa2048", revoked)]).unwrap();
    stamped.crls = vec![crl("root", later, &[]).unwrap(), with(now.after(HOUR))];
    assert_eq!(stamped.verdict(), PASSED, "revoked after");
    stamped.crls[1] = with(now.before(HOUR));
    assert_eq!(stamped.verdict(), "REVOKED_NO_POE", "revoked before");
    stamped.file.unsigned.clear();
    stamped.crls[1] = with(now.after(HOUR));
    assert_eq!(stamped.verdict(), "REVOKED_NO_POE", "without a time-stamp nothing is proven");
}

/// Where the guide and EN 319 102-1 disagree: for which time a unit's certificate is judged.
#[test]
fn a_unit_that_was_revoked_later_counts_by_the_policy() {
    let Some(mut stamped) = Stamped::with_stamp() else { return };
    let now = stamped.now;
    stamped.now = now.after(3 * HOUR);
    stamped.crls = ["root", "nes-ca"]
        .map(|issuer| {
            let revoked = if issuer == "root" { vec![("tsa", now.after(HOUR))] } else { Vec::new() };
            crl(issuer, now.after(2 * HOUR), &revoked).unwrap()
        })
        .to_vec();
    assert_eq!(stamped.level().0, Level::BT, "by the time in the stamp it was good");
    stamped.policy = Policy::generic();
    assert_eq!(stamped.level().0, Level::BB, "nothing proves that the stamp is older than the revocation");
}

#[test]
fn years_later_the_time_stamp_still_proves_the_time() {
    let Some(mut stamped) = Stamped::with_stamp() else { return };
    stamped.policy.algorithms.pkcs1_until = None;
    stamped.crls = ["root", "nes-ca"].map(|issuer| crl(issuer, stamped.now.after(HOUR), &[]).unwrap()).to_vec();
    stamped.now = stamped.now.after(20 * YEAR);
    assert_eq!(stamped.verdict(), PASSED);
    stamped.file.unsigned.clear();
    assert_eq!(stamped.verdict(), "OUT_OF_BOUNDS_NO_POE");
}

#[test]
fn archive_time_stamps_prove_what_lies_beneath() {
    for kind in [ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3] {
        let Some(mut stamped) = Stamped::with_stamp() else { return };
        let archive = match kind {
            ARCHIVE_TIME_STAMP_V2 => token("sha256", &stamped.file.archive_v2_input(b"", true)),
            _ => stamped.file.archive_v3(TEXT, HASH_INDEX_V3),
        };
        stamped.file.add(kind, &archive.unwrap());
        assert_eq!(stamped.verdict(), PASSED, "{kind}");
        assert_eq!(stamped.level(), (Level::A, Level::A), "{kind}");
        let changed = stamped.file.unsigned.last_mut().unwrap();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(stamped.level(), (Level::BT, Level::A), "{kind}");
    }
}

#[test]
fn a_signing_time_after_the_time_stamp_breaks_the_order() {
    let now = SystemClock::new().now();
    let Some(mut stamped) = Stamped::new() else { return };
    let signed = sign("nes-rsa2048", TEXT, &SigningOptions::new(now.after(HOUR)));
    stamped.file = SignedFile::read(&signed);
    let value = stamped.file.signature_value();
    stamped.file.add(SIGNATURE_TIME_STAMP, &token("sha256", &value).unwrap());
    assert_eq!(stamped.verdict(), "TIMESTAMP_ORDER_FAILURE");
}

#[test]
fn what_was_seen_before_a_time_stamp_does_not_prove_it() {
    let Some(mut stamped) = Stamped::with_stamp() else { return };
    let now = stamped.now;
    stamped.policy = Policy::generic();
    stamped.existed_since = Some(now.before(HOUR));
    assert_eq!(stamped.level().0, Level::BT);
    let revoked = crl("root", now.before(Duration::from_secs(60)), &[("tsa", now.before(HOUR / 2))]);
    stamped.crls[0] = revoked.unwrap();
    assert_eq!(stamped.level().0, Level::BB, "the unit was revoked when it made the stamp");
}

#[test]
fn the_key_of_a_time_stamp_unit_must_be_strong() {
    let Some(mut stamped) = Stamped::with_stamp() else { return };
    stamped.policy = Policy::generic();
    let bits = match certificate("tsa").public_key().unwrap().key_type {
        KeyType::Rsa { bits } => bits,
        other => panic!("{other:?}"),
    };
    stamped.policy.algorithms.rsa_keys = vec![(bits + 1, Time::EPOCH)];
    let report = stamped.report();
    let check = report.signatures[0].checks.iter().find(|one| one.name == CheckName::SignatureTimeStamp).unwrap();
    assert_eq!((check.status, check.reason), (CheckStatus::Failed, Some(Reason::RsaKeyTooShort)));
}

#[test]
fn the_baseline_rests_on_an_archive_time_stamp_of_the_third_kind() {
    let Some(mut stamped) = Stamped::with_stamp() else { return };
    stamped.file.fields.push(context(1, &stamped.crls.concat()));
    assert_eq!(stamped.level(), (Level::BLt, Level::BLt));
    let second = token("sha256", &stamped.file.archive_v2_input(b"", true)).unwrap();
    let third = stamped.file.archive_v3(TEXT, HASH_INDEX_V3).unwrap();
    stamped.file.add(ARCHIVE_TIME_STAMP_V2, &second);
    stamped.file.add(ARCHIVE_TIME_STAMP_V3, &third);
    assert_eq!(stamped.level(), (Level::BLta, Level::BLta));
    *stamped.file.unsigned.last_mut().unwrap().last_mut().unwrap() ^= 1;
    assert_eq!(stamped.level(), (Level::A, Level::BLta), "the second kind alone holds");
}

/// However many a file has: those of the caller count all the same.
#[test]
fn of_a_file_only_so_many_crls_are_looked_at() {
    let Some(mut stamped) = Stamped::new() else { return };
    let good = std::mem::take(&mut stamped.crls);
    let forged = (0..520_u16).map(|number| {
        let mut crl = good[1].clone();
        let end = crl.len() - 2;
        crl[end..].copy_from_slice(&number.to_be_bytes());
        crl
    });
    let forged: Vec<u8> = forged.collect::<Vec<_>>().concat();
    let copies = good[0].repeat(600);
    stamped.file.fields.push(context(1, &[copies.clone(), good.concat()].concat()));
    assert_eq!(stamped.verdict(), PASSED, "copies of one count once");
    *stamped.file.fields.last_mut().unwrap() = context(1, &[forged, good.concat()].concat());
    assert_eq!(stamped.verdict(), "TRY_LATER");
    stamped.crls = good;
    assert_eq!(stamped.verdict(), PASSED);
}

/// A large content and thousands of stamps that would each hash it.
#[test]
fn time_stamps_over_a_large_file_cost_a_bounded_time() {
    let Some(mut stamped) = Stamped::new() else { return };
    let signed = sign("nes-rsa2048", &vec![b'a'; 16 << 20], &SigningOptions::new(stamped.now));
    stamped.file = SignedFile::read(&signed);
    let Some(stamp) = token("sha256", b"other") else { return };
    for _ in 0..64 {
        stamped.file.add(ARCHIVE_TIME_STAMP_V2, &stamp);
    }
    let start = std::time::Instant::now();
    let report = stamped.report();
    let checks = report.signatures[0].checks.iter().filter(|check| check.name == CheckName::ArchiveTimeStamp);
    let (mut looked_at, mut left_out) = (0, 0);
    checks.for_each(|check| match check.status {
        CheckStatus::Undetermined => left_out += 1,
        _ => looked_at += 1,
    });
    assert!(looked_at >= 60 && left_out > 0, "{looked_at} {left_out}");
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}
