//! The hash by which something is named.

use std::cell::RefCell;

use crate::asn1::{Element, tag};
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, Result};

/// `OtherHash ::= CHOICE { sha1Hash OCTET STRING, otherHash SEQUENCE { hashAlgorithm, hashValue OCTET STRING } }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OtherHash<'a> {
    /// `None` for one that is not computed here.
    pub(super) algorithm: Option<DigestAlgorithm>,
    value: &'a [u8],
}

impl<'a> OtherHash<'a> {
    pub(super) fn read(element: &Element<'a>) -> Result<Self> {
        const WHAT: &str = "hash of a reference";
        match element.tag {
            tag::OCTET_STRING => Ok(Self { algorithm: Some(DigestAlgorithm::Sha1), value: element.contents }),
            tag::SEQUENCE => {
                let mut fields = element.reader();
                let algorithm = DigestAlgorithm::from_identifier(&fields.read(tag::SEQUENCE, WHAT)?);
                let value = fields.read(tag::OCTET_STRING, WHAT)?.contents;
                fields.finish(WHAT)?;
                Ok(Self { algorithm, value })
            }
            _ => Err(Error::Asn1Malformed { what: WHAT, offset: 0 }),
        }
    }

    /// Whether it is the hash of these octets.
    pub(super) fn is_of(&self, octets: &[u8], digests: &Digests) -> bool {
        self.algorithm.is_some_and(|algorithm| digests.get(algorithm, octets).as_bytes() == self.value)
    }
}

/// The digests of one thing, each computed once however many references are compared with it.
#[derive(Default)]
pub(super) struct Digests(RefCell<Vec<Digest>>);

impl Digests {
    fn get(&self, algorithm: DigestAlgorithm, octets: &[u8]) -> Digest {
        let mut known = self.0.borrow_mut();
        if let Some(digest) = known.iter().find(|digest| digest.algorithm() == algorithm) {
            return *digest;
        }
        let digest = algorithm.digest(octets);
        known.push(digest);
        digest
    }
}
