//! The attributes that bind a signature to its record, its text's number and, for a revocation, to the consent.

use crate::asn1::{Element, oid, tag};
use crate::cades::{Commitment, ContentReference};
use crate::cms::Attributes;
use crate::consent::Request;
use crate::consent::session::content_reference;
use crate::consent::text::MIME_TYPE;
use crate::error::{Rejected, Rejection};

/// The attributes that make this signature one for this record and this text, and for nothing else.
pub(super) fn check_binding(
    request: &Request,
    expected_identifier: &[u8],
    attributes: &Attributes<'_>,
) -> Result<(), Rejected> {
    let value = |identifier| attributes.first(identifier).and_then(|attribute| attribute.only_value());
    let identifier = value(&oid::CONTENT_IDENTIFIER).and_then(|value| value.octets().ok());
    let commitment = value(&oid::COMMITMENT_TYPE).and_then(|value| value.reader().oid("commitment type").ok());
    let reference = value(&oid::CONTENT_REFERENCE).map(|value| read_reference(&value).ok());
    let expected_reference = content_reference(request).map_err(|error| Rejection::Binding.by(error))?;
    let bound = identifier.as_deref() == Some(expected_identifier)
        && commitment.and_then(Commitment::from_oid) == Some(Commitment::Approval)
        && reference == expected_reference.map(Some)
        && says_plain_text(attributes);
    if bound { Ok(()) } else { Err(Rejection::Binding.into()) }
}

/// Nothing beside the text tells how to read it otherwise: no description, no other kind of content.
fn says_plain_text(attributes: &Attributes<'_>) -> bool {
    let mime_type = attributes.first(&oid::MIME_TYPE).map(|attribute| attribute.only_value()?.text());
    attributes.first(&oid::CONTENT_HINTS).is_none()
        && mime_type.is_none_or(|mime_type| mime_type.as_deref() == Some(MIME_TYPE))
}

/// `ContentReference ::= SEQUENCE { contentType, signedContentIdentifier, originatorSignatureValue }` (RFC 2634
/// section 2.11).
fn read_reference(value: &Element<'_>) -> crate::error::Result<ContentReference> {
    const WHAT: &str = "content-reference";
    let mut fields = value.reader();
    fields.oid(WHAT)?;
    let content_identifier = fields.read(tag::OCTET_STRING, WHAT)?.contents.to_vec();
    let signature_value = fields.read(tag::OCTET_STRING, WHAT)?.contents.to_vec();
    fields.finish(WHAT)?;
    Ok(ContentReference { content_identifier, signature_value })
}
