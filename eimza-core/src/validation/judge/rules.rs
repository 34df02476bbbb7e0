//! Rules about one signature that need neither a path nor status data.

use super::facts::Facts;
use crate::clock::Time;
use crate::crypto::{DigestAlgorithm, KeyType};
use crate::validation::algorithms::{AlgorithmPolicy, Weakness};
use crate::validation::check::{Check, CheckName, CheckStatus, Reason};
use crate::validation::indication::SubIndication;
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

pub(super) fn weakness_reason(weakness: Weakness, key: &KeyType) -> Reason {
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

/// The order of the times: content stamped, signed, proven to exist.
pub(super) fn time_order(
    found: &SignerVerification<'_>,
    best_signature_time: Option<Time>,
    not_made_before: Option<Time>,
    policy: &Policy,
) -> Option<Check> {
    const NAME: CheckName = CheckName::TimeOrder;
    let broken = |reason| Check::failed(NAME, reason, SubIndication::TimestampOrderFailure);
    let best = best_signature_time?;
    if not_made_before.is_some_and(|earliest| earliest > best) {
        return Some(broken(Reason::TimeStampsOutOfOrder));
    }
    let is_late = found.signing_time.is_some_and(|claimed| claimed > best.after(policy.time_stamp_tolerance));
    Some(if is_late { broken(Reason::SigningTimeAfterTimeStamp) } else { Check::passed(NAME) })
}

/// Where a time is proven, a certificate that was not valid yet is told as such.
pub(super) fn with_proof(check: &mut Check) {
    if check.reason == Some(Reason::CertificateNotYetValid) {
        check.sub_indication = Some(SubIndication::NotYetValid);
    }
}

/// A content that was stamped after the revocation was signed after it (EN 319 102-1 section 5.5.4).
pub(super) fn signed_after_revocation(check: &mut Check) {
    if check.sub_indication == Some(SubIndication::RevokedNoPoe) {
        check.sub_indication = Some(SubIndication::Revoked);
    }
}
