//! One consent, or one revocation, from the code to the receipt.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::consent::{ConsentSession, SessionState};

use crate::bytes::eimza_bytes_list;
use crate::certificate::eimza_certificate;
use crate::consent::receipt::eimza_receipt;
use crate::consent::signed::{eimza_prepared_consent, eimza_signed_consent};
use crate::error::eimza_error;
use crate::output::{at, json};
use crate::raw::eimza_view;
use crate::secret::eimza_pin;
use crate::status::eimza_status;
use crate::token::attempt::{eimza_attempt, taken};
use crate::token::eimza_token;
use crate::token::signer::eimza_token_certificate;
use crate::wall::{self, need, take};

/// One consent, or one revocation. May be shared between threads: while a token signs or the service is asked, a window
/// can look at the state and the countdown.
pub struct eimza_consent_session(pub(crate) ConsentSession);

/// Where a session stands: one of the EIMZA_SESSION_ numbers.
pub type eimza_session_state = u32;

/// Nothing was shown yet.
pub const EIMZA_SESSION_OPENED: eimza_session_state = 1;
/// A text was shown; not all were read.
pub const EIMZA_SESSION_SHOWN: eimza_session_state = 2;
/// All texts were read: the person may sign.
pub const EIMZA_SESSION_READ: eimza_session_state = 3;
/// Signed, not handed in.
pub const EIMZA_SESSION_SIGNED: eimza_session_state = 4;
/// Handed in: the service is at work on it.
pub const EIMZA_SESSION_SUBMITTED: eimza_session_state = 5;
/// The service accepted.
pub const EIMZA_SESSION_ACCEPTED: eimza_session_state = 6;
/// The service refused.
pub const EIMZA_SESSION_REJECTED: eimza_session_state = 7;
/// It was handed in and the answer was lost: eimza_consent_session_settle.
pub const EIMZA_SESSION_OUTCOME_UNKNOWN: eimza_session_state = 8;
/// A consent of this kind stands already: nothing is asked of the person.
pub const EIMZA_SESSION_ALREADY_GIVEN: eimza_session_state = 9;
/// The time ran out.
pub const EIMZA_SESSION_EXPIRED: eimza_session_state = 10;
/// It was cancelled.
pub const EIMZA_SESSION_CANCELLED: eimza_session_state = 11;
/// The service has it and could not judge it yet: eimza_consent_session_settle tells what becomes of it.
pub const EIMZA_SESSION_RECEIVED: eimza_session_state = 12;

/// What the service asks for, as JSON: purpose, kind, person, texts, documents, declarations, expires_at … The national
/// id is **in clear**. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_reveal_request(
    session: Option<&eimza_consent_session>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(need(session, "session")?.0.request()))
}

/// One of the EIMZA_SESSION_ numbers, as it stands now; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_state(session: Option<&eimza_consent_session>) -> eimza_session_state {
    wall::read(session, 0, |session| number(session.0.state()))
}

/// Since when a consent of this kind stands, where the state is EIMZA_SESSION_ALREADY_GIVEN; 0 otherwise.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_given_since(session: Option<&eimza_consent_session>) -> i64 {
    wall::read(session, 0, |session| match session.0.state() {
        SessionState::AlreadyGiven { since } => since.unix(),
        _ => 0,
    })
}

/// The stable name of the check that did not pass, where the state is EIMZA_SESSION_REJECTED; NULL otherwise. Free it
/// with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_rejection(
    session: Option<&eimza_consent_session>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || match need(session, "session")?.0.state() {
        SessionState::Rejected(rejection) => Ok(Some(rejection.name().to_owned())),
        _ => Ok(None),
    })
}

/// The service's time now, as far as this session knows it; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_now(session: Option<&eimza_consent_session>) -> i64 {
    wall::read(session, 0, |session| session.0.now().unix())
}

/// The milliseconds that are left. Setting the computer's clock does not change them.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_remaining(session: Option<&eimza_consent_session>) -> u64 {
    wall::read(session, 0, |session| u64::try_from(session.0.remaining().as_millis()).unwrap_or(u64::MAX))
}

/// How many texts there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_texts(session: Option<&eimza_consent_session>) -> usize {
    wall::read(session, 0, |session| session.0.texts().len())
}

/// The title of the text at `index`, from 0. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_title(
    session: Option<&eimza_consent_session>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(at(need(session, "session")?.0.texts(), index)?.title().to_owned()))
}

/// Characters of the text at `index` that could hide what is signed, as a JSON list: offset (in octets) and character
/// ("U+202E"). It is empty unless the service permits them; whoever shows such a text makes them visible. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_hidden_characters(
    session: Option<&eimza_consent_session>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let hidden = at(need(session, "session")?.0.texts(), index)?.hidden_characters();
        let shown = |(offset, character)| serde_json::json!({"offset": offset, "character": format!("U+{:04X}", u32::from(character))});
        json(&hidden.map(shown).collect::<Vec<_>>())
    })
}

/// Notes that the text at `index` came on the screen, and hands out its octets, which are exactly what is signed:
/// UTF-8, not ended by NUL. They live as long as the session.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_show(
    session: Option<&eimza_consent_session>,
    index: usize,
    out: Option<&mut MaybeUninit<eimza_view>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::lend(out, error, || Ok(need(session, "session")?.0.show(index)?.body().as_bytes()))
}

