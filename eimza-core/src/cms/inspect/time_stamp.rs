//! What a time-stamp token says, unverified (RFC 3161 section 2.4.2).

use crate::clock::Time;
use crate::cms::names::name;
use crate::cms::{Attribute, TimeStampToken};

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
            time: TimeStampToken::read(token).ok().map(|token| token.info().time),
            size: token.len(),
        })
    }
}
