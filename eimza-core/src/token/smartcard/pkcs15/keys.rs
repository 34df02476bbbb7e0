//! Private keys of a card (ISO 7816-15 section 8.5).

use super::object::{Common, Object, reference};
use super::{Path, objects};
use crate::asn1::{Element, tag};
use crate::error::{Error, Result};
use crate::token::smartcard::profile::ObjectRow;

/// Bits of `KeyUsageFlags`.
const SIGN: u16 = 1 << 13;
const NON_REPUDIATION: u16 = 1 << 6;

/// A private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct KeyEntry {
    pub(in super::super) common: Common,
    /// What it shares with its certificate.
    pub(in super::super) identifier: Vec<u8>,
    pub(in super::super) kind: KeyKind,
    /// Whether the directory says that it signs; `None` where it says nothing of use.
    pub(in super::super) signs: Option<bool>,
    /// By which number commands name it.
    pub(in super::super) reference: Option<u8>,
    /// The directory or file that it lies in.
    pub(in super::super) path: Option<Path>,
}

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum KeyKind {
    Rsa,
    Ec,
}

impl KeyEntry {
    /// The private keys of a file.
    pub(in super::super) fn all(file: &[u8]) -> Vec<Self> {
        objects(file, Self::read)
    }

    /// The key beside a certificate of a card without a directory, as its kind has it.
    pub(in super::super) fn of_row(row: &ObjectRow, kind: KeyKind) -> Self {
        Self {
            common: Common { uses_per_entry: row.each_time.then_some(1), ..Common::default() },
            identifier: vec![row.key],
            kind,
            signs: Some(row.signs),
            reference: Some(row.key),
            path: None,
        }
    }

    /// `PrivateKeyType ::= CHOICE { privateRSAKey SEQUENCE, privateECKey [0], … }`; `CommonKeyAttributes ::= SEQUENCE { iD
    /// OCTET STRING, usage BIT STRING, native BOOLEAN DEFAULT TRUE, accessFlags BIT STRING OPTIONAL, keyReference INTEGER
    /// OPTIONAL, … }`.
    fn read(element: &Element<'_>) -> Result<Self> {
        let kind = match element.tag {
            tag::SEQUENCE => KeyKind::Rsa,
            other if other == tag::context(0) => KeyKind::Ec,
            _ => return Err(Error::AlgorithmUnsupported { algorithm: "PrivateKeyType".into() }),
        };
        let mut object = Object::read(element)?;
        let class = &mut object.class;
        let identifier = class.read(tag::OCTET_STRING, "iD")?.octets()?.into_owned();
        let usage = class.optional(tag::BIT_STRING, "usage")?.and_then(|usage| usage.named_bits());
        class.optional(tag::BOOLEAN, "native")?;
        class.optional(tag::BIT_STRING, "accessFlags")?;
        let number = class.optional(tag::INTEGER, "keyReference")?;
        let path = object.kind.optional(tag::SEQUENCE, "value")?.map(|path| Path::read(&path)).transpose()?;
        Ok(Self {
            common: object.common,
            identifier,
            kind,
            signs: usage.map(|bits| bits & (SIGN | NON_REPUDIATION) != 0),
            reference: number.as_ref().and_then(reference),
            path,
        })
    }
}
