//! Consent records: one form only.
#![no_main]

use eimza_core::consent::Record;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(record) = Record::from_bytes(data) {
        assert_eq!(record.to_bytes().unwrap(), data);
        let _ = record.content_identifier(0);
    }
});
