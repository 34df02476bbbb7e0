//! The application's face of a service, for a server that carries it over a network.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::consent::{Caller, ConsentPortal, Purpose, Submission};
use eimza_core::error::ArgumentFault;
use eimza_core::{Error, Result};

use crate::bytes::eimza_bytes_list;
use crate::consent::answer::eimza_consent_answer;
use crate::consent::opening::{EIMZA_PURPOSE_ANY, EIMZA_PURPOSE_CONSENT, EIMZA_PURPOSE_REVOCATION, eimza_purpose};
use crate::consent::redeemed::eimza_redeem_answer;
use crate::consent::service::eimza_consent_service;
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::secret::eimza_verification_code;
use crate::status::eimza_status;
use crate::wall::{self, need, need_mut, take};

/// Redeems a code, which is moved in, and fills the answer. `purpose` is one of the EIMZA_PURPOSE_ numbers; a code for
/// something else is refused (EIMZA_STATUS_CODE_OTHER_PURPOSE) and stays usable.
///
/// `caller` is what the server knows of who asks (a network address, a device, an account), or NULL. Wrong codes are
/// counted for each caller: who gave too many is refused (EIMZA_STATUS_CODE_GUESSES_EXCEEDED), and nobody else is.
/// Where nothing is known, this call waits for up to two seconds after many wrong codes. A service of the caller's own
/// is not told of `caller`.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_redeem(
    service: Option<&eimza_consent_service>,
    caller: eimza_text,
    code: Option<&mut Option<Box<eimza_verification_code>>>,
    purpose: eimza_purpose,
    answer: Option<&mut eimza_redeem_answer>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (code, answer) = (take(code, "code"), emptied(answer)?);
        let (service, code, caller) = (need(service, "service")?, code?.0, caller.optional("caller")?);
        let purpose = match purpose {
            EIMZA_PURPOSE_ANY => None,
            EIMZA_PURPOSE_CONSENT => Some(Purpose::Consent),
            EIMZA_PURPOSE_REVOCATION => Some(Purpose::Revocation),
            _ => return Err(Error::ArgumentInvalid { argument: "purpose", reason: ArgumentFault::NoSuchOne }),
        };
        answer.fill(match service.portal() {
            Ok(portal) => portal.redeem_for(caller.map_or(Caller::Unknown, Caller::Known), &code, purpose)?,
            Err(_) => service.face.redeem(&code, purpose)?,
        });
        Ok(())
    })
}

/// Hands in what was signed, and fills the answer. The same submission again gets the same answer.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_submit(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    record: eimza_view,
    signatures: Option<&eimza_bytes_list>,
    answer: Option<&mut eimza_consent_answer>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (answer, service) = (emptied(answer)?, &need(service, "service")?.face);
        let submission = Submission {
            record: record.octets("record")?.to_vec(),
            signatures: need(signatures, "signatures")?.0.clone(),
        };
        answer.fill(service.submit(session.text("session")?, &submission)?);
        Ok(())
    })
}

/// As eimza_consent_service_submit, of a submission as it came over a network: the JSON of the schema `submission-1.json`.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_submit_wire(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    wire: eimza_text,
    answer: Option<&mut eimza_consent_answer>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (answer, service) = (emptied(answer)?, &need(service, "service")?.face);
        let submission = Submission::from_wire(wire.text("wire")?)?;
        answer.fill(service.submit(session.text("session")?, &submission)?);
        Ok(())
    })
}

/// What an application hands in, for a network: the JSON of the schema `submission-1.json`. The person is named **in
/// clear**. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_submission_reveal_wire(
    record: eimza_view,
    signatures: Option<&eimza_bytes_list>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let (record, signatures) = (record.octets("record")?.to_vec(), need(signatures, "signatures")?.0.clone());
        Submission { record, signatures }.to_wire()
    })
}

/// Asks how it stands with a session, and fills the answer.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_service_ask(
    service: Option<&eimza_consent_service>,
    session: eimza_text,
    answer: Option<&mut eimza_consent_answer>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (answer, service) = (emptied(answer)?, &need(service, "service")?.face);
        answer.fill(service.status(session.text("session")?)?);
        Ok(())
    })
}

/// An answer that may have been filled before: what somebody else was told must not stand in it after a failure.
pub(super) fn emptied<A: Default>(answer: Option<&mut A>) -> Result<&mut A> {
    let answer = need_mut(answer, "answer")?;
    *answer = A::default();
    Ok(answer)
}
