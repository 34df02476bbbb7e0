//! From EF.DIR to the files that list the objects (ISO 7816-15 sections 7.4 and 8.3).

use super::{Path, elements};
use crate::asn1::{Element, tag};
use crate::error::Result;

/// Tags of EF.DIR (ISO 7816-4 section 8.2.1.1).
const APPLICATION: u8 = 0x61;
const IDENTIFIER: u8 = 0x4f;
const LABEL: u8 = 0x50;
const PATH: u8 = 0x51;
const DISCRETIONARY: u8 = 0x73;

/// An application of the card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Application {
    pub(in super::super) identifier: Vec<u8>,
    pub(in super::super) label: String,
    /// Its directory, from the master file on; empty where none is stated.
    pub(in super::super) path: Vec<u8>,
    /// Where its object directory lies, where that is stated.
    pub(in super::super) object_directory: Option<Path>,
}

/// The applications that EF.DIR lists.
pub(in super::super) fn applications(file: &[u8]) -> Vec<Application> {
    elements(file).filter(|element| element.tag == APPLICATION).map(|element| application(&element)).collect()
}

fn application(template: &Element<'_>) -> Application {
    let mut found = Application::default();
    for part in elements(template.contents) {
        match part.tag {
            IDENTIFIER => found.identifier = part.contents.to_vec(),
            LABEL => found.label = String::from_utf8_lossy(part.contents).into_owned(),
            PATH => found.path = part.contents.to_vec(),
            DISCRETIONARY => found.object_directory = object_directory(&part),
            _ => {}
        }
    }
    found
}

/// `DDO ::= SEQUENCE { oid OBJECT IDENTIFIER OPTIONAL, odfPath Path OPTIONAL, … }`; some cards leave its header out.
fn object_directory(discretionary: &Element<'_>) -> Option<Path> {
    let inner: Vec<_> = elements(discretionary.contents).collect();
    let parts = match inner.as_slice() {
        [only] if only.tag == tag::SEQUENCE && Path::read(only).is_err() => elements(only.contents).collect(),
        _ => inner,
    };
    parts.iter().find(|part| part.tag == tag::SEQUENCE).and_then(|part| Path::read(part).ok())
}

/// What a file of the object directory lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Part {
    PrivateKeys,
    Certificates,
    Pins,
}

/// The files that EF.OD names: `PKCS15Objects ::= CHOICE { privateKeys [0], …, certificates [4], trustedCertificates [5],
/// usefulCertificates [6], dataObjects [7], authObjects [8] }`, each a Path.
pub(in super::super) fn parts(file: &[u8]) -> Vec<(Part, Path)> {
    let listed = elements(file).filter_map(|element| {
        let part = match element.tag ^ tag::context(0) {
            0 => Part::PrivateKeys,
            4..=6 => Part::Certificates,
            8 => Part::Pins,
            _ => return None,
        };
        let path: Result<Path> = element.reader().read(tag::SEQUENCE, "Path").and_then(|path| Path::read(&path));
        Some((part, path.ok()?))
    });
    listed.collect()
}
