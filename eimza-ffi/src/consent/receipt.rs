//! The receipt of a consent or a revocation.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::Time;
use eimza_core::consent::{Receipt, ReceiptSigner, Seal};

use crate::certificate::eimza_certificate;
use crate::consent::check::eimza_finding;
use crate::error::eimza_error;
use crate::output::json;
use crate::raw::eimza_view;
use crate::status::eimza_status;
use crate::token::key_material::eimza_key_material;
use crate::wall::{self, need, take};

/// What a service says about a consent or a revocation that it received: whether it accepted it, and by which verdict.
pub struct eimza_receipt(pub(crate) Receipt);

/// The key with which a service seals receipts. May be shared between threads.
pub struct eimza_receipt_signer(ReceiptSigner);

/// Opens a sealed receipt: the seal must be by this certificate, and everything in its one form
/// (EIMZA_STATUS_RECEIPT_INVALID).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_open(
    sealed: eimza_view,
    service: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Receipt::open(sealed.octets("sealed")?, &need(service, "service")?.0).map(eimza_receipt))
}

/// Makes the key with which a service of one's own seals its receipts; `key` is moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_signer_new(
    key: Option<&mut Option<Box<eimza_key_material>>>,
    out: Option<&mut MaybeUninit<*mut eimza_receipt_signer>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let key = take(key, "key");
    wall::give(out, error, || ReceiptSigner::new(key?.0).map(eimza_receipt_signer))
}

/// The seal's certificate, a handle of its own: eimza_receipt_open wants it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_signer_certificate(
    seal: Option<&eimza_receipt_signer>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(need(seal, "seal")?.0.certificate().clone())))
}

/// Wipes and frees a seal; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_signer_free(seal: Option<Box<eimza_receipt_signer>>) {
    wall::free(seal);
}

/// Issues the receipt of what eimza_consent_check found, sealed. `now` is the service's own time. It says accepted where the
/// finding does; of anything else, that it was received and what is missing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_issue(
    finding: Option<&eimza_finding>,
    seal: Option<&eimza_receipt_signer>,
    now: i64,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let (finding, seal) = (&need(finding, "finding")?.0, &need(seal, "seal")?.0);
        Receipt::issue(finding, seal, Time::from_unix(now)?).map(eimza_receipt)
    })
}

/// The receipt of the same consent with the note that it was revoked, sealed anew: a handle of its own.
/// EIMZA_STATUS_RECEIPT_INVALID where `revocation` is about another consent.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_revoked_by(
    receipt: Option<&eimza_receipt>,
    revocation: Option<&eimza_receipt>,
    seal: Option<&eimza_receipt_signer>,
    out: Option<&mut MaybeUninit<*mut eimza_receipt>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let (receipt, revocation) = (&need(receipt, "receipt")?.0, &need(revocation, "revocation")?.0);
        receipt.revoked_by(revocation, &need(seal, "seal")?.0).map(eimza_receipt)
    })
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

/// When it arrived at the service; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_received_at(receipt: Option<&eimza_receipt>) -> i64 {
    wall::read(receipt, 0, |receipt| receipt.0.received_at().unix())
}

/// From when on it counts; 0 of what was received and **not accepted** so far, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_accepted_at(receipt: Option<&eimza_receipt>) -> i64 {
    wall::read(receipt, 0, |receipt| receipt.0.accepted_at().map_or(0, Time::unix))
}

/// Whether it was accepted. A receipt of what was only received proves its arrival and nothing more.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_is_accepted(receipt: Option<&eimza_receipt>) -> bool {
    wall::read(receipt, false, |receipt| receipt.0.is_accepted())
}

/// The verdict as JSON, as it stands in the schema `receipt-1.json`: indication, what it rests on, what is missing. NULL
/// where nothing was signed (a revocation that was declared). Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_verdict(
    receipt: Option<&eimza_receipt>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || need(receipt, "receipt")?.0.verdict().map(json).transpose())
}

/// The signing time as the signatures claim it; 0 where nothing was signed (a revocation that was declared), and for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_signed_at(receipt: Option<&eimza_receipt>) -> i64 {
    wall::read(receipt, 0, |receipt| receipt.0.signed_at().map_or(0, Time::unix))
}

/// SHA-256 of the record, lower-case hexadecimal: the name under which revocations refer to it. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_receipt_record_sha256(
    receipt: Option<&eimza_receipt>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(receipt, "receipt")?.0.record_sha256().to_owned()))
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
