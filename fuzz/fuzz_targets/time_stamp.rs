//! Time-stamp tokens, the stamps of a file and what they cover, its references and values.
#![no_main]

use eimza_core::cms::{Content, SignedData, TimeStampToken};
use eimza_core::validation::{Needed, Stamped, TimeStamp, check_references};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(token) = TimeStampToken::read(data) {
        assert!(token.info().earliest() <= token.info().latest());
    }
    let Ok(signed_data) = SignedData::read(data) else { return };
    for signer in signed_data.signers() {
        let stamped = Stamped { signed_data: &signed_data, signer, content: Some(Content::Bytes(b"content")) };
        for stamp in TimeStamp::all(signer).unwrap_or_default() {
            let _ = stamp.token().map(|token| stamped.covered_by(stamp.kind, &token));
        }
        let _ = check_references(signer, &Needed::default());
    }
});
