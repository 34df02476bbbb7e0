//! Archive time-stamps v3: what their hash index lists.

use eimza_core::validation::ImprintFault;
use eimza_testkit::der::{oid, sequence};
use eimza_testkit::stamp::{
    ARCHIVE_TIME_STAMP_V3, HASH_INDEX_V1, HASH_INDEX_V3, SIGNATURE_TIME_STAMP, SignedFile, attribute, token,
};

use super::{CONTENT, Covered, file, last};

fn stamped(name: &str) -> Option<SignedFile> {
    let mut file = file(name);
    let stamp = token("sha256", &file.signature_value())?;
    file.add(SIGNATURE_TIME_STAMP, &stamp);
    Some(file)
}

fn all(certificates: usize, revocation_data: usize) -> Covered {
    let attributes = vec![SIGNATURE_TIME_STAMP.to_owned()];
    Covered { content: true, signature: true, certificates, revocation_data, attributes }
}

#[test]
fn both_indexes_are_understood_attached_and_detached() {
    for kind in [HASH_INDEX_V3, HASH_INDEX_V1] {
        let Some(mut attached) = stamped("ocsp-in-crls") else { return };
        attached.add(ARCHIVE_TIME_STAMP_V3, &attached.archive_v3(CONTENT, kind).unwrap());
        assert_eq!(last(&attached.der(), None), Ok(all(1, 2)));
        let mut detached = stamped("detached-rsa2048").unwrap();
        detached.add(ARCHIVE_TIME_STAMP_V3, &detached.archive_v3(CONTENT, kind).unwrap());
        assert_eq!(last(&detached.der(), Some(CONTENT)), Ok(all(1, 0)));
        assert_eq!(last(&detached.der(), Some(b"other")), Err(ImprintFault::Differs));
        assert_eq!(last(&detached.der(), None), Err(ImprintFault::ContentMissing));
    }
}

/// What was added afterwards is not covered and does no harm; what is missing does.
#[test]
fn additions_are_free_and_losses_are_not() {
    let Some(mut file) = stamped("attached-rsa2048") else { return };
    file.add(ARCHIVE_TIME_STAMP_V3, &file.archive_v3(CONTENT, HASH_INDEX_V3).unwrap());
    let mut added = file.clone();
    added.unsigned.push(attribute("1.2.3.4", &[5, 0]));
    assert_eq!(last(&added.der(), None), Ok(all(1, 0)));
    let mut lost = file.clone();
    lost.unsigned.remove(0);
    assert_eq!(last(&lost.der(), None), Err(ImprintFault::IndexOfOthers));
    let mut other_value = file.clone();
    other_value.unsigned[0] = attribute(SIGNATURE_TIME_STAMP, &token("sha256", b"other").unwrap());
    assert_eq!(super::covered(&other_value.der(), None)[1], Err(ImprintFault::IndexOfOthers));
}

#[test]
fn an_index_is_there_once_and_whole() {
    let Some(file) = stamped("attached-rsa2048") else { return };
    let good = SignedFile::read(&file.archive_v3(CONTENT, HASH_INDEX_V3).unwrap());
    let with = |change: &dyn Fn(&mut SignedFile)| {
        let (mut file, mut token) = (file.clone(), good.clone());
        change(&mut token);
        file.add(ARCHIVE_TIME_STAMP_V3, &token.der());
        last(&file.der(), None)
    };
    assert!(with(&|_| {}).is_ok());
    assert_eq!(with(&|token| token.unsigned.clear()), Err(ImprintFault::IndexMissing));
    let again = |token: &mut SignedFile| token.unsigned.push(token.unsigned[0].clone());
    assert_eq!(with(&again), Err(ImprintFault::IndexRepeated));
    let older_too = |token: &mut SignedFile| token.add(HASH_INDEX_V1, &[0x30, 0]);
    assert_eq!(with(&older_too), Err(ImprintFault::IndexRepeated));
    let algorithm_alone = |token: &mut SignedFile| {
        token.unsigned.clear();
        token.add(HASH_INDEX_V3, &sequence(&[oid("2.16.840.1.101.3.4.2.1")]));
    };
    assert_eq!(with(&algorithm_alone), Err(ImprintFault::IndexMalformed));
    let other = |token: &mut SignedFile| {
        token.unsigned.clear();
        token.add(HASH_INDEX_V1, &sequence(&[sequence(&[]), sequence(&[]), sequence(&[])]));
    };
    assert_eq!(with(&other), Err(ImprintFault::Differs));
}
