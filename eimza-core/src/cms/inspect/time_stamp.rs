//! What a time-stamp token says, unverified (RFC 3161 section 2.4.2).

use crate::asn1::{Element, tag};
use crate::clock::Time;
use crate::cms::Attribute;
use crate::cms::SignedData;
use crate::cms::names::name;

/// One time-stamp token. Nothing in it is verified.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TimeStampView {
    /// The name of the attribute that holds it.
    pub attribute: Option<&'static str>,
    /// The time that it states; `None` where it cannot be read.
    pub time: Option<Time>,
    /// The token's octets.
    pub size: usize,
}

impl TimeStampView {
    /// The tokens of one attribute.
    pub(super) fn all<'a>(attribute: Attribute<'a>) -> impl Iterator<Item = Self> + use<'a> {
        attribute.values().map(move |token| Self {
            attribute: name(attribute.identifier),
            time: stated_time(token),
            size: token.len(),
        })
    }
}

/// `TSTInfo ::= SEQUENCE { version, policy, messageImprint, serialNumber, genTime GeneralizedTime, … }`.
fn stated_time(token: &[u8]) -> Option<Time> {
    let content = SignedData::read(token).ok()?.content().ok()??;
    let mut fields = Element::only(&content, "TSTInfo").ok()?.reader();
    for tag in [tag::INTEGER, tag::OBJECT_IDENTIFIER, tag::SEQUENCE, tag::INTEGER] {
        fields.read(tag, "TSTInfo").ok()?;
    }
    fields.read(tag::GENERALIZED_TIME, "genTime").ok()?.time()
}
