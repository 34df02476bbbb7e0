//! Smart cards without a module: simulated ones, in process and behind the system's PC/SC.
#![cfg(feature = "smartcard")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod faults;
mod pcscd;
mod pins;
mod piv;
mod reader;
mod signing;
