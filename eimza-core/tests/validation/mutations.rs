//! One octet changed: the file never passes again as what it was, except by octets that nothing protects.

use std::ops::Range;

use eimza_core::cms::SignedData;
use eimza_core::validation::{Cache, Indication, Level, Report};
use eimza_testkit::der::{children, oid};
use eimza_testkit::stamp::{SIGNATURE_TIME_STAMP, SignedFile};

use crate::stamped::Stamped;
use eimza_testbed::TEXT;

/// Octets that neither a signature nor a time-stamp protects, and that say nothing.
struct Free {
    /// The versions and `digestAlgorithms`, which RFC 5652 lets nobody rely on.
    anything: Vec<Range<usize>>,
    /// Names of issuers: capital and small letters are equal (RFC 5280 section 7.1), and the certificate is known by its
    /// hash.
    case: Vec<Range<usize>>,
    /// The identifiers of unsigned attributes: a time-stamp under another one is none, and the level falls.
    level: Vec<Range<usize>>,
}

impl Free {
    fn of(file: &SignedFile) -> Self {
        let whole = file.der();
        let mut free = Self { anything: Vec::new(), case: Vec::new(), level: Vec::new() };
        free.add(&whole, file);
        for attribute in &file.unsigned {
            let identifier = oid(SIGNATURE_TIME_STAMP);
            free.level.push(place_of(&whole, attribute).start..place_of(&whole, &identifier).end);
            let token = children(&children(attribute)[1])[0].clone();
            free.add(&whole, &SignedFile::read(&token));
        }
        free
    }

    fn add(&mut self, whole: &[u8], file: &SignedFile) {
        let signer = place_of(whole, &file.signer[..2].concat());
        let identifier = signer.start + file.signer[0].len();
        self.anything.push(place_of(whole, &file.fields[..2].concat()));
        self.anything.push(signer.start..identifier);
        self.case.push(identifier..signer.end);
    }

    /// Whether the change is one that may pass.
    fn allows(&self, place: usize, [before, after]: [&[u8]; 2], fell: bool) -> bool {
        let is_in = |ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&place));
        let is_case = || self.case.iter().any(|range| folded(&before[range.clone()]) == folded(&after[range.clone()]));
        is_in(&self.anything) || (is_in(&self.case) && is_case()) || (fell && is_in(&self.level))
    }
}

fn folded(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).to_lowercase()
}

fn place_of(whole: &[u8], piece: &[u8]) -> Range<usize> {
    let start = whole.windows(piece.len()).position(|window| window == piece).expect("it is a piece of the file");
    start..start + piece.len()
}

/// The level of what passes with the same content as before.
fn passes(report: &Report, file: &[u8]) -> Option<Level> {
    let only = report.signatures.first().filter(|_| report.indication == Indication::TotalPassed)?;
    let content = SignedData::read(file).ok()?.content().ok()??;
    (content.as_ref() == TEXT).then_some(only.level)
}

/// Changes one bit of every octet, another bit in each.
fn no_change_passes(stamped: &Stamped, level: Level) {
    let (whole, free, cache) = (stamped.file.der(), Free::of(&stamped.file), Cache::new());
    assert_eq!(passes(&stamped.report_of(&whole, &cache).unwrap(), &whole), Some(level));
    let mut passed = 0;
    for place in 0..whole.len() {
        let mut changed = whole.clone();
        changed[place] ^= 1 << (place % 8);
        let Ok(report) = stamped.report_of(&changed, &cache) else { continue };
        let Some(reached) = passes(&report, &changed) else { continue };
        passed += 1;
        assert!(reached <= level, "{place}: {reached:?}");
        assert!(free.allows(place, [&whole, &changed], reached < level), "{place} passes at {reached:?}");
    }
    assert!(passed > 0, "what is free was tried too");
}

#[test]
fn no_changed_octet_of_a_signature_passes() {
    let Some(stamped) = Stamped::new() else { return };
    no_change_passes(&stamped, Level::BB);
}

#[test]
fn no_changed_octet_of_a_stamped_signature_passes() {
    let Some(stamped) = Stamped::with_stamp() else { return };
    no_change_passes(&stamped, Level::BT);
}
