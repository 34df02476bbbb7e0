//! Time-stamps imprint by imprint: EU DSS finds those of the test kit intact, we find its own intact, and neither lets a
//! changed one through.

use eimza_core::cms::{Content, SignedData};
use eimza_core::crypto::{DigestAlgorithm, SignatureAlgorithm};
use eimza_core::validation::{Stamped, TimeStamp};
use eimza_testbed::TEXT;
use eimza_testbed::keys::value_of;
use eimza_testkit::cms;
use eimza_testkit::der::{children, context, octets, oid, sequence, tlv};
use eimza_testkit::peers::{BaselineOrder, JudgedStamp, Question, authority, dss};
use eimza_testkit::stamp::{
    ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3, CADES_C_TIME_STAMP, CERTIFICATE_REFERENCES, HASH_INDEX_V1,
    HASH_INDEX_V3, REFERENCES_TIME_STAMP, REVOCATION_REFERENCES, SIGNATURE_TIME_STAMP, SignedFile, attribute, token,
};

use crate::references::Material;
use crate::written::Attributes;

const CONTENT_TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.20";
const CONTENT: &[u8] = include_bytes!("../../../../testkit/cms/content");

/// Which of our own imprints hold, in the order of the file.
fn ours(file: &[u8], content: Option<&[u8]>) -> Vec<bool> {
    let signed_data = SignedData::read(file).unwrap();
    let signer = &signed_data.signers()[0];
    let stamped = Stamped { signed_data: &signed_data, signer, content: content.map(Content::Bytes) };
    let holds = |stamp: &TimeStamp<'_>| stamp.token().is_ok_and(|token| stamped.covered_by(stamp.kind, &token).is_ok());
    TimeStamp::all(signer).unwrap().iter().map(holds).collect()
}

/// What DSS says of each.
fn theirs(file: &[u8], content: Option<&[u8]>) -> Option<Vec<JudgedStamp>> {
    let question = Question {
        signature: file.to_vec(),
        content: content.map(<[u8]>::to_vec),
        anchors: vec![eimza_testkit::pki::certificate("root")],
        time: "2039-01-01T00:00:00Z".to_owned(),
        ..Question::default()
    };
    Some(dss()?.judge(&question).unwrap().stamps)
}

/// Both find every stamp of the file intact, DSS takes one for `kind`; both find that one broken once its file has changed.
fn both_agree(file: &SignedFile, content: Option<&[u8]>, kind: &str, change: impl FnOnce(&mut SignedFile)) {
    let der = file.der();
    let Some(stamps) = theirs(&der, content) else { return };
    assert!(stamps.iter().all(JudgedStamp::holds), "{stamps:?}");
    assert!(stamps.iter().any(|stamp| stamp.kind == kind), "{stamps:?}");
    assert!(ours(&der, content).into_iter().all(|holds| holds), "{kind}");

    let mut changed = file.clone();
    change(&mut changed);
    let der = changed.der();
    // DSS lists stamps by their times.
    let stamps = theirs(&der, content).unwrap();
    assert!(stamps.iter().any(|stamp| stamp.kind == kind && !stamp.is_intact), "{stamps:?}");
    assert_eq!(ours(&der, content).last(), Some(&false), "{kind}");
}

/// With a signature-time-stamp, a CRL and an OCSP answer: attached, and detached with its content.
fn stamped() -> Vec<(SignedFile, Option<&'static [u8]>)> {
    let Some(material) = Material::new() else { return Vec::new() };
    let files = [("attached-rsa2048", None), ("detached-rsa2048", Some(CONTENT))];
    let stamped = files.map(|(name, content)| {
        let mut file = SignedFile::read(&cms::find(name).signature);
        // RFC 5940 section 2.1: an answer stands there as another format.
        let bytes = sequence(&[oid("1.3.6.1.5.5.7.48.1.1"), octets(&material.basic)]);
        let response = sequence(&[tlv(0x0a, &[0]), context(0, &bytes)]);
        let ocsp = context(1, &[oid("1.3.6.1.5.5.7.16.2"), response].concat());
        file.fields.push(context(1, &[material.crl.clone(), ocsp].concat()));
        let stamp = token("sha256", &file.signature_value()).unwrap();
        file.add(SIGNATURE_TIME_STAMP, &stamp);
        (file, content)
    });
    stamped.into()
}

fn other_signature_time_stamp(file: &mut SignedFile) {
    file.unsigned[0] = attribute(SIGNATURE_TIME_STAMP, &token("sha256", &file.signature_value()).unwrap());
}

