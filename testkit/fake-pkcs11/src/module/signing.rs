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
use crate::harm;
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
    let is_ready = std::mem::take(&mut Card::lock().logged_in_for_a_use);
    if Quirk::LoginBeforeSignInit.on() && !is_ready {
        return note("C_SignInit", "", CKR_USER_NOT_LOGGED_IN);
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
    harm::while_signing();
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
    // SAFETY: the caller gives a valid pointer.
    let room = unsafe { *length };
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
        let is_ecdsa = Card::lock().ecdsa;
        if let Some(other) = in_another_form(octets, is_ecdsa) {
            // SAFETY: the caller gives a valid pointer; callers here offer more room than a signature needs.
            unsafe {
                std::ptr::copy_nonoverlapping(other.as_ptr(), signature, other.len());
                *length = CK_ULONG::try_from(other.len()).unwrap_or(0);
            }
        }
        if Quirk::UntouchedSignatureLength.on() {
            // SAFETY: as above.
            unsafe { *length = room };
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

/// A signature as makers of other modules understood the standard.
fn in_another_form(value: &[u8], is_ecdsa: bool) -> Option<Vec<u8>> {
    let (r, s) = value.split_at(if is_ecdsa { value.len() / 2 } else { 0 });
    if Quirk::ReversedSignature.on() {
        return Some(r.iter().rev().chain(s.iter().rev()).copied().collect());
    }
    if Quirk::EcdsaLongHalves.on() && is_ecdsa {
        return Some([&[0, 0], r, &[0, 0], s].concat());
    }
    (Quirk::EcdsaDer.on() && is_ecdsa).then(|| tagged(0x30, &[integer(r), integer(s)].concat()))
}

fn integer(half: &[u8]) -> Vec<u8> {
    let number: Vec<u8> = half.iter().copied().skip_while(|&octet| octet == 0).collect();
    let sign = number.first().is_some_and(|&first| first >= 0x80).then_some(0);
    tagged(2, &sign.into_iter().chain(number).collect::<Vec<u8>>())
}

fn tagged(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = u8::try_from(contents.len()).unwrap_or(u8::MAX);
    let head = if length < 0x80 { vec![tag, length] } else { vec![tag, 0x81, length] };
    [head.as_slice(), contents].concat()
}
