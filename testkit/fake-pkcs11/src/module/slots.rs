//! Slots, tokens, sessions.

use std::ffi::c_void;

use cryptoki_sys::{
    CK_BBOOL, CK_FLAGS, CK_FUNCTION_LIST, CK_INFO, CK_MECHANISM_TYPE, CK_NOTIFY, CK_RV, CK_SESSION_HANDLE, CK_SLOT_ID,
    CK_SLOT_INFO, CK_TOKEN_INFO, CK_ULONG, CK_VERSION, CKF_PROTECTED_AUTHENTICATION_PATH, CKF_TOKEN_PRESENT,
    CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED, CKM_RSA_PKCS, CKR_BUFFER_TOO_SMALL,
    CKR_FUNCTION_NOT_SUPPORTED, CKR_OK, CKR_SLOT_ID_INVALID, CKR_TOKEN_NOT_PRESENT,
};

use super::{Running, forward};
use crate::card::Card;
use crate::log::{note, ordered_answer};
use crate::quirk::Quirk;

/// A reader without a card.
const EMPTY: CK_SLOT_ID = 900;
/// A card that nobody initialised.
const BLANK: CK_SLOT_ID = 901;

pub(super) fn install(list: &mut CK_FUNCTION_LIST) {
    list.C_GetInfo = Some(get_info);
    list.C_GetSlotList = Some(get_slot_list);
    list.C_GetSlotInfo = Some(get_slot_info);
    list.C_GetTokenInfo = Some(get_token_info);
    list.C_GetMechanismList = Some(get_mechanism_list);
    list.C_OpenSession = Some(open_session);
    list.C_CloseSession = Some(close_session);
    list.C_WaitForSlotEvent = Some(wait_for_slot_event);
}

/// Many modules have no such events, and some that have them do not wait.
unsafe extern "C" fn wait_for_slot_event(_flags: CK_FLAGS, _slot: *mut CK_SLOT_ID, _reserved: *mut c_void) -> CK_RV {
    note("C_WaitForSlotEvent", "", CKR_FUNCTION_NOT_SUPPORTED)
}

/// SoftHSM2's, under another maker's name: nothing that is known of SoftHSM2 holds for this module.
unsafe extern "C" fn get_info(info: *mut CK_INFO) -> CK_RV {
    let _running = Running::enter();
    let value = forward!(C_GetInfo(info));
    if value == CKR_OK {
        // SAFETY: the caller gives a valid structure, which the real module has just filled.
        unsafe { (*info).manufacturerID = *b"Misbehaviour Inc.               " };
    }
    value
}

unsafe extern "C" fn get_slot_list(present: CK_BBOOL, answer: *mut CK_SLOT_ID, count: *mut CK_ULONG) -> CK_RV {
    let _running = Running::enter();
    let mut slots: Vec<CK_SLOT_ID> = Vec::new();
    if Quirk::EmptySlotsFirst.on() {
        slots.extend((present == 0).then_some(EMPTY));
        slots.push(BLANK);
    }
    if !Card::lock().removed || present == 0 {
        let mut real = [0; 64];
        let mut found = 64;
        let value = forward!(C_GetSlotList(present, real.as_mut_ptr(), &raw mut found));
        if value != CKR_OK {
            return value;
        }
        let listed = Card::lock().searches > 0;
        let first_left = listed && (Quirk::FirstRemovedAfterListing.on() || Quirk::OthersAfterListing.on());
        let most = if Quirk::OthersAfterListing.on() && !listed { 1 } else { found };
        slots.extend(real.iter().take(usize::try_from(most).unwrap_or(0)).skip(usize::from(first_left)));
    }
    // SAFETY: the caller gives room for `count` entries, or NULL to ask for their number.
    let value = unsafe { give_list(&slots, answer, count) };
    if Quirk::LyingCounts.on() && !answer.is_null() {
        // SAFETY: the caller gives a valid pointer.
        unsafe { *count += 1000 };
    }
    value
}

unsafe extern "C" fn get_slot_info(slot: CK_SLOT_ID, info: *mut CK_SLOT_INFO) -> CK_RV {
    let _running = Running::enter();
    if !is_invented(slot) {
        return forward!(C_GetSlotInfo(slot, info));
    }
    let flags = if slot == BLANK { CKF_TOKEN_PRESENT } else { 0 };
    let version = CK_VERSION { major: 0, minor: 0 };
    let made_up = CK_SLOT_INFO {
        slotDescription: [b' '; 64],
        manufacturerID: [b' '; 32],
        flags,
        hardwareVersion: version,
        firmwareVersion: version,
    };
    // SAFETY: the caller gives a valid out-pointer.
    unsafe { info.write(made_up) };
    CKR_OK
}

