//! Attributes to search objects by.

use cryptoki_sys::{CK_ATTRIBUTE, CK_ATTRIBUTE_TYPE, CK_FALSE, CK_TRUE};

use super::Ulong;

/// One attribute: a kind (`CKA_…`) and the bytes of its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    kind: CK_ATTRIBUTE_TYPE,
    value: Vec<u8>,
}

impl Attribute {
    /// An attribute whose value is a string of bytes.
    pub fn bytes(kind: CK_ATTRIBUTE_TYPE, value: &[u8]) -> Self {
        Self { kind, value: value.to_vec() }
    }

    /// An attribute whose value is a number, for example `CKA_CLASS`.
    pub fn number(kind: CK_ATTRIBUTE_TYPE, value: Ulong) -> Self {
        Self { kind, value: value.to_ne_bytes().to_vec() }
    }

    /// An attribute whose value is yes or no.
    pub fn flag(kind: CK_ATTRIBUTE_TYPE, value: bool) -> Self {
        Self { kind, value: vec![if value { CK_TRUE } else { CK_FALSE }] }
    }

    /// Reads the value of a number attribute; `None` when it has not the length of a number.
    pub fn read_number(value: &[u8]) -> Option<Ulong> {
        Some(Ulong::from_ne_bytes(value.try_into().ok()?))
    }

    /// Reads the value of a yes-or-no attribute; `None` when it is not one byte.
    pub fn read_flag(value: &[u8]) -> Option<bool> {
        match value {
            [byte] => Some(*byte != CK_FALSE),
            _ => None,
        }
    }

    /// The structure that a module reads. It points into `self`, which must outlive the call; modules do not write to
    /// the templates of a search.
    pub(super) fn as_raw(&self) -> CK_ATTRIBUTE {
        CK_ATTRIBUTE {
            type_: self.kind,
            pValue: self.value.as_ptr().cast_mut().cast(),
            ulValueLen: ulong(self.value.len()),
        }
    }
}

/// Lengths in this process always fit, except on Windows where they are refused by being the largest number.
pub(super) fn ulong(length: usize) -> Ulong {
    Ulong::try_from(length).unwrap_or(Ulong::MAX)
}
