//! CAdES signatures: made, carried between processes, read, verified, and attacked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod attributes;
mod hostile;
mod inspect;
mod keys;
mod mutations;
mod passed;
mod read;
mod sign;
mod splice;
mod stamped;
mod state;
mod validation;

use std::sync::LazyLock;

use eimza_core::Time;
use eimza_core::cades::SigningOptions;
use eimza_core::validation::{Anchors, Validation};

/// What is signed in these tests.
const TEXT: &[u8] = "E-Onay metni: başvuruyu onaylıyorum.\n".as_bytes();

/// When: inside of the validity of the test certificates.
fn at() -> Time {
    Time::parse("2026-06-15T12:00:30Z").unwrap()
}

/// A judgement that trusts nobody.
fn trusting_nobody() -> Validation<'static> {
    static NOBODY: LazyLock<Anchors> = LazyLock::new(Anchors::new);
    Validation::new(at(), &NOBODY)
}

fn options() -> SigningOptions {
    SigningOptions::new(at())
}
