//! Who answered (RFC 6960 section 4.2.1).

use crate::asn1::{Element, tag};
use crate::certificate::{Certificate, Name};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Result};

/// `ResponderID ::= CHOICE { byName [1] EXPLICIT Name, byKey [2] EXPLICIT KeyHash }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponderId<'a> {
    /// By name.
    Name(Name<'a>),
    /// By SHA-1 of the key's octets, without tag, length and unused bits.
    KeyHash(&'a [u8]),
}

impl<'a> ResponderId<'a> {
    pub(super) fn read(element: &Element<'a>) -> Result<Self> {
        const WHAT: &str = "responderID";
        let mut inside = element.reader();
        let id = match element.tag {
            BY_NAME => Self::Name(Name::new(inside.read(tag::SEQUENCE, WHAT)?.bytes)),
            BY_KEY => Self::KeyHash(inside.read(tag::OCTET_STRING, WHAT)?.contents),
            _ => return Err(Error::Asn1Malformed { what: WHAT, offset: 0 }),
        };
        inside.finish(WHAT)?;
        Ok(id)
    }

    /// Whether this is the holder of the certificate.
    pub fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::Name(name) => name.is_same(&certificate.subject()),
            Self::KeyHash(hash) => {
                certificate.public_key().is_ok_and(|key| DigestAlgorithm::Sha1.digest(key.octets).as_bytes() == *hash)
            }
        }
    }
}

const BY_NAME: u8 = tag::context(1);
const BY_KEY: u8 = tag::context(2);
