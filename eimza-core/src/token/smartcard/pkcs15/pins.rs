//! PINs and PUKs of a card (ISO 7816-15 section 8.9).

use super::object::{Common, Object, reference};
use super::{Path, objects};
use crate::asn1::{Element, tag};
use crate::error::Result;
use crate::token::smartcard::pin_form::{PinEncoding, PinForm};
use crate::token::smartcard::profile::PinRow;

/// Bits of `PinFlags`.
const LOCAL: u16 = 1 << 14;
const CHANGE_DISABLED: u16 = 1 << 13;
const UNBLOCK_DISABLED: u16 = 1 << 12;
const INITIALIZED: u16 = 1 << 11;
const NEEDS_PADDING: u16 = 1 << 10;
const UNBLOCKING: u16 = 1 << 9;
const SECURITY_OFFICER: u16 = 1 << 8;

/// A PIN or PUK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct PinEntry {
    pub(in super::super) common: Common,
    /// What objects name it by.
    pub(in super::super) identifier: Vec<u8>,
    /// By which number commands name it.
    pub(in super::super) reference: u8,
    pub(in super::super) form: PinForm,
    pub(in super::super) shortest: usize,
    pub(in super::super) longest: usize,
    /// Where it is in force: in its application alone, which has to be selected.
    pub(in super::super) is_local: bool,
    pub(in super::super) can_change: bool,
    pub(in super::super) can_unblock: bool,
    /// Whether it was set; `false` for a transport PIN, or none.
    pub(in super::super) is_set: bool,
    /// Whether it unblocks others: a PUK.
    pub(in super::super) is_puk: bool,
    pub(in super::super) is_security_officer: bool,
    /// What has to be selected before it is presented.
    pub(in super::super) path: Option<Path>,
}

impl PinEntry {
    /// The PINs and PUKs of a file.
    pub(in super::super) fn all(file: &[u8]) -> Vec<Self> {
        objects(file, Self::read)
    }

    /// A PIN of a card without a directory, as its kind has it.
    pub(in super::super) fn of_row(row: &PinRow) -> Self {
        Self {
            common: Common::default(),
            identifier: Vec::new(),
            reference: row.reference,
            form: row.form,
            shortest: row.shortest,
            longest: row.longest,
            is_local: false,
            can_change: true,
            can_unblock: true,
            is_set: true,
            is_puk: row.is_puk,
            is_security_officer: false,
            path: None,
        }
    }

    /// `PinAttributes ::= SEQUENCE { pinFlags BIT STRING, pinType ENUMERATED, minLength INTEGER, storedLength INTEGER,
    /// maxLength INTEGER OPTIONAL, pinReference [0] INTEGER DEFAULT 0, padChar OCTET STRING OPTIONAL, lastPinChange
    /// GeneralizedTime OPTIONAL, path Path OPTIONAL }`.
    fn read(element: &Element<'_>) -> Result<Self> {
        let mut object = Object::read(element)?;
        let identifier = object.class.read(tag::OCTET_STRING, "authId")?.octets()?.into_owned();
        let kind = &mut object.kind;
        let flags = kind.read(tag::BIT_STRING, "pinFlags")?.named_bits().unwrap_or_default();
        let encoding = encoding(&kind.read(tag::ENUMERATED, "pinType")?);
        let size = |element: Element<'_>| element.small_integer().and_then(|number| usize::try_from(number).ok());
        let shortest = size(kind.read(tag::INTEGER, "minLength")?).unwrap_or_default();
        let stored = size(kind.read(tag::INTEGER, "storedLength")?).unwrap_or_default();
        let longest = kind.optional(tag::INTEGER, "maxLength")?.and_then(size).unwrap_or(stored);
        let number = kind.optional(tag::context_primitive(0), "pinReference")?;
        let padding =
            kind.optional(tag::OCTET_STRING, "padChar")?.and_then(|padding| padding.contents.first().copied());
        kind.optional(tag::GENERALIZED_TIME, "lastPinChange")?;
        let path = kind.optional(tag::SEQUENCE, "path")?.map(|path| Path::read(&path)).transpose()?;
        let is_padded = flags & NEEDS_PADDING != 0;
        let padded_to = if is_padded { stored.min(usize::from(u8::MAX)) } else { 0 };
        Ok(Self {
            common: object.common,
            identifier,
            reference: number.as_ref().and_then(reference).unwrap_or(0),
            form: PinForm { encoding, padded_to, padding: padding.unwrap_or(0) },
            shortest,
            longest,
            is_local: flags & LOCAL != 0,
            can_change: flags & CHANGE_DISABLED == 0,
            can_unblock: flags & UNBLOCK_DISABLED == 0,
            is_set: flags & INITIALIZED != 0,
            is_puk: flags & UNBLOCKING != 0,
            is_security_officer: flags & SECURITY_OFFICER != 0,
            path,
        })
    }
}

/// `PinType ::= ENUMERATED { bcd (0), ascii-numeric (1), utf8 (2), half-nibble-bcd (3), iso9564-1 (4) }`.
fn encoding(element: &Element<'_>) -> PinEncoding {
    match element.small_integer() {
        Some(0) => PinEncoding::Bcd,
        Some(2) => PinEncoding::Utf8,
        Some(3) => PinEncoding::HalfNibbleBcd,
        Some(4) => PinEncoding::Iso9564,
        _ => PinEncoding::Ascii,
    }
}
