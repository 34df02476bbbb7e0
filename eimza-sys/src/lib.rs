//! The raw calls beneath `eimza-core` and the command `eimza`: all of their unsafe code, behind a safe face.
//!
//! [`pkcs11`] loads a PKCS#11 module and makes the twenty calls that signing and PIN operations need.
//! It judges nothing: answers of the module are handed up as they came, and what they mean to a person
//! is decided in `eimza-core`. [`pcsc`] speaks to readers and cards. [`descriptor`] reads what a shell has opened for a command. [`folder`]
//! writes small files in a folder that is held open, and [`fork`] keeps a child from inheriting a locked mutex.
//! [`process`] knows whether the environment may be trusted.
//!
//! Why not a ready-made wrapper: the one that exists cannot pass `NULL` to `C_Initialize`, asks `C_Sign`
//! twice, has no way to sign with keys that want the PIN at each use, no `NULL` PIN in `C_SetPIN`, drops a
//! token whose information holds one odd byte, and refuses a module whose `C_GetInterface` fails. Each of
//! these was met on cards that people own. With a raw path for all of them beside the wrapper every call
//! would exist twice, so there is one path, over the same project's bindings (`cryptoki-sys`).

pub mod descriptor;
pub mod folder;
pub mod fork;
#[cfg(feature = "readers")]
pub mod pcsc;
#[cfg(feature = "pkcs11")]
pub mod pkcs11;
pub mod process;
