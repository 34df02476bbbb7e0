//! Adding to a file: every octet that was there stays.

use eimza_core::cades::SigningOptions;
use eimza_core::cms::{Additions, SignedData};
use eimza_core::validation::verify;
use eimza_testkit::der::{context, integer, oid};
use eimza_testkit::stamp::{ARCHIVE_TIME_STAMP_V2, SignedFile, attribute};
use eimza_testkit::status::{CrlDraft, GOOD, OcspDraft, single};
use eimza_testkit::{cms, component, run, scratch};

use eimza_testbed::keys::{certificate, sign};
use eimza_testbed::{TEXT, options};

const OWN: &str = "1.3.6.1.4.1.99999.1";

#[test]
fn an_attribute_is_added_and_every_other_octet_stays() {
    let file = sign("nes-p256", TEXT, &options());
    let added = attribute(OWN, &[5, 0]);
    let spliced =
        SignedData::read(&file).unwrap().with(&Additions::new().unsigned_attribute(0, added.clone())).unwrap();
    let (before, after) = (SignedFile::read(&file), SignedFile::read(&spliced));
    assert_eq!((&before.fields, &before.signer), (&after.fields, &after.signer));
    assert_eq!(after.unsigned, std::slice::from_ref(&added));
    let twice =
        SignedData::read(&spliced).unwrap().with(&Additions::new().unsigned_attribute(0, added.clone())).unwrap();
    assert_eq!(SignedFile::read(&twice).unsigned, [added.clone(), added], "behind what is there");
    assert!(verify(&SignedData::read(&twice).unwrap(), None, &[]).unwrap().all_passed());
    assert_eq!(
        SignedData::read(&file).unwrap().with(&Additions::new()).unwrap(),
        file,
        "nothing added, nothing changed"
    );
}

#[test]
fn certificates_and_revocation_data_are_added_behind_the_others() {
    let file = sign("nes-p256", TEXT, &SigningOptions { chain: vec![certificate("nes-ca")], ..options() });
    let Some(crl) = CrlDraft::new("root").sign() else { return };
    let additions = Additions::new().certificate(certificate("root").der()).revocation_data(crl.clone());
    let spliced = SignedData::read(&file).unwrap().with(&additions).unwrap();
    let read = SignedData::read(&spliced).unwrap();
    let names = ["nes-p256", "nes-ca", "root"].map(certificate);
    assert!(read.certificates().eq(names.iter().map(|one| one.der())));
    assert!(read.revocation_data().eq([crl.as_slice()]));
    assert_eq!(SignedFile::read(&file).signer, SignedFile::read(&spliced).signer);
    assert!(verify(&read, None, &[]).unwrap().all_passed());
}

/// RFC 5652 section 5.1; nothing that is signed or stamped covers the version.
#[test]
fn another_format_of_revocation_data_raises_the_version() {
    let file = sign("nes-p256", TEXT, &options());
    let with = |file: &[u8], member: Vec<u8>| {
        SignedData::read(file).unwrap().with(&Additions::new().revocation_data(member)).unwrap()
    };
    let Some(crl) = CrlDraft::new("root").sign() else { return };
    let with_crl = with(&file, crl);
    assert_eq!(SignedFile::read(&with_crl).fields[0], integer(&[1]), "a CRL is no other format");
    let answer = single(("nes-p256", "nes-ca"), "sha1", GOOD, "20260615120000Z", None, &[]).unwrap();
    let answer = OcspDraft::new("ocsp-nes-ca", answer).sign().unwrap();
    let other = context(1, &[oid("1.3.6.1.5.5.7.16.2"), answer].concat());
    let spliced = with(&with_crl, other.clone());
    let (before, after) = (SignedFile::read(&with_crl), SignedFile::read(&spliced));
    assert_eq!(after.fields[0], integer(&[5]));
    assert_eq!((&before.fields[1..4], &before.signer), (&after.fields[1..4], &after.signer), "all else stays");
    assert_eq!(SignedFile::read(&with(&spliced, other)).fields[0], integer(&[5]));
    assert!(verify(&SignedData::read(&spliced).unwrap(), None, &[]).unwrap().all_passed());
    let told = openssl_tells(&spliced);
    assert!(told.contains("version: 5"), "{told}");
}

/// What openssl reads in a file.
fn openssl_tells(file: &[u8]) -> String {
    let place = scratch("splice").join("file.p7s");
    std::fs::write(&place, file).unwrap();
    let mut command = std::process::Command::new(component("openssl").unwrap());
    command.args(["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in"]).arg(&place);
    run(&mut command).expect_success()
}

/// Indefinite lengths around the addition become definite; what is signed keeps its octets, in whatever form.
#[test]
fn files_in_ber_are_extended_too() {
    for name in ["ber-content-in-pieces", "attached-p256"] {
        let file = cms::find(name).signature;
        let before = SignedData::read(&file).unwrap();
        let spliced = before.with(&Additions::new().unsigned_attribute(0, attribute(OWN, &[5, 0]))).unwrap();
        let after = SignedData::read(&spliced).unwrap();
        assert!(after.certificates().eq(before.certificates()), "{name}");
        assert_eq!(after.content().unwrap(), before.content().unwrap(), "{name}");
        assert_eq!(
            after.signers()[0].signed_attributes().unwrap().bytes(),
            before.signers()[0].signed_attributes().unwrap().bytes()
        );
        assert!(verify(&after, None, &[]).unwrap().all_passed(), "{name}");
    }
}

#[test]
fn what_would_break_a_file_is_refused() {
    let file = sign("nes-p256", TEXT, &options());
    let read = SignedData::read(&file).unwrap();
    let refused = |additions: Additions| read.with(&additions).unwrap_err().name();
    assert_eq!(refused(Additions::new().unsigned_attribute(1, attribute(OWN, &[5, 0]))), "argument-invalid");
    assert_eq!(refused(Additions::new().unsigned_attribute(0, [0x30, 0])), "argument-invalid");
    assert_eq!(refused(Additions::new().certificate([0x30, 5])), "argument-invalid");
    let archived =
        read.with(&Additions::new().unsigned_attribute(0, attribute(ARCHIVE_TIME_STAMP_V2, &[0x30, 0]))).unwrap();
    let beneath = SignedData::read(&archived).unwrap().with(&Additions::new().certificate(certificate("root").der()));
    assert_eq!(beneath.unwrap_err().name(), "argument-invalid");
}
