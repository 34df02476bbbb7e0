//! Login, logout, PINs.

use std::time::Duration;

use cryptoki_sys::{
    CK_FUNCTION_LIST, CK_RV, CK_SESSION_HANDLE, CK_STATE, CK_ULONG, CK_USER_TYPE, CK_UTF8CHAR, CKR_ARGUMENTS_BAD,
    CKR_DEVICE_ERROR, CKR_DEVICE_REMOVED, CKR_OK, CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LOCKED,
    CKR_USER_ALREADY_LOGGED_IN, CKR_USER_NOT_LOGGED_IN, CKS_RO_USER_FUNCTIONS, CKS_RW_SO_FUNCTIONS,
    CKS_RW_USER_FUNCTIONS, CKU_CONTEXT_SPECIFIC, CKU_SO, CKU_USER,
};

use super::{Running, forward};
use crate::card::Card;
use crate::log::{note, ordered_answer};
use crate::quirk::Quirk;

pub(super) fn install(list: &mut CK_FUNCTION_LIST) {
    list.C_Login = Some(login);
    list.C_Logout = Some(logout);
    list.C_SetPIN = Some(set_pin);
    list.C_InitPIN = Some(init_pin);
}

unsafe extern "C" fn login(
    session: CK_SESSION_HANDLE,
    user: CK_USER_TYPE,
    pin: *mut CK_UTF8CHAR,
    length: CK_ULONG,
) -> CK_RV {
    let _running = if user == CKU_CONTEXT_SPECIFIC { Running::enter_while_signing() } else { Running::enter() };
    let who = match user {
        CKU_USER => "holder",
        CKU_SO => "officer",
        _ => "context",
    };
    // SAFETY: the caller gives a PIN of this length, or NULL.
    let detail = if unsafe { typed(pin, length) }.is_none() { format!("{who} keypad") } else { who.to_owned() };
    let ordered = if user == CKU_CONTEXT_SPECIFIC { ordered_answer("context") } else { None };
    if let Some(answer) = ordered.or_else(|| ordered_answer("C_Login")) {
        return note("C_Login", &detail, answer);
    }
    if Quirk::Slow.on() {
        std::thread::sleep(Duration::from_secs(2));
    }
    // SAFETY: as above.
    note("C_Login", &detail, unsafe { check(session, user, pin, length) })
}

unsafe fn check(session: CK_SESSION_HANDLE, user: CK_USER_TYPE, pin: *mut CK_UTF8CHAR, length: CK_ULONG) -> CK_RV {
    if Card::lock().removed {
        return CKR_DEVICE_REMOVED;
    }
    if user == CKU_SO && Quirk::SoLoginAlwaysOk.on() {
        Card::lock().unchecked_officer = true;
        return CKR_OK;
    }
    if user == CKU_CONTEXT_SPECIFIC {
        Card::lock().context_logins += 1;
        if Quirk::SecondContextLoginRefused.on() && Card::lock().context_logins == 2 {
            return CKR_PIN_INCORRECT;
        }
    }
    if user == CKU_USER && Card::lock().is_blocked() {
        return CKR_PIN_LOCKED;
    }
    // SAFETY: the caller gives a PIN of this length, or NULL.
    let given = unsafe { typed(pin, length) };
    let mut pin = match (Quirk::ProtectedPath.on(), given) {
        (true, None) => keypad().0,
        (true, Some(_)) => return CKR_ARGUMENTS_BAD,
        (false, given) => given.unwrap_or_default(),
    };
    if user == CKU_CONTEXT_SPECIFIC {
        if Quirk::KeyPin.on() {
            let answer = Card::lock().judge_for_key(&pin);
            if answer != CKR_OK {
                return answer;
            }
            pin = Card::lock().holder_pin.clone();
        }
        if Quirk::LoginBeforeSignInit.on() {
            let is_right = Card::lock().holder_pin == pin;
            Card::lock().logged_in_for_a_use = is_right;
            return if is_right { CKR_OK } else { CKR_PIN_INCORRECT };
        }
    }
    let mut answer = forward!(C_Login(session, user, pin.as_mut_ptr(), ulong(pin.len())));
    if user == CKU_USER && answer != CKR_USER_ALREADY_LOGGED_IN {
        answer = Card::lock().judge(answer);
        if answer == CKR_OK {
            let mut card = Card::lock();
            card.login_session = Some(session);
            card.holder_pin = pin;
        }
    }
    if Quirk::RemovedDuringLogin.on() {
        Card::lock().removed = true;
        return CKR_DEVICE_REMOVED;
    }
    if Quirk::LoginAnswerLost.on() {
        return CKR_DEVICE_ERROR;
    }
    answer
}

