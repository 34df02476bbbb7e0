//! PIN and PUK: what the flags tell, and the four operations.
//!
//! PKCS#11 knows no PUK: it is the security officer's PIN here, as AKİS has it.

use std::borrow::Borrow;

use cryptoki::session::UserType;
use cryptoki_sys::{
    CK_FLAGS, CKF_LOGIN_REQUIRED, CKF_PROTECTED_AUTHENTICATION_PATH, CKF_SO_PIN_COUNT_LOW, CKF_SO_PIN_FINAL_TRY,
    CKF_SO_PIN_LOCKED, CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_INITIALIZED, CKF_USER_PIN_LOCKED,
    CKR_PIN_TOO_WEAK, CKR_USER_NOT_LOGGED_IN, CKS_RO_USER_FUNCTIONS, CKS_RW_SO_FUNCTIONS, CKS_RW_USER_FUNCTIONS,
};
use eimza_sys::pkcs11::{CallError, Session, TokenInfo};

use super::answer::{self, Presented};
use super::slot::Seen;
use crate::error::{ArgumentFault, Error, Result, TokenOperation};
use crate::secret::{Pin, Puk};
use crate::token::{CallContext, Entered, PinCharacters, PinKind, PinPolicy, PinReport, PinStatus};

/// What the token's flags tell. They come alone or together, late or never; no flag means "all is well" only with the
/// few modules that are known to keep them.
pub(super) fn report(seen: &Seen, kind: PinKind) -> Result<PinReport> {
    let [low, last, locked] = flags_of(kind);
    let is_set = |flag: CK_FLAGS| seen.told.flags & flag != 0;
    // A missing flag must not keep people out. C_Login tells the same, and that costs no try.
    let is_without_pin = kind == PinKind::Pin && !is_set(CKF_USER_PIN_INITIALIZED);
    let status = if is_without_pin && seen.loaded.keeps_flags {
        PinStatus::NotSet
    } else if is_set(locked) {
        PinStatus::Blocked
    } else if is_set(last) {
        PinStatus::FinalTry
    } else if is_set(low) {
        PinStatus::Low
    } else if seen.loaded.keeps_flags {
        PinStatus::Ok
    } else {
        PinStatus::Unknown
    };
    let (min, max) = limits(&seen.told);
    Ok(PinReport { status, tries_left: None, policy: PinPolicy { min, max, characters: PinCharacters::Any } })
}

/// Whether keys are used after a login.
pub(super) fn needs_login(told: &TokenInfo) -> bool {
    told.flags & CKF_LOGIN_REQUIRED != 0
}

/// Whether PINs are typed on the token or its reader.
pub(super) fn has_keypad(told: &TokenInfo) -> bool {
    told.flags & CKF_PROTECTED_AUTHENTICATION_PATH != 0
}

pub(super) fn verify(session: &Session, seen: &Seen, pin: &Entered<Pin>, context: &CallContext) -> Result<()> {
    login(session, seen, pin, context).map(drop)
}

/// Logs the holder in. The rights end with what is returned.
pub(super) fn login<S: Borrow<Session>>(
    session: S,
    seen: &Seen,
    pin: &Entered<Pin>,
    context: &CallContext,
) -> Result<Rights<S>> {
    check_ready(session.borrow(), seen, pin.octets().is_none())?;
    context.present(|| enter(session, seen, Presented::Pin, pin.octets()))
}

/// Calls `C_Login` once. Where the answer was lost, the login may have succeeded, so `C_Logout` follows.
fn enter<S: Borrow<Session>>(
    session: S,
    seen: &Seen,
    presented: Presented,
    octets: Option<&[u8]>,
) -> Result<Rights<S>> {
    let user = match presented {
        Presented::Pin => UserType::User,
        Presented::Puk => UserType::So,
    };
    let Err(failure) = session.borrow().login(user, octets) else { return Ok(Rights(session)) };
    let error = judged(seen, presented, failure);
    if matches!(error, Error::PinAnswerLost { .. }) {
        drop(Rights(session));
    }
    Err(error)
}

/// `C_SetPIN` in a session without login: the old PIN travels once. A module that wants a login before has not looked
/// at it then; it is logged in to, and only if it accepts the old PIN is `C_SetPIN` called again.
pub(super) fn change(
    session: &Session,
    seen: &Seen,
    old: &Entered<Pin>,
    new: &Entered<Pin>,
    context: &CallContext,
) -> Result<()> {
    check_ready(session, seen, old.octets().is_none())?;
    let pins = both(old.octets(), new.octets())?;
    let refused = |failure| judged(seen, Presented::Pin, failure);
    let mut judged_both = false;
    let answer = context.present(|| match session.set_pin(pins) {
        Ok(()) => Ok(None),
        Err(failure) if answer::is(failure, CKR_USER_NOT_LOGGED_IN) => {
            enter(session, seen, Presented::Pin, old.octets()).map(Some)
        }
        Err(failure) if answer::is(failure, CKR_PIN_TOO_WEAK) => Err(Error::PinNewRefused),
        Err(failure) => {
            judged_both = true;
            Err(refused(failure))
        }
    });
    let rights = answer.map_err(|error| match error {
        // The form of either may be meant. The old one was seen, so it counts as refused; the likelier is the new one.
        Error::PinFormRefused { .. } if judged_both => Error::PinNewRefused,
        error => error,
    })?;
    match rights {
        None => Ok(()),
        // The login accepted the old PIN, so a refusal now is about the new one.
        Some(_rights) => context.present(|| {
            let answer = session.set_pin(pins);
            answer.map_err(|failure| answer::new_pin_refused(failure).unwrap_or_else(|| refused(failure)))
        }),
    }
}

