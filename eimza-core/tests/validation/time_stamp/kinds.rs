//! Stamps over content, signature value and references.

use eimza_core::Certificate;
use eimza_core::cms::inspect;
use eimza_core::crypto::DigestAlgorithm;
use eimza_core::validation::ImprintFault;
use eimza_testkit::stamp::{
    CADES_C_TIME_STAMP, CERTIFICATE_REFERENCES, REFERENCES_TIME_STAMP, REVOCATION_REFERENCES, SIGNATURE_TIME_STAMP,
    attribute, token,
};

use super::{Covered, covered, file, last};

fn nothing() -> Covered {
    Covered { content: false, signature: false, certificates: 0, revocation_data: 0, attributes: vec![] }
}

#[test]
fn a_signature_time_stamp_is_over_the_value_alone() {
    let mut file = file("attached-rsa2048");
    let Some(stamp) = token("sha384", &file.signature_value()) else { return };
    file.add(SIGNATURE_TIME_STAMP, &stamp);
    assert_eq!(last(&file.der(), None), Ok(Covered { signature: true, ..nothing() }));
    let whole = file.signer.last().unwrap().clone();
    file.unsigned.clear();
    file.add(SIGNATURE_TIME_STAMP, &token("sha256", &whole).unwrap());
    assert_eq!(last(&file.der(), None), Err(ImprintFault::Differs));
}

#[test]
fn a_stamp_of_another_signature_covers_nothing() {
    let mut file = file("attached-rsa2048");
    let Some(stamp) = token("sha256", &super::file("attached-p256").signature_value()) else { return };
    file.add(SIGNATURE_TIME_STAMP, &stamp);
    assert_eq!(last(&file.der(), None), Err(ImprintFault::Differs));
}

#[test]
fn several_tokens_of_one_attribute_count_each() {
    let mut file = file("attached-rsa2048");
    let (Some(good), Some(other)) = (token("sha256", &file.signature_value()), token("sha256", b"other")) else {
        return;
    };
    file.unsigned.push(attribute(SIGNATURE_TIME_STAMP, &[good.clone(), other].concat()));
    file.add(SIGNATURE_TIME_STAMP, &good);
    let found = covered(&file.der(), None);
    assert!(found[0].is_ok() && found[1].is_err() && found[2].is_ok() && found.len() == 3);
}

/// The order of the standard, and the stored one, which some programs take.
#[test]
fn stamps_over_references_cover_them() {
    let mut file = file("attached-rsa2048");
    let Some(stamp) = token("sha256", &file.signature_value()) else { return };
    file.add(REVOCATION_REFERENCES, &[0x30, 0]);
    file.add(CERTIFICATE_REFERENCES, &[0x30, 2, 5, 0]);
    file.add(SIGNATURE_TIME_STAMP, &stamp);
    let specified = [SIGNATURE_TIME_STAMP, CERTIFICATE_REFERENCES, REVOCATION_REFERENCES];
    let stored = [REVOCATION_REFERENCES, CERTIFICATE_REFERENCES, SIGNATURE_TIME_STAMP];
    let attributes: Vec<String> = specified.iter().map(ToString::to_string).collect();
    let whole = Covered { signature: true, attributes: attributes.clone(), ..nothing() };
    let alone = Covered { attributes: attributes[1..].to_vec(), ..nothing() };
    let with = |kind: &str, input: Vec<u8>| {
        let mut file = file.clone();
        file.add(kind, &token("sha256", &input).unwrap());
        last(&file.der(), None)
    };
    for order in [&specified, &stored] {
        let input = [file.signature_value(), file.attribute_fields(order)].concat();
        assert_eq!(with(CADES_C_TIME_STAMP, input).as_ref(), Ok(&whole));
    }
    let references = file.attribute_fields(&specified[1..]);
    assert_eq!(with(REFERENCES_TIME_STAMP, references.clone()), Ok(alone));
    assert_eq!(with(CADES_C_TIME_STAMP, references), Err(ImprintFault::Differs));
    let without_stamp = [file.signature_value(), file.attribute_fields(&specified[1..])].concat();
    assert_eq!(with(CADES_C_TIME_STAMP, without_stamp), Err(ImprintFault::Differs));
}

#[test]
fn more_stamps_than_the_limit_are_refused() {
    let mut file = file("attached-rsa2048");
    file.unsigned.push(attribute(SIGNATURE_TIME_STAMP, &[5, 0].repeat(65)));
    let der = file.der();
    let signed_data = eimza_core::cms::SignedData::read(&der).unwrap();
    let error = eimza_core::validation::TimeStamp::all(&signed_data.signers()[0]).unwrap_err();
    assert_eq!(error.name(), "limit-exceeded");
}

#[test]
fn an_inspection_tells_who_stamped_what() {
    let mut file = file("attached-rsa2048");
    let value = file.signature_value();
    let Some(stamp) = token("sha384", &value) else { return };
    file.add(SIGNATURE_TIME_STAMP, &stamp);
    let inspection = inspect(&file.der()).unwrap();
    let [shown] = inspection.signers[0].time_stamps.as_slice() else { panic!("one time-stamp") };
    let tsa = Certificate::from_der(eimza_testkit::pki::certificate("tsa")).unwrap();
    assert_eq!(shown.attribute, Some("signature-time-stamp"));
    assert_eq!(shown.tsa.as_ref().map(ToString::to_string), Some(tsa.subject().to_string()));
    assert_eq!((shown.serial.as_deref(), shown.policy.as_deref()), (Some("0b"), Some("1.2.3.4")));
    let imprint = shown.imprint.as_ref().unwrap();
    assert_eq!(imprint.digest, DigestAlgorithm::Sha384.digest(&value).to_hex());
    assert_eq!(imprint.algorithm, "SHA-384");
}
