//! What a signer signed, digested at most once by each algorithm however many signers there are.

use std::cell::{OnceCell, RefCell};

use crate::asn1::{Element, oid, tag};
use crate::cms::{Content, ContentInside};
use crate::crypto::{Digest, DigestAlgorithm};

/// The signed octets and their digests as far as they were needed.
pub(super) struct Contents<'a> {
    source: Source<'a>,
    digests: RefCell<Vec<(DigestAlgorithm, Answer)>>,
    looks_like_attributes: OnceCell<bool>,
}

enum Source<'a> {
    Inside(ContentInside<'a>),
    Outside(Content<'a>),
    Both(ContentInside<'a>, Content<'a>),
    /// The signature value that a counter-signature signs.
    Value(&'a [u8]),
    Nowhere,
}

/// The digest of the content by one algorithm.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    Digest(Digest),
    /// The content was not given, or only digests of it by other algorithms.
    Missing,
    /// The content inside is not the one that was given.
    Differs,
}

impl<'a> Contents<'a> {
    pub(super) fn of_file(inside: Option<ContentInside<'a>>, outside: Option<Content<'a>>) -> Self {
        Self::new(match (inside, outside) {
            (Some(inside), Some(outside)) => Source::Both(inside, outside),
            (Some(inside), None) => Source::Inside(inside),
            (None, Some(outside)) => Source::Outside(outside),
            (None, None) => Source::Nowhere,
        })
    }

    pub(super) fn of_value(value: &'a [u8]) -> Self {
        Self::new(Source::Value(value))
    }

    fn new(source: Source<'a>) -> Self {
        Self { source, digests: RefCell::default(), looks_like_attributes: OnceCell::new() }
    }

    pub(super) fn digest(&self, algorithm: DigestAlgorithm) -> Answer {
        let mut digests = self.digests.borrow_mut();
        if let Some((_, answer)) = digests.iter().find(|(known, _)| *known == algorithm) {
            return *answer;
        }
        let answer = self.compute(algorithm);
        digests.push((algorithm, answer));
        answer
    }

    fn compute(&self, algorithm: DigestAlgorithm) -> Answer {
        match &self.source {
            Source::Inside(inside) => inside.digest(algorithm).map_or(Answer::Missing, Answer::Digest),
            Source::Outside(content) => content.digest(algorithm).map_or(Answer::Missing, Answer::Digest),
            Source::Value(value) => Answer::Digest(algorithm.digest(value)),
            Source::Nowhere => Answer::Missing,
            Source::Both(inside, outside) => {
                let Some(outside) = outside.digest(algorithm) else { return Answer::Missing };
                match (inside.has_digest(&outside), inside.digest(algorithm)) {
                    (Ok(true), Ok(digest)) => Answer::Digest(digest),
                    (Ok(false), _) => Answer::Differs,
                    _ => Answer::Missing,
                }
            }
        }
    }

    /// Whether the content inside is another element than the OCTET STRING that CMS demands.
    pub(super) fn is_other_element(&self) -> bool {
        match &self.source {
            Source::Inside(inside) | Source::Both(inside, _) => !inside.is_octet_string(),
            _ => false,
        }
    }

    /// Whether the content is itself a set of signed attributes: somebody may have cut them out of another signature,
    /// whose value then verifies as one over this "content".
    pub(super) fn looks_like_attributes(&self) -> bool {
        *self.looks_like_attributes.get_or_init(|| match &self.source {
            Source::Inside(inside) | Source::Both(inside, _) => {
                inside.octets().is_ok_and(|octets| is_attribute_set(&octets))
            }
            Source::Outside(content) => content.bytes().is_some_and(is_attribute_set),
            Source::Value(_) | Source::Nowhere => false,
        })
    }
}

/// Whether the octets are a SET OF Attribute with a message-digest.
fn is_attribute_set(octets: &[u8]) -> bool {
    let Ok(set) = Element::only(octets, "content") else { return false };
    let mut members = set.reader();
    while set.tag == tag::SET && !members.is_empty() {
        let Ok(attribute) = members.read(tag::SEQUENCE, "attribute") else { return false };
        if attribute.reader().oid("attribute").ok() == Some(oid::MESSAGE_DIGEST.as_bytes()) {
            return true;
        }
    }
    false
}
