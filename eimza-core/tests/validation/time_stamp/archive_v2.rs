//! Archive time-stamps v2: everything that was there, in the order in which it stood there.

use eimza_core::validation::ImprintFault;
use eimza_testkit::stamp::{ARCHIVE_TIME_STAMP_V2, SIGNATURE_TIME_STAMP, SignedFile, token};

use super::{CONTENT, Covered, file, last};

/// A file with a signature stamp, and what an archive stamp is over.
fn archived(name: &str, detached: &[u8], with_header: bool) -> Option<SignedFile> {
    let mut file = file(name);
    let stamp = token("sha256", &file.signature_value())?;
    file.add(SIGNATURE_TIME_STAMP, &stamp);
    let archive = token("sha512", &file.archive_v2_input(detached, with_header))?;
    file.add(ARCHIVE_TIME_STAMP_V2, &archive);
    Some(file)
}

fn all(certificates: usize, revocation_data: usize) -> Covered {
    let attributes = vec![SIGNATURE_TIME_STAMP.to_owned()];
    Covered { content: true, signature: true, certificates, revocation_data, attributes }
}

#[test]
fn both_forms_are_understood_attached_and_detached() {
    for with_header in [true, false] {
        let Some(attached) = archived("ocsp-in-crls", &[], with_header) else { return };
        assert_eq!(last(&attached.der(), None), Ok(all(1, 2)));
        let detached = archived("detached-rsa2048", CONTENT, with_header).unwrap();
        assert_eq!(last(&detached.der(), Some(CONTENT)), Ok(all(1, 0)));
        assert_eq!(last(&detached.der(), Some(b"other")), Err(ImprintFault::Differs));
        assert_eq!(last(&detached.der(), None), Err(ImprintFault::ContentMissing));
    }
}

/// Nothing may be added or taken away once the stamp is there.
#[test]
fn whatever_is_added_or_missing_breaks_it() {
    let Some(file) = archived("attached-rsa2048", &[], true) else { return };
    let mut added = file.clone();
    added.add("1.2.3.4", &[5, 0]);
    assert_eq!(last(&added.der(), None), Err(ImprintFault::Differs));
    let mut stripped = file.clone();
    stripped.unsigned.remove(0);
    assert_eq!(last(&stripped.der(), None), Err(ImprintFault::Differs));
    let mut without_certificates = file.clone();
    without_certificates.fields.remove(3);
    assert_eq!(last(&without_certificates.der(), None), Err(ImprintFault::Differs));
}

/// A second one leaves the first out, as programs do.
#[test]
fn a_second_one_is_over_the_same() {
    let Some(mut file) = archived("attached-rsa2048", &[], true) else { return };
    let second = token("sha256", &file.archive_v2_input(&[], true)).unwrap();
    file.add(ARCHIVE_TIME_STAMP_V2, &second);
    let found = super::covered(&file.der(), None);
    assert_eq!(found[1..], [Ok(all(1, 0)), Ok(all(1, 0))]);
}
