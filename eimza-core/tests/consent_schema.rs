//! Receipts fit the schema that is published with them, by a validator that we did not write.

#![allow(clippy::unwrap_used, clippy::panic)]

mod consent_bed;

use std::path::{Path, PathBuf};
use std::process::Command;

use consent_bed::{Bed, FileKey, person};
use eimza_core::cms::SignedData;
use eimza_core::consent::{ConsentPortal, ConsentService, ConsentStatus, Kind, Receipt};
use eimza_testkit::{component, project, scratch, testbed};

/// The schema's verdict over a JSON file.
fn fits(validator: &Path, file: &Path) -> bool {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/receipt-1.json");
    let script = Path::new(&project()).join("tests/peers/schema.py");
    Command::new(validator).args([script, schema, file.to_owned()]).status().unwrap().success()
}

fn sealed_content(receipt: &Receipt) -> Vec<u8> {
    SignedData::read(receipt.sealed_form()).unwrap().content().unwrap().unwrap().into_owned()
}

#[test]
fn receipts_fit_their_schema() {
    let Some(validator) = component(testbed().join("venv/bin/python").to_str().unwrap()) else { return };
    let bed = Bed::new();
    let session = bed.open();
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    let given = session.submit(&signed).unwrap();
    let declared = bed.service.declare_revocation(&person(), &Kind::e_onay(), true).unwrap();
    let status = bed.service.status(&session.request().session).unwrap();
    let ConsentStatus::Revoked(revoked) = status else { panic!("{status:?}") };

    let folder: PathBuf = scratch("receipts");
    let write = |name: &str, octets: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, octets).unwrap();
        path
    };
    for (name, receipt) in [("given", &given), ("declared", &declared), ("revoked", &revoked)] {
        assert!(fits(&validator, &write(name, &sealed_content(receipt))), "{name}, sealed");
        assert!(fits(&validator, &write(name, receipt.display().unwrap().as_bytes())), "{name}, shown");
    }
    let other = given.display().unwrap().replace("\"way\": \"signed\"", "\"way\": \"whispered\"");
    assert!(!fits(&validator, &write("other", other.as_bytes())));
}
