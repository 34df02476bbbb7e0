//! The page that the command, C and Python show, and that nothing of it betrays a national id.

use eimza_core::Personal;
use eimza_core::certificate::NationalId;

use crate::{all, certificate, patched, printed, time};

fn json(summary: &eimza_core::certificate::Summary) -> String {
    serde_json::to_string(summary).unwrap()
}

#[test]
fn the_summary_has_the_promised_fields_in_order() {
    let certificate = certificate("nes-rsa2048");
    let expected = format!(
        concat!(
            r#"{{"subject":"serialNumber=100******46,CN=TEST KİŞİ,C=TR","#,
            r#""issuer":"CN=Deneme Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 1,O=Eimza Deneme,C=TR","#,
            r#""serial":"10000001","not_before":"2026-01-01T00:00:00Z","not_after":"2040-01-01T00:00:00Z","#,
            r#""key":"RSA-2048","kind":"nes","qualified":true,"qualified_reasons":[],"#,
            r#""national_id":"100******46","tax_id":null,"certificate_sha256":"{}","#,
            r#""renewable_from":"2039-11-01T00:00:00Z"}}"#
        ),
        certificate.sha256().to_hex()
    );
    assert_eq!(json(&certificate.summary()), expected);
    assert_eq!(json(&certificate.summary().revealed()), expected.replace("100******46", "10000000146"));
}

#[test]
fn a_seal_shows_its_tax_number_and_reasons() {
    let summary = certificate("seal-p384").summary();
    assert_eq!(summary.subject.to_string(), "CN=DENEME ANONİM ŞİRKETİ,serialNumber=1234567890");
    assert_eq!(summary.tax_id.as_deref(), Some("1234567890"));
    assert_eq!(summary.national_id, None);
    assert_eq!(summary.key.as_deref(), Some("EC P-384"));
    assert!(!summary.qualified);
    assert_eq!(summary.qualified_reasons, ["compliance-missing", "turkish-statement-missing"]);
}

#[test]
fn every_kind_of_key_is_named() {
    for (name, key) in [
        ("nes-rsa3072", "RSA-3072"),
        ("nes-rsa4096", "RSA-4096"),
        ("nes-p256", "EC P-256"),
        ("nes-p384", "EC P-384"),
        ("nes-p521", "EC P-521"),
        ("odd-explicit-curve", "EC P-256"),
        ("odd-ed25519", "other:1.3.101.112"),
    ] {
        assert_eq!(certificate(name).summary().key.as_deref(), Some(key), "{name}");
    }
}

#[test]
fn odd_certificates_are_shown_like_others() {
    let usual = certificate("nes-rsa2048").summary();
    for name in ["odd-critical-false", "odd-generalized-time", "odd-etsi-prefix", "odd-explicit-curve", "odd-ed25519"] {
        let odd = certificate(name).summary();
        assert_eq!((odd.kind, odd.qualified), ("nes", true), "{name}");
        assert_eq!((odd.not_before, odd.not_after), (usual.not_before, usual.not_after), "{name}");
        assert_eq!(odd.national_id, usual.national_id, "{name}");
    }
    let prefixed = certificate("odd-etsi-prefix");
    assert_eq!(prefixed.subject().to_string(), "serialNumber=PNOTR-100******46,CN=TEST KİŞİ,C=TR");
    assert_eq!(prefixed.national_id(), NationalId::parse("10000000146"));
}

#[test]
fn times_of_every_form_are_shown_as_far_as_they_tell_a_moment() {
    let issuer = certificate("nes-ca");
    for (name, not_before, not_after, note) in [
        ("odd-times-short", "2026-01-01T00:00:00Z", "2040-01-01T00:00:00Z", "time-unusual"),
        ("odd-times-offset", "2026-01-01T00:00:00Z", "2039-12-31T23:59:59Z", "time-unusual"),
    ] {
        let odd = certificate(name);
        let summary = odd.summary();
        assert_eq!((summary.not_before.unwrap(), summary.not_after.unwrap()), (time(not_before), time(not_after)));
        assert_eq!((&summary.not_before_text, &summary.not_after_text), (&None, &None), "{name}");
        assert_eq!((summary.kind, summary.qualified, summary.notes), ("nes", true, vec![note]), "{name}");
        odd.check_for_signing(time("2026-06-15T12:00:00Z")).unwrap();
        assert_eq!(odd.check_validity(time("2041-01-01T00:00:00Z")).unwrap_err().name(), "certificate-expired");
        assert!(odd.is_issued_by(&issuer).unwrap(), "{name}");
    }
}

