//! The verdict over one signature: the one place where the check asks for it, and says what of it a consent needs.

use super::Verdict;
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::SignedData;
use crate::error::Rejection;
use crate::validation::{Anchors, CheckName, CheckStatus, Profile, SignatureReport, Validation};

/// The checks without which nothing counts.
const MATHEMATICS: [CheckName; 4] =
    [CheckName::Format, CheckName::MessageDigest, CheckName::Signature, CheckName::SigningCertificate];

/// What is known of a signature that holds.
pub(super) struct Judged {
    pub(super) certificate: Certificate,
    pub(super) signing_time: Option<Time>,
    pub(super) verdict: Verdict,
}

/// Judges a file with one signature.
pub(super) fn judge(file: &SignedData<'_>, now: Time, profile: Profile) -> Result<Judged, Rejection> {
    let anchors = Anchors::new();
    let report = Validation::new(now, &anchors).of_signed_data(file).map_err(|_| Rejection::Form)?;
    let [signature] = report.signatures.as_slice() else { return Err(Rejection::Form) };
    match &signature.signer {
        Some(by) if holds(signature, profile) => Ok(Judged {
            certificate: by.certificate.clone(),
            signing_time: signature.signing_time,
            verdict: Verdict::of(&report),
        }),
        _ => Err(Rejection::Signature),
    }
}

/// All mathematics holds, nothing else fails either (a weak algorithm does), and the profile is the one that was demanded.
fn holds(signature: &SignatureReport, profile: Profile) -> bool {
    let has_passed =
        |name| signature.checks.iter().any(|check| check.name == name && check.status == CheckStatus::Passed);
    // What the certificate says of itself is the certificate's check, which has its own reasons.
    let of_certificate = [CheckName::Qualified, CheckName::KeyUsage];
    let mut others = signature.checks.iter().filter(|check| !of_certificate.contains(&check.name));
    let none_failed = others.all(|check| check.status != CheckStatus::Failed);
    MATHEMATICS.into_iter().all(has_passed) && none_failed && signature.profile == Some(profile)
}
