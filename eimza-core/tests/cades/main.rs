//! CAdES signatures: made, carried between processes, read, verified, and attacked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod attributes;
mod hostile;
mod inspect;
mod keys;
mod read;
mod sign;
mod state;
mod validation;

use eimza_core::Time;
use eimza_core::cades::SigningOptions;

/// What is signed in these tests.
const TEXT: &[u8] = "E-Onay metni: başvuruyu onaylıyorum.\n".as_bytes();

/// When: inside of the validity of the test certificates.
fn at() -> Time {
    Time::parse("2026-06-15T12:00:30Z").unwrap()
}

fn options() -> SigningOptions {
    SigningOptions::new(at())
}
