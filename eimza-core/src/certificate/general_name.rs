//! `GeneralName` (RFC 5280 section 4.2.1.6): the kinds of names that certificates carry beside the subject.

use super::{Certificate, Name};
use crate::asn1::{Element, Reader, oid, tag};
use crate::error::Result;

/// A name as it stands there; texts are IA5String and nothing is said about what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GeneralName<'a> {
    /// `rfc822Name [1]`: a mail address.
    Mail(&'a [u8]),
    /// `dNSName [2]`: the name of a host.
    Host(&'a [u8]),
    /// `directoryName [4]`.
    Directory(Name<'a>),
    /// `uniformResourceIdentifier [6]`.
    Uri(&'a [u8]),
    /// `iPAddress [7]`: 4 or 16 octets; in name constraints twice as many, with a mask.
    Ip(&'a [u8]),
    /// Another kind, by its tag.
    Other(u8),
}

impl<'a> GeneralName<'a> {
    pub(crate) fn of(element: &Element<'a>) -> Result<Self> {
        const MAIL: u8 = tag::context_primitive(1);
        const HOST: u8 = tag::context_primitive(2);
        const DIRECTORY: u8 = tag::context(4);
        const URI: u8 = tag::context_primitive(6);
        const IP: u8 = tag::context_primitive(7);
        Ok(match element.tag {
            MAIL => Self::Mail(element.contents),
            HOST => Self::Host(element.contents),
            DIRECTORY => {
                let mut whole = element.reader();
                let name = whole.read(tag::SEQUENCE, "directory name")?;
                whole.finish("directory name")?;
                Self::Directory(Name::new(name.bytes))
            }
            URI => Self::Uri(element.contents),
            IP => Self::Ip(element.contents),
            other => Self::Other(other),
        })
    }

    /// The octets of the name.
    pub(crate) fn octets(&self) -> &'a [u8] {
        match self {
            Self::Mail(octets) | Self::Host(octets) | Self::Uri(octets) | Self::Ip(octets) => octets,
            Self::Directory(name) => name.der(),
            Self::Other(_) => &[],
        }
    }

    /// The kind alone.
    pub(crate) fn is_same_kind(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Other(one), Self::Other(other)) => one == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Certificate {
    /// The subject's alternative names; `None` without the extension.
    pub(crate) fn alternative_names(&self) -> Result<Option<GeneralNames<'_>>> {
        self.extension(&oid::SUBJECT_ALT_NAME).map(|found| GeneralNames::read(found.value)).transpose()
    }
}

/// `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`.
#[derive(Clone, Debug)]
pub(crate) struct GeneralNames<'a>(Reader<'a>);

impl<'a> GeneralNames<'a> {
    fn read(value: &'a [u8]) -> Result<Self> {
        let mut whole = Reader::new(value);
        let names = whole.read(tag::SEQUENCE, "general names")?;
        whole.finish("general names")?;
        Ok(Self(names.reader()))
    }
}

impl<'a> Iterator for GeneralNames<'a> {
    type Item = Result<GeneralName<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let name = self.0.any("general name").and_then(|element| GeneralName::of(&element));
        if name.is_err() {
            self.0 = Reader::new(&[]);
        }
        Some(name)
    }
}