/// Logs in as security officer and sets a new PIN. Only `C_InitPIN` proves the PUK: some modules accept any of them at
/// login and ask the card later, so both calls together are the one presentation.
pub(super) fn unblock(
    session: &Session,
    seen: &Seen,
    puk: &Entered<Puk>,
    new: &Entered<Pin>,
    context: &CallContext,
) -> Result<()> {
    check_ready(session, seen, puk.octets().is_none())?;
    both(puk.octets(), new.octets())?;
    context.present(|| {
        let _rights = enter(session, seen, Presented::Puk, puk.octets())?;
        session.init_pin(new.octets()).map_err(|failure| {
            answer::new_pin_refused(failure).unwrap_or_else(|| judged(seen, Presented::Puk, failure))
        })
    })
}

/// Logs in as security officer and changes that PIN. `C_SetPIN` wants the old one again, right after it was accepted.
pub(super) fn change_puk(
    session: &Session,
    seen: &Seen,
    old: &Entered<Puk>,
    new: &Entered<Puk>,
    context: &CallContext,
) -> Result<()> {
    check_ready(session, seen, old.octets().is_none())?;
    let puks = both(old.octets(), new.octets())?;
    let refused = |failure| judged(seen, Presented::Puk, failure);
    let _rights = context.present(|| enter(session, seen, Presented::Puk, old.octets()))?;
    context.present(|| {
        let answer = session.set_pin(puks);
        answer.map_err(|failure| answer::new_pin_refused(failure).unwrap_or_else(|| refused(failure)))
    })
}

/// A login. The rights end when this is dropped, before the caller sees the operation's result.
pub(super) struct Rights<S: Borrow<Session>>(S);

impl<S: Borrow<Session>> Rights<S> {
    /// Where somebody is logged in.
    pub(super) fn session(&self) -> &Session {
        self.0.borrow()
    }
}

impl<S: Borrow<Session>> Drop for Rights<S> {
    fn drop(&mut self) {
        match self.session().logout() {
            Err(failure) if !answer::is(failure, CKR_USER_NOT_LOGGED_IN) => {
                // The session is closed next, and with the last session the login ends too; the host's may live on.
                tracing::warn!(%failure, "logout failed");
            }
            _ => {}
        }
    }
}

/// Presents a PIN's answer in our words. A refused PIN may have been the one that blocked: the flags tell, unless they
/// told the same before.
pub(super) fn judged(seen: &Seen, presented: Presented, failure: CallError) -> Error {
    let error = answer::attempt(presented, failure);
    let (kind, blocked) = match (&error, presented) {
        (Error::PinIncorrect { .. } | Error::PinFormRefused { .. }, Presented::Pin) => {
            (PinKind::Pin, Error::PinBlocked)
        }
        (Error::PukIncorrect { .. } | Error::PinFormRefused { .. }, Presented::Puk) => {
            (PinKind::Puk, Error::PukBlocked)
        }
        _ => return error,
    };
    let [_, _, locked] = flags_of(kind);
    let now = seen.loaded.module.token_info(seen.slot).map_or(0, |told| told.flags);
    if now & locked != 0 && seen.told.flags & locked == 0 { blocked } else { error }
}

/// Refuses before anything is sent: a token that is logged in already would accept any PIN, and a PIN cannot be typed
/// on a keypad that is not there.
fn check_ready(session: &Session, seen: &Seen, on_device: bool) -> Result<()> {
    if on_device && !has_keypad(&seen.told) {
        return Err(Error::TokenCannot { operation: TokenOperation::EntryOnDevice });
    }
    match session.state() {
        Ok(CKS_RO_USER_FUNCTIONS | CKS_RW_USER_FUNCTIONS | CKS_RW_SO_FUNCTIONS) => Err(Error::HostHoldsLogin),
        Err(failure) if failure.ends_the_session() => Err(answer::error(failure)),
        // Not every module has this call. C_Login, which follows, knows it too.
        _ => Ok(()),
    }
}

/// Old and new are both typed here, or both on the keypad.
fn both<'a>(old: Option<&'a [u8]>, new: Option<&'a [u8]>) -> Result<Option<(&'a [u8], &'a [u8])>> {
    match (old, new) {
        (Some(old), Some(new)) => Ok(Some((old, new))),
        (None, None) => Ok(None),
        _ => Err(Error::ArgumentInvalid { argument: "new", reason: ArgumentFault::EnteredApart }),
    }
}

/// Low, last try, locked.
fn flags_of(kind: PinKind) -> [CK_FLAGS; 3] {
    match kind {
        PinKind::Pin => [CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED],
        PinKind::Puk => [CKF_SO_PIN_COUNT_LOW, CKF_SO_PIN_FINAL_TRY, CKF_SO_PIN_LOCKED],
    }
}

/// The reported lengths; what is not reported is zero, which means no limit.
fn limits(told: &TokenInfo) -> (usize, usize) {
    let read = |length: Option<_>| length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    (read(told.shortest_pin), read(told.longest_pin))
}
