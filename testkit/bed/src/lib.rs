//! What the test programs of `eimza-core` share. The test kit itself knows nothing of the core; this stands between both.
#![allow(clippy::unwrap_used, clippy::panic)]

pub mod keys;

use std::sync::LazyLock;

use eimza_core::Time;
use eimza_core::cades::SigningOptions;
use eimza_core::validation::{Anchors, Validation};

/// What is signed.
pub const TEXT: &[u8] = "E-Onay metni: başvuruyu onaylıyorum.\n".as_bytes();

/// When: inside of the validity of the test certificates.
pub fn at() -> Time {
    Time::parse("2026-06-15T12:00:30Z").unwrap()
}

/// A judgement that trusts nobody.
pub fn trusting_nobody() -> Validation<'static> {
    static NOBODY: LazyLock<Anchors> = LazyLock::new(Anchors::new);
    Validation::new(at(), &NOBODY)
}

/// The usual options of a signature, at that time.
pub fn options() -> SigningOptions {
    SigningOptions::new(at())
}
