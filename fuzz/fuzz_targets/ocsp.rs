//! OCSP answers, and what they say of a certificate.
#![no_main]

use eimza_core::revocation::{Ocsp, Question, StatusPolicy, by_ocsp};
use eimza_core::{Certificate, Time};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let issuer = Certificate::from_der(include_bytes!("../../testkit/pki/certificates/nes-ca.der")).unwrap();
    let certificate = Certificate::from_der(include_bytes!("../../testkit/pki/certificates/nes-rsa2048.der")).unwrap();
    let now = Time::from_unix(1_781_525_000).unwrap();
    let policy = StatusPolicy::default();
    let question = Question { certificate: &certificate, issuer: &issuer, at: now, now, policy };
    for answer in Ocsp::read_all(data).into_iter().flatten() {
        let _ = by_ocsp(&question, &answer, &[issuer.clone()]);
        let _ = (answer.responses().count(), answer.repeats_nonce(b"nonce"));
        if let Some(basic) = answer.basic_der() {
            assert_eq!(Ocsp::from_der(basic).unwrap().basic_der(), Some(basic));
        }
    }
});
