//! What is inside, without judging.

use eimza_core::Certificate;
use eimza_core::cades::{SigningOptions, prepare};
use eimza_core::cms::{Additions, Content, SignedData, inspect};
use eimza_testkit::der::{context, oid, sequence};
use eimza_testkit::stamp::attribute;
use eimza_testkit::status::{CrlDraft, GOOD, OcspDraft, single};
use eimza_testkit::{cms, pki};
use serde_json::json;

use eimza_testbed::keys::{sign, value};

#[test]
fn encodings_and_sizes_are_told() {
    let seen = |name: &str| inspect(&cms::find(name).signature).unwrap();
    assert_eq!(seen("attached-rsa2048").encoding, "DER");
    for ber in ["ber-indefinite", "ber-content-in-pieces", "ber-long-lengths", "attributes-unsorted-signed-sorted"] {
        assert_eq!(seen(ber).encoding, "BER", "{ber}");
    }
    assert!(seen("tail-of-zeros").padding > 1_000);
    assert_eq!(seen("content-empty").content_size, Some(0));
    assert_eq!(seen("detached-rsa2048").content_size, None);
    assert_eq!(seen("ocsp-in-crls").revocation_data[0].format, "ocsp");
    assert!(seen("attribute-certificate-inside").other_certificates >= 2);
}

#[test]
fn signers_and_attributes_have_names() {
    let json = serde_json::to_value(inspect(&cms::find("counter-signature").signature).unwrap()).unwrap();
    let signer = &json["signers"][0];
    assert_eq!(json["signers"][1]["parent"], "S0");
    assert_eq!(json["content_type"]["name"], "data");
    assert_eq!(signer["digest_algorithm"], "SHA-256");
    assert_eq!(signer["unsigned_attributes"][0]["name"], "counter-signature");
    let attributes = signer["signed_attributes"].as_array().unwrap();
    let time = attributes.iter().find(|attribute| attribute["name"] == "signing-time").unwrap();
    assert_eq!(time["oid"], "1.2.840.113549.1.9.5");
    assert!(time["text"].as_str().unwrap().ends_with('Z'));
    let person = json.to_string();
    assert!(!person.contains("10000000146"), "national ids are masked: {person}");
}

#[test]
fn national_ids_are_shown_only_where_they_are_asked_for() {
    let der = pki::certificate("nes-p256");
    let name = |old: &str, der: Vec<u8>| {
        let at = der.windows(old.len()).position(|window| window == old.as_bytes()).unwrap();
        [&der[..at], &format!("{:<1$}", "10000000146", old.len()).into_bytes(), &der[at + old.len()..]].concat()
    };
    // In the issuer's and in the subject's common name.
    let certificate = Certificate::from_der(name("TEST KİŞİ", name("Elektronik ", der))).unwrap();
    let options = SigningOptions { mime_type: Some("10000000146".into()), ..eimza_testbed::options() };
    let prepared = prepare(Content::Bytes(eimza_testbed::TEXT), &certificate, &options).unwrap();
    let value = value("nes-p256", &prepared);
    let file = prepared.complete(&value).unwrap();

    let count = |json: String| json.matches("10000000146").count();
    let report = eimza_testbed::trusting_nobody().of(&file).unwrap();
    assert_eq!(count(serde_json::to_string(&report).unwrap()), 0);
    assert_eq!(count(serde_json::to_string(&report.revealed()).unwrap()), 2, "common name and national id");
    assert_eq!(count(serde_json::to_string(&inspect(&file).unwrap()).unwrap()), 0);
    let revealed = inspect(&file).unwrap().revealed();
    assert_eq!(count(revealed.signers[0].issuer.as_ref().unwrap().to_string()), 1);
    assert_eq!(count(serde_json::to_string(&revealed).unwrap()), 6, "{revealed:?}");
}

