//! The octets that imprints are over, as they stand in the file.

use super::{ImprintFault, Stamped};
use crate::asn1::{Element, tag};
use crate::cms::{Attribute, Signer};
use crate::crypto::{Digest, DigestAlgorithm};

/// The digest of the content octets: the value of eContent, or what was given.
pub(super) fn content_digest(stamped: &Stamped<'_, '_>, algorithm: DigestAlgorithm) -> Result<Digest, ImprintFault> {
    let inside = stamped.signed_data.content.filter(|_| !stamped.is_counter_signer());
    let Some(inside) = inside else {
        let given = stamped.content.and_then(|content| content.digest(algorithm));
        return given.ok_or(ImprintFault::ContentMissing);
    };
    inside.digest(algorithm).map_err(|_| ImprintFault::ContentMissing)
}

/// The fields of a SignerInfo up to the signature, each with its header: `signedAttrs` with its `[0]`.
pub(super) fn signer_fields<'a>(signer: &Signer<'a>) -> impl Iterator<Item = &'a [u8]> + use<'a> {
    let mut fields = signer.element.reader();
    std::iter::from_fn(move || {
        if fields.is_empty() || fields.peek_tag() == Some(tag::context(1)) {
            return None;
        }
        fields.any("SignerInfo").ok().map(|field| field.bytes)
    })
}

/// attrType and attrValues of an attribute, each with its header, without the one around them.
pub(super) fn attribute_fields<'a>(attribute: &Attribute<'a>) -> [&'a [u8]; 2] {
    [first(&attribute.element), attribute.values.bytes]
}

/// The first element inside of another, with its header.
pub(super) fn first<'a>(element: &Element<'a>) -> &'a [u8] {
    element.reader().any("element").map(|first| first.bytes).unwrap_or_default()
}
