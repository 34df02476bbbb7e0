//! The state between preparing and completing, as octets: stored, or carried to another process or language.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::cades::{State, StateKey};
use eimza_core::error::ArgumentFault;
use eimza_core::token::SignRequest;
use eimza_core::{Error, Result, Time};
use zeroize::Zeroizing;

use crate::bytes::eimza_bytes;
use crate::cades::{self, EIMZA_DIGEST_NONE, eimza_content, eimza_digest, eimza_prepared, eimza_sign_requests};
use crate::certificate::eimza_certificate;
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need, need_mut, take};

/// What was prepared, without the content. It holds no secret.
pub struct eimza_state(State);

/// Makes the state to be kept until the value is there. `purpose` names what the signature is for, freely chosen; it
/// has to be given again when completing, before `expiry`. `prepared` is moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_into_state(
    prepared: Option<&mut Option<Box<eimza_prepared>>>,
    purpose: eimza_text,
    expiry: i64,
    out: Option<&mut MaybeUninit<*mut eimza_state>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let prepared = take(prepared, "prepared");
    wall::give(out, error, || {
        Ok(eimza_state(prepared?.0.into_state(purpose.text("purpose")?, Time::from_unix(expiry)?)?))
    })
}

/// Reads what eimza_state_to_bytes wrote, in any language. EIMZA_STATUS_STATE_MALFORMED, EIMZA_STATUS_STATE_ALTERED.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_from_bytes(
    octets: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_state>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_state(State::from_bytes(octets.octets("octets")?)?)))
}

/// Versioned DER, in clear: who can alter it can alter what is not signed (purpose, expiry, placement, chain,
/// allow_unsuitable), but nothing of what is; eimza_state_seal prevents that.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_to_bytes(
    state: Option<&eimza_state>,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_bytes(need(state, "state")?.0.to_bytes())))
}

/// Encrypted and protected against changes under a key of 32 octets (AES-256-GCM).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_seal(
    state: Option<&eimza_state>,
    key: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_bytes(need(state, "state")?.0.sealed(&seal_key(&key)?)?)))
}

/// Opens what eimza_state_seal wrote. EIMZA_STATUS_STATE_ALTERED where it was altered or sealed under another key.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_unseal(
    octets: eimza_view,
    key: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_state>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_state(State::unseal(octets.octets("octets")?, &seal_key(&key)?)?)))
}

/// The digest that the key's holder signs.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_digest(
    state: Option<&eimza_state>,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_bytes(need(state, "state")?.0.digest().as_bytes().to_vec())))
}

/// The algorithm by which the content has to be digested, where eimza_state_complete is not given its octets.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_content_digest(state: Option<&eimza_state>) -> eimza_digest {
    wall::read(state, EIMZA_DIGEST_NONE, |state| cades::number(state.0.content_digest_algorithm()))
}

/// What it was made for. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_purpose(
    state: Option<&eimza_state>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(state, "state")?.0.purpose().to_owned()))
}

/// Until when it can be completed; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_expiry(state: Option<&eimza_state>) -> i64 {
    wall::read(state, 0, |state| state.0.expiry().unix())
}

/// Asks for a signature over what the state stands for.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_sign_requests_add_state(
    requests: Option<&mut eimza_sign_requests>,
    state: Option<&eimza_state>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let state = &need(state, "state")?.0;
        let request = SignRequest { algorithm: state.algorithm(), digest: state.digest() };
        need_mut(requests, "requests")?.0.push(request);
        Ok(())
    })
}

/// The last step: rebuilds what was to be signed from the content and the certificate, which are given again, verifies
/// the value and makes the file. An ECDSA value is DER.
///
/// EIMZA_STATUS_STATE_PURPOSE for another purpose, EIMZA_STATUS_STATE_EXPIRED after the expiry,
/// EIMZA_STATUS_STATE_CERTIFICATE for another certificate, EIMZA_STATUS_CONTENT_DIFFERS for another content,
/// EIMZA_STATUS_SIGNATURE_VALUE_INVALID for a value that does not fit.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_complete(
    state: Option<&eimza_state>,
    content: Option<&eimza_content>,
    certificate: Option<&eimza_certificate>,
    purpose: eimza_text,
    now: i64,
    value: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let content = need(content, "content")?.content()?;
        let certificate = &need(certificate, "certificate")?.0;
        let (purpose, now) = (purpose.text("purpose")?, Time::from_unix(now)?);
        let file = need(state, "state")?.0.complete(content, certificate, purpose, now, value.octets("value")?)?;
        Ok(eimza_bytes(file))
    })
}

/// Frees a state; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_state_free(state: Option<Box<eimza_state>>) {
    wall::free(state);
}

fn seal_key(octets: &eimza_view) -> Result<StateKey> {
    let wrong = Error::ArgumentInvalid { argument: "key", reason: ArgumentFault::Not32Octets };
    let octets: Zeroizing<[u8; 32]> = Zeroizing::new(octets.octets("key")?.try_into().map_err(|_| wrong)?);
    Ok(StateKey::new(*octets))
}
