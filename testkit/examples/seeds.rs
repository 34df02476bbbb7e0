//! Writes CRLs, OCSP answers and stamped files as seeds for fuzzing: `seeds FOLDER`.

#![allow(clippy::expect_used)]

use std::path::PathBuf;

use eimza_testkit::cms;
use eimza_testkit::der::{context_primitive, extension, integer, tlv};
use eimza_testkit::stamp::{
    ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3, HASH_INDEX_V3, SIGNATURE_TIME_STAMP, SignedFile, token,
};
use eimza_testkit::status::{CrlDraft, GOOD, OcspDraft, entry, revoked, single};

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("FOLDER"));
    let write = |target: &str, name: &str, octets: Option<Vec<u8>>| {
        let place = folder.join(target);
        std::fs::create_dir_all(&place).expect("the folder is writable");
        std::fs::write(place.join(name), octets.expect("openssl is installed")).expect("the folder is writable");
    };
    let hold = extension("2.5.29.21", false, &tlv(0x0a, &[6]));
    let entries = vec![entry(&[0x77], "20260601000000Z", &[hold]), entry(&[0x78], "20260601000000Z", &[])];
    let extensions = vec![
        extension("2.5.29.20", false, &integer(&[6])),
        extension("2.5.29.27", true, &integer(&[5])),
        extension("2.5.29.28", true, &tlv(0x30, &context_primitive(4, &[0xff]))),
    ];
    write("crl", "plain", CrlDraft { entries: entries.clone(), ..CrlDraft::new("nes-ca") }.sign());
    write("crl", "delta-indirect", CrlDraft { entries, extensions, ..CrlDraft::new("nes-ca") }.sign());

    let (nes, at) = (("nes-rsa2048", "nes-ca"), "20260615120000Z");
    let answer = |status: &[u8]| Some(OcspDraft::new("ocsp-nes-ca", single(nes, "sha1", status, at, Some(at), &[])?));
    write("ocsp", "good", answer(GOOD).and_then(|draft| draft.sign()));
    write("ocsp", "revoked-basic", answer(&revoked(at, Some(1))).and_then(|draft| draft.sign_basic()));

    let mut file = SignedFile::read(&cms::find("attached-p256").signature);
    let stamp = token("sha256", &file.signature_value()).expect("openssl is installed");
    write("time_stamp", "token", Some(stamp.clone()));
    file.add(SIGNATURE_TIME_STAMP, &stamp);
    let second = token("sha256", &file.archive_v2_input(&[], true)).expect("openssl is installed");
    let third = file.archive_v3(b"content", HASH_INDEX_V3).expect("openssl is installed");
    file.add(ARCHIVE_TIME_STAMP_V2, &second);
    file.add(ARCHIVE_TIME_STAMP_V3, &third);
    write("time_stamp", "archived", Some(file.der()));
}
