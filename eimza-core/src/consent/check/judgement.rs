//! The verdict over one signature: the one place where the check asks for it, and says what of it a consent needs.
//! Where each verdict leads stands in the chapter's own documentation.

use super::{Arrival, Verdict};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::SignedData;
use crate::error::{Rejected, Rejection};
use crate::validation::{
    Check, CheckName, CheckStatus, Grounds, Indication, Profile, Reason, SignatureReport, Validation,
};

/// The checks without which nothing counts.
const MATHEMATICS: [CheckName; 4] =
    [CheckName::Format, CheckName::MessageDigest, CheckName::Signature, CheckName::SigningCertificate];

/// What is known of a signature that holds.
pub(super) struct Judged {
    pub(super) certificate: Certificate,
    pub(super) signing_time: Option<Time>,
    pub(super) verdict: Verdict,
    pub(super) grounds: Grounds,
    /// Why the verdict cannot become a good one.
    pub(super) refusal: Option<Rejection>,
}

/// Judges a file with one signature.
///
/// That the service has it since the arrival proves its time: what ends while a verdict is waited for does no harm. What
/// is revoked until then does, whenever that was: nothing has taken effect yet.
pub(super) fn judge(file: &SignedData<'_>, arrival: &Arrival<'_>, profile: Profile) -> Result<Judged, Rejected> {
    let validation = validation(arrival, profile);
    let signature = only_signature(&validation.clone().existed_since(arrival.arrived_at), file)?;
    let mut refusal = refusal(&signature);
    if refusal.is_none() && arrival.judged_at > arrival.arrived_at {
        refusal = self::refusal(&only_signature(&validation, file)?).filter(|why| *why == Rejection::Revoked);
    }
    match &signature.signer {
        Some(by) if holds(&signature, profile) => Ok(Judged {
            certificate: by.certificate.clone(),
            signing_time: signature.signing_time,
            verdict: Verdict::of(&signature, &arrival.trust.policy, arrival.judged_at),
            grounds: signature.grounds,
            refusal,
        }),
        _ => Err(Rejection::Signature.into()),
    }
}

fn validation<'a>(arrival: &Arrival<'a>, profile: Profile) -> Validation<'a> {
    let trust = arrival.trust;
    let validation = Validation::new(arrival.judged_at, &trust.anchors)
        .certificates(&trust.certificates)
        .policy(trust.policy.clone())
        .status(arrival.status);
    let validation = match arrival.cache {
        Some(cache) => validation.cache(cache),
        None => validation,
    };
    // Under P1 the verifier fetches the status data: what the signer encloses could be from before a revocation.
    if profile == Profile::P1 { validation.ignoring_enclosed_status() } else { validation.profile(profile) }
}

fn only_signature(validation: &Validation<'_>, file: &SignedData<'_>) -> Result<SignatureReport, Rejected> {
    let report = validation.of_signed_data(file).map_err(|error| Rejection::Form.by(error))?;
    let mut signatures = report.signatures.into_iter();
    match (signatures.next(), signatures.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Rejection::Form.into()),
    }
}

/// All mathematics holds, nothing else fails either (a weak algorithm does), and the profile is the one that was demanded.
fn holds(signature: &SignatureReport, profile: Profile) -> bool {
    let has_passed =
        |name| signature.checks.iter().any(|check| check.name == name && check.status == CheckStatus::Passed);
    let mut others = signature.checks.iter().filter(|check| refused_by(check.name) == Rejection::Signature);
    let none_failed = others.all(|check| check.status != CheckStatus::Failed || can_come(check));
    MATHEMATICS.into_iter().all(has_passed) && none_failed && signature.profile == Some(profile)
}

/// The gravest thing that stands against the signature and cannot be mended by status data.
fn refusal(signature: &SignatureReport) -> Option<Rejection> {
    if signature.indication == Indication::TotalPassed {
        return None;
    }
    let against = signature.checks.iter().filter(|check| check.sub_indication.is_some() && !can_come(check));
    against.min_by_key(|check| check.sub_indication).map(|check| refused_by(check.name))
}

/// The reason that a check stands for which has its own.
fn refused_by(name: CheckName) -> Rejection {
    match name {
        CheckName::Path => Rejection::Issuer,
        CheckName::Revocation => Rejection::Revoked,
        CheckName::Qualified | CheckName::KeyUsage => Rejection::Certificate,
        CheckName::TimeOrder => Rejection::SigningTime,
        _ => Rejection::Signature,
    }
}

/// Whether what a check lacks is status data, which can come.
fn can_come(check: &Check) -> bool {
    matches!(
        check.reason,
        Some(
            Reason::StatusMissing
                | Reason::StatusNotFresh
                | Reason::StatusUnusable
                | Reason::StatusUnknown
                | Reason::StatusOfAnotherKind
                | Reason::CertificateOnHold
                | Reason::GracePeriodOpen
        )
    )
}
