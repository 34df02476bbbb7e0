//! Octets that neither a signature nor a time-stamp protects, and that say nothing.

use std::ops::Range;

use eimza_testkit::der::oid;
use eimza_testkit::stamp::{
    ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3, CADES_C_TIME_STAMP, CERTIFICATE_REFERENCES, REVOCATION_REFERENCES,
    SIGNATURE_TIME_STAMP,
};

use super::tree::{Parts, inside};

/// The places of them.
#[derive(Debug, Default)]
pub(super) struct Free {
    /// The versions and `digestAlgorithms`, which RFC 5652 lets nobody rely on.
    anything: Vec<Range<usize>>,
    /// Names of issuers: capital and small letters are equal (RFC 5280 section 7.1), and the certificate is known by its
    /// hash.
    case: Vec<Range<usize>>,
    /// The identifiers of unsigned attributes: under another one it is another attribute, and the level falls.
    level: Vec<Range<usize>>,
}

impl Free {
    /// Those of a file. `anchors` are trusted, whatever becomes of their copies in the file: only an archive-time-stamp
    /// protects these.
    pub(super) fn of(whole: &[u8], anchors: &[Vec<u8>], is_archived: bool) -> Self {
        let mut free = Self::default();
        free.add(whole, &(0..whole.len()));
        if !is_archived {
            let certificates = inside(whole, &Parts::of_file(whole).fields[3]);
            let is_copy = |place: &Range<usize>| anchors.iter().any(|anchor| whole[place.clone()] == **anchor);
            free.anything.extend(certificates.into_iter().filter(is_copy));
        }
        free
    }

    fn add(&mut self, whole: &[u8], content_info: &Range<usize>) {
        const STAMPS: [&str; 4] =
            [SIGNATURE_TIME_STAMP, CADES_C_TIME_STAMP, ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3];
        const REFERENCES: [&str; 2] = [CERTIFICATE_REFERENCES, REVOCATION_REFERENCES];
        let parts = Parts::of(whole, content_info);
        self.anything.push(parts.fields[0].start..parts.fields[1].end);
        self.anything.push(parts.signer_fields[0].clone());
        self.case.push(parts.signer_fields[1].clone());
        for attribute in &parts.unsigned {
            let [identifier, values] = &inside(whole, attribute)[..] else { panic!("an attribute has two fields") };
            self.level.push(attribute.start..identifier.end);
            if REFERENCES.iter().any(|kind| whole[identifier.clone()] == oid(kind)) {
                self.case.push(values.clone());
            }
            if STAMPS.iter().any(|stamp| whole[identifier.clone()] == oid(stamp)) {
                self.add(whole, &inside(whole, values)[0]);
            }
        }
    }

    /// Whether the change is one that may pass.
    pub(super) fn allows(&self, place: usize, [before, after]: [&[u8]; 2], fell: bool) -> bool {
        let is_in = |ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&place));
        let is_case = || before.eq_ignore_ascii_case(after);
        is_in(&self.anything) || (is_in(&self.case) && is_case()) || (fell && is_in(&self.level))
    }
}
