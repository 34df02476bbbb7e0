//! Kinds, what a qualified certificate must say, who may sign, from when on to renew.

use eimza_core::certificate::{Kind, Shortfall};

use crate::filter::candidates;
use crate::{all, certificate, now, patched};

#[test]
fn every_certificate_is_of_its_kind() {
    for (name, certificate) in all() {
        let expected = match name.as_str() {
            "root" | "other-ca" | "odd-key-usage" => "ca",
            name if name.ends_with("-ca") && !name.starts_with("ocsp") => "ca",
            "nes-ca-p384" => "ca",
            name if name.starts_with("ca-") => "ca",
            "tsa" => "tsa",
            "ocsp-nes-ca" => "ocsp",
            "encryption" => "other",
            "nes-for-time-stamps" => "tsa",
            name if name.starts_with("seal") || name == "nes-for-seals" => "mali-muhur",
            _ => "nes",
        };
        assert_eq!(certificate.kind().name(), expected, "{name}");
    }
}

#[test]
fn a_qualified_certificate_lacks_nothing_and_others_say_what() {
    use Shortfall::*;
    for (name, shortfalls) in [
        ("nes-rsa2048", &[][..]),
        ("nes-p384", &[]),
        ("nes-expired", &[]),
        ("nes-without-notice", &[]),
        ("nes-usage-limit", &[]),
        ("nes-money-limit-0", &[]),
        ("self-signed-nes", &[]),
        ("nes-without-non-repudiation", &[NonRepudiationMissing]),
        ("nes-without-etsi-statement", &[ComplianceMissing]),
        ("nes-without-btk-statement", &[TurkishStatementMissing]),
        ("nes-without-qc-statements", &[ComplianceMissing, TurkishStatementMissing]),
        ("encryption", &[ComplianceMissing, TurkishStatementMissing]),
        ("seal", &[ComplianceMissing, TurkishStatementMissing]),
        ("tsa", &[ComplianceMissing, TurkishStatementMissing]),
        ("root", &[ComplianceMissing, TurkishStatementMissing, Authority]),
    ] {
        let certificate = certificate(name);
        assert_eq!(certificate.shortfalls(), shortfalls, "{name}");
        assert_eq!(certificate.qualified(), shortfalls.is_empty(), "{name}");
        assert_eq!(certificate.check_qualified().is_ok(), shortfalls.is_empty(), "{name}");
        assert_eq!(!candidates(&[name]).qualified().is_empty(), shortfalls.is_empty(), "{name}");
    }
}

#[test]
fn a_seal_with_both_statements_is_qualified_and_needs_no_non_repudiation() {
    // …5070.1.1 becomes …5070.2.1, in a certificate that has digitalSignature only.
    let nes = [0x60, 0x86, 0x18, 0x01, 0x3d, 0x00, 0x01, 0xa7, 0x4e, 0x01, 0x01];
    let seal = [0x60, 0x86, 0x18, 0x01, 0x3d, 0x00, 0x01, 0xa7, 0x4e, 0x02, 0x01];
    let certificate = patched("nes-without-non-repudiation", &nes, &seal);
    assert_eq!(certificate.kind(), Kind::MaliMuhur);
    assert!(certificate.qualified());
    certificate.check_qualified().unwrap();
}

#[test]
fn non_repudiation_is_demanded_of_a_persons_certificate() {
    certificate("nes-rsa2048").check_qualified().unwrap();
    let error = certificate("nes-without-non-repudiation").check_qualified().unwrap_err();
    assert_eq!(error.name(), "certificate-not-qualified");
    assert!(error.to_string().contains("nonRepudiation"), "{error}");
    assert!(
        certificate("seal").check_qualified().unwrap_err().to_string().contains("does not say that it is qualified")
    );
}

#[test]
fn only_keys_for_signing_can_sign() {
    for (name, certificate) in all() {
        let authority = certificate.kind() == Kind::Ca;
        let expected = !authority && !name.ends_with("encryption");
        assert_eq!(certificate.can_sign(), expected, "{name}");
        assert_eq!(certificate.check_can_sign().is_ok(), expected, "{name}");
        assert_eq!(certificate.is_ca(), authority, "{name}");
    }
    // The seal's encryption certificate is known by its extended key usage too: digitalSignature does not save it.
    let usage = [0x03, 0x02, 0x05, 0x20];
    let signing = [0x03, 0x02, 0x05, 0xa0];
    assert!(!patched("seal-encryption", &usage, &signing).can_sign());
    assert!(patched("encryption", &usage, &signing).can_sign());
}

