//! What C hands over, turned into Rust: the one file with `unsafe` of its own.
//!
//! Handles need none of it: C's `const eimza_x *` is `Option<&eimza_x>`, `eimza_x *` is `Option<&mut eimza_x>`, what is
//! freed is `Option<Box<eimza_x>>`, and `eimza_x **` that is moved from is `Option<&mut Option<Box<eimza_x>>>`; Rust
//! promises these layouts. That a pointer is NULL or points to a living handle of its type is the header's contract.
//! The values here have private fields: only C makes them, under the same contract.

use std::ffi::{CStr, CString, c_char, c_void};
use std::slice;

use eimza_core::error::ArgumentFault;
use eimza_core::{Error, Result};
use zeroize::Zeroize;

/// Octets that lie elsewhere: the caller's, or a handle's.
///
/// As an argument they are read during the call only, unless the function says otherwise; NULL with length 0 is empty.
/// As an answer they live as long as the handle that they were asked of, and no longer than until it is changed.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct eimza_view {
    /// The first octet; may be NULL where `length` is 0.
    pub data: *const u8,
    /// How many octets.
    pub length: usize,
}

/// Text of the caller: UTF-8, ended by NUL, read during the call only.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct eimza_text(*const c_char);

impl eimza_view {
    /// Nothing.
    pub(crate) const EMPTY: Self = Self { data: std::ptr::null(), length: 0 };

    /// A view of what a handle owns.
    pub(crate) fn of(octets: &[u8]) -> Self {
        Self { data: octets.as_ptr(), length: octets.len() }
    }

    /// The caller's octets.
    pub(crate) fn octets(&self, argument: &'static str) -> Result<&[u8]> {
        if self.length == 0 {
            return Ok(&[]);
        }
        if self.data.is_null() {
            return Err(null(argument));
        }
        if isize::try_from(self.length).is_err() {
            return Err(Error::ArgumentInvalid { argument, reason: ArgumentFault::LongerThanMemory });
        }
        // SAFETY: not NULL, no longer than memory; that so many octets can be read there is the header's contract.
        Ok(unsafe { slice::from_raw_parts(self.data, self.length) })
    }
}

impl eimza_text {
    /// The caller's text.
    pub(crate) fn text(&self, argument: &'static str) -> Result<&str> {
        if self.0.is_null() {
            return Err(null(argument));
        }
        // SAFETY: not NULL; that a NUL ends it is the header's contract.
        let octets = unsafe { CStr::from_ptr(self.0) };
        octets.to_str().map_err(|error| Error::TextNotUtf8 { offset: error.valid_up_to() })
    }

    /// The caller's text, or none for NULL.
    pub(crate) fn optional(&self, argument: &'static str) -> Result<Option<&str>> {
        if self.0.is_null() { Ok(None) } else { self.text(argument).map(Some) }
    }
}

/// Text for C. A NUL inside, which only hostile input brings, is shown as U+FFFD, so that it does not cut off the rest.
pub(crate) fn c_string(text: &str) -> CString {
    CString::new(text).or_else(|_| CString::new(text.replace('\0', "\u{fffd}"))).unwrap_or_default()
}

/// Takes back a string that was given away by [`CString::into_raw`].
pub(crate) fn take_string(text: *mut c_char) -> Option<CString> {
    if text.is_null() {
        return None;
    }
    // SAFETY: not NULL; that it came from this library and was not freed before is the header's contract.
    Some(unsafe { CString::from_raw(text) })
}

/// Overwrites the caller's octets in a way that compilers do not leave out.
pub(crate) fn wipe(octets: *mut u8, length: usize) -> Result<()> {
    if length == 0 {
        return Ok(());
    }
    if octets.is_null() || isize::try_from(length).is_err() {
        return Err(null("octets"));
    }
    // SAFETY: not NULL, no longer than memory; that so many octets can be written there is the header's contract.
    unsafe { slice::from_raw_parts_mut(octets, length) }.zeroize();
    Ok(())
}

/// The caller's own pointer, on its way to the caller's function in another thread. It is never looked at here.
#[derive(Clone, Copy)]
pub(crate) struct Context(*mut c_void);

// SAFETY: the pointer is not followed here; that the caller's function may use it in that thread is the header's contract.
unsafe impl Send for Context {}

// SAFETY: as above; the header says where functions run at the same time with one pointer.
unsafe impl Sync for Context {}

impl Context {
    pub(crate) fn new(pointer: *mut c_void) -> Self {
        Self(pointer)
    }

    pub(crate) fn pointer(self) -> *mut c_void {
        self.0
    }
}

/// What a missing argument is answered with.
pub(crate) fn null(argument: &'static str) -> Error {
    Error::ArgumentInvalid { argument, reason: ArgumentFault::Null }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn nothing_is_cut_off_at_a_nul() {
        assert_eq!(c_string("good\0evil").to_str().unwrap(), "good\u{fffd}evil");
    }

    #[test]
    fn null_is_answered() {
        assert!(eimza_view::EMPTY.octets("view").unwrap().is_empty());
        assert_eq!(eimza_view { length: 1, ..eimza_view::EMPTY }.octets("view").unwrap_err().code(), 1008);
        let octet = 0;
        assert_eq!(eimza_view { data: &octet, length: usize::MAX }.octets("view").unwrap_err().code(), 1008);
        assert_eq!(eimza_text(std::ptr::null()).text("text").unwrap_err().code(), 1008);
        assert_eq!(eimza_text(c"\xff".as_ptr()).text("text").unwrap_err().code(), 1005);
        assert!(eimza_text(std::ptr::null()).optional("text").unwrap().is_none());
    }
}
