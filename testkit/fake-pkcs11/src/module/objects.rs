//! Searching and reading objects.

use cryptoki_sys::{
    CK_ATTRIBUTE, CK_ATTRIBUTE_TYPE, CK_FUNCTION_LIST, CK_OBJECT_CLASS, CK_OBJECT_HANDLE, CK_RV, CK_SESSION_HANDLE,
    CK_ULONG, CK_UNAVAILABLE_INFORMATION, CKA_ALWAYS_AUTHENTICATE, CKA_CLASS, CKA_EC_PARAMS, CKA_EC_POINT, CKA_ID,
    CKA_KEY_TYPE, CKA_LABEL, CKA_MODULUS, CKA_SIGN, CKA_VALUE, CKO_CERTIFICATE, CKO_PRIVATE_KEY, CKR_ARGUMENTS_BAD,
    CKR_ATTRIBUTE_TYPE_INVALID, CKR_BUFFER_TOO_SMALL, CKR_DEVICE_ERROR, CKR_DEVICE_REMOVED, CKR_FUNCTION_FAILED,
    CKR_GENERAL_ERROR, CKR_OK,
};

use super::pins::is_logged_in;
use super::{Running, forward};
use crate::card::Card;
use crate::log::note;
use crate::quirk::Quirk;

/// The numbers of P-256: prime, coefficients, base point, order, cofactor.
const P256: &[u8] = include_bytes!("../p256-explicit.der");

pub(super) fn install(list: &mut CK_FUNCTION_LIST) {
    list.C_FindObjectsInit = Some(find_objects_init);
    list.C_FindObjects = Some(find_objects);
    list.C_GetAttributeValue = Some(get_attribute_value);
    if Quirk::NoSearchEnd.on() {
        list.C_FindObjectsFinal = None;
    }
}

unsafe extern "C" fn find_objects_init(
    session: CK_SESSION_HANDLE,
    template: *mut CK_ATTRIBUTE,
    count: CK_ULONG,
) -> CK_RV {
    let _running = Running::enter();
    if Card::lock().removed {
        return CKR_DEVICE_REMOVED;
    }
    Card::lock().searches += 1;
    // SAFETY: the caller gives as many attributes.
    let attributes = unsafe { entries(template, count) };
    Card::lock().last_search = attributes.iter().map(told).collect();
    if Quirk::NoSearchById.on() && attributes.iter().any(|attribute| { attribute.type_ } == CKA_ID) {
        return CKR_ATTRIBUTE_TYPE_INVALID;
    }
    if Quirk::NoSearchEnd.on() {
        let _ = forward!(C_FindObjectsFinal(session));
    }
    let kinds: Vec<String> = attributes.iter().map(|attribute| format!("{:#x}", { attribute.type_ })).collect();
    note("C_FindObjectsInit", &kinds.join(","), forward!(C_FindObjectsInit(session, template, count)))
}

unsafe extern "C" fn find_objects(
    session: CK_SESSION_HANDLE,
    found: *mut CK_OBJECT_HANDLE,
    room: CK_ULONG,
    count: *mut CK_ULONG,
) -> CK_RV {
    let _running = Running::enter();
    let mut answer = forward!(C_FindObjects(session, found, room, count));
    // SAFETY: the caller gives a valid pointer.
    let is_done = answer == CKR_OK && unsafe { *count } == 0;
    if is_done && Quirk::FailsWhenNothingIsLeft.on() {
        return CKR_FUNCTION_FAILED;
    }
    if is_done && Quirk::NoSearchEnd.on() {
        let _ = forward!(C_FindObjectsFinal(session));
    }
    if is_done && Quirk::EndlessSearch.on() {
        let _ = forward!(C_FindObjectsFinal(session));
        let mut last = Card::lock().last_search.clone();
        let mut template: Vec<CK_ATTRIBUTE> = last.iter_mut().map(|(kind, value)| attribute(*kind, value)).collect();
        let length = CK_ULONG::try_from(template.len()).unwrap_or(0);
        let _ = forward!(C_FindObjectsInit(session, template.as_mut_ptr(), length));
        answer = forward!(C_FindObjects(session, found, room, count));
    }
    let hides = Quirk::CertificatesNeedLogin.on() || Quirk::PrivateSigner.on();
    if answer != CKR_OK || !hides || is_logged_in(session) {
        return answer;
    }
    // SAFETY: the real module has just filled as many entries.
    let objects = unsafe { std::slice::from_raw_parts_mut(found, usize::try_from(*count).unwrap_or(0)) };
    let mut kept = 0;
    for index in 0..objects.len() {
        let Some(&object) = objects.get(index) else { break };
        let is_public = Quirk::PrivateSigner.on() && read(session, object, CKA_ID).as_deref() != Some(&[1]);
        if is_public || class(session, object) != CKO_CERTIFICATE {
            objects.swap(kept, index);
            kept += 1;
        }
    }
    // SAFETY: the caller gives a valid pointer.
    unsafe { *count = CK_ULONG::try_from(kept).unwrap_or(0) };
    answer
}

