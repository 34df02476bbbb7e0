//! From checks to a verdict.

use std::collections::HashMap;

use super::Given;
use super::check::{Check, CheckName, CheckStatus, Reason};
use super::indication::{Indication, SubIndication};
use super::level::{Level, Profile, Shape};
use super::policy::Policy;
use super::report::{Report, SignatureReport, SignerReport};
use super::verify::{SignerVerification, Verification, reference_digest};
use crate::certificate::{Certificate, Shortfall};
use crate::cms::SignedData;
use crate::crypto::{DigestAlgorithm, KeyType};

/// RSA keys below this many bits are not relied on (ETSI TS 119 312).
const RSA_BITS: usize = 1900;

pub(super) fn report(signed_data: &SignedData<'_>, found: &Verification<'_>, given: &Given<'_>) -> Report {
    let mut known = HashMap::new();
    let mut signatures: Vec<SignatureReport> = (0..)
        .zip(&found.signers)
        .map(|(number, one)| {
            let certificate = one.certificate.as_ref();
            let facts = certificate.map(|one| &*known.entry(one.sha256().to_hex()).or_insert_with(|| Facts::of(one)));
            signature(signed_data, number, one, facts, given)
        })
        .collect();
    let unreadable = &found.unreadable_counter_signatures;
    for (number, parent) in (signatures.len()..).zip(unreadable) {
        signatures.push(unreadable_counter_signature(number, *parent));
    }
    Report::over(signatures, given.policy)
}

/// What the verdict needs of a certificate: found once, for a file may have one large certificate and a thousand signers.
struct Facts {
    signer: SignerReport,
    key_type: Option<KeyType>,
    can_sign: bool,
    shortfall: Option<Shortfall>,
}

impl Facts {
    fn of(certificate: &Certificate) -> Self {
        Self {
            signer: SignerReport::of(certificate),
            key_type: certificate.public_key().ok().map(|key| key.key_type),
            can_sign: certificate.can_sign(),
            shortfall: certificate.shortfalls().first().copied(),
        }
    }
}

fn signature(
    signed_data: &SignedData<'_>,
    number: usize,
    found: &SignerVerification<'_>,
    facts: Option<&Facts>,
    given: &Given<'_>,
) -> SignatureReport {
    let shape = Shape::of(signed_data, found);
    let mut checks = found.checks.clone();
    if given.policy == Policy::Generic {
        checks.iter_mut().for_each(tolerate_issuer_serial);
    }
    if signed_data.padding() > 0 {
        checks.push(Check::noted(CheckName::Padding, Reason::ZerosBehindTheFile));
    }
    checks.push(algorithm_policy(found, facts));
    checks.extend(facts.map(key_usage));
    // A counter-signature has the profile of nothing: the demand is about the file's own signatures.
    checks.push(profile(&shape, given.profile.filter(|_| found.parent.is_none())));
    checks.extend(unchecked(facts, &shape));
    let (indication, sub_indication) = verdict(&checks);
    SignatureReport {
        id: id(number),
        parent: found.parent.map(id),
        indication,
        sub_indication: Some(sub_indication),
        preliminary_until: None,
        level: shape.basic,
        structure: shape.structure,
        profile: shape.is_p1.then_some(Profile::P1),
        policy_oid: shape.policy_oid,
        signing_time: found.signing_time,
        best_signature_time: None,
        signer: facts.map(|facts| facts.signer.clone()),
        checks,
    }
}

/// The hash alone says which certificate was meant; the Turkish rules want issuerSerial to say the same.
fn tolerate_issuer_serial(check: &mut Check) {
    if check.reason == Some(Reason::IssuerSerialDiffers) {
        *check = Check::noted(check.name, Reason::IssuerSerialDiffers);
    }
}

/// The gravest finding decides. Without any, the path remains: it was not looked for, so nothing has passed.
fn verdict(checks: &[Check]) -> (Indication, SubIndication) {
    let gravest = checks.iter().filter_map(|check| check.sub_indication).min();
    let sub_indication = gravest.unwrap_or(SubIndication::NoCertificateChainFound);
    (sub_indication.indication(), sub_indication)
}

fn algorithm_policy(found: &SignerVerification<'_>, facts: Option<&Facts>) -> Check {
    const NAME: CheckName = CheckName::AlgorithmPolicy;
    let digests = [found.signer.digest_algorithm(), reference_digest(&found.signer)];
    if digests.contains(&Some(DigestAlgorithm::Sha1)) {
        return Check::failed(NAME, Reason::Sha1TooWeak, SubIndication::CryptoConstraintsFailureNoPoe);
    }
    match facts.and_then(|facts| facts.key_type.as_ref()) {
        Some(KeyType::Rsa { bits }) if *bits < RSA_BITS => {
            Check::failed(NAME, Reason::RsaKeyTooShort, SubIndication::CryptoConstraintsFailureNoPoe)
        }
        _ => Check::passed(NAME),
    }
}

/// Whoever issued the certificate says what its key is for; where nothing is said, it may sign.
fn key_usage(facts: &Facts) -> Check {
    const NAME: CheckName = CheckName::KeyUsage;
    if facts.can_sign {
        Check::passed(NAME)
    } else {
        Check::failed(NAME, Reason::SigningExcluded, SubIndication::ChainConstraintsFailure)
    }
}

fn profile(shape: &Shape, demanded: Option<Profile>) -> Check {
    const NAME: CheckName = CheckName::Profile;
    match demanded {
        Some(Profile::P1) if !shape.is_p1 => {
            Check::failed(NAME, Reason::ProfileNotKept, SubIndication::SigConstraintsFailure)
        }
        Some(Profile::P2 | Profile::P3 | Profile::P4) => {
            Check::undetermined(NAME, Reason::TimeStampsNotChecked, SubIndication::SigConstraintsFailure)
        }
        _ if shape.is_p1 => Check::passed(NAME),
        _ => Check::noted(NAME, Reason::FitsNoProfile),
    }
}

/// What needs trust or time, neither of which is looked at here.
fn unchecked(facts: Option<&Facts>, shape: &Shape) -> Vec<Check> {
    let unchecked = |name| Check::without_weight(name, CheckStatus::Undetermined, Reason::NotChecked);
    let mut checks = vec![unchecked(CheckName::Path), unchecked(CheckName::Revocation)];
    checks.push(match facts.and_then(|facts| facts.shortfall) {
        Some(shortfall) => Check::without_weight(CheckName::Qualified, CheckStatus::Failed, shortfall.into()),
        // What a certificate claims counts only once its issuer is trusted.
        None => unchecked(CheckName::Qualified),
    });
    if shape.has_signature_time_stamp {
        checks.push(unchecked(CheckName::SignatureTimeStamp));
    }
    if shape.has_archive_time_stamp {
        checks.push(unchecked(CheckName::ArchiveTimeStamp));
    }
    checks
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
    }
}

fn id(number: usize) -> String {
    format!("S{number}")
}
