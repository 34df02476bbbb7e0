//! The C face of eimza: what `include/eimza.h` declares.
//!
//! Each file is a chapter, as in the core. Handles are opaque Rust values; every function stands behind the panic wall
//! ([`wall`]), and what C hands over is looked at in one file only ([`raw`]).

// The names are those of the header.
#![allow(non_camel_case_types)]

// machinery
pub mod raw;
pub mod status;
mod wall;

// foundations
pub mod bytes;
pub mod error;
pub mod secret;
pub mod time;

// 1: who signs
pub mod certificate;

// 2: where the key lives
pub mod attempt;
pub mod pin;
pub mod signer;
pub mod software;
pub mod token;

// 3: the signature
pub mod options;
pub mod signing;
pub mod state;

// 4: the verdict
pub mod verification;

// 5: the E-Onay
pub mod answer;
pub mod check;
pub mod countdown;
pub mod face;
mod offer;
pub mod opening;
pub mod own_service;
pub mod receipt;
pub mod redeemed;
pub mod renewal;
pub mod service;
pub mod session;
pub mod signed;
pub mod started;
pub mod texts;