#[test]
fn a_long_text_is_masked_before_it_is_cut() {
    let text = |text: String| {
        let options = SigningOptions { mime_type: Some(text), ..eimza_testbed::options() };
        let seen = inspect(&sign("nes-p256", eimza_testbed::TEXT, &options)).unwrap();
        let attributes = seen.signers[0].signed_attributes.as_ref().unwrap();
        attributes
            .iter()
            .find(|attribute| attribute.name == Some("mime-type"))
            .unwrap()
            .text
            .clone()
            .unwrap()
            .to_string()
    };
    for before in 240..=256 {
        let (letters, masked) = ("x".repeat(before), if before <= 245 { "100******46" } else { "" });
        assert_eq!(text(format!("{letters}10000000146")), format!("{letters}{masked}"));
        assert_eq!(
            text(format!("{letters}10000000146 {letters}"))[..before + masked.len()],
            format!("{letters}{masked}")
        );
    }
    assert_eq!(text("ş".repeat(300)), "ş".repeat(256));
}

/// In `crls` and in the values of the long form, by name and by key, and what cannot be read.
#[test]
fn crls_and_ocsp_answers_are_told_with_issuer_and_dates() {
    let file = sign("nes-p256", eimza_testbed::TEXT, &eimza_testbed::options());
    let Some(crl) = CrlDraft::new("nes-ca").sign() else { return };
    let single = single(("nes-p256", "nes-ca"), "sha1", GOOD, "20260615110000Z", Some("20260615130000Z"), &[]).unwrap();
    let by_key = OcspDraft { by_key: true, ..OcspDraft::new("ocsp-nes-ca", single.clone()) };
    let whole = OcspDraft::new("ocsp-nes-ca", single).sign().unwrap();
    let member = context(1, &[oid("1.3.6.1.5.5.7.16.2"), whole].concat());
    let broken = context(1, &[oid("1.3.6.1.5.5.7.16.2"), vec![0x30, 0]].concat());
    let values =
        [context(0, &sequence(std::slice::from_ref(&crl))), context(1, &sequence(&[by_key.sign_basic().unwrap()]))];
    let additions = Additions::new()
        .revocation_data(crl)
        .revocation_data(member)
        .revocation_data(broken)
        .unsigned_attribute(0, attribute("1.2.840.113549.1.9.16.2.24", &sequence(&values)));
    let file = SignedData::read(&file).unwrap().with(&additions).unwrap();

    let json = serde_json::to_value(inspect(&file).unwrap()).unwrap();
    let (inside, values) = (&json["revocation_data"], &json["signers"][0]["revocation_values"]);
    for crl in [&inside[0], &values[0]] {
        assert_eq!((&crl["format"], &crl["entries"], &crl["produced_at"]), (&json!("crl"), &json!(0), &json!(null)));
        assert!(crl["issuer"].as_str().unwrap().contains("CN="), "{crl}");
        assert_eq!(crl["this_update"], "2026-06-15T12:00:00Z");
        assert_eq!(crl["next_update"], "2026-06-22T12:00:00Z");
    }
    for ocsp in [&inside[1], &values[1]] {
        assert_eq!((&ocsp["format"], &ocsp["entries"]), (&json!("ocsp"), &json!(1)));
        assert_eq!(ocsp["produced_at"], "2026-06-15T12:00:00Z");
        assert_eq!(ocsp["this_update"], "2026-06-15T11:00:00Z");
        assert_eq!(ocsp["next_update"], "2026-06-15T13:00:00Z");
    }
    assert!(inside[1]["issuer"].as_str().unwrap().contains("CN="), "{inside}");
    assert_eq!(values[1]["issuer"].as_str().unwrap().len(), 40, "SHA-1 of the responder's key");
    assert_eq!((&inside[2]["format"], &inside[2]["issuer"]), (&json!("ocsp"), &json!(null)));
}

#[test]
fn every_declared_file_that_is_read_is_inspected() {
    let inspected = cms::cases().iter().filter(|case| inspect(&case.signature).is_ok()).count();
    assert!(inspected > 50, "{inspected}");
}
