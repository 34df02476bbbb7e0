//! From checks to a verdict.

mod context;
mod facts;
mod long_form;
mod profile;
mod rules;
mod stamps;

use super::Validation;
use super::chain::Chain;
use super::check::{Check, CheckName, Reason};
use super::grounds::Grounds;
use super::indication::{Indication, SubIndication};
use super::level::{Holding, Level, Shape};
use super::report::{Report, SignatureReport};
use super::verify::{SignerVerification, Verification};
use crate::clock::Time;
use crate::cms::SignedData;
use context::Context;
pub(super) use facts::Facts;
use facts::KnownFacts;
use long_form::LongForm;
use profile::Kept;
use stamps::Stamps;

/// Judges every signature of a file.
pub(super) fn report<'f>(
    signed_data: &SignedData<'f>,
    found: &Verification<'f>,
    validation: &Validation<'_>,
) -> Report {
    let material = Context::material(signed_data, found, validation);
    let context = Context::new(signed_data.bytes().len(), &material, validation);
    let mut known = KnownFacts::new(validation.cache);
    let mut signatures: Vec<SignatureReport> = (0..)
        .zip(&found.signers)
        .map(|(number, one)| {
            let facts = one.certificate.as_ref().map(|certificate| known.of(certificate));
            let counter_signed =
                one.parent.and_then(|parent| found.signers.get(parent)).map(|parent| parent.signer.value());
            signature(signed_data, number, one, counter_signed, facts.as_deref(), &context)
        })
        .collect();
    let unreadable = &found.unreadable_counter_signatures;
    for (number, parent) in (signatures.len()..).zip(unreadable) {
        signatures.push(unreadable_counter_signature(number, *parent));
    }
    Report::over(signatures, &validation.policy)
}

fn signature(
    signed_data: &SignedData<'_>,
    number: usize,
    found: &SignerVerification<'_>,
    counter_signed: Option<&[u8]>,
    facts: Option<&Facts>,
    context: &Context<'_>,
) -> SignatureReport {
    let (validation, policy) = (context.validation, &context.validation.policy);
    let mut checks = found.checks.clone();
    if !policy.issuer_serial_must_agree {
        checks.iter_mut().for_each(rules::tolerate_issuer_serial);
    }
    if signed_data.padding() > 0 {
        checks.push(Check::noted(CheckName::Padding, Reason::ZerosBehindTheFile));
    }
    let stamps = Stamps::of(signed_data, found, counter_signed, context);
    let shape = Shape::of(found, context.has_material(found));
    checks.extend(stamps.checks.iter().copied());
    // A counter-signature stands in what the stamps of the signature above it cover.
    let with_parent = counter_signed.and_then(|_| context.proven_since(found.signer.value()));
    let proven = stamps.best_signature_time.into_iter().chain(context.existed_since()).chain(with_parent);
    let best_signature_time = proven.min();
    checks.extend(rules::time_order(found, best_signature_time, stamps.not_made_before, policy));
    if context.existed_since().is_some() {
        checks.push(Check::noted(CheckName::ExistedSince, Reason::ProofOfCaller));
    }
    let at = best_signature_time.map_or(validation.now, |proven| proven.min(validation.now));
    checks.push(rules::algorithms(found, facts, &policy.algorithms, at));
    checks.extend(facts.map(rules::key_usage));
    let chain = facts.map(|facts| context.judge_signer(&facts.certificate, at, shape.is_long_term()));
    let has_path = chain.as_ref().is_some_and(|chain| chain.path.is_some());
    checks.extend(chain_checks(chain.as_deref(), best_signature_time, stamps.not_made_before));
    let long_form = LongForm::of(found, &shape, chain.as_deref(), at, context);
    checks.extend(long_form.as_ref().map(|form| form.check(policy)));
    checks.push(rules::qualified(facts, has_path, policy));
    let kept = Kept {
        found,
        shape: &shape,
        stamps: &stamps,
        chain: chain.as_deref(),
        long_form: long_form.as_ref(),
        at,
        context,
    };
    // A counter-signature has no profile: the demand is about the file's own signatures.
    let demanded = validation.profile.filter(|_| found.parent.is_none());
    let (profile_checks, preliminary_until) = profile::checks(&kept, demanded);
    checks.extend(profile_checks);
    let holding = Holding {
        signature: stamps.signature_time.is_some(),
        references: long_form.as_ref().is_none_or(LongForm::fits),
        references_time: stamps.has_references_time,
        archive: stamps.has_archive_time,
        archive_v3: stamps.has_archive_v3_time,
    };
    let sub_indication = checks.iter().filter_map(|check| check.sub_indication).min();
    SignatureReport {
        id: id(number),
        parent: found.parent.map(id),
        indication: sub_indication.map_or(Indication::TotalPassed, SubIndication::indication),
        sub_indication,
        preliminary_until,
        level: shape.proven(holding),
        structure: shape.structure(),
        profile: profile::detected(&shape),
        policy_oid: shape.policy_oid,
        signing_time: found.signing_time,
        best_signature_time,
        signer: facts.map(|facts| facts.signer.clone()),
        checks,
        grounds: context.grounds(chain.as_deref()),
    }
}

/// Path and status. Without a certificate there is no path to look for, and the reference to it says why.
fn chain_checks(chain: Option<&Chain>, best_signature_time: Option<Time>, not_made_before: Option<Time>) -> Vec<Check> {
    let Some(chain) = chain else { return Vec::from(Chain::not_judged()) };
    let mut checks = chain.checks();
    if best_signature_time.is_some() {
        checks.iter_mut().for_each(rules::with_proof);
    }
    let revoked_at = chain.status_failure.and_then(|failure| failure.revoked_at);
    if revoked_at.zip(not_made_before).is_some_and(|(revoked, earliest)| revoked < earliest) {
        checks.iter_mut().for_each(rules::signed_after_revocation);
    }
    Vec::from(checks)
}

fn unreadable_counter_signature(number: usize, parent: usize) -> SignatureReport {
    SignatureReport {
        id: id(number),
        parent: Some(id(parent)),
        indication: Indication::TotalFailed,
        sub_indication: Some(SubIndication::FormatFailure),
        preliminary_until: None,
        level: Level::Cms,
        structure: Level::Cms,
        profile: None,
        policy_oid: None,
        signing_time: None,
        best_signature_time: None,
        signer: None,
        checks: vec![Check::failed(
            CheckName::Format,
            Reason::CounterSignatureUnreadable,
            SubIndication::FormatFailure,
        )],
        grounds: Grounds::default(),
    }
}

fn id(number: usize) -> String {
    format!("S{number}")
}
