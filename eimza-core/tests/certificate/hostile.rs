//! Damaged certificates: the right error or odd fields, never a panic, never a national id in clear.

use eimza_core::Certificate;

use crate::{certificate, now};

const NAMES: [&str; 5] = ["nes-p384", "nes-usage-limit", "nes-money-limit-0", "seal-p384", "tsa"];

/// Asks everything of a certificate, and returns all that is meant to be printed.
fn everything(certificate: &Certificate) -> String {
    let _ = (certificate.check_for_signing(now()), certificate.check_qualified(), certificate.tax_id());
    let _ = (certificate.summary().revealed(), certificate.extended_key_usages(), certificate.subject().organization());
    let _ = (certificate.details().revealed(), certificate.key_usage());
    crate::printed(certificate)
}

#[test]
fn cut_at_every_octet_nothing_is_read() {
    for name in NAMES {
        let der = eimza_testkit::pki::certificate(name);
        for length in 0..der.len() {
            assert!(Certificate::from_der(&der[..length]).is_err(), "{name} cut at {length}");
            let _ = Certificate::read_all(&der[..length]);
        }
    }
}

#[test]
fn with_every_octet_flipped_nothing_panics_and_nothing_leaks() {
    for name in NAMES {
        let mut der = eimza_testkit::pki::certificate(name);
        let mut readable = 0;
        for place in 0..der.len() {
            for mask in [0x01, 0x04, 0x80, 0xff] {
                der[place] ^= mask;
                if let Ok(certificate) = Certificate::from_der(der.as_slice()) {
                    readable += 1;
                    let printed = everything(&certificate);
                    assert!(!printed.contains("10000000146"), "{name} at {place}: {printed}");
                    assert!(!printed.contains("3130303030303030313436"), "{name} at {place}: {printed}");
                }
                der[place] ^= mask;
            }
        }
        assert!(readable > der.len(), "{name}: damaged values are still shown, {readable}");
    }
}

#[test]
fn what_stands_behind_a_certificate_is_left_out() {
    let der = eimza_testkit::pki::certificate("nes-p384");
    assert_eq!(certificate("nes-p384").notes(), []);
    for behind in [&b"\n"[..], b"\r\n", &[0; 100], b"\x1a", b"30", b"\x30\x00"] {
        let [Ok(read)] = &Certificate::read_all(&[&der, behind].concat())[..] else { panic!("{behind:?}") };
        assert_eq!(read.der(), der, "{behind:?}");
        assert_eq!(read, &certificate("nes-p384"), "{behind:?}");
        assert_eq!(read.summary().notes, ["octets-behind-certificate"], "{behind:?}");
    }
}

#[test]
fn a_damaged_certificate_is_not_issued_by_its_issuer() {
    let issuer = certificate("nes-ca-p384");
    let der = eimza_testkit::pki::certificate("nes-p384");
    assert!(certificate("nes-p384").is_issued_by(&issuer).unwrap());
    for place in 0..der.len() {
        let mut damaged = der.clone();
        damaged[place] ^= 0x01;
        let Ok(certificate) = Certificate::from_der(damaged) else { continue };
        assert!(!certificate.is_issued_by(&issuer).unwrap_or(false), "octet {place}");
    }
}