unsafe extern "C" fn get_attribute_value(
    session: CK_SESSION_HANDLE,
    object: CK_OBJECT_HANDLE,
    template: *mut CK_ATTRIBUTE,
    count: CK_ULONG,
) -> CK_RV {
    let _running = Running::enter();
    if Card::lock().removed {
        return CKR_DEVICE_REMOVED;
    }
    // SAFETY: the caller gives as many attributes.
    let attributes = unsafe { entries(template, count) };
    if Quirk::NoLengths.on() && attributes.iter().any(|attribute| attribute.pValue.is_null()) {
        return CKR_ARGUMENTS_BAD;
    }
    let mut worst = CKR_OK;
    for attribute in attributes {
        let (answer, is_missing) = answer_one(session, object, attribute);
        if is_missing && Quirk::GeneralErrorForMissing.on() {
            return CKR_GENERAL_ERROR;
        }
        if is_missing && Quirk::StopsAtMissing.on() {
            return answer;
        }
        if answer != CKR_OK {
            worst = answer;
        }
        lie(attribute);
    }
    worst
}

/// The answer for one attribute, and whether it is not there.
fn answer_one(session: CK_SESSION_HANDLE, object: CK_OBJECT_HANDLE, attribute: &mut CK_ATTRIBUTE) -> (CK_RV, bool) {
    if Quirk::LabelFails.on() && attribute.type_ == CKA_LABEL {
        return (CKR_DEVICE_ERROR, false);
    }
    let had = attribute.ulValueLen;
    let answer = match value(session, object, attribute.type_) {
        Instead::Nothing => forward!(C_GetAttributeValue(session, object, attribute, 1)),
        // SAFETY: the caller gives room as the attribute says, or NULL.
        Instead::Value(value) => unsafe { give(attribute, &value) },
        Instead::Hidden => {
            attribute.ulValueLen = CK_UNAVAILABLE_INFORMATION;
            CKR_ATTRIBUTE_TYPE_INVALID
        }
    };
    let is_missing = attribute.ulValueLen == CK_UNAVAILABLE_INFORMATION && answer != CKR_BUFFER_TOO_SMALL;
    if is_missing && Quirk::EmptyForMissing.on() {
        attribute.ulValueLen = 0;
        return (CKR_OK, true);
    }
    if is_missing && (Quirk::GeneralErrorForMissing.on() || Quirk::StopsAtMissing.on()) {
        attribute.ulValueLen = had;
    }
    (answer, is_missing)
}

fn lie(attribute: &mut CK_ATTRIBUTE) {
    if Quirk::HugeCertificates.on() && attribute.type_ == CKA_VALUE {
        attribute.ulValueLen = 1 << 40;
    }
    if Quirk::LyingLengths.on() && !attribute.pValue.is_null() {
        attribute.ulValueLen = attribute.ulValueLen.saturating_add(5000);
    }
    let is_length = attribute.pValue.is_null() && attribute.ulValueLen != CK_UNAVAILABLE_INFORMATION;
    if Quirk::ShortLengths.on() && is_length {
        attribute.ulValueLen = attribute.ulValueLen.saturating_sub(1);
    }
}

enum Instead {
    Nothing,
    Value(Vec<u8>),
    Hidden,
}

