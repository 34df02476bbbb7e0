//! PKCS#11: real modules, scripted ones with every quirk that we know of, and what becomes of a PIN in each.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[macro_use]
mod support;

mod choose;
mod host;
mod key_pins;
mod kryoptic;
mod modules;
mod opencryptoki;
mod quirks;
mod quirks_answers;
mod quirks_keys;
mod quirks_login;
mod quirks_pins;
mod quirks_sloppy;
mod signing;
mod softhsm;
