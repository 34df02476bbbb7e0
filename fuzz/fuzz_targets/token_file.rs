//! Files of software tokens.
#![no_main]

use eimza_core::token::software::SoftwareToken;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let path = std::env::temp_dir().join(format!("eimza-fuzz-{}", std::process::id()));
    std::fs::write(&path, data).unwrap();
    if let Ok(token) = SoftwareToken::open(&path) {
        let _ = (token.info(), token.certificates(), token.pin_status());
    }
});
