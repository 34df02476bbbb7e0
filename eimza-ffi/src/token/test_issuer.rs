//! Test certificates: for demonstrations and tests that need no card.

use std::mem::MaybeUninit;

use eimza_core::Time;
use eimza_core::token::software::{TestIssuer, TestPerson};

use super::key_material::{eimza_key_material, key_type, validity};
use crate::bytes::eimza_bytes;
use crate::certificate::eimza_certificate;
use crate::error::eimza_error;
use crate::raw::eimza_text;
use crate::status::eimza_status;
use crate::wall::{self, need};

/// Issues certificates like those of persons: all are named `eimza TEST` and have no legal effect.
pub struct eimza_test_issuer(TestIssuer);

/// A fresh issuer with a key that lives as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_new(
    not_before: i64,
    not_after: i64,
    out: Option<&mut MaybeUninit<*mut eimza_test_issuer>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || TestIssuer::new(validity(not_before, not_after)?).map(eimza_test_issuer))
}

/// The issuer's own certificate: the anchor for those that trust it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_certificate(
    issuer: Option<&eimza_test_issuer>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(need(issuer, "issuer")?.0.certificate().clone())))
}

/// A fresh key and certificate for a person; `key` as for eimza_key_material_self_signed, `national_id` of 11 digits.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_issue(
    issuer: Option<&eimza_test_issuer>,
    name: eimza_text,
    national_id: eimza_text,
    key: eimza_text,
    not_before: i64,
    not_after: i64,
    out: Option<&mut MaybeUninit<*mut eimza_key_material>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let person = TestPerson {
            name: name.text("name")?.to_owned(),
            national_id: national_id.text("national_id")?.to_owned(),
        };
        let (key, validity) = (key_type(key.text("key")?)?, validity(not_before, not_after)?);
        need(issuer, "issuer")?.0.issue(&person, &key, validity).map(eimza_key_material)
    })
}

/// The issuer's revocation list in DER: it tells how things stand from `this_update` on, and a newer one is due at
/// `next_update`.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_crl(
    issuer: Option<&eimza_test_issuer>,
    this_update: i64,
    next_update: i64,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let list = need(issuer, "issuer")?.0.crl(validity(this_update, next_update)?)?;
        Ok(eimza_bytes(list.der().to_vec()))
    })
}

/// The issuer's OCSP answer about a certificate of its own, in DER, for the time from `this_update` to `next_update`.
/// EIMZA_STATUS_CERTIFICATE_ISSUER_UNKNOWN for a certificate of somebody else.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_ocsp(
    issuer: Option<&eimza_test_issuer>,
    certificate: Option<&eimza_certificate>,
    this_update: i64,
    next_update: i64,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let certificate = &need(certificate, "certificate")?.0;
        let answer = need(issuer, "issuer")?.0.ocsp(certificate, validity(this_update, next_update)?)?;
        Ok(eimza_bytes(answer.der().to_vec()))
    })
}

/// Revokes a certificate of this issuer since this time: its lists and answers say so from now on.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_revoke(
    issuer: Option<&eimza_test_issuer>,
    certificate: Option<&eimza_certificate>,
    since: i64,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        need(issuer, "issuer")?.0.revoke(&need(certificate, "certificate")?.0, Time::from_unix(since)?);
        Ok(())
    })
}

/// Frees an issuer and its key; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_test_issuer_free(issuer: Option<Box<eimza_test_issuer>>) {
    wall::free(issuer);
}
