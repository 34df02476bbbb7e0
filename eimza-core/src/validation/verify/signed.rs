//! The rules about signed attributes: which must be there, how often, and with what value.

use std::borrow::Cow;

use super::ess::Reference;
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag};
use crate::clock::Time;
use crate::cms::Attributes;
use crate::validation::check::{Check, CheckName, Reason};
use crate::validation::indication::SubIndication;

/// The signed attributes that the mathematics needs.
pub(super) struct SignedAttributes<'a> {
    pub(super) message_digest: Cow<'a, [u8]>,
    /// Contents octets; a counter-signature has none.
    pub(super) content_type: Option<&'a [u8]>,
    pub(super) signing_time: Option<Time>,
    pub(super) reference_v1: Option<Reference<'a>>,
    pub(super) reference_v2: Option<Reference<'a>>,
    pub(super) algorithm_protection: Option<Element<'a>>,
    /// What is odd about how often attributes and values stand there.
    pub(super) counts: Option<Check>,
}

impl<'a> SignedAttributes<'a> {
    /// Reads them; the error names the rule that is broken.
    pub(super) fn read(attributes: &Attributes<'a>) -> Result<Self, Reason> {
        let counts = check_counts(attributes)?;
        let value = |identifier| attributes.first(&identifier).and_then(|attribute| attribute.only_value());
        let message_digest = value(oid::MESSAGE_DIGEST).ok_or(Reason::MessageDigestMissing)?;
        if message_digest.tag & !tag::CONSTRUCTED != tag::OCTET_STRING {
            return Err(Reason::MessageDigestMalformed);
        }
        let content_type = match value(oid::CONTENT_TYPE) {
            Some(value) if value.tag != tag::OBJECT_IDENTIFIER => return Err(Reason::ContentTypeMalformed),
            value => value.map(|value| value.contents),
        };
        let signing_time = match value(oid::SIGNING_TIME) {
            Some(value) => Some(value.time().ok_or(Reason::SigningTimeMalformed)?),
            None => None,
        };
        let malformed = |_| Reason::SigningCertificateMalformed;
        let (v1, v2) = (value(oid::SIGNING_CERTIFICATE), value(oid::SIGNING_CERTIFICATE_V2));
        Ok(Self {
            message_digest: message_digest.octets().map_err(|_| Reason::MessageDigestMalformed)?,
            content_type,
            signing_time,
            reference_v1: v1.map(|value| Reference::first_v1(&value)).transpose().map_err(malformed)?,
            reference_v2: v2.map(|value| Reference::first_v2(&value)).transpose().map_err(malformed)?,
            algorithm_protection: value(oid::ALGORITHM_PROTECTION),
            counts,
        })
    }
}

/// Once, with one value: anything else breaks the form (RFC 5652 section 11, RFC 5035 sections 3 and 4).
const ONCE: [ObjectIdentifier; 5] =
    [oid::CONTENT_TYPE, oid::MESSAGE_DIGEST, oid::SIGNING_TIME, oid::SIGNING_CERTIFICATE, oid::SIGNING_CERTIFICATE_V2];

/// Once, with one value, by their own definitions (RFC 2634 section 2, RFC 5126 section 5, RFC 6211).
const ONCE_BY_DEFINITION: [ObjectIdentifier; 6] = [
    oid::CONTENT_HINTS,
    oid::CONTENT_IDENTIFIER,
    oid::CONTENT_REFERENCE,
    oid::SIGNATURE_POLICY,
    oid::MIME_TYPE,
    oid::ALGORITHM_PROTECTION,
];

/// How often attributes and values stand there. RFC 5652 section 5.3 itself limits neither: of an attribute that nothing
/// more is known of, what is odd is a note.
fn check_counts(attributes: &Attributes<'_>) -> Result<Option<Check>, Reason> {
    let mut counts: Vec<(&[u8], usize)> =
        attributes.iter().map(|attribute| (attribute.identifier, attribute.elements().take(2).count())).collect();
    if counts.is_empty() {
        return Err(Reason::SignedAttributesEmpty);
    }
    counts.sort_unstable();
    let mut odd: Option<Check> = None;
    for same in counts.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((identifier, _)) = same.first() else { continue };
        let is_one_of = |known: &[ObjectIdentifier]| known.iter().any(|known| known.as_bytes() == *identifier);
        let (without_value, with_several) =
            (same.iter().any(|(_, values)| *values == 0), same.iter().any(|(_, values)| *values > 1));
        let reason = if same.len() > 1 && *identifier != oid::CONTENT_TIME_STAMP.as_bytes() {
            Reason::AttributeRepeated
        } else if without_value {
            Reason::AttributeWithoutValue
        } else if with_several {
            Reason::AttributeNotSingleValued
        } else {
            continue;
        };
        if is_one_of(&ONCE) {
            return Err(reason);
        }
        if is_one_of(&ONCE_BY_DEFINITION) {
            odd = Some(Check::failed(CheckName::SignedAttributes, reason, SubIndication::SigConstraintsFailure));
        } else if reason != Reason::AttributeNotSingleValued {
            odd.get_or_insert(Check::noted(CheckName::SignedAttributes, reason));
        }
    }
    Ok(odd)
}
