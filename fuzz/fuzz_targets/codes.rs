//! Codes that people type.
#![no_main]

use eimza_core::{ConfirmationCode, VerificationCode};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = (VerificationCode::parse(data), ConfirmationCode::parse(data));
});
