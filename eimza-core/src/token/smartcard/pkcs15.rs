//! The directory of a card (ISO 7816-15, PKCS#15): which certificates, keys and PINs are there, and where.
//!
//! Everything in it is untrusted input. One object that cannot be read hides no other.

mod certificates;
mod directory;
mod keys;
mod object;
mod path;
mod pins;
mod token_info;

pub(super) use certificates::{CertificateEntry, CertificateValue};
pub(super) use directory::{Application, Part, applications, parts};
pub(super) use keys::{KeyEntry, KeyKind};
pub(super) use path::Path;
pub(super) use pins::PinEntry;
pub(super) use token_info::{OfferedAlgorithm, Scheme, TokenInformation};

use crate::asn1::{Element, Reader};
use crate::error::Result;

/// The most objects of one file that are looked at.
const OBJECT_LIMIT: usize = 256;

/// The objects of one file, as far as they can be read.
///
/// Files are longer than what is in them: what follows the last object is filled up with `00` or `FF`.
fn objects<'a, T>(file: &'a [u8], read: impl Fn(&Element<'a>) -> Result<T>) -> Vec<T> {
    elements(file).filter_map(|element| read(&element).ok()).collect()
}

fn elements(file: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let mut reader = Reader::new(file);
    std::iter::from_fn(move || {
        let is_filled_up = matches!(reader.peek_tag(), None | Some(0x00 | 0xff));
        if is_filled_up { None } else { reader.any("object").ok() }
    })
    .take(OBJECT_LIMIT)
}
