//! Certificates, and everything that is shown of them.
#![no_main]

use eimza_core::Certificate;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    for certificate in Certificate::read_all(data).into_iter().flatten() {
        let _ = (certificate.summary(), certificate.summary().revealed(), certificate.check_qualified());
        let _ = certificate.is_issued_by(&certificate);
        assert_eq!(Certificate::from_der(certificate.der()).unwrap(), certificate);
    }
});
