//! Paths: certificates in DER one behind the other, of which the first is asked for and the last is trusted.
#![no_main]

use eimza_core::validation::{CertificateValidation, Indication};
use eimza_core::{Certificate, Time};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut certificates: Vec<Certificate> = Vec::new();
    let mut rest = data;
    while let [0x30, 0x82, high, low, ..] = rest {
        let length = (usize::from(*high) << 8 | usize::from(*low)) + 4;
        let Some((der, behind)) = rest.split_at_checked(length) else { break };
        certificates.extend(Certificate::from_der(der));
        rest = behind;
    }
    let (Some(leaf), Some(anchor)) = (certificates.first().cloned(), certificates.last().cloned()) else { return };
    let at = Time::from_unix(1_780_000_000).unwrap();
    let validation =
        CertificateValidation::at(at).trust([anchor.clone()]).with_certificates(certificates).without_revocation();
    let report = validation.validate(&leaf);
    if report.indication == Indication::TotalPassed {
        assert_eq!((report.certificates.first(), report.certificates.last()), (Some(&leaf), Some(&anchor)));
    }
});
