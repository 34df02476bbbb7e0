//! A PKCS#11 module that wraps SoftHSM2 and shows quirks of real cards, chosen when it is loaded.
//!
//! | environment variable | meaning |
//! | --- | --- |
//! | `FAKE_PKCS11_QUIRKS` | names of [`Quirk`]s, separated by commas |
//! | `FAKE_PKCS11_ANSWERS` | `C_Login=0xa3,C_Sign=0x32`: answers given without asking the real module |
//! | `FAKE_PKCS11_REAL` | the real module (default: SoftHSM2's usual place) |
//! | `FAKE_PKCS11_KEYPAD` | what the person types on the keypad: `PIN`, or `OLD:NEW` for a change |
//! | `FAKE_PKCS11_LOG` | a file that gets one line for each call that matters: [`calls`] reads it |
//!
//! It exports `C_GetFunctionList` and `C_GetInterface` and nothing else; the latter fails unless
//! [`Quirk::InterfaceOnly`] is chosen.

mod card;
mod harm;
mod log;
mod module;
mod quirk;

use std::path::PathBuf;

pub use log::{Call, calls};
pub use quirk::Quirk;

/// Where the module lies: beside the test that asks.
///
/// # Errors
/// When the test's own place is not known.
pub fn path() -> std::io::Result<PathBuf> {
    let mut path = std::env::current_exe()?;
    path.set_file_name(format!("{}fake_pkcs11{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX));
    Ok(path)
}
