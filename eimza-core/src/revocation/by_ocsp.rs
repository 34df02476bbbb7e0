//! The status of a certificate by an OCSP answer (RFC 6960 sections 3.2 and 4.2.2).

use super::answer::{OcspAnswer, Responder};
use super::ocsp::{CertificateStatus, Ocsp, ResponseStatus, SingleResponse};
use super::question::Question;
use super::reason::RevocationReason;
use super::status::{Status, Unusable};
use crate::asn1::oid;
use crate::certificate::Certificate;
use crate::error::{Error, Result};

/// What the answer says about the certificate.
///
/// It counts where the certificate's issuer signed it, or somebody whom the issuer's same key has appointed for that, or one
/// of `trusted`. Whether an appointed responder was itself revoked is for the caller to find out: [`Responder::Delegate`].
pub fn by_ocsp(question: &Question<'_>, answer: &Ocsp, trusted: &[Certificate]) -> OcspAnswer {
    match examine(question, answer, trusted) {
        Ok((status, responder)) => OcspAnswer { status, responder: Some(responder) },
        Err(why) => OcspAnswer { status: Status::Unusable(why), responder: None },
    }
}

/// The signature comes last: it costs the most.
fn examine(
    question: &Question<'_>,
    answer: &Ocsp,
    trusted: &[Certificate],
) -> std::result::Result<(Status, Responder), Unusable> {
    if answer.response_status() != ResponseStatus::Successful {
        return Err(Unusable::NoAnswer(answer.response_status()));
    }
    let about_it = |single: &SingleResponse<'_>| single.is_about(question.certificate, question.issuer);
    let statuses = answer.responses().filter(about_it).map(|single| status(question, answer, &single));
    let status = Status::weightiest(statuses).ok_or(Unusable::OtherCertificates)?;
    if let Status::Unusable(why) = status {
        return Err(why);
    }
    responder(question, answer, trusted).map(|responder| (status, responder))
}

/// What one single response about the certificate comes to.
fn status(question: &Question<'_>, answer: &Ocsp, single: &SingleResponse<'_>) -> Status {
    let as_of = single.this_update;
    let issued = answer.produced_at().map_or(as_of, |produced_at| produced_at.max(as_of));
    if let Err(why) = question.check_issued(issued) {
        return Status::Unusable(why);
    }
    if answer.has_unknown_critical_extension() || single.has_unknown_critical {
        return Status::Unusable(Unusable::UnknownCriticalExtension);
    }
    if let CertificateStatus::Revoked { at, reason } = single.status
        && !matches!(reason, RevocationReason::CertificateHold | RevocationReason::RemoveFromCrl)
    {
        return Status::Revoked { at, reason, as_of };
    }
    if let Err(status) = question.check_fresh(single.period(), Some(question.policy.ocsp_lifetime)) {
        return status;
    }
    match single.status {
        CertificateStatus::Revoked { at, .. } => Status::OnHold { since: at, as_of },
        CertificateStatus::Unknown => Status::Unknown { as_of },
        CertificateStatus::Good => match question.check_kept(as_of, single.archive_cutoff) {
            Ok(()) => Status::Good { as_of },
            Err(why) => Status::Unusable(why),
        },
    }
}

/// Who signed the answer, if it is somebody who may.
fn responder(
    question: &Question<'_>,
    answer: &Ocsp,
    trusted: &[Certificate],
) -> std::result::Result<Responder, Unusable> {
    let named = |certificate: &&Certificate| answer.responder().is_some_and(|responder| responder.names(certificate));
    let mut failure = Unusable::SignerUnknown;
    if named(&question.issuer) && signed(answer, question.issuer, &mut failure) {
        return Ok(Responder::Issuer);
    }
    for responder in trusted.iter().filter(named) {
        if signed(answer, responder, &mut failure) {
            return Ok(Responder::Trusted(responder.clone()));
        }
    }
    for responder in answer.certificates().iter().filter(named) {
        // The sender of an answer chooses its certificates. So a signature is computed only with a key that the issuer
        // has appointed.
        match check_delegate(question, answer, responder) {
            Ok(()) if signed(answer, responder, &mut failure) => return Ok(Responder::Delegate(responder.clone())),
            Ok(()) => {}
            Err(why) => failure = why,
        }
    }
    Err(failure)
}

fn signed(answer: &Ocsp, signer: &Certificate, failure: &mut Unusable) -> bool {
    match answer.is_signed_by(signer) {
        Ok(true) => return true,
        Ok(false) => *failure = Unusable::SignatureInvalid,
        Err(Error::AlgorithmUnsupported { .. }) => *failure = Unusable::AlgorithmUnsupported,
        Err(_) => *failure = Unusable::Malformed,
    }
    false
}

/// An appointed responder has a certificate for that purpose, issued directly by the key that issued the certificate in
/// question (section 4.2.2.2), and valid when it answered.
fn check_delegate(
    question: &Question<'_>,
    answer: &Ocsp,
    responder: &Certificate,
) -> std::result::Result<(), Unusable> {
    let appointed = |issued: Result<bool>| issued.unwrap_or(false);
    if !responder.has_purpose(&oid::EKU_OCSP_SIGNING)
        || !responder.unknown_critical_extensions().is_empty()
        || !appointed(answer.is_appointed(responder, question.issuer))
    {
        return Err(Unusable::SignerNotAuthorised);
    }
    let valid = answer.produced_at().is_some_and(|at| responder.check_validity(at).is_ok());
    if valid { Ok(()) } else { Err(Unusable::SignerNotValid) }
}
