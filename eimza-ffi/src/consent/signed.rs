//! What stands between preparing a consent and handing it in.

use std::mem::MaybeUninit;

use eimza_core::consent::{PreparedConsent, SignedConsent};

use crate::cades::eimza_sign_requests;
use crate::error::eimza_error;
use crate::raw::eimza_view;
use crate::status::eimza_status;
use crate::wall::{self, need};

/// What has to be signed, text by text.
pub struct eimza_prepared_consent(pub(crate) PreparedConsent);

/// What was signed, ready to be handed in.
pub struct eimza_signed_consent(pub(crate) SignedConsent);

/// For each text what the key has to sign.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_consent_requests(
    prepared: Option<&eimza_prepared_consent>,
    out: Option<&mut MaybeUninit<*mut eimza_sign_requests>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_sign_requests(need(prepared, "prepared")?.0.requests())))
}

/// Frees what was prepared; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_consent_free(prepared: Option<Box<eimza_prepared_consent>>) {
    wall::free(prepared);
}

/// The record's canonical octets. They live as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signed_consent_record(signed_consent: Option<&eimza_signed_consent>) -> eimza_view {
    wall::read(signed_consent, eimza_view::EMPTY, |signed| eimza_view::of(signed.0.record()))
}

/// How many signatures there are, one for each text.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signed_consent_count(signed_consent: Option<&eimza_signed_consent>) -> usize {
    wall::read(signed_consent, 0, |signed| signed.0.signatures().len())
}

/// The signature of the text at `index`, from 0: a CAdES file, the text inside. It lives as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signed_consent_signature(
    signed_consent: Option<&eimza_signed_consent>,
    index: usize,
) -> eimza_view {
    wall::read(signed_consent, eimza_view::EMPTY, |signed| {
        signed.0.signatures().get(index).map_or(eimza_view::EMPTY, |one| eimza_view::of(one))
    })
}

/// The signing time as it stands in the signatures, to be shown to the person; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signed_consent_signed_at(signed_consent: Option<&eimza_signed_consent>) -> i64 {
    wall::read(signed_consent, 0, |signed| signed.0.signed_at().unix())
}

/// Frees what was signed; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signed_consent_free(signed_consent: Option<Box<eimza_signed_consent>>) {
    wall::free(signed_consent);
}
