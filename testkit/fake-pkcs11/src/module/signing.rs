//! Signing.

use std::time::Duration;

use cryptoki_sys::{
    CK_BYTE, CK_FUNCTION_LIST, CK_MECHANISM, CK_OBJECT_HANDLE, CK_RV, CK_SESSION_HANDLE, CK_ULONG, CKA_LABEL,
    CKM_ECDSA, CKM_RSA_PKCS, CKR_BUFFER_TOO_SMALL, CKR_DEVICE_REMOVED, CKR_KEY_FUNCTION_NOT_PERMITTED,
    CKR_MECHANISM_INVALID, CKR_OK, CKR_OPERATION_NOT_INITIALIZED, CKR_USER_NOT_LOGGED_IN,
};

use super::objects::read;
use super::{Running, forward};
use crate::card::Card;
use crate::log::{note, ordered_answer};
use crate::quirk::Quirk;

/// More than a careful caller offers at first.
const ROOM_DEMANDED: CK_ULONG = 3000;

pub(super) fn install(list: &mut CK_FUNCTION_LIST) {
    list.C_SignInit = Some(sign_init);
    list.C_Sign = Some(sign);
}

unsafe extern "C" fn sign_init(
    session: CK_SESSION_HANDLE,
    mechanism: *mut CK_MECHANISM,
    key: CK_OBJECT_HANDLE,
) -> CK_RV {
    let _running = Running::enter();
    if let Some(answer) = ordered_answer("C_SignInit") {
        return note("C_SignInit", "", answer);
    }
    // SAFETY: the caller gives a valid mechanism.
    let kind = unsafe { (*mechanism).mechanism };
    if Quirk::RsaPkcsOnly.on() && kind != CKM_RSA_PKCS {
        return note("C_SignInit", "", CKR_MECHANISM_INVALID);
    }
    if Quirk::SessionLocalLogin.on() && Card::lock().login_session != Some(session) {
        return note("C_SignInit", "", CKR_USER_NOT_LOGGED_IN);
    }
    if Quirk::KeyAgreementKey.on() && read(session, key, CKA_LABEL).as_deref() == Some(b"AGREE1") {
        return note("C_SignInit", "", CKR_KEY_FUNCTION_NOT_PERMITTED);
    }
    let answer = forward!(C_SignInit(session, mechanism, key));
    if answer == CKR_OK {
        let mut card = Card::lock();
        card.signing = Some(session);
        card.asked_for_room = false;
        card.ecdsa = kind == CKM_ECDSA;
    }
    note("C_SignInit", &format!("{kind:#x}"), answer)
}

unsafe extern "C" fn sign(
    session: CK_SESSION_HANDLE,
    data: *mut CK_BYTE,
    data_length: CK_ULONG,
    signature: *mut CK_BYTE,
    length: *mut CK_ULONG,
) -> CK_RV {
    let _running = Running::enter_while_signing();
    if let Some(answer) = ordered_answer("C_Sign") {
        return note("C_Sign", "", answer);
    }
    if Quirk::Slow.on() {
        std::thread::sleep(Duration::from_secs(2));
    }
    if Quirk::NoCallBeforeSign.on() && Card::lock().signing != Some(session) {
        return note("C_Sign", "", CKR_OPERATION_NOT_INITIALIZED);
    }
    if Quirk::RemovedWhileSigning.on() {
        Card::lock().removed = true;
        return note("C_Sign", "", CKR_DEVICE_REMOVED);
    }
    if Quirk::BufferTooSmall.on() && !std::mem::replace(&mut Card::lock().asked_for_room, true) {
        // SAFETY: the caller gives a valid pointer.
        unsafe { *length = ROOM_DEMANDED };
        return note("C_Sign", "", CKR_BUFFER_TOO_SMALL);
    }
    let answer = forward!(C_Sign(session, data, data_length, signature, length));
    if answer == CKR_OK && !signature.is_null() {
        // SAFETY: the caller gives a valid pointer; there is room for one octet more than any signature here has.
        let octets = unsafe { std::slice::from_raw_parts_mut(signature, usize::try_from(*length).unwrap_or(0)) };
        if Card::lock().ecdsa && Quirk::EcdsaZeroHalf.on() {
            let half = octets.len() / 2;
            octets.iter_mut().take(half).for_each(|octet| *octet = 0);
        }
        if let (true, Some(last)) = (Quirk::WrongSignature.on(), octets.last_mut()) {
            *last ^= 1;
        }
        if Card::lock().ecdsa && Quirk::EcdsaOddLength.on() {
            // SAFETY: the caller gives a valid pointer; callers here offer more room than a signature needs.
            unsafe { *length += 1 };
        }
    }
    if Quirk::LyingSignatureLength.on() {
        // SAFETY: the caller gives a valid pointer.
        unsafe { *length += 1_000_000 };
    }
    Card::lock().signing = None;
    note("C_Sign", "", answer)
}