#[test]
fn a_stated_key_usage_that_cannot_be_read_excludes_signing() {
    let usage = [0x04, 0x04, 0x03, 0x02, 0x06, 0xc0];
    let certificate = patched("nes-rsa2048", &usage, &[0x04, 0x04, 0x05, 0x02, 0x06, 0xc0]);
    assert_eq!(certificate.key_usage(), None);
    assert!(!certificate.can_sign());
}

#[test]
fn fitness_for_signing_is_usage_and_validity() {
    let fault = |name: &str| crate::certificate(name).check_for_signing(now()).map_err(|error| error.name());
    assert_eq!(fault("nes-rsa2048"), Ok(()));
    assert_eq!(fault("seal"), Ok(()));
    assert_eq!(fault("nes-expired"), Err("certificate-expired"));
    assert_eq!(fault("nes-not-yet-valid"), Err("certificate-not-yet-valid"));
    assert_eq!(fault("encryption"), Err("certificate-cannot-sign"));
    assert_eq!(fault("root"), Err("certificate-cannot-sign"));
}

#[test]
fn persons_and_seals_are_renewed_two_months_before_the_end() {
    let from = |name: &str| certificate(name).renewable_from().map(|time| time.to_string());
    assert_eq!(from("nes-rsa2048").as_deref(), Some("2039-11-01T00:00:00Z"));
    assert_eq!(from("seal-p384").as_deref(), Some("2039-11-01T00:00:00Z"));
    assert_eq!(from("nes-expired").as_deref(), Some("2025-12-01T00:00:00Z"));
    for name in ["root", "tsa", "ocsp-nes-ca", "encryption"] {
        assert_eq!(from(name), None, "{name}");
    }
    // The end of April, 22:30 UTC: in Istanbul it is the first of May already.
    let end = patched("nes-rsa2048", b"400101000000Z", b"280430223000Z");
    assert_eq!(end.renewable_from().unwrap().to_string(), "2028-02-29T22:30:00Z");
    let clamped = patched("nes-rsa2048", b"400101000000Z", b"270430120000Z");
    assert_eq!(clamped.renewable_from().unwrap().to_string(), "2027-02-28T12:00:00Z");
}

#[test]
fn key_usage_of_2005_is_read() {
    let usage = certificate("odd-key-usage").key_usage().unwrap();
    assert!(usage.key_cert_sign() && usage.crl_sign());
    assert!(!usage.digital_signature() && !usage.non_repudiation() && !usage.key_encipherment());
}

#[test]
fn a_policy_alone_makes_no_person_of_an_encryption_key() {
    assert_eq!(certificate("nes-without-qc-statements").kind(), Kind::Nes);
    let encryption = patched("nes-without-qc-statements", &[0x03, 0x02, 0x06, 0xc0], &[0x03, 0x02, 0x05, 0x20]);
    assert_eq!(encryption.kind(), Kind::Other);
}

#[test]
fn unknown_critical_extensions_are_named() {
    for (name, certificate) in all() {
        let expected: &[&str] = if name.ends_with("critical-extension-unknown") && !name.contains("-by-") {
            &["1.3.6.1.5.5.7.13.1"]
        } else {
            &[]
        };
        assert_eq!(certificate.unknown_critical_extensions(), expected, "{name}");
    }
    let key_usage = [0x06, 0x03, 0x55, 0x1d, 0x0f, 0x01, 0x01, 0xff];
    let unknown = [0x06, 0x03, 0x55, 0x1d, 0x63, 0x01, 0x01, 0xff];
    assert_eq!(patched("nes-p384", &key_usage, &unknown).unknown_critical_extensions(), ["2.5.29.99"]);
    let not_critical = [0x06, 0x03, 0x55, 0x1d, 0x63, 0x01, 0x01, 0x00];
    assert_eq!(patched("nes-p384", &key_usage, &not_critical).unknown_critical_extensions(), [""; 0]);
}

#[test]
fn what_stands_far_behind_counts_as_what_stands_in_front() {
    let restricted = certificate("nes-usage-limit-at-the-end").statements();
    assert_eq!((restricted.others.len(), restricted.usage_limits.len()), (101, 1));
    assert_eq!(certificate("nes-second-person-at-the-end").national_id(), None);
    assert!(certificate("nes-second-person-at-the-end").check_person("10000000146").is_err());
}
