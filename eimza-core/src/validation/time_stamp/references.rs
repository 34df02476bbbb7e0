//! Time-stamps over references: CAdES-C-time-stamp and time-stamped-certs-crls-references (EN 319 122-1 annexes A.1.5.1
//! and A.1.5.2).

use super::coverage::{Coverage, ImprintFault};
use super::pieces::attribute_fields;
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::cms::{Attribute, Signer};
use crate::crypto::{Digest, Hasher};

const WITH_SIGNATURE: [ObjectIdentifier; 3] =
    [oid::SIGNATURE_TIME_STAMP, oid::COMPLETE_CERTIFICATE_REFERENCES, oid::COMPLETE_REVOCATION_REFERENCES];

/// The signature value, then signature-time-stamps and references.
pub(super) fn with_signature<'a>(signer: &Signer<'a>, imprint: &Digest) -> Result<Coverage<'a>, ImprintFault> {
    let covered = covered(signer, signer.value(), &WITH_SIGNATURE, imprint)?;
    Ok(Coverage { signature: true, ..covered })
}

/// The references alone.
pub(super) fn alone<'a>(signer: &Signer<'a>, imprint: &Digest) -> Result<Coverage<'a>, ImprintFault> {
    let [_, references @ ..] = &WITH_SIGNATURE;
    covered(signer, &[], references, imprint)
}

/// attrType and attrValues of each attribute in the order of the standard; programs that take the stored order are
/// understood too.
fn covered<'a>(
    signer: &Signer<'a>,
    before: &[u8],
    order: &[ObjectIdentifier],
    imprint: &Digest,
) -> Result<Coverage<'a>, ImprintFault> {
    let Some(unsigned) = signer.unsigned_attributes() else { return Err(ImprintFault::Differs) };
    let specified: Vec<Attribute<'a>> = order.iter().flat_map(|identifier| unsigned.all(*identifier)).collect();
    let is_wanted = |attribute: &Attribute<'_>| order.iter().any(|identifier| attribute.is(identifier));
    let stored: Vec<Attribute<'a>> = unsigned.iter().filter(is_wanted).collect();
    let is_over = |attributes: &[Attribute<'a>]| {
        let mut hasher = Hasher::new(imprint.algorithm());
        hasher.update(before);
        attributes.iter().flat_map(attribute_fields).for_each(|piece| hasher.update(piece));
        hasher.finish() == *imprint
    };
    if !is_over(&specified) && !is_over(&stored) {
        return Err(ImprintFault::Differs);
    }
    Ok(Coverage { unsigned_values: Coverage::values(&specified), ..Coverage::default() })
}
