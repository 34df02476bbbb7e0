//! The rules about signed attributes: which must be there, how often, and with what value.

use std::borrow::Cow;

use super::ess::Reference;
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag};
use crate::clock::Time;
use crate::cms::{Attribute, Attributes};
use crate::validation::check::Reason;

/// The signed attributes that the mathematics needs.
pub(super) struct SignedAttributes<'a> {
    pub(super) message_digest: Cow<'a, [u8]>,
    /// Contents octets; a counter-signature has none.
    pub(super) content_type: Option<&'a [u8]>,
    pub(super) signing_time: Option<Time>,
    pub(super) reference_v1: Option<Reference<'a>>,
    pub(super) reference_v2: Option<Reference<'a>>,
    pub(super) algorithm_protection: Option<Element<'a>>,
}

impl<'a> SignedAttributes<'a> {
    /// Reads them; the error names the rule that is broken.
    pub(super) fn read(attributes: &Attributes<'a>) -> Result<Self, Reason> {
        check_counts(attributes)?;
        let mut found = Found::default();
        for attribute in attributes.iter() {
            if let Some(place) = found.place(&attribute) {
                *place = Some(attribute.only_value().ok_or(Reason::AttributeNotSingleValued)?);
            }
        }
        let message_digest = found.message_digest.ok_or(Reason::MessageDigestMissing)?;
        if message_digest.tag & !tag::CONSTRUCTED != tag::OCTET_STRING {
            return Err(Reason::MessageDigestMalformed);
        }
        let content_type = match found.content_type {
            Some(value) if value.tag != tag::OBJECT_IDENTIFIER => return Err(Reason::ContentTypeMalformed),
            value => value.map(|value| value.contents),
        };
        let signing_time = match found.signing_time {
            Some(value) => Some(value.time().ok_or(Reason::SigningTimeMalformed)?),
            None => None,
        };
        let malformed = |_| Reason::SigningCertificateMalformed;
        Ok(Self {
            message_digest: message_digest.octets().map_err(|_| Reason::MessageDigestMalformed)?,
            content_type,
            signing_time,
            reference_v1: found.v1.map(|value| Reference::first_v1(&value)).transpose().map_err(malformed)?,
            reference_v2: found.v2.map(|value| Reference::first_v2(&value)).transpose().map_err(malformed)?,
            algorithm_protection: found.algorithm_protection,
        })
    }
}

#[derive(Default)]
struct Found<'a> {
    message_digest: Option<Element<'a>>,
    content_type: Option<Element<'a>>,
    signing_time: Option<Element<'a>>,
    v1: Option<Element<'a>>,
    v2: Option<Element<'a>>,
    algorithm_protection: Option<Element<'a>>,
    /// Attributes that are only looked at here for having one value.
    other: Option<Element<'a>>,
}

impl<'a> Found<'a> {
    fn place(&mut self, attribute: &Attribute<'_>) -> Option<&mut Option<Element<'a>>> {
        let single = [
            (oid::MESSAGE_DIGEST, &mut self.message_digest),
            (oid::CONTENT_TYPE, &mut self.content_type),
            (oid::SIGNING_TIME, &mut self.signing_time),
            (oid::SIGNING_CERTIFICATE, &mut self.v1),
            (oid::SIGNING_CERTIFICATE_V2, &mut self.v2),
            (oid::ALGORITHM_PROTECTION, &mut self.algorithm_protection),
        ];
        let known = single.into_iter().find(|(identifier, _)| attribute.is(identifier)).map(|(_, place)| place);
        if known.is_none() && SINGLE_VALUED.iter().any(|identifier| attribute.is(identifier)) {
            return Some(&mut self.other);
        }
        known
    }
}

/// Further attributes with exactly one value (RFC 2634 section 2, RFC 5126 section 5).
const SINGLE_VALUED: [ObjectIdentifier; 6] = [
    oid::CONTENT_HINTS,
    oid::CONTENT_IDENTIFIER,
    oid::CONTENT_REFERENCE,
    oid::SIGNATURE_POLICY,
    oid::COMMITMENT_TYPE,
    oid::MIME_TYPE,
];

/// There is at least one attribute, each has a value, and none but content-time-stamp stands there twice.
fn check_counts(attributes: &Attributes<'_>) -> Result<(), Reason> {
    let mut identifiers = Vec::with_capacity(8);
    for attribute in attributes.iter() {
        if attribute.values.contents.is_empty() {
            return Err(Reason::AttributeWithoutValue);
        }
        identifiers.push(attribute.identifier);
    }
    if identifiers.is_empty() {
        return Err(Reason::SignedAttributesEmpty);
    }
    identifiers.sort_unstable();
    let repeated = identifiers.windows(2).any(|pair| {
        let [one, other] = pair else { return false };
        one == other && *one != oid::CONTENT_TIME_STAMP.as_bytes()
    });
    if repeated { Err(Reason::AttributeRepeated) } else { Ok(()) }
}
