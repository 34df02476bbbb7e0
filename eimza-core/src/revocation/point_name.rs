//! General names, as far as distribution points compare them (RFC 5280 sections 4.2.1.6 and 4.2.1.13).

use crate::asn1::{Element, tag, write};
use crate::certificate::Name;

/// The most names of one list that are looked at.
const NAME_LIMIT: usize = 64;

/// `directoryName [4] EXPLICIT Name` of GeneralName.
const DIRECTORY_NAME: u8 = tag::context(4);

/// A general name in a form that is equal for names that are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PointName(Vec<u8>);

impl PointName {
    /// The directoryName of this name.
    pub(super) fn directory(name: &Name<'_>) -> Self {
        Self::of_canonical(&name.canonical())
    }

    /// The directoryName of a name that is in its canonical form.
    pub(super) fn of_canonical(name: &[u8]) -> Self {
        Self(write::tlv(DIRECTORY_NAME, name))
    }

    fn read(element: &Element<'_>) -> Self {
        match element.tag {
            DIRECTORY_NAME => Self::directory(&Name::new(element.contents)),
            _ => Self(element.bytes.to_vec()),
        }
    }

    /// The members of `GeneralNames ::= SEQUENCE OF GeneralName`, whatever tag the list has.
    pub(super) fn all(list: &Element<'_>) -> Vec<Self> {
        let mut reader = list.reader();
        let names = std::iter::from_fn(|| reader.any("general name").ok());
        names.take(NAME_LIMIT).map(|name| Self::read(&name)).collect()
    }

    /// The names in `DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1]
    /// RelativeDistinguishedName }`; the second is appended to `issuer`.
    pub(super) fn of_point(choice: &Element<'_>, issuer: &Name<'_>) -> Vec<Self> {
        match choice.tag {
            FULL_NAME => Self::all(choice),
            RELATIVE_NAME => {
                let relative = write::tlv(tag::SET, choice.contents);
                let above = Element::only(issuer.der(), "name").map(|name| name.contents).unwrap_or_default();
                vec![Self::directory(&Name::new(&write::sequence(&[above, &relative])))]
            }
            _ => Vec::new(),
        }
    }
}

const FULL_NAME: u8 = tag::context(0);
const RELATIVE_NAME: u8 = tag::context(1);
