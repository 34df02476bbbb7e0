//! The signature value: it is wrong only where it was computed with the key that must have made it.

use super::SignerVerification;
use super::algorithms::Algorithm;
use super::pool::{Entry, Pool};
use crate::crypto::Digest;
use crate::error::Error;
use crate::validation::check::{Check, CheckName, Reason};
use crate::validation::indication::SubIndication;

/// The certificates whose key may have signed.
pub(super) struct PossibleSigners<'p, 'a> {
    pub(super) certificates: Vec<&'p Entry<'a>>,
    /// Whether a value that fits none of them is thereby wrong.
    pub(super) certain: bool,
}

const NAME: CheckName = CheckName::Signature;

/// Checks the value with each candidate's key; the first one that fits is taken for the signer's certificate.
pub(super) fn signature(
    found: &mut SignerVerification<'_>,
    digest: Option<Digest>,
    candidates: &PossibleSigners<'_, '_>,
    pool: &Pool<'_>,
) -> Check {
    let algorithm = match Algorithm::of(&found.signer, found.signer.digest_algorithm()) {
        Algorithm::Usable(algorithm) => algorithm,
        Algorithm::Contradicts => {
            return Check::failed(NAME, Reason::AlgorithmsContradict, SubIndication::SigCryptoFailure);
        }
        Algorithm::Malformed => return Check::failed(NAME, Reason::AlgorithmMalformed, SubIndication::FormatFailure),
        Algorithm::Unsupported => return not_computed(Reason::AlgorithmUnsupported),
    };
    let Some(digest) = digest else { return not_computed(Reason::AlgorithmUnsupported) };
    let mut outcome = Check::undetermined(NAME, Reason::CertificateMissing, SubIndication::NoSigningCertificateFound);
    let mut hindrance = None;
    for entry in &candidates.certificates {
        let Some(certificate) = entry.parsed() else { continue };
        match entry.public_key().map(|key| (key, pool.may_compute_with(key))) {
            None => hindrance = Some(Reason::KeyUnusable),
            Some((_, false)) => hindrance = Some(Reason::TooCostly),
            Some((key, true)) => match algorithm.verify(key, &digest, found.signer.value()) {
                Ok(true) => {
                    found.certificate = Some(certificate.clone());
                    found.certificate_inside = entry.inside;
                    return Check::passed(NAME);
                }
                Ok(false) if candidates.certain => {
                    outcome = Check::failed(NAME, Reason::ValueDoesNotFit, SubIndication::SigCryptoFailure);
                }
                Ok(false) => {}
                Err(Error::AlgorithmUnsupported { .. }) => hindrance = Some(Reason::AlgorithmUnsupported),
                Err(Error::LimitExceeded { .. }) => hindrance = Some(Reason::TooCostly),
                Err(_) => hindrance = Some(Reason::KeyUnusable),
            },
        }
    }
    // A certificate whose key could not be used may be the signer's.
    hindrance.map_or(outcome, not_computed)
}

fn not_computed(reason: Reason) -> Check {
    Check::undetermined(NAME, reason, SubIndication::CryptoConstraintsFailureNoPoe)
}
