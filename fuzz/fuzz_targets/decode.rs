//! PEM and base64 around signature files.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = eimza_core::cms::decode(data);
});
