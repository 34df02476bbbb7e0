//! The receipt of a consent or a revocation.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::consent::Receipt;

use crate::certificate::eimza_certificate;
use crate::error::eimza_error;
use crate::raw::eimza_view;
use crate::status::eimza_status;
use crate::wall::{self, need};

/// What a service says about a consent or a revocation that it accepted.
pub struct eimza_receipt(pub(crate) Receipt);

/// Opens a sealed receipt: the seal must be by this certificate, and everything in its one form (7402).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_open(
    sealed: eimza_view,
    service: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Receipt::open(sealed.octets("sealed")?, &need(service, "service")?.0).map(eimza_receipt))
}

/// The sealed form: a CAdES signature, the receipt's JSON inside. The person is named **in full**. It lives as long as
/// the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_sealed(receipt: Option<&eimza_receipt>) -> eimza_view {
    wall::read(receipt, eimza_view::EMPTY, |receipt| eimza_view::of(receipt.0.sealed_form()))
}

/// JSON for display, the national id masked. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_display(
    receipt: Option<&eimza_receipt>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || need(receipt, "receipt")?.0.display())
}

/// From when on it counts; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_accepted_at(receipt: Option<&eimza_receipt>) -> i64 {
    wall::read(receipt, 0, |receipt| receipt.0.accepted_at().unix())
}

/// Whether the consent was revoked, as this receipt knows.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_is_revoked(receipt: Option<&eimza_receipt>) -> bool {
    wall::read(receipt, false, |receipt| receipt.0.revocation().is_some())
}

/// Frees a receipt; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_free(receipt: Option<Box<eimza_receipt>>) {
    wall::free(receipt);
}