unsafe extern "C" fn get_token_info(slot: CK_SLOT_ID, info: *mut CK_TOKEN_INFO) -> CK_RV {
    let _running = Running::enter();
    if let Some(answer) = ordered_answer("C_GetTokenInfo") {
        return answer;
    }
    if is_invented(slot) && slot == EMPTY {
        return CKR_TOKEN_NOT_PRESENT;
    }
    if is_invented(slot) {
        // SAFETY: the caller gives a valid out-pointer; the structure is made of numbers and octets.
        unsafe { info.write(std::mem::zeroed()) };
        return CKR_OK;
    }
    let value = forward!(C_GetTokenInfo(slot, info));
    if value == CKR_OK {
        // SAFETY: the caller gives a valid structure, which the real module has just filled.
        distort(unsafe { &mut *info });
    }
    value
}

fn distort(info: &mut CK_TOKEN_INFO) {
    if Card::counts() {
        info.flags &= !(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
        info.flags |= Card::lock().flags();
    }
    if Quirk::ProtectedPath.on() {
        info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    }
    if Quirk::OddTokenInfo.on() {
        info.utcTime = *b"not a time\xff\xff\xff\0\0\0";
        info.hardwareVersion = CK_VERSION { major: 0xff, minor: b'x' };
        info.firmwareVersion = CK_VERSION { major: b'v', minor: 0xfe };
    }
    if Quirk::BadStrings.on() {
        for (place, byte) in info.label.iter_mut().zip(*b"T\xdcRK NES\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")
        {
            *place = byte;
        }
        info.model = [0; 16];
    }
    if Quirk::OtherMaker.on() {
        info.manufacturerID = *b"another maker                   ";
    }
    if Quirk::ElevenDigitSerial.on() {
        info.serialNumber = *b"10000000146     ";
    }
    if Quirk::ZeroSerial.on() {
        info.serialNumber = [b'0'; 16];
    }
    if Quirk::SwappedAfterListing.on() && Card::lock().searches > 0 {
        info.serialNumber = *b"another serial  ";
    }
    if Quirk::OddPinLimits.on() {
        (info.ulMinPinLen, info.ulMaxPinLen) = (8, 0);
    }
    if Quirk::EightDigitPins.on() {
        (info.ulMinPinLen, info.ulMaxPinLen) = (8, 8);
    }
}

unsafe extern "C" fn get_mechanism_list(
    slot: CK_SLOT_ID,
    answer: *mut CK_MECHANISM_TYPE,
    count: *mut CK_ULONG,
) -> CK_RV {
    let _running = Running::enter();
    if Quirk::RsaPkcsOnly.on() {
        // SAFETY: the caller gives room for `count` entries, or NULL to ask for their number.
        return unsafe { give_list(&[CKM_RSA_PKCS], answer, count) };
    }
    forward!(C_GetMechanismList(slot, answer, count))
}

unsafe extern "C" fn open_session(
    slot: CK_SLOT_ID,
    flags: CK_FLAGS,
    application: *mut std::ffi::c_void,
    notify: CK_NOTIFY,
    session: *mut CK_SESSION_HANDLE,
) -> CK_RV {
    let _running = Running::enter();
    if Card::lock().removed || is_invented(slot) {
        return note("C_OpenSession", "", CKR_TOKEN_NOT_PRESENT);
    }
    if slot == CK_SLOT_ID::MAX {
        return note("C_OpenSession", "", CKR_SLOT_ID_INVALID);
    }
    note("C_OpenSession", "", forward!(C_OpenSession(slot, flags, application, notify, session)))
}

unsafe extern "C" fn close_session(session: CK_SESSION_HANDLE) -> CK_RV {
    let _running = Running::enter();
    let answer = note("C_CloseSession", "", forward!(C_CloseSession(session)));
    if Quirk::FinalizedByTheHost.on() {
        forward!(C_Finalize(std::ptr::null_mut()));
    }
    answer
}

fn is_invented(slot: CK_SLOT_ID) -> bool {
    Quirk::EmptySlotsFirst.on() && (slot == EMPTY || slot == BLANK)
}

/// # Safety
/// `answer` has room for `*count` entries, or is NULL.
unsafe fn give_list(entries: &[CK_ULONG], answer: *mut CK_ULONG, count: *mut CK_ULONG) -> CK_RV {
    let needed = CK_ULONG::try_from(entries.len()).unwrap_or(0);
    // SAFETY: told by the caller.
    let room = unsafe { std::mem::replace(&mut *count, needed) };
    if answer.is_null() {
        return CKR_OK;
    }
    if room < needed {
        return CKR_BUFFER_TOO_SMALL;
    }
    // SAFETY: there is room for as many.
    unsafe { std::ptr::copy_nonoverlapping(entries.as_ptr(), answer, entries.len()) };
    CKR_OK
}
