//! Receipts: without the service's key none opens but the seeds.
#![no_main]

use eimza_core::{Certificate, consent::Receipt};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let seal = include_bytes!("../../testkit/pki/certificates/seal.der").to_vec();
    if let Ok(receipt) = Receipt::open(data, &Certificate::from_der(seal).unwrap()) {
        let _ = receipt.display();
    }
});
