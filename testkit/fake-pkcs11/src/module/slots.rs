//! Slots, tokens, sessions.

use std::ffi::c_void;
use std::sync::{Mutex, PoisonError};

use cryptoki_sys::{
    CK_BBOOL, CK_FLAGS, CK_FUNCTION_LIST, CK_INFO, CK_MECHANISM_TYPE, CK_NOTIFY, CK_RV, CK_SESSION_HANDLE,
    CK_SESSION_INFO, CK_SLOT_ID, CK_SLOT_INFO, CK_TOKEN_INFO, CK_ULONG, CK_VERSION, CKF_LOGIN_REQUIRED,
    CKF_PROTECTED_AUTHENTICATION_PATH, CKF_TOKEN_INITIALIZED, CKF_TOKEN_PRESENT, CKF_USER_PIN_COUNT_LOW,
    CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED, CKM_RSA_PKCS, CKR_BUFFER_TOO_SMALL, CKR_FUNCTION_FAILED,
    CKR_FUNCTION_NOT_SUPPORTED, CKR_OK, CKR_SLOT_ID_INVALID, CKR_TOKEN_NOT_PRESENT, CKS_RO_PUBLIC_SESSION, CKU_USER,
};

use super::{Running, forward};
use crate::card::Card;
use crate::harm;
use crate::log::{note, ordered_answer};
use crate::quirk::Quirk;

/// A reader without a card.
const EMPTY: CK_SLOT_ID = 900;
/// A card that nobody initialised.
const BLANK: CK_SLOT_ID = 901;
/// The first of many slots that all hold one token.
const FIRST_OF_MANY: CK_SLOT_ID = 1000;
/// The slot of the real module that they stand for.
static MANY: Mutex<Option<CK_SLOT_ID>> = Mutex::new(None);

pub(super) fn install(list: &mut CK_FUNCTION_LIST) {
    list.C_GetInfo = Some(get_info);
    list.C_GetSlotList = Some(get_slot_list);
    list.C_GetSlotInfo = Some(get_slot_info);
    list.C_GetTokenInfo = Some(get_token_info);
    list.C_GetMechanismList = Some(get_mechanism_list);
    list.C_OpenSession = Some(open_session);
    list.C_CloseSession = Some(close_session);
    list.C_WaitForSlotEvent = Some(wait_for_slot_event);
    if Quirk::NoSessionInfo.on() {
        list.C_GetSessionInfo = None;
    }
    if Quirk::NoOptionalCalls.on() {
        (list.C_GetMechanismList, list.C_GetSlotInfo, list.C_GetInfo) = (None, None, None);
    }
    if Quirk::NoLoginNeeded.on() {
        list.C_GetSessionInfo = Some(get_session_info);
    }
}

/// The module's own login is not shown.
unsafe extern "C" fn get_session_info(session: CK_SESSION_HANDLE, info: *mut CK_SESSION_INFO) -> CK_RV {
    let value = forward!(C_GetSessionInfo(session, info));
    if value == CKR_OK {
        // SAFETY: the caller gives a valid structure, which the real module has just filled.
        unsafe { (*info).state = CKS_RO_PUBLIC_SESSION };
    }
    value
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
    if Quirk::NoPresentSlots.on() && present != 0 {
        return CKR_FUNCTION_FAILED;
    }
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
        if Quirk::ManySlots.on() {
            *MANY.lock().unwrap_or_else(PoisonError::into_inner) = slots.first().copied();
            slots = (FIRST_OF_MANY..FIRST_OF_MANY + 4000).collect();
        }
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
        return forward!(C_GetSlotInfo(real_slot(slot), info));
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
    let value = forward!(C_GetTokenInfo(real_slot(slot), info));
    if value == CKR_OK {
        // SAFETY: the caller gives a valid structure, which the real module has just filled.
        let info = unsafe { &mut *info };
        distort(info);
        if Quirk::ManySlots.on() {
            info.label = [b' '; 32];
            info.label.iter_mut().zip(format!("NES{slot}").bytes()).for_each(|(place, octet)| *place = octet);
        }
    }
    value
}

fn distort(info: &mut CK_TOKEN_INFO) {
    if Card::counts() {
        info.flags &= !(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
        info.flags |= Card::lock().flags();
    }
    if Quirk::NoInitializedFlag.on() {
        info.flags &= !CKF_TOKEN_INITIALIZED;
    }
    if Quirk::NoLoginNeeded.on() || Quirk::NoLoginFlag.on() {
        info.flags &= !CKF_LOGIN_REQUIRED;
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
    if Quirk::IdPrime.on() {
        info.manufacturerID = *b"Gemalto                         ";
        info.model = *b"ID Prime MD     ";
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
    forward!(C_GetMechanismList(real_slot(slot), answer, count))
}

unsafe extern "C" fn open_session(
    slot: CK_SLOT_ID,
    flags: CK_FLAGS,
    application: *mut std::ffi::c_void,
    notify: CK_NOTIFY,
    session: *mut CK_SESSION_HANDLE,
) -> CK_RV {
    let _running = Running::enter();
    harm::when_used();
    if let Some(answer) = ordered_answer("C_OpenSession") {
        return note("C_OpenSession", "", answer);
    }
    if Card::lock().removed || is_invented(slot) {
        return note("C_OpenSession", "", CKR_TOKEN_NOT_PRESENT);
    }
    if slot == CK_SLOT_ID::MAX {
        return note("C_OpenSession", "", CKR_SLOT_ID_INVALID);
    }
    let answer = forward!(C_OpenSession(real_slot(slot), flags, application, notify, session));
    if answer == CKR_OK && Quirk::NoLoginNeeded.on() {
        let mut pin = *b"123456";
        // SAFETY: the caller gives a valid out-pointer, which the real module has just filled.
        let _ = forward!(C_Login(*session, CKU_USER, pin.as_mut_ptr(), 6));
    }
    note("C_OpenSession", "", answer)
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

/// The slot of the real module that an invented number stands for.
fn real_slot(slot: CK_SLOT_ID) -> CK_SLOT_ID {
    let many = *MANY.lock().unwrap_or_else(PoisonError::into_inner);
    many.filter(|_| Quirk::ManySlots.on()).unwrap_or(slot)
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
