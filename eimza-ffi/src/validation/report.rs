//! A verdict, field by field. Signatures are named by their index, from 0, in the order of the report.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::validation::{Indication, Report, SignatureReport, SubIndication};
use eimza_core::{Language, Result};

use super::judgement::eimza_validation;
use super::signer::{EIMZA_CHECK_NONE, eimza_check_status, number};
use crate::cades::eimza_content;
use crate::certificate::eimza_certificate;
use crate::error::{EIMZA_LANGUAGE_TURKISH, eimza_error, eimza_language};
use crate::output::{at, json};
use crate::raw::eimza_view;
use crate::status::eimza_status;
use crate::wall::{self, need};

/// The verdict over a file by EN 319 102-1. May be read from several threads at once.
pub struct eimza_report(Report);

/// As eimza_validation_judge, with the verdict as a handle. Free it with eimza_report_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_report(
    validation: Option<&eimza_validation>,
    file: eimza_view,
    content: Option<&eimza_content>,
    out: Option<&mut MaybeUninit<*mut eimza_report>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || need(validation, "validation")?.judged(file, content).map(eimza_report))
}

/// Whether every signature that counts is TOTAL-PASSED.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_passed(report: Option<&eimza_report>) -> bool {
    wall::read(report, false, |report| report.0.indication == Indication::TotalPassed)
}

/// "TOTAL-PASSED", "TOTAL-FAILED" or "INDETERMINATE": the worst of the signatures that count. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_indication(
    report: Option<&eimza_report>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(report, "report")?.0.indication.name().to_owned()))
}

/// Why, by the names of EN 319 102-1; NULL where there is nothing to say. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_sub_indication(
    report: Option<&eimza_report>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || Ok(need(report, "report")?.0.sub_indication.map(name)))
}

/// What the verdict means and what to do now, for people. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_sentence(
    report: Option<&eimza_report>,
    language: eimza_language,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let language = if language == EIMZA_LANGUAGE_TURKISH { Language::Turkish } else { Language::English };
        let sentence = need(report, "report")?.0.sentence(language);
        Ok(format!("{} {}", sentence.happened, sentence.remedy))
    })
}

/// All of it, as the JSON of `eimza validate`. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_json(
    report: Option<&eimza_report>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(report, "report")?.0))
}

/// How many signatures there are, counter-signatures among them.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_count(report: Option<&eimza_report>) -> usize {
    wall::read(report, 0, |report| report.0.signatures.len())
}

/// The verdict over one signature, as eimza_report_indication. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_indication(
    report: Option<&eimza_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(signature(report, index)?.indication.name().to_owned()))
}

/// Why, as eimza_report_sub_indication. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_sub_indication(
    report: Option<&eimza_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || Ok(signature(report, index)?.sub_indication.map(name)))
}

/// The signer's certificate, a handle of its own; NULL where it was not found.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_certificate(
    report: Option<&eimza_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some(out, error, || {
        let signer = signature(report, index)?.signer.as_ref();
        Ok(signer.map(|signer| eimza_certificate(signer.certificate.clone())))
    })
}

/// When the signer claims to have signed, in seconds since 1970 (UTC); 0 where nothing is claimed.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_signing_time(report: Option<&eimza_report>, index: usize) -> i64 {
    let signature = report.and_then(|report| report.0.signatures.get(index));
    wall::read(signature, 0, |signature| signature.signing_time.map_or(0, |time| time.unix()))
}

/// The earliest time for which the signature's existence is proven, as above; 0 where none is.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_best_time(report: Option<&eimza_report>, index: usize) -> i64 {
    let signature = report.and_then(|report| report.0.signatures.get(index));
    wall::read(signature, 0, |signature| signature.best_signature_time.map_or(0, |time| time.unix()))
}

/// The index of the signature that this one counter-signs; -1 for a signature over the content.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_parent(report: Option<&eimza_report>, index: usize) -> i64 {
    let report = report.map(|report| &report.0);
    wall::read(report, -1, |report| {
        let parent = report.signatures.get(index).and_then(|signature| signature.parent.as_ref());
        let place = parent.and_then(|parent| report.signatures.iter().position(|other| other.id == *parent));
        place.and_then(|place| i64::try_from(place).ok()).unwrap_or(-1)
    })
}

/// The highest level that is proven: "CMS", "BES", "EPES", "B-B", "T", "B-T", "C", "X", "XL", "B-LT", "A" or "B-LTA". Free it
/// with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_level(
    report: Option<&eimza_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(signature(report, index)?.level.name().to_owned()))
}

/// The highest level that is there, as above. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_structure(
    report: Option<&eimza_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(signature(report, index)?.structure.name().to_owned()))
}

/// The profile of BTK's guide that it fits, "P1" … "P4"; NULL where it fits none. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_profile(
    report: Option<&eimza_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || Ok(signature(report, index)?.profile.map(|profile| profile.name().to_owned())))
}

/// The signature policy that it claims, by its dotted object identifier; NULL where it claims none. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_policy_oid(
    report: Option<&eimza_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || Ok(signature(report, index)?.policy_oid.clone()))
}

/// Until when a good verdict is preliminary, in seconds since 1970 (UTC); 0 where it is final.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_signature_preliminary_until(report: Option<&eimza_report>, index: usize) -> i64 {
    let signature = report.and_then(|report| report.0.signatures.get(index));
    wall::read(signature, 0, |signature| signature.preliminary_until.map_or(0, |time| time.unix()))
}

/// How many checks there are of one signature.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_checks(report: Option<&eimza_report>, index: usize) -> usize {
    let signature = report.and_then(|report| report.0.signatures.get(index));
    wall::read(signature, 0, |signature| signature.checks.len())
}

/// The name of a check, like "revocation". Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_check_name(
    report: Option<&eimza_report>,
    index: usize,
    check: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(at(&signature(report, index)?.checks, check)?.name.name().to_owned()))
}

/// What a check came to: one of the EIMZA_CHECK_ numbers; EIMZA_CHECK_NONE where there is no such check.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_check_status(
    report: Option<&eimza_report>,
    index: usize,
    check: usize,
) -> eimza_check_status {
    let found = report.and_then(|report| report.0.signatures.get(index)?.checks.get(check));
    wall::read(found, EIMZA_CHECK_NONE, number)
}

/// Why a check did not pass, or what it noted, like "status-missing"; NULL where there is nothing to say. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_check_reason(
    report: Option<&eimza_report>,
    index: usize,
    check: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || {
        let reason = at(&signature(report, index)?.checks, check)?.reason;
        Ok(reason.map(|reason| reason.name().to_owned()))
    })
}

/// Frees a report; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_report_free(report: Option<Box<eimza_report>>) {
    wall::free(report);
}

fn signature(report: Option<&eimza_report>, index: usize) -> Result<&SignatureReport> {
    at(&need(report, "report")?.0.signatures, index)
}

fn name(why: SubIndication) -> String {
    why.name().to_owned()
}
