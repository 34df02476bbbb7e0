//! Signature files: read, verified, inspected, judged; their octets stay.
#![no_main]

use eimza_core::cms::{Content, SignedData, inspect};
use eimza_core::validation::verify;
use eimza_core::validation::{Given, validate};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = (inspect(data), validate(data, &Given::default()));
    if let Ok(read) = SignedData::read(data) {
        assert_eq!(read.bytes(), data);
        assert!(read.padding() < data.len());
        let _ = (verify(&read, None, &[]), verify(&read, Some(Content::Bytes(b"content")), &[]));
    }
});
