//! PKCS#12 files: the keys that can be used, and why other parts were passed over.

use std::mem::MaybeUninit;

use eimza_core::token::software::Pkcs12;

use super::key_material::eimza_key_material_list;
use crate::error::eimza_error;
use crate::raw::eimza_view;
use crate::secret::eimza_password;
use crate::status::eimza_status;
use crate::wall::{self, need_mut, take};

/// What a PKCS#12 file holds.
pub struct eimza_pkcs12(Pkcs12);

/// Reads a PKCS#12 file. A part that cannot be read hides no other. `password` is moved in.
/// EIMZA_STATUS_PKCS12_MALFORMED, EIMZA_STATUS_PKCS12_PASSWORD_WRONG for a wrong password, EIMZA_STATUS_PKCS12_KEY_ABSENT
/// where there is no key with its certificate.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pkcs12_read(
    file: eimza_view,
    password: Option<&mut Option<Box<eimza_password>>>,
    out: Option<&mut MaybeUninit<*mut eimza_pkcs12>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let password = take(password, "password");
    wall::give(out, error, || Pkcs12::read(file.octets("file")?, &password?.0).map(eimza_pkcs12))
}

/// Moves the keys out, each with its certificate and what the file has of that one's chain; the list is empty the second
/// time.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pkcs12_take_keys(
    pkcs12: Option<&mut eimza_pkcs12>,
    out: Option<&mut MaybeUninit<*mut eimza_key_material_list>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_key_material_list(std::mem::take(&mut need_mut(pkcs12, "pkcs12")?.0.keys))))
}

/// How many parts of the file were passed over.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pkcs12_passed_over_count(pkcs12: Option<&eimza_pkcs12>) -> usize {
    wall::read(pkcs12, 0, |pkcs12| pkcs12.0.passed_over.len())
}

/// Why the part at `index`, from 0, was passed over: a key of an unknown kind or without a certificate, a damaged
/// certificate of a chain. NULL behind the last. Freed with eimza_error_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pkcs12_passed_over_at(pkcs12: Option<&eimza_pkcs12>, index: usize) -> Option<Box<eimza_error>> {
    wall::read(pkcs12, None, |pkcs12| pkcs12.0.passed_over.get(index).map(|error| Box::new(eimza_error::new(error))))
}

/// Wipes and frees what was read; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_pkcs12_free(pkcs12: Option<Box<eimza_pkcs12>>) {
    wall::free(pkcs12);
}