#[test]
fn a_time_that_tells_no_moment_is_null_with_its_text() {
    let odd = certificate("odd-times-unreadable");
    let json = json(&odd.summary());
    for field in [
        r#""not_before":null,"not_before_text":"20260101000000","#,
        r#""not_after":null,"not_after_text":"sonsuz","#,
        r#""renewable_from":null,"notes":["time-unreadable"]"#,
    ] {
        assert!(json.contains(field), "{json}");
    }
    assert!(odd.is_issued_by(&certificate("nes-ca")).unwrap());
    assert_eq!(odd.check_validity(time("2026-06-15T12:00:00Z")).unwrap_err().name(), "certificate-malformed");
}

#[test]
fn ten_digits_are_a_tax_number_only_in_a_seal() {
    let purpose = [0x60, 0x86, 0x18, 0x01, 0x02, 0x01, 0x01, 0x05, 0x07, 0x32, 0x01];
    let policy = [0x60, 0x86, 0x18, 0x01, 0x02, 0x01, 0x01, 0x05, 0x07, 0x04, 0x01];
    let mut der = patched("seal", &purpose, &[&purpose[..10], &[9]].concat()).der().to_vec();
    let place = der.windows(policy.len()).position(|window| window == policy).unwrap();
    der[place + 10] = 9;
    let register = eimza_core::Certificate::from_der(der).unwrap();
    assert_eq!(register.kind().name(), "other");
    assert_eq!(register.tax_id(), None);
    assert_eq!(certificate("seal").tax_id().unwrap().to_string(), "1234567890");
}

#[test]
fn nothing_that_is_printed_shows_a_national_id() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
    let (notice, number) = (utf16("deneme için"), utf16("10000000146"));
    let patches: [(&str, &[u8], &[u8]); 5] = [
        ("nes-p384", b"nes-ca-p384.crl", b"10000000146.crl"),
        ("nes-p384", b"nes-ca-p384.crt", b"10000000146.crt"),
        ("nes-rsa2048", b"/ilke/nes_sue", b"/?10000000146"),
        ("nes-rsa2048", &notice, &number),
        ("nes-usage-limit", b"deneme amac", b"10000000146"),
    ];
    let texts = patches.map(|(name, old, new)| (format!("{name} {new:?}"), patched(name, old, new)));
    for (name, certificate) in &texts {
        let revealed = serde_json::to_string(&certificate.details().revealed()).unwrap();
        assert!(revealed.contains("10000000146"), "{name}: {revealed}");
    }
    for (name, certificate) in all().chain(texts) {
        let printed = printed(&certificate);
        let details = certificate.details();
        assert_eq!((details.policies, details.statements), (certificate.policies(), certificate.statements()));
        let clear = |printed: &[Personal<String>]| printed.iter().map(|one| one.reveal().clone()).collect::<Vec<_>>();
        assert_eq!(clear(&details.issuer_addresses), certificate.issuer_addresses());
        assert_eq!(clear(&details.ocsp_addresses), certificate.ocsp_addresses());
        assert_eq!(clear(&details.crl_addresses), certificate.crl_addresses());
        for clear in ["10000000146", "12345678950"] {
            assert!(!printed.contains(clear), "{name}: {printed}");
        }
    }
}

#[test]
fn a_wrong_checksum_is_no_reason_to_refuse() {
    let odd = patched("nes-rsa2048", b"10000000146", b"11111111101");
    let id = odd.national_id().unwrap();
    assert!(!id.reveal().is_checksum_valid());
    assert_eq!(id.to_string(), "111******01");
    assert!(certificate("nes-rsa2048").national_id().unwrap().reveal().is_checksum_valid());
}

#[test]
fn a_name_is_shown_with_its_hidden_characters() {
    // K İ (two octets) become a right-to-left override of three octets.
    let odd = patched("nes-rsa2048", "Kİ".as_bytes(), "\u{202e}".as_bytes());
    assert_eq!(odd.subject().to_string(), r"serialNumber=100******46,CN=TEST \E2\80\AEŞİ,C=TR");
}
