//! Receipts: without the service's key none opens but the seeds.
#![no_main]

use eimza_core::{Certificate, consent::Receipt};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let service = include_bytes!("../../testkit/pki/certificates/nes-p256.der").to_vec();
    if let Ok(receipt) = Receipt::open(data, &Certificate::from_der(service).unwrap()) {
        let _ = receipt.display();
    }
});