unsafe extern "C" fn logout(session: CK_SESSION_HANDLE) -> CK_RV {
    let _running = Running::enter();
    Card::lock().login_session = None;
    Card::lock().unchecked_officer = false;
    if Quirk::LogoutNotLoggedIn.on() && !is_logged_in(session) {
        return note("C_Logout", "", CKR_USER_NOT_LOGGED_IN);
    }
    note("C_Logout", "", forward!(C_Logout(session)))
}

unsafe extern "C" fn set_pin(
    session: CK_SESSION_HANDLE,
    old: *mut CK_UTF8CHAR,
    old_length: CK_ULONG,
    new: *mut CK_UTF8CHAR,
    new_length: CK_ULONG,
) -> CK_RV {
    let _running = Running::enter();
    if let Some(answer) = ordered_answer("C_SetPIN") {
        return note("C_SetPIN", "", answer);
    }
    // SAFETY: the caller gives PINs of these lengths, or NULL.
    let (old, new) = unsafe { (typed(old, old_length), typed(new, new_length)) };
    let on_keypad = old.is_none() && new.is_none();
    let detail = if on_keypad { "keypad" } else { "" };
    if Quirk::ProtectedPath.on() && !on_keypad {
        return note("C_SetPIN", detail, CKR_ARGUMENTS_BAD);
    }
    let (mut old, mut new) = if on_keypad { keypad() } else { (old.unwrap_or_default(), new.unwrap_or_default()) };
    if Quirk::SetPinNeedsLogin.on() && !is_logged_in(session) {
        return note("C_SetPIN", detail, CKR_USER_NOT_LOGGED_IN);
    }
    if Card::lock().is_blocked() {
        return note("C_SetPIN", detail, CKR_PIN_LOCKED);
    }
    if Quirk::SamePinInvalid.on() && old == new {
        return note("C_SetPIN", detail, CKR_PIN_INVALID);
    }
    let answer = forward!(C_SetPIN(session, old.as_mut_ptr(), ulong(old.len()), new.as_mut_ptr(), ulong(new.len())));
    let answer = Card::lock().judge(answer);
    note("C_SetPIN", detail, if Quirk::LoginAnswerLost.on() { CKR_DEVICE_ERROR } else { answer })
}

unsafe extern "C" fn init_pin(session: CK_SESSION_HANDLE, pin: *mut CK_UTF8CHAR, length: CK_ULONG) -> CK_RV {
    let _running = Running::enter();
    if let Some(answer) = ordered_answer("C_InitPIN") {
        return note("C_InitPIN", "", answer);
    }
    if Card::lock().unchecked_officer {
        return note("C_InitPIN", "", CKR_PIN_INCORRECT);
    }
    let answer = forward!(C_InitPIN(session, pin, length));
    if answer == CKR_OK {
        Card::lock().unblock();
    }
    note("C_InitPIN", "", answer)
}

/// Whether the real module has somebody logged in.
pub(super) fn is_logged_in(session: CK_SESSION_HANDLE) -> bool {
    let mut info = cryptoki_sys::CK_SESSION_INFO { slotID: 0, state: 0, flags: 0, ulDeviceError: 0 };
    let answer = forward!(C_GetSessionInfo(session, &raw mut info));
    let logged_in: [CK_STATE; 3] = [CKS_RO_USER_FUNCTIONS, CKS_RW_USER_FUNCTIONS, CKS_RW_SO_FUNCTIONS];
    answer == CKR_OK && logged_in.contains(&{ info.state })
}

/// # Safety
/// `pin` points to `length` octets, or is NULL.
unsafe fn typed(pin: *mut CK_UTF8CHAR, length: CK_ULONG) -> Option<Vec<u8>> {
    let length = usize::try_from(length).ok()?;
    // SAFETY: told by the caller.
    (!pin.is_null()).then(|| unsafe { std::slice::from_raw_parts(pin, length) }.to_vec())
}

/// What the person types on the reader: the PIN, and the new one.
fn keypad() -> (Vec<u8>, Vec<u8>) {
    let typed = std::env::var("FAKE_PKCS11_KEYPAD").unwrap_or_default();
    let (old, new) = typed.split_once(':').unwrap_or((&typed, ""));
    (old.into(), new.into())
}

fn ulong(length: usize) -> CK_ULONG {
    CK_ULONG::try_from(length).unwrap_or(0)
}
