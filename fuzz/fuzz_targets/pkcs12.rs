//! PKCS#12 files, with the password of the seeds.
#![no_main]

use eimza_core::{Password, token::software::KeyMaterial};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = KeyMaterial::from_pkcs12(data, &Password::new("test").unwrap());
});
