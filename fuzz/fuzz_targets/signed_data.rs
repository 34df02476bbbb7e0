//! Signature files: read, verified, inspected, judged; their octets stay.
#![no_main]

use eimza_core::Time;
use eimza_core::cms::{Content, SignedData, inspect};
use eimza_core::validation::{Anchors, Validation, verify};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = (inspect(data), Validation::new(Time::EPOCH, &Anchors::new()).of(data));
    if let Ok(read) = SignedData::read(data) {
        assert_eq!(read.bytes(), data);
        assert!(read.padding() < data.len());
        let _ = (verify(&read, None, &[]), verify(&read, Some(Content::Bytes(b"content")), &[]));
    }
});