fn value(session: CK_SESSION_HANDLE, object: CK_OBJECT_HANDLE, kind: CK_ATTRIBUTE_TYPE) -> Instead {
    match kind {
        CKA_ALWAYS_AUTHENTICATE if Quirk::HiddenAlwaysAuthenticate.on() => Instead::Value(vec![0]),
        CKA_ALWAYS_AUTHENTICATE if Quirk::ClaimedAlwaysAuthenticate.on() => Instead::Value(vec![1]),
        CKA_VALUE if Quirk::TwinAfterListing.on() && Card::lock().searches > 1 => match read(session, object, kind) {
            Some(mut octets) => {
                octets.last_mut().into_iter().for_each(|octet| *octet ^= 1);
                Instead::Value(octets)
            }
            None => Instead::Hidden,
        },
        CKA_VALUE if Quirk::PaddedCertificates.on() => match read(session, object, kind) {
            Some(octets) => Instead::Value([octets, vec![0; 100]].concat()),
            None => Instead::Hidden,
        },
        CKA_SIGN | CKA_KEY_TYPE | CKA_ID | CKA_MODULUS | CKA_EC_POINT | CKA_EC_PARAMS
            if Quirk::OddKeyAttributes.on() && class(session, object) == CKO_PRIVATE_KEY =>
        {
            Instead::Value(if kind == CKA_SIGN { vec![0] } else { Vec::new() })
        }
        CKA_MODULUS | CKA_EC_POINT if Quirk::LyingPublicPart.on() && class(session, object) == CKO_PRIVATE_KEY => {
            match read(session, object, kind) {
                Some(mut octets) => {
                    octets.last_mut().into_iter().for_each(|octet| *octet ^= 2);
                    Instead::Value(octets)
                }
                None => Instead::Hidden,
            }
        }
        CKA_EC_PARAMS if Quirk::ExplicitEcParameters.on() => Instead::Value(P256.to_vec()),
        CKA_EC_POINT if Quirk::BareEcPoint.on() => match read(session, object, kind).as_deref() {
            Some([4, 0x81, _, point @ ..] | [4, _, point @ ..]) => Instead::Value(point.to_vec()),
            _ => Instead::Hidden,
        },
        CKA_MODULUS | CKA_EC_POINT if Quirk::PublicPartHidden.on() && class(session, object) == CKO_PRIVATE_KEY => {
            Instead::Hidden
        }
        _ => Instead::Nothing,
    }
}

/// A copy of an attribute that the caller searches by.
fn told(attribute: &CK_ATTRIBUTE) -> (CK_ATTRIBUTE_TYPE, Vec<u8>) {
    let length = usize::try_from(attribute.ulValueLen).unwrap_or(0);
    // SAFETY: the caller of the search gives a value of this length, or NULL.
    let value = unsafe { attribute.pValue.cast::<u8>().as_ref() }
        .map(|first| unsafe { std::slice::from_raw_parts(first, length) }.to_vec());
    (attribute.type_, value.unwrap_or_default())
}

fn attribute(kind: CK_ATTRIBUTE_TYPE, value: &mut [u8]) -> CK_ATTRIBUTE {
    let length = CK_ULONG::try_from(value.len()).unwrap_or(0);
    CK_ATTRIBUTE { type_: kind, pValue: value.as_mut_ptr().cast(), ulValueLen: length }
}

fn class(session: CK_SESSION_HANDLE, object: CK_OBJECT_HANDLE) -> CK_OBJECT_CLASS {
    let octets = read(session, object, CKA_CLASS).and_then(|octets| octets.try_into().ok());
    octets.map_or(CK_OBJECT_CLASS::MAX, CK_OBJECT_CLASS::from_ne_bytes)
}

pub(super) fn read(session: CK_SESSION_HANDLE, object: CK_OBJECT_HANDLE, kind: CK_ATTRIBUTE_TYPE) -> Option<Vec<u8>> {
    let mut octets = vec![0; 4096];
    let mut attribute = CK_ATTRIBUTE { type_: kind, pValue: octets.as_mut_ptr().cast(), ulValueLen: 4096 };
    let answer = forward!(C_GetAttributeValue(session, object, &raw mut attribute, 1));
    octets.truncate(usize::try_from(attribute.ulValueLen).ok()?);
    (answer == CKR_OK).then_some(octets)
}

/// # Safety
/// The attribute points to as much room as it says, or to NULL.
unsafe fn give(attribute: &mut CK_ATTRIBUTE, value: &[u8]) -> CK_RV {
    let needed = CK_ULONG::try_from(value.len()).unwrap_or(0);
    let room = std::mem::replace(&mut attribute.ulValueLen, needed);
    if attribute.pValue.is_null() {
        return CKR_OK;
    }
    if room < needed {
        attribute.ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_BUFFER_TOO_SMALL;
    }
    // SAFETY: there is room for as much.
    unsafe { std::ptr::copy_nonoverlapping(value.as_ptr(), attribute.pValue.cast(), value.len()) };
    CKR_OK
}

/// # Safety
/// `template` points to `count` attributes that nobody else uses for as long as the caller keeps them.
unsafe fn entries<'a>(template: *mut CK_ATTRIBUTE, count: CK_ULONG) -> &'a mut [CK_ATTRIBUTE] {
    if template.is_null() || count == 0 {
        return &mut [];
    }
    // SAFETY: told by the caller.
    unsafe { std::slice::from_raw_parts_mut(template, usize::try_from(count).unwrap_or(0)) }
}
