//! Records and receipts fit the schemas that are published with them, by a validator that we did not write; and what a
//! schema refuses is not opened as a receipt.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bed::forger::forged;
use crate::bed::{Bed, FileKey, person};
use eimza_core::cades::SigningOptions;
use eimza_core::cms::SignedData;
use eimza_core::consent::{ConsentPortal, ConsentService, ConsentStatus, Kind, Receipt};
use eimza_core::crypto::DigestAlgorithm;
use eimza_testkit::{component, project, scratch, testbed};
use serde_json::{Value, json};

/// The files that do not fit a schema.
fn misfits(validator: &Path, schema: &str, files: &[PathBuf]) -> Vec<PathBuf> {
    let script = Path::new(&project()).join("tests/peers/schema.py");
    let output = Command::new(validator).arg(script).arg(schema_path(schema)).args(files).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let is_named = |file: &&PathBuf| printed.lines().any(|line| line.starts_with(&format!("{}:", file.display())));
    let found: Vec<PathBuf> = files.iter().filter(is_named).cloned().collect();
    assert_eq!(output.status.success(), found.is_empty(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    found
}

fn schema_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name)
}

fn sealed_content(receipt: &Receipt) -> Vec<u8> {
    SignedData::read(receipt.sealed_form()).unwrap().content().unwrap().unwrap().into_owned()
}

fn written(folder: &Path, name: &str, octets: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, octets).unwrap();
    path
}

#[test]
fn records_and_receipts_fit_their_schemas() {
    let Some(validator) = component(testbed().join("venv/bin/python").to_str().unwrap()) else { return };
    let bed = Bed::new();
    let session = bed.open();
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    let given = session.submit(&signed).unwrap();
    let declared = bed.service.declare_revocation(&person(), &Kind::e_onay(), true).unwrap();
    let status = bed.service.status(&session.request().session).unwrap();
    let ConsentStatus::Revoked(revoked) = status else { panic!("{status:?}") };

    let folder = scratch("receipts");
    let mut files = Vec::new();
    for (name, receipt) in [("given", &given), ("declared", &declared), ("revoked", &revoked)] {
        files.push(written(&folder, &format!("{name}-sealed"), &sealed_content(receipt)));
        files.push(written(&folder, &format!("{name}-shown"), receipt.display().unwrap().as_bytes()));
    }
    assert_eq!(misfits(&validator, "receipt-1.json", &files), Vec::<PathBuf>::new());
    let record = written(&folder, "record", signed.record());
    assert_eq!(misfits(&validator, "record-1.json", &[record]), Vec::<PathBuf>::new());
    let shown: Value = serde_json::from_str(&given.display().unwrap()).unwrap();
    assert_eq!(shown["masked"], json!(true));
    let masked = written(&folder, "masked-record", shown["record"].to_string().as_bytes());
    assert_eq!(misfits(&validator, "record-1.json", std::slice::from_ref(&masked)), [masked]);
}

/// Schemas that refer to the record's bring it along, so that each can be used alone.
#[test]
fn a_schema_holds_the_records_schema_that_it_refers_to() {
    let read = |name| -> Value { serde_json::from_slice(&std::fs::read(schema_path(name)).unwrap()).unwrap() };
    for name in ["receipt-1.json", "redeemed-1.json"] {
        assert_eq!(read(name)["$defs"]["record-1"], read("record-1.json"), "{name}");
    }
}

type Fault = (&'static str, fn(&mut Value));

/// Receipts that a service sealed and yet should not have: each is right but for one thing.
const FAULTS: &[Fault] = &[
    ("another-schema", |receipt| receipt["schema"] = json!("eimza-receipt-2")),
    ("a-member-more", |receipt| receipt["note"] = json!("")),
    ("masked", |receipt| receipt["masked"] = json!(true)),
    ("masked-id", |receipt| receipt["record"]["request"]["person"]["national_id"] = json!("100******46")),
    ("another-way", |receipt| receipt["way"] = json!("whispered")),
    ("declared-and-signed", |receipt| receipt["way"] = json!("declared")),
    ("no-certificate", |receipt| receipt["certificate_sha256"] = Value::Null),
    ("capital-digits", |receipt| receipt["certificate_sha256"] = json!("AB".repeat(32))),
    ("no-signatures", |receipt| receipt["signatures_sha256"] = json!([])),
    ("a-short-digest", |receipt| receipt["signatures_sha256"] = json!(["00"])),
    ("no-signing-time", |receipt| receipt["signed_at"] = Value::Null),
    ("no-verdict", |receipt| receipt["verdict"] = Value::Null),
    ("a-verdict-of-nobody", |receipt| receipt["verdict"]["indication"] = json!("PASSED")),
    ("a-moment-in-words", |receipt| receipt["accepted_at"]["istanbul"] = json!("öğlen")),
    ("a-note-without-digest", |receipt| {
        let accepted_at = receipt["accepted_at"].clone();
        receipt["revocation"] = json!({ "accepted_at": accepted_at, "way": "declared", "record_sha256": "" });
    }),
    ("another-version", |receipt| receipt["record"]["version"] = json!(2)),
    ("nothing-read", |receipt| receipt["record"]["moments"] = json!([])),
    ("a-short-nonce", |receipt| receipt["record"]["request"]["nonce"] = json!("0")),
    ("an-empty-text", |receipt| receipt["record"]["request"]["texts"][0]["length"] = json!(0)),
    ("no-texts", |receipt| receipt["record"]["request"]["texts"] = json!([])),
    ("a-number-too-great", |receipt| {
        receipt["record"]["request"]["least_reading_seconds"] = json!(9_007_199_254_740_992_u64);
    }),
];

#[test]
fn what_does_not_fit_the_schema_is_not_opened() {
    let Some(validator) = component(testbed().join("venv/bin/python").to_str().unwrap()) else { return };
    let bed = Bed::new();
    let session = bed.open();
    let receipt = session.submit(&bed.sign(&session, &FileKey::of("nes-p256"))).unwrap();
    let right: Value = serde_json::from_slice(&sealed_content(&receipt)).unwrap();
    let seal = FileKey::of("seal");
    let open = |receipt: &Value| {
        let text = serde_json_canonicalizer::to_string(receipt).unwrap();
        Receipt::open(&forged(&seal, &text, &SigningOptions::new(crate::bed::now(&bed))), &seal.certificate)
    };
    assert_eq!(open(&right).unwrap().record(), receipt.record());

    let folder = scratch("faulty-receipts");
    let mut files = Vec::new();
    for (name, fault) in FAULTS {
        let mut wrong = right.clone();
        fault(&mut wrong);
        // The digest is that of the record as it stands there: the fault alone is wrong.
        let record = serde_json_canonicalizer::to_vec(&wrong["record"]).unwrap();
        wrong["record_sha256"] = json!(DigestAlgorithm::Sha256.digest(&record).to_hex());
        assert!(open(&wrong).is_err(), "{name}");
        files.push(written(&folder, name, wrong.to_string().as_bytes()));
    }
    // "masked" is for display: there the schema takes it.
    let shown = folder.join("masked");
    let refused: Vec<PathBuf> = files.iter().filter(|file| **file != shown).cloned().collect();
    assert_eq!(misfits(&validator, "receipt-1.json", &files), refused);
}
