//! The C face of eimza: what `include/eimza.h` declares.
//!
//! Each file is a chapter, as in the core; its folder holds the parts of the chapter. Handles are opaque Rust values.
//! Every function stands behind the panic wall ([`wall`]), and what C hands over is looked at in one file only ([`raw`]).

// The names are those of the header.
#![allow(non_camel_case_types)]

// machinery
mod output;
pub mod raw;
pub mod status;
mod wall;

// foundations
pub mod bytes;
pub mod error;
pub mod secret;
pub mod time;
pub mod version;

// 1: who signs
pub mod certificate;

// 2: where the key lives
pub mod token;

// 3: the signature
pub mod cades;

// 4: the verdict
pub mod validation;

// 5: the E-Onay
pub mod consent;
