//! What all objects have in common (ISO 7816-15 section 8.4).

use crate::asn1::{Element, Reader, tag};
use crate::error::Result;

/// An object, taken apart: `PKCS15Object ::= SEQUENCE { commonObjectAttributes, classAttributes, subClassAttributes [0]
/// OPTIONAL, typeAttributes [1] }`.
pub(super) struct Object<'a> {
    pub(super) common: Common,
    pub(super) class: Reader<'a>,
    /// The fields of the type's own SEQUENCE.
    pub(super) kind: Reader<'a>,
}

/// `CommonObjectAttributes ::= SEQUENCE { label UTF8String OPTIONAL, flags BIT STRING OPTIONAL, authId OCTET STRING OPTIONAL,
/// userConsent INTEGER OPTIONAL, … }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Common {
    pub(in super::super) label: String,
    /// The PIN that protects it, by its identifier; of a PIN, the one that unblocks it.
    pub(in super::super) pin: Option<Vec<u8>>,
    /// How often it may be used after one entry of the PIN; `None` for any number.
    pub(in super::super) uses_per_entry: Option<u32>,
}

impl<'a> Object<'a> {
    pub(super) fn read(element: &Element<'a>) -> Result<Self> {
        let mut reader = element.reader();
        let common = Common::read(&reader.read(tag::SEQUENCE, "commonObjectAttributes")?)?;
        let class = reader.read(tag::SEQUENCE, "classAttributes")?.reader();
        reader.optional(tag::context(0), "subClassAttributes")?;
        let kind = reader.read(tag::context(1), "typeAttributes")?;
        let kind = kind.reader().read(tag::SEQUENCE, "typeAttributes")?.reader();
        Ok(Self { common, class, kind })
    }
}

impl Common {
    fn read(element: &Element<'_>) -> Result<Self> {
        let mut reader = element.reader();
        let label = reader.optional(tag::UTF8_STRING, "label")?.and_then(|label| label.text()).unwrap_or_default();
        reader.optional(tag::BIT_STRING, "flags")?;
        let pin = reader.optional(tag::OCTET_STRING, "authId")?.map(|pin| pin.octets()).transpose()?;
        let uses = reader.optional(tag::INTEGER, "userConsent")?.and_then(|uses| uses.small_integer());
        Ok(Self { label, pin: pin.map(|pin| pin.into_owned()), uses_per_entry: uses.filter(|uses| *uses > 0) })
    }
}

/// A reference to a PIN or key, which cards write as INTEGER; old ones write those above 127 as negative numbers.
pub(super) fn reference(element: &Element<'_>) -> Option<u8> {
    match *element.contents {
        [low] | [0, low] => Some(low),
        _ => None,
    }
}