/// Notes that the person read the text at `index`. EIMZA_STATUS_CONSENT_ORDER before it was shown,
/// EIMZA_STATUS_CONSENT_READ_TOO_SHORT before the time that is demanded.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_read(
    session: Option<&eimza_consent_session>,
    index: usize,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(session, "session")?.0.read(index).map(drop))
}

/// How many declarations there are to tick.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_declarations(session: Option<&eimza_consent_session>) -> usize {
    wall::read(session, 0, |session| session.0.request().declarations.len())
}

/// The sentence of the declaration at `index`, from 0. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_declaration(
    session: Option<&eimza_consent_session>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(at(&need(session, "session")?.0.request().declarations, index)?.text.clone()))
}

/// Ticks the declaration at `index`, or takes the tick back.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_tick(
    session: Option<&eimza_consent_session>,
    index: usize,
    ticked: bool,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(session, "session")?.0.tick(index, ticked))
}

/// Whether this certificate may sign here: of this person, qualified, valid now, meant for signing. Ask it before the
/// PIN is asked.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_check_signer(
    session: Option<&eimza_consent_session>,
    certificate: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(session, "session")?.0.check_signer(&need(certificate, "certificate")?.0))
}

/// Signs every text with one entry of the PIN. `pin` and `attempt` (or NULL) are moved in. A wrong PIN
/// (EIMZA_STATUS_PIN_INCORRECT) leaves the session where it was: the person may enter it again.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_sign(
    session: Option<&eimza_consent_session>,
    token: Option<&eimza_token>,
    signer: Option<&eimza_token_certificate>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    out: Option<&mut MaybeUninit<*mut eimza_signed_consent>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (pin, attempt) = (take(pin, "pin"), taken(attempt));
    wall::give(out, error, || {
        let (token, signer) = (&need(token, "token")?.0, &need(signer, "signer")?.0);
        need(session, "session")?.0.sign(token, signer, pin?.0, attempt).map(eimza_signed_consent)
    })
}

/// Makes what has to be signed, for keys that this library cannot reach.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_prepare(
    session: Option<&eimza_consent_session>,
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut eimza_prepared_consent>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let certificate = &need(certificate, "certificate")?.0;
        need(session, "session")?.0.prepare(certificate).map(eimza_prepared_consent)
    })
}

/// Takes the signature values, verifies each, and makes the signatures. `prepared` is moved in; ECDSA values are DER.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_complete(
    session: Option<&eimza_consent_session>,
    prepared: Option<&mut Option<Box<eimza_prepared_consent>>>,
    values: Option<&eimza_bytes_list>,
    out: Option<&mut MaybeUninit<*mut eimza_signed_consent>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let prepared = take(prepared, "prepared");
    wall::give(out, error, || {
        let values = &need(values, "values")?.0;
        need(session, "session")?.0.complete(prepared?.0, values).map(eimza_signed_consent)
    })
}

/// Hands in what was signed. EIMZA_STATUS_CONSENT_REJECTED with the reason, or EIMZA_STATUS_CONSENT_OUTCOME_UNKNOWN
/// where the answer was lost: then eimza_consent_session_settle tells, and handing in again does no harm. So it is
/// after any other failure of the service.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_submit(
    session: Option<&eimza_consent_session>,
    signed_consent: Option<&eimza_signed_consent>,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let signed = &need(signed_consent, "signed_consent")?.0;
        need(session, "session")?.0.submit(signed).map(eimza_receipt)
    })
}

/// Asks what became of a submission whose answer was lost. NULL: nothing arrived, hand it in again.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_settle(
    session: Option<&eimza_consent_session>,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some(out, error, || Ok(need(session, "session")?.0.settle()?.map(eimza_receipt)))
}

/// Gives up. Nothing was handed in, nothing is kept; what was handed in cannot be taken back, and stays as it is.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_cancel(session: Option<&eimza_consent_session>) {
    wall::run(None, || {
        need(session, "session")?.0.cancel();
        Ok(())
    });
}

/// Frees a session; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_free(session: Option<Box<eimza_consent_session>>) {
    wall::free(session);
}

fn number(state: SessionState) -> eimza_session_state {
    match state {
        SessionState::Opened => EIMZA_SESSION_OPENED,
        SessionState::Shown => EIMZA_SESSION_SHOWN,
        SessionState::Read => EIMZA_SESSION_READ,
        SessionState::Signed => EIMZA_SESSION_SIGNED,
        SessionState::Submitted => EIMZA_SESSION_SUBMITTED,
        SessionState::Received => EIMZA_SESSION_RECEIVED,
        SessionState::Accepted => EIMZA_SESSION_ACCEPTED,
        SessionState::Rejected(_) => EIMZA_SESSION_REJECTED,
        SessionState::OutcomeUnknown => EIMZA_SESSION_OUTCOME_UNKNOWN,
        SessionState::AlreadyGiven { .. } => EIMZA_SESSION_ALREADY_GIVEN,
        SessionState::Expired => EIMZA_SESSION_EXPIRED,
        SessionState::Cancelled => EIMZA_SESSION_CANCELLED,
    }
}
