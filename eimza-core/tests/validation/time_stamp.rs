//! Time-stamps that openssl and the test kit make: what they state, and what each covers.

mod archive_v2;
mod archive_v3;
mod kinds;
mod token;

use eimza_core::cms::{Content, SignedData};
use eimza_core::validation::{Coverage, ImprintFault, Stamped, TimeStamp};
use eimza_testkit::cms::Case;
use eimza_testkit::stamp::SignedFile;

const CONTENT: &[u8] = include_bytes!("../../../testkit/cms/content");

fn case(name: &str) -> Case {
    eimza_testkit::cms::find(name)
}

fn file(name: &str) -> SignedFile {
    SignedFile::read(&case(name).signature)
}

/// What is known of a covered part without the file.
#[derive(Debug, PartialEq, Eq)]
struct Covered {
    content: bool,
    signature: bool,
    certificates: usize,
    revocation_data: usize,
    attributes: Vec<String>,
}

impl Covered {
    fn of(coverage: &Coverage<'_>) -> Self {
        Self {
            content: coverage.content,
            signature: coverage.signature,
            certificates: coverage.certificates.len(),
            revocation_data: coverage.revocation_data.len(),
            attributes: coverage.unsigned_values.iter().map(|value| value.attribute()).collect(),
        }
    }
}

/// What each stamp of the file's signer covers, or why it covers nothing.
fn covered(der: &[u8], detached: Option<&[u8]>) -> Vec<Result<Covered, ImprintFault>> {
    let signed_data = SignedData::read(der).unwrap();
    let signer = &signed_data.signers()[0];
    let content = detached.map(Content::Bytes);
    let stamped = Stamped { signed_data: &signed_data, signer, content };
    let stamps = TimeStamp::all(signer).unwrap();
    let one = |stamp: &TimeStamp<'_>| stamped.covered_by(stamp.kind, &stamp.token().unwrap()).map(|c| Covered::of(&c));
    stamps.iter().map(one).collect()
}

/// The last stamp of the file.
fn last(der: &[u8], detached: Option<&[u8]>) -> Result<Covered, ImprintFault> {
    covered(der, detached).pop().unwrap()
}
