//! Which version this is.

use std::ffi::{CStr, c_char};

/// The version, as the number that cargo knows, with the NUL that C wants.
const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => c"",
};

/// The version of the library that is in use, like "0.1.0"; EIMZA_VERSION is that of the header. Lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_version() -> *const c_char {
    VERSION.as_ptr()
}
