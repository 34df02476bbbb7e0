//! The attributes on wish: what is asked for stands in the file, and OpenSSL reads it so.

use std::process::Command;

use eimza_core::cades::{Commitment, ContentHints, ContentReference, SigningOptions};
use eimza_core::cms::SignedData;
use eimza_testkit::{component, run, scratch};

use eimza_testbed::keys::{certificate, sign};
use eimza_testbed::{TEXT, options};

fn full() -> SigningOptions {
    SigningOptions {
        commitment: Some(Commitment::Approval),
        mime_type: Some("text/plain; charset=utf-8".into()),
        content_identifier: Some(b"record digest".to_vec()),
        content_hints: Some(ContentHints { description: Some("onay".into()) }),
        content_reference: Some(ContentReference {
            content_identifier: b"earlier".to_vec(),
            signature_value: b"value".to_vec(),
        }),
        chain: vec![certificate("nes-ca")],
        ..options()
    }
}

#[test]
fn attributes_on_wish_are_written() {
    let signature = sign("nes-rsa2048", TEXT, &full());
    let signed_data = SignedData::read(&signature).unwrap();
    let attributes = signed_data.signers()[0].signed_attributes().unwrap();
    let value = |identifier: &str| {
        let attribute = attributes.iter().find(|attribute| attribute.identifier() == identifier).unwrap();
        attribute.values().next().unwrap().to_vec()
    };
    assert_eq!(value("1.2.840.113549.1.9.16.2.16"), b"\x30\x0d\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x06\x05");
    assert_eq!(value("0.4.0.1733.2.1"), b"\x0c\x19text/plain; charset=utf-8");
    assert_eq!(value("1.2.840.113549.1.9.16.2.7"), b"\x04\x0drecord digest");
    assert_eq!(value("1.2.840.113549.1.9.16.2.4"), b"\x30\x11\x0c\x04onay\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01");
    let reference = b"\x30\x1b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\x04\x07earlier\x04\x05value";
    assert_eq!(value("1.2.840.113549.1.9.16.2.10"), reference);
    assert_eq!(signed_data.certificates().count(), 2);
    let written: Vec<_> = attributes.iter().map(|attribute| attribute.bytes().to_vec()).collect();
    assert!(written.is_sorted());
}

#[test]
fn openssl_prints_the_structure() {
    let Some(openssl) = component("openssl") else { return };
    let path = scratch("cades-print").join("full.p7s");
    std::fs::write(&path, sign("nes-rsa2048", TEXT, &full())).unwrap();
    let mut command = Command::new(openssl);
    let said = run(command.args(["cms", "-cmsout", "-print", "-inform", "DER", "-in"]).arg(&path)).expect_success();
    for line in ["version: 1", "d.issuerAndSerialNumber", "id-smime-aa-signingCertificateV2", "id-smime-aa-contentHint"]
    {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
}
