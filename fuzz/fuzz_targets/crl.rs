//! CRLs, and what they say of a certificate.
#![no_main]

use eimza_core::revocation::{Crl, Question, StatusPolicy, by_crls};
use eimza_core::{Certificate, Time};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let crls: Vec<Crl> = Crl::read_all(data).into_iter().flatten().collect();
    let issuer = Certificate::from_der(include_bytes!("../../testkit/pki/certificates/nes-ca.der")).unwrap();
    let certificate = Certificate::from_der(include_bytes!("../../testkit/pki/certificates/nes-rsa2048.der")).unwrap();
    let now = Time::from_unix(1_781_525_000).unwrap();
    let policy = StatusPolicy::default();
    let question = Question { certificate: &certificate, issuer: &issuer, at: now, now, policy };
    let _ = by_crls(&question, &crls, &|_| vec![issuer.clone()]);
    for crl in &crls {
        let _ = crl.entries(&crl.issuer(), certificate.serial()).count();
        assert_eq!(Crl::from_der(crl.der()).unwrap(), *crl);
    }
});
