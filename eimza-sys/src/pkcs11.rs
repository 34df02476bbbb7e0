//! PKCS#11 modules: load, initialise, and the calls that signing needs.
//!
//! ```no_run
//! use eimza_sys::pkcs11::Library;
//! use std::path::Path;
//!
//! let module = Library::load(Path::new("/usr/lib/softhsm/libsofthsm2.so"))?.initialize()?;
//! for slot in module.slots(true)? {
//!     println!("{}", module.token_info(slot)?.label);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Mechanisms, attributes and users are the `cryptoki` crate's; the calls are made here, where that crate cannot make them
//! (NULL to `C_Initialize`, one `C_Sign` after a login in between, PINs typed on a keypad, modules that are not as they
//! should be).
//!
//! # Threads and processes
//! A [`Module`] may be called from any thread. Where the module could not be told to lock for itself, one
//! lock goes around every call. A module is never unloaded and never finalised: other parts of the process
//! may be using it. After `fork` every call fails with [`CallError::Forked`] until the module is loaded anew.

mod attribute;
mod error;
mod image;
mod info;
mod library;
mod module;
mod object;
mod session;
mod text;

pub use error::{CallError, LoadError};
pub use image::{Architecture, System};
pub use info::{ModuleInfo, SlotInfo, TokenInfo};
pub use library::Library;
pub use module::{Initialization, Module, SlotId};
pub use object::{Found, ObjectHandle};
pub use session::Session;
pub use text::Text;

/// The number type of PKCS#11: 32 bits wide on Windows, as wide as a pointer elsewhere.
pub type Ulong = cryptoki_sys::CK_ULONG;

/// Lengths in this process always fit, except on Windows where they are refused by being the largest number.
fn ulong(length: usize) -> Ulong {
    Ulong::try_from(length).unwrap_or(Ulong::MAX)
}
