//! The PIN and the PUK of a token. No call here spends a try that it was not asked for, and none repeats one.

use std::mem::MaybeUninit;

use eimza_core::Result;
use eimza_core::token::{PinId, PinKind, PinState, PinStatus, Token};

use crate::error::eimza_error;
use crate::secret::{eimza_pin, eimza_puk};
use crate::status::eimza_status;
use crate::token::attempt::{eimza_attempt, taken};
use crate::token::eimza_token;
use crate::token::signer::eimza_token_certificate;
use crate::wall::{self, ErrorOut, need, take};

/// How it stands with a PIN or PUK: one of the EIMZA_PIN_ numbers.
pub type eimza_pin_status = u32;

/// The token does not tell.
pub const EIMZA_PIN_UNKNOWN: eimza_pin_status = 0;
/// The token tells that nothing was tried wrongly, or it accepted the PIN in this process.
pub const EIMZA_PIN_OK: eimza_pin_status = 1;
/// Something was tried wrongly; more than one try is left.
pub const EIMZA_PIN_LOW: eimza_pin_status = 2;
/// One try is left, or two failures are remembered and the token tells nothing.
pub const EIMZA_PIN_FINAL_TRY: eimza_pin_status = 3;
/// It can no longer be tried.
pub const EIMZA_PIN_BLOCKED: eimza_pin_status = 4;
/// The token has none yet.
pub const EIMZA_PIN_NOT_SET: eimza_pin_status = 5;

/// How it stands with a PIN or PUK.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct eimza_pin_state {
    /// One of the EIMZA_PIN_ numbers.
    pub status: eimza_pin_status,
    /// Tries left; -1 where the token does not tell. Never guessed.
    pub tries_left: i32,
}

/// How it stands with the PIN. Never spends a try.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_pin_status(
    token: Option<&eimza_token>,
    out: Option<&mut MaybeUninit<eimza_pin_state>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    state(token, out, error, Token::pin_status)
}

/// How it stands with the PUK. Never spends a try.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_puk_status(
    token: Option<&eimza_token>,
    out: Option<&mut MaybeUninit<eimza_pin_state>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    state(token, out, error, Token::puk_status)
}

/// How it stands with the PIN that the certificate's key has, or may have, of its own. Never spends a try.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_key_pin_status(
    token: Option<&eimza_token>,
    signer: Option<&eimza_token_certificate>,
    out: Option<&mut MaybeUninit<eimza_pin_state>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    state(token, out, error, |token| token.key_pin_status(&need(signer, "signer")?.0))
}

/// Whether an attempt with the PIN would be let through as things stand, by free means: ask it before the person is
/// asked. `attempt` (or NULL) is moved in. EIMZA_STATUS_PIN_BLOCKED, EIMZA_STATUS_PIN_FINAL_TRY,
/// EIMZA_STATUS_PIN_NOT_SET for what would be said instead.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_check_pin_attempt(
    token: Option<&eimza_token>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let attempt = taken(attempt);
    wall::run(error, || need(token, "token")?.0.check_attempt(PinKind::Pin, attempt))
}

/// The same for the PUK. EIMZA_STATUS_PUK_BLOCKED, EIMZA_STATUS_PUK_FINAL_TRY.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_check_puk_attempt(
    token: Option<&eimza_token>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let attempt = taken(attempt);
    wall::run(error, || need(token, "token")?.0.check_attempt(PinKind::Puk, attempt))
}

/// The same for the PIN that the certificate's key has, or may have, of its own. EIMZA_STATUS_KEY_PIN_BLOCKED,
/// EIMZA_STATUS_KEY_PIN_FINAL_TRY.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_check_key_pin_attempt(
    token: Option<&eimza_token>,
    signer: Option<&eimza_token_certificate>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let attempt = taken(attempt);
    wall::run(error, || {
        let key = PinId::of_key(&need(signer, "signer")?.0.certificate);
        need(token, "token")?.0.check_attempt(key, attempt)
    })
}

/// Presents the PIN once and forgets the rights again. `pin` and `attempt` (or NULL) are moved in.
///
/// EIMZA_STATUS_PIN_INCORRECT … for what the attempt came to, with eimza_error_tries_left; EIMZA_STATUS_PIN_FINAL_TRY
/// where the last try was not permitted.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_verify_pin(
    token: Option<&eimza_token>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (pin, attempt) = (take(pin, "pin"), taken(attempt));
        need(token, "token")?.0.verify_pin(pin?.0, attempt)
    })
}

/// Changes the PIN: one attempt with the old one. `old`, `fresh` and `attempt` (or NULL) are moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_change_pin(
    token: Option<&eimza_token>,
    old: Option<&mut Option<Box<eimza_pin>>>,
    fresh: Option<&mut Option<Box<eimza_pin>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (old, fresh, attempt) = (take(old, "old"), take(fresh, "fresh"), taken(attempt));
        need(token, "token")?.0.change_pin(old?.0, fresh?.0, attempt)
    })
}

/// Sets a new PIN with the PUK: one attempt with the PUK. A wrong PUK can make a card useless for good. `puk`, `fresh`
/// and `attempt` (or NULL) are moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_unblock_pin(
    token: Option<&eimza_token>,
    puk: Option<&mut Option<Box<eimza_puk>>>,
    fresh: Option<&mut Option<Box<eimza_pin>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (puk, fresh, attempt) = (take(puk, "puk"), take(fresh, "fresh"), taken(attempt));
        need(token, "token")?.0.unblock_pin(puk?.0, fresh?.0, attempt)
    })
}

/// Changes the PUK: one attempt with the old one. `old`, `fresh` and `attempt` (or NULL) are moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_change_puk(
    token: Option<&eimza_token>,
    old: Option<&mut Option<Box<eimza_puk>>>,
    fresh: Option<&mut Option<Box<eimza_puk>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (old, fresh, attempt) = (take(old, "old"), take(fresh, "fresh"), taken(attempt));
        need(token, "token")?.0.change_puk(old?.0, fresh?.0, attempt)
    })
}

fn state(
    token: Option<&eimza_token>,
    out: Option<&mut MaybeUninit<eimza_pin_state>>,
    error: ErrorOut<'_>,
    ask: impl FnOnce(&Token) -> Result<PinState>,
) -> eimza_status {
    wall::tell(out, error, || {
        let state = ask(&need(token, "token")?.0)?;
        let tries_left = state.tries_left.map_or(-1, i32::from);
        Ok(eimza_pin_state { status: number(state.status), tries_left })
    })
}

fn number(status: PinStatus) -> eimza_pin_status {
    match status {
        PinStatus::Unknown => EIMZA_PIN_UNKNOWN,
        PinStatus::Ok => EIMZA_PIN_OK,
        PinStatus::Low => EIMZA_PIN_LOW,
        PinStatus::FinalTry => EIMZA_PIN_FINAL_TRY,
        PinStatus::Blocked => EIMZA_PIN_BLOCKED,
        PinStatus::NotSet => EIMZA_PIN_NOT_SET,
    }
}
