//! Counter-signatures: each has its verdict and its own time-stamps, over the value that it signs.

use eimza_core::validation::{CheckName, CheckStatus, Indication, Policy, Reason, SignatureReport};
use eimza_testkit::der::context;
use eimza_testkit::pki;
use eimza_testkit::stamp::{
    ARCHIVE_TIME_STAMP_V3, CADES_C_TIME_STAMP, HASH_INDEX_V3, SIGNATURE_TIME_STAMP, SignedFile, attribute, token,
};

use crate::stamped::{HOUR, PASSED, Stamped, crl};
use crate::written::{counter_signature, sign_anew, token_at};
use eimza_testbed::TEXT;

const COUNTER_SIGNATURE: &str = "1.2.840.113549.1.9.6";
const CONTENT_TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.20";
const PERSON: &str = "second-person";

/// A signature, its signers' certificates inside.
fn signed() -> Option<Stamped> {
    let mut stamped = Stamped::new()?;
    let certificates = ["nes-rsa2048", PERSON].map(pki::certificate);
    stamped.file.fields[3] = context(0, &certificates.concat());
    Some(stamped)
}

fn counter(stamped: &Stamped) -> SignedFile {
    counter_signature(PERSON, &stamped.file.signature_value(), stamped.now.before(HOUR / 60))
}

fn check(signature: &SignatureReport, name: CheckName) -> Option<(CheckStatus, Option<Reason>)> {
    signature.checks.iter().find(|check| check.name == name).map(|check| (check.status, check.reason))
}

#[test]
fn its_time_stamps_are_over_what_it_signs() {
    let with_stamp_over = |content: fn(&Stamped) -> Vec<u8>| {
        let mut stamped = signed()?;
        let mut counter = counter(&stamped);
        let stamp = token_at(&content(&stamped), stamped.now.before(HOUR / 30))?;
        sign_anew(&mut counter, PERSON, |attributes| attributes.push(attribute(CONTENT_TIME_STAMP, &stamp)));
        let value = counter.signature_value();
        counter.add(SIGNATURE_TIME_STAMP, &token("sha256", &value)?);
        stamped.file.add(COUNTER_SIGNATURE, &counter.signer_info());
        Some(stamped.report())
    };
    let Some(report) = with_stamp_over(|stamped| stamped.file.signature_value()) else { return };
    let counter = &report.signatures[1];
    assert_eq!(check(counter, CheckName::ContentTimeStamp), Some((CheckStatus::Passed, None)), "{counter:#?}");
    assert_eq!(check(counter, CheckName::SignatureTimeStamp), Some((CheckStatus::Passed, None)));
    assert_eq!((report.indication, counter.indication), (Indication::TotalPassed, Indication::TotalPassed));
    let over_the_file = with_stamp_over(|_| TEXT.to_vec()).unwrap();
    let differs = Some((CheckStatus::Failed, Some(Reason::ImprintDiffers)));
    assert_eq!(check(&over_the_file.signatures[1], CheckName::ContentTimeStamp), differs);
    assert_eq!(over_the_file.signatures[0].indication, Indication::TotalPassed);
    assert_eq!(over_the_file.indication, Indication::Indeterminate);
}

#[test]
fn nested_ones_have_a_verdict_each() {
    let Some(mut stamped) = signed() else { return };
    let mut first = counter(&stamped);
    let mut second = counter_signature("nes-rsa2048", &first.signature_value(), stamped.now.before(HOUR / 60));
    first.add(COUNTER_SIGNATURE, &second.signer_info());
    let plain = stamped.file.clone();
    stamped.file.add(COUNTER_SIGNATURE, &first.signer_info());
    let report = stamped.report();
    let parents: Vec<_> = report.signatures.iter().map(|one| one.parent.as_deref()).collect();
    assert_eq!(parents, [None, Some("S0"), Some("S1")]);
    assert!(report.signatures.iter().all(|one| one.indication == Indication::TotalPassed), "{report:#?}");

    *second.signer.last_mut().unwrap().last_mut().unwrap() ^= 1;
    first.unsigned.clear();
    first.add(COUNTER_SIGNATURE, &second.signer_info());
    stamped.file = plain;
    stamped.file.add(COUNTER_SIGNATURE, &first.signer_info());
    let verdicts = |stamped: &Stamped| {
        let report = stamped.report();
        let each = report.signatures.iter().map(|one| one.indication).collect::<Vec<_>>();
        (report.indication, each)
    };
    let each = vec![Indication::TotalPassed, Indication::TotalPassed, Indication::TotalFailed];
    assert_eq!(verdicts(&stamped), (Indication::TotalFailed, each.clone()));
    stamped.policy = Policy::generic();
    assert_eq!(verdicts(&stamped), (Indication::TotalPassed, each), "anyone could have added it");
}

/// It stands in what the archive time-stamp of the signature above it covers.
#[test]
fn a_stamp_over_the_whole_proves_it_too() {
    let Some(mut stamped) = signed() else { return };
    let counter = counter(&stamped);
    let value = stamped.file.signature_value();
    stamped.file.add(SIGNATURE_TIME_STAMP, &token("sha256", &value).unwrap());
    stamped.file.add(COUNTER_SIGNATURE, &counter.signer_info());
    assert_eq!(stamped.report().signatures[1].best_signature_time, None);
    let archive = stamped.file.archive_v3(TEXT, HASH_INDEX_V3).unwrap();
    stamped.file.add(ARCHIVE_TIME_STAMP_V3, &archive);
    assert!(stamped.report().signatures[1].best_signature_time.is_some());
    // Revoked since, the counter-signer was good then.
    let now = stamped.now;
    stamped.now = now.after(3 * HOUR);
    let revoked = crl("nes-ca", now.after(2 * HOUR), &[(PERSON, now.after(HOUR))]);
    stamped.crls = vec![crl("root", now.after(2 * HOUR), &[]).unwrap(), revoked.unwrap()];
    assert_eq!(stamped.verdict(), PASSED, "{:#?}", stamped.report());
}

#[test]
fn a_stamp_is_not_older_than_what_it_covers() {
    let Some(mut stamped) = signed() else { return };
    let value = stamped.file.signature_value();
    let at = |minutes: u32| stamped.now.before(HOUR / 60 * minutes);
    let (early, late) = (at(20), at(10));
    stamped.file.add(SIGNATURE_TIME_STAMP, &token_at(&value, late).unwrap());
    let input = [value, stamped.file.attribute_fields(&[SIGNATURE_TIME_STAMP])].concat();
    let covering = |at| {
        let mut file = stamped.file.clone();
        file.add("1.2.840.113549.1.9.16.2.21", &[0x30, 0]);
        file.add("1.2.840.113549.1.9.16.2.22", &[0x30, 0]);
        let references = file.attribute_fields(&["1.2.840.113549.1.9.16.2.21", "1.2.840.113549.1.9.16.2.22"]);
        file.add(CADES_C_TIME_STAMP, &token_at(&[input.clone(), references].concat(), at).unwrap());
        let report = stamped.report_of(&file.der(), &eimza_core::validation::Cache::new()).unwrap();
        check(&report.signatures[0], CheckName::CadesCTimeStamp)
    };
    assert_eq!(covering(late), Some((CheckStatus::Passed, None)));
    assert_eq!(covering(early), Some((CheckStatus::Failed, Some(Reason::TimeStampsOutOfOrder))));
}
