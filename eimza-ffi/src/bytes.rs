//! Octets and strings that the library made for the caller.

use std::mem::MaybeUninit;

use std::ffi::c_char;

use zeroize::Zeroizing;

use crate::error::eimza_error;
use crate::raw::{self, eimza_view};
use crate::status::eimza_status;
use crate::wall;

/// Octets that belong to the caller: a signature, a state, a sealed receipt.
pub struct eimza_bytes(pub(crate) Vec<u8>);

/// Several runs of octets: signature values, signatures.
pub struct eimza_bytes_list(pub(crate) Vec<Vec<u8>>);

/// The octets; they live as long as the handle. NULL: empty.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_bytes_view(bytes: Option<&eimza_bytes>) -> eimza_view {
    wall::read(bytes, eimza_view::EMPTY, |bytes| eimza_view::of(&bytes.0))
}

/// Frees octets; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_bytes_free(bytes: Option<Box<eimza_bytes>>) {
    wall::free(bytes);
}

/// How many runs of octets there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_bytes_list_count(list: Option<&eimza_bytes_list>) -> usize {
    wall::read(list, 0, |list| list.0.len())
}

/// The run of octets at `index`, from 0; empty where there is none. It lives as long as the list.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_bytes_list_at(list: Option<&eimza_bytes_list>, index: usize) -> eimza_view {
    wall::read(list, eimza_view::EMPTY, |list| list.0.get(index).map_or(eimza_view::EMPTY, |one| eimza_view::of(one)))
}

/// A copy of these octets behind those in the list.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_bytes_list_add(
    list: Option<&mut eimza_bytes_list>,
    octets: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let octets = octets.octets("octets")?.to_vec();
        wall::need_mut(list, "list")?.0.push(octets);
        Ok(())
    })
}

/// An empty list.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_bytes_list_new() -> Option<Box<eimza_bytes_list>> {
    Some(Box::new(eimza_bytes_list(Vec::new())))
}

/// Frees a list; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_bytes_list_free(list: Option<Box<eimza_bytes_list>>) {
    wall::free(list);
}

/// Frees a string that a function of this library gave through `char **`; NULL is nothing. It is wiped first.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_string_free(text: *mut c_char) {
    drop(raw::take_string(text).map(|text| Zeroizing::new(text.into_bytes())));
}

/// Overwrites `length` octets of the caller with zeros, in a way that compilers do not leave out: for the buffer that a
/// PIN was typed into.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_wipe(octets: *mut u8, length: usize) {
    let _ = raw::wipe(octets, length);
}
