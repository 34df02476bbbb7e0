//! Attributes as they stand in the file: `Attribute ::= SEQUENCE { attrType, attrValues SET OF }` (RFC 5652 section 5.3).

use crate::asn1::oid::{ObjectIdentifier, dotted};
use crate::asn1::{Element, Reader, tag};
use crate::error::{Error, Limit, Result};

/// The most attributes of one signer that are looked at.
const ATTRIBUTE_LIMIT: usize = 10_000;

/// The attributes of a signer, signed or unsigned, in their order in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes<'a>(pub(crate) Element<'a>);

/// One attribute, as slices of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    pub(crate) element: Element<'a>,
    /// The contents octets of its object identifier.
    pub(crate) identifier: &'a [u8],
    pub(crate) values: Element<'a>,
}

impl<'a> Attributes<'a> {
    /// Walks over them once, so that later walks cannot fail.
    pub(crate) fn read(element: Element<'a>) -> Result<Self> {
        let mut reader = element.reader();
        let mut count = 0;
        while !reader.is_empty() {
            Attribute::read(&mut reader)?;
            count += 1;
            if count > ATTRIBUTE_LIMIT {
                return Err(Error::LimitExceeded { limit: Limit::Attributes });
            }
        }
        Ok(Self(element))
    }

    /// The octets with their tag: `[0]` for signed, `[1]` for unsigned attributes.
    pub fn bytes(&self) -> &'a [u8] {
        self.0.bytes
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        let mut reader = self.0.reader();
        std::iter::from_fn(move || if reader.is_empty() { None } else { Attribute::read(&mut reader).ok() })
    }

    /// All with this object identifier.
    pub(crate) fn all(&self, identifier: ObjectIdentifier) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        self.iter().filter(move |attribute| attribute.is(&identifier))
    }

    /// The first with this object identifier.
    pub(crate) fn first(&self, identifier: &ObjectIdentifier) -> Option<Attribute<'a>> {
        self.all(*identifier).next()
    }
}

impl<'a> Attribute<'a> {
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self> {
        const WHAT: &str = "attribute";
        let element = reader.read(tag::SEQUENCE, WHAT)?;
        let mut fields = element.reader();
        let identifier = fields.oid(WHAT)?;
        let values = fields.read(tag::SET, WHAT)?;
        fields.finish(WHAT)?;
        let mut members = values.reader();
        while !members.is_empty() {
            members.any("attribute value")?;
        }
        Ok(Self { element, identifier, values })
    }

    /// Its octets.
    pub fn bytes(&self) -> &'a [u8] {
        self.element.bytes
    }

    /// Its object identifier, dotted.
    pub fn identifier(&self) -> String {
        dotted(self.identifier)
    }

    /// The octets of each value.
    pub fn values(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.elements().map(|value| value.bytes)
    }

    /// Whether it has this object identifier.
    pub(crate) fn is(&self, identifier: &ObjectIdentifier) -> bool {
        self.identifier == identifier.as_bytes()
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let mut reader = self.values.reader();
        std::iter::from_fn(move || if reader.is_empty() { None } else { reader.any("attribute value").ok() })
    }

    /// Its value, where it has exactly one.
    pub(crate) fn only_value(&self) -> Option<Element<'a>> {
        let mut values = self.elements();
        values.next().filter(|_| values.next().is_none())
    }
}