#[test]
fn archive_time_stamps_of_the_third_kind_with_either_index() {
    for (index, name) in [(HASH_INDEX_V3, "ATS_HASH_INDEX_V3"), (HASH_INDEX_V1, "ATS_HASH_INDEX")] {
        for (mut file, content) in stamped() {
            file.add(ARCHIVE_TIME_STAMP_V3, &file.archive_v3(CONTENT, index).unwrap());
            both_agree(&file, content, &format!("ARCHIVE_TIMESTAMP CAdES_V3 {name}"), other_signature_time_stamp);
        }
    }
}

#[test]
fn archive_time_stamps_of_the_second_kind() {
    for with_header in [true, false] {
        for (mut file, content) in stamped() {
            let input = file.archive_v2_input(content.unwrap_or_default(), with_header);
            file.add(ARCHIVE_TIME_STAMP_V2, &token("sha512", &input).unwrap());
            both_agree(&file, content, "ARCHIVE_TIMESTAMP CAdES_V2", other_signature_time_stamp);
        }
    }
}

#[test]
fn signature_time_stamps() {
    for (file, content) in stamped() {
        both_agree(&file, content, "SIGNATURE_TIMESTAMP", |file| {
            file.unsigned[0] = attribute(SIGNATURE_TIME_STAMP, &token("sha256", b"another value").unwrap());
        });
    }
}

#[test]
fn stamps_over_references() {
    let Some(material) = Material::new() else { return };
    let mut file = Attributes::of(&material).file();
    let stamp = token("sha256", &file.signature_value()).unwrap();
    file.unsigned.insert(0, attribute(SIGNATURE_TIME_STAMP, &stamp));
    let covered = [SIGNATURE_TIME_STAMP, CERTIFICATE_REFERENCES, REVOCATION_REFERENCES];
    let whole = [file.signature_value(), file.attribute_fields(&covered)].concat();
    let references = file.attribute_fields(&covered[1..]);
    for (kind, input, name) in [
        (CADES_C_TIME_STAMP, whole, "VALIDATION_DATA_TIMESTAMP"),
        (REFERENCES_TIME_STAMP, references, "VALIDATION_DATA_REFSONLY_TIMESTAMP"),
    ] {
        let mut file = file.clone();
        file.add(kind, &token("sha256", &input).unwrap());
        both_agree(&file, None, name, |file| {
            let mut fewer = Attributes::of(&material);
            fewer.certificate_references.pop();
            file.unsigned[1] = fewer.file().unsigned[0].clone();
        });
    }
}

#[test]
fn content_time_stamps() {
    let Some(stamp) = token("sha256", CONTENT) else { return };
    let of_another = token("sha256", b"another content").unwrap();
    for (case, content) in [("attached-rsa2048", None), ("detached-rsa2048", Some(CONTENT))] {
        let file = SignedFile::read(&cms::find(case).signature);
        let with_stamp = |stamp: &[u8]| with_signed_attribute(&file, &attribute(CONTENT_TIME_STAMP, stamp));
        both_agree(&with_stamp(&stamp), content, "CONTENT_TIMESTAMP", |file| *file = with_stamp(&of_another));
    }
}

/// The file with one more signed attribute, signed again.
fn with_signed_attribute(file: &SignedFile, attribute: &[u8]) -> SignedFile {
    let mut file = file.clone();
    let place = file.signer.iter().position(|field| field[0] == 0xa0).unwrap();
    let mut attributes = children(&file.signer[place]);
    attributes.push(attribute.to_vec());
    attributes.sort();
    let digest = DigestAlgorithm::Sha256.digest(&tlv(0x31, &attributes.concat()));
    let algorithm = SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256);
    file.signer[place] = tlv(0xa0, &attributes.concat());
    *file.signer.last_mut().unwrap() = octets(&value_of("nes-rsa2048", algorithm, &digest));
    file
}

/// Whatever DSS stamps, we find intact: over content, signature and file, once and twice, attached and detached.
#[test]
fn stamps_of_dss() {
    let (Some(dss), Some(authority)) = (dss(), authority()) else { return };
    for detached in [false, true] {
        let order = BaselineOrder { detached, content_time_stamp: true, ..BaselineOrder::new("LTA", "p256") };
        let content = detached.then_some(TEXT);
        let once = dss.sign(authority, &order, TEXT);
        assert_eq!(ours(&once, content), [true; 3]);
        let twice = dss.extend(authority, "LTA", &once, content);
        assert_eq!(ours(&twice, content), [true; 4]);
        assert!(theirs(&twice, content).unwrap().iter().all(JudgedStamp::holds));
    }
}
