//! Addresses of tokens: what was read is written so that it reads the same.
#![no_main]

use eimza_core::token::pkcs11::Pkcs11Uri;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(address) = text.parse::<Pkcs11Uri>() {
        assert_eq!(address.to_string().parse::<Pkcs11Uri>().unwrap(), address);
    }
});
