//! Where the elements of a file lie.

use std::ops::Range;

use eimza_testkit::der::{children, contents};

/// The elements inside of the one that lies here.
pub(super) fn inside(whole: &[u8], place: &Range<usize>) -> Vec<Range<usize>> {
    let element = &whole[place.clone()];
    let mut begin = place.end - contents(element).len();
    let found = children(element).into_iter().map(|child| {
        let place = begin..begin + child.len();
        begin = place.end;
        place
    });
    found.collect()
}

/// The parts of a SignedData in its ContentInfo.
pub(super) struct Parts {
    /// version, digestAlgorithms, encapContentInfo, certificates, crls; without the signers.
    pub(super) fields: Vec<Range<usize>>,
    /// The one signer.
    pub(super) signer: Range<usize>,
    /// The fields of the signer.
    pub(super) signer_fields: Vec<Range<usize>>,
    /// The unsigned attributes.
    pub(super) unsigned: Vec<Range<usize>>,
}

impl Parts {
    pub(super) fn of(whole: &[u8], content_info: &Range<usize>) -> Self {
        let content = inside(whole, content_info).remove(1);
        let signed_data = inside(whole, &content).remove(0);
        let mut fields = inside(whole, &signed_data);
        let signers = fields.pop().expect("signerInfos is there");
        let signer = inside(whole, &signers).remove(0);
        let signer_fields = inside(whole, &signer);
        let unsigned = signer_fields.iter().filter(|field| whole[field.start] == 0xa1);
        let unsigned = unsigned.flat_map(|set| inside(whole, set)).collect();
        Self { fields, signer, signer_fields, unsigned }
    }

    /// Those of a whole file.
    pub(super) fn of_file(whole: &[u8]) -> Self {
        Self::of(whole, &(0..whole.len()))
    }

    /// The signed attributes.
    pub(super) fn signed(&self, whole: &[u8]) -> Vec<Range<usize>> {
        inside(whole, &self.signer_fields[3])
    }

    /// The octets of the signature value.
    pub(super) fn value(&self, whole: &[u8]) -> Range<usize> {
        let place = self.signer_fields[5].clone();
        place.end - contents(&whole[place.clone()]).len()..place.end
    }
}
