//! The verdict over one certificate (RFC 5280 section 6).

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::revocation::StatusData;
use eimza_core::validation::{CertificateReport, CertificateValidation, Indication, SubIndication};
use eimza_core::{Result, Time};

use crate::certificate::{eimza_certificate, eimza_certificates};
use crate::error::eimza_error;
use crate::output::{at, json};
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need, need_mut};

/// What certificates are judged by. Made once, it judges any number of them. While it judges, other threads may judge with it
/// too; while it is changed, nobody else may use it.
pub struct eimza_certificate_validation(CertificateValidation);

/// The verdict over a certificate. May be read from several threads at once.
pub struct eimza_certificate_report(CertificateReport);

/// Judges by what holds at `at`, as of `now` (seconds since 1970 UTC; the later of both counts as now). Nobody is trusted yet,
/// any policy is as good as none, and revocation counts. Free it with eimza_certificate_validation_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_new(
    at: i64,
    now: i64,
    out: Option<&mut MaybeUninit<*mut eimza_certificate_validation>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let validation = CertificateValidation::at(Time::from_unix(at)?).judged_at(Time::from_unix(now)?);
        Ok(eimza_certificate_validation(validation))
    })
}

/// Trusts a certificate: its own dates, extensions and signature do not matter.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_trust(
    validation: Option<&mut eimza_certificate_validation>,
    anchor: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| Ok(validation.trust([need(anchor, "anchor")?.0.clone()])))
}

/// Adds certificates that paths may be built of; they are not trusted by that.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_add_certificates(
    validation: Option<&mut eimza_certificate_validation>,
    certificates: Option<&eimza_certificates>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        Ok(validation.with_certificates(need(certificates, "certificates")?.0.iter().cloned()))
    })
}

/// Adds the CRLs of a file in DER or PEM.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_add_crls(
    validation: Option<&mut eimza_certificate_validation>,
    file: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        let mut status = StatusData::new();
        status.add_crls(file.octets("file")?)?;
        Ok(validation.with_status(&status))
    })
}

/// Adds the OCSP answers of a file in DER or PEM.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_add_ocsps(
    validation: Option<&mut eimza_certificate_validation>,
    file: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        let mut status = StatusData::new();
        status.add_ocsps(file.octets("file")?)?;
        Ok(validation.with_status(&status))
    })
}

/// A policy that is acceptable, by its dotted object identifier; without any, all of them are (user-initial-policy-set).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_accept_policy(
    validation: Option<&mut eimza_certificate_validation>,
    policy_oid: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| validation.accept_policy(policy_oid.text("policy_oid")?))
}

/// One of the acceptable policies has to hold for the whole path (initial-explicit-policy).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_require_explicit_policy(
    validation: Option<&mut eimza_certificate_validation>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| Ok(validation.require_explicit_policy()))
}

/// No authority may call its policy equal to another one's (initial-policy-mapping-inhibit).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_inhibit_policy_mapping(
    validation: Option<&mut eimza_certificate_validation>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| Ok(validation.inhibit_policy_mapping()))
}

/// anyPolicy in a certificate stands for no policy (initial-any-policy-inhibit).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_inhibit_any_policy(
    validation: Option<&mut eimza_certificate_validation>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| Ok(validation.inhibit_any_policy()))
}

/// Which names are permitted and which excluded from the beginning (initial-permitted-subtrees, initial-excluded-subtrees), as
/// NameConstraints in DER (RFC 5280 section 4.2.1.10).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_constrain_names(
    validation: Option<&mut eimza_certificate_validation>,
    name_constraints: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| validation.constrain_names(name_constraints.octets("name_constraints")?))
}

/// Does not ask whether a certificate was revoked.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_without_revocation(
    validation: Option<&mut eimza_certificate_validation>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| Ok(validation.without_revocation()))
}

/// Judges one certificate. Free the report with eimza_certificate_report_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_judge(
    validation: Option<&eimza_certificate_validation>,
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate_report>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let certificate = &need(certificate, "certificate")?.0;
        Ok(eimza_certificate_report(need(validation, "validation")?.0.validate(certificate)))
    })
}

/// Frees a validation of certificates; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_validation_free(validation: Option<Box<eimza_certificate_validation>>) {
    wall::free(validation);
}

/// Whether the certificate is TOTAL-PASSED.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_passed(report: Option<&eimza_certificate_report>) -> bool {
    wall::read(report, false, |report| report.0.indication == Indication::TotalPassed)
}

/// "TOTAL-PASSED", "TOTAL-FAILED" or "INDETERMINATE". Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_indication(
    report: Option<&eimza_certificate_report>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(report, "report")?.0.indication.name().to_owned()))
}

/// Why, by the names of EN 319 102-1; NULL where there is nothing to say. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_sub_indication(
    report: Option<&eimza_certificate_report>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || {
        Ok(need(report, "report")?.0.sub_indication.map(SubIndication::name).map(str::to_owned))
    })
}

/// How many certificates the path has, the anchor among them; 0 where there is no valid path.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_path_length(report: Option<&eimza_certificate_report>) -> usize {
    wall::read(report, 0, |report| report.0.certificates.len())
}

/// A certificate of the path, a handle of its own: at 0 the one that was judged, the anchor last.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_certificate(
    report: Option<&eimza_certificate_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(at(&need(report, "report")?.0.certificates, index)?.clone())))
}

/// How many acceptable policies hold for the whole path.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_policy_count(report: Option<&eimza_certificate_report>) -> usize {
    wall::read(report, 0, |report| report.0.policies.len())
}

/// An acceptable policy that holds for the whole path, by its dotted object identifier. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_policy(
    report: Option<&eimza_certificate_report>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(at(&need(report, "report")?.0.policies, index)?.clone()))
}

/// Why there is no valid path, like "certificate-expired"; NULL where there is one. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_broken_rule(
    report: Option<&eimza_certificate_report>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || {
        Ok(need(report, "report")?.0.failure.as_ref().map(|failure| failure.rule.name().to_owned()))
    })
}

/// The certificate that breaks that rule, a handle of its own; NULL where there is a valid path.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_broken_by(
    report: Option<&eimza_certificate_report>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some(out, error, || {
        let failure = need(report, "report")?.0.failure.as_ref();
        Ok(failure.map(|failure| eimza_certificate(failure.certificate.clone())))
    })
}

/// All of it, as the JSON of `eimza certificate validate`. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_json(
    report: Option<&eimza_certificate_report>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(report, "report")?.0))
}

/// Frees a report over a certificate; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_report_free(report: Option<Box<eimza_certificate_report>>) {
    wall::free(report);
}

/// Changes a validation, which is left as it was where that fails.
fn change(
    validation: Option<&mut eimza_certificate_validation>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
    by: impl FnOnce(CertificateValidation) -> Result<CertificateValidation>,
) -> eimza_status {
    wall::run(error, || {
        let validation = need_mut(validation, "validation")?;
        validation.0 = by(validation.0.clone())?;
        Ok(())
    })
}
