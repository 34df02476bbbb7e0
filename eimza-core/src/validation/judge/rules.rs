//! Rules about one signature that need neither a path nor status data.

use super::facts::Facts;
use crate::clock::Time;
use crate::crypto::{DigestAlgorithm, KeyType};
use crate::validation::algorithms::{AlgorithmPolicy, Weakness};
use crate::validation::check::{Check, CheckName, CheckStatus, Reason};
use crate::validation::indication::SubIndication;
use crate::validation::level::{Profile, Shape};
use crate::validation::policy::Policy;
use crate::validation::verify::{SignerVerification, reference_digest, signature_algorithm};

/// The hash alone says which certificate was meant; the Turkish rules want issuerSerial to say the same.
pub(super) fn tolerate_issuer_serial(check: &mut Check) {
    if check.reason == Some(Reason::IssuerSerialDiffers) {
        *check = Check::noted(check.name, Reason::IssuerSerialDiffers);
    }
}

/// Digests and key, at the time for which the signature is proven to have existed.
pub(super) fn algorithms(
    found: &SignerVerification<'_>,
    facts: Option<&Facts>,
    policy: &AlgorithmPolicy,
    at: Time,
) -> Check {
    const NAME: CheckName = CheckName::AlgorithmPolicy;
    let too_weak = |reason| Check::failed(NAME, reason, SubIndication::CryptoConstraintsFailureNoPoe);
    let digests = [found.signer.digest_algorithm(), reference_digest(&found.signer)];
    for digest in digests.into_iter().flatten() {
        if policy.check_digest(digest, at).is_err() {
            return too_weak(digest_reason(digest));
        }
    }
    let Some(key) = facts.and_then(|facts| facts.key_type.as_ref()) else { return Check::passed(NAME) };
    let checked = match signature_algorithm(&found.signer) {
        Some(algorithm) => policy.check_signature(algorithm, key, at),
        None => policy.check_key(key, at),
    };
    match checked {
        Ok(()) => Check::passed(NAME),
        Err(weakness) => too_weak(weakness_reason(weakness, key)),
    }
}

fn digest_reason(digest: DigestAlgorithm) -> Reason {
    if digest == DigestAlgorithm::Sha1 { Reason::Sha1TooWeak } else { Reason::DigestTooWeak }
}

fn weakness_reason(weakness: Weakness, key: &KeyType) -> Reason {
    match (weakness, key) {
        (Weakness::Key, KeyType::Rsa { .. }) => Reason::RsaKeyTooShort,
        (Weakness::Key, _) => Reason::KeyWeak,
        (Weakness::Padding, _) => Reason::PaddingTooWeak,
        (Weakness::Digest, _) => Reason::DigestTooWeak,
    }
}

/// Whoever issued the certificate says what its key is for; where nothing is said, it may sign.
pub(super) fn key_usage(facts: &Facts) -> Check {
    const NAME: CheckName = CheckName::KeyUsage;
    if facts.can_sign {
        Check::passed(NAME)
    } else {
        Check::failed(NAME, Reason::SigningExcluded, SubIndication::ChainConstraintsFailure)
    }
}

/// What the certificate claims counts only once its issuer is trusted; the path says that.
pub(super) fn qualified(facts: Option<&Facts>, has_path: bool, policy: &Policy) -> Check {
    const NAME: CheckName = CheckName::Qualified;
    let broken = facts.and_then(|facts| unfit(facts, policy));
    match broken {
        None if has_path => Check::passed(NAME),
        None => Check::without_weight(NAME, CheckStatus::Undetermined, Reason::NotChecked),
        Some(reason) if has_path && policy.demands_qualified() => {
            Check::failed(NAME, reason, SubIndication::ChainConstraintsFailure)
        }
        Some(reason) => Check::without_weight(NAME, CheckStatus::Failed, reason),
    }
}

/// What the certificate lacks of a qualified one, and what the policy refuses besides. A company's seal makes no
/// statements about that: it passes where seals are accepted.
fn unfit(facts: &Facts, policy: &Policy) -> Option<Reason> {
    let demands = policy.demands_qualified();
    if demands && facts.has_usage_limit && !policy.accept_usage_limit {
        return Some(Reason::UsageRestricted);
    }
    if demands && facts.is_seal {
        return (!policy.accept_seals).then_some(Reason::SealNotAccepted);
    }
    let shortfall = facts.shortfall.map(Reason::from);
    shortfall.or((demands && !facts.has_policy_notice).then_some(Reason::PolicyNoticeMissing))
}

pub(super) fn profile(shape: &Shape, demanded: Option<Profile>) -> Check {
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

/// Time-stamps are there and not judged: nothing rests on them.
pub(super) fn time_stamps_not_judged(shape: &Shape) -> Vec<Check> {
    let unchecked = |name| Check::without_weight(name, CheckStatus::Undetermined, Reason::NotChecked);
    let there = [
        (shape.has_signature_time_stamp, CheckName::SignatureTimeStamp),
        (shape.has_archive_time_stamp, CheckName::ArchiveTimeStamp),
    ];
    there.into_iter().filter(|(is_there, _)| *is_there).map(|(_, name)| unchecked(name)).collect()
}

/// Where a time is proven, a certificate that was not valid yet is told as such.
pub(super) fn with_proof(check: &mut Check) {
    if check.reason == Some(Reason::CertificateNotYetValid) {
        check.sub_indication = Some(SubIndication::NotYetValid);
    }
}
