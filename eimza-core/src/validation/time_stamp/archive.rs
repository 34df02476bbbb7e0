//! Archive time-stamps: v2 over the file as it was (RFC 5126 section 6.4.1), v3 over what it lists (EN 319 122-1 section
//! 5.5.3).

use super::Stamped;
use super::coverage::{Coverage, ImprintFault};
use super::hash_index::HashIndex;
use super::pieces::{content_digest, first, signer_fields};
use crate::asn1::{oid, tag, write};
use crate::clock::Time;
use crate::cms::{Attribute, TimeStampToken};
use crate::crypto::{Digest, Hasher};

/// encapContentInfo, the detached content, certificates, crls, the fields of the SignerInfo, the unsigned attributes.
///
/// Archive time-stamps are left out of the unsigned attributes, or the later ones alone; and the attributes stand under the
/// `[1]` of a set of their own, or bare. Programs differ in both: each form is tried.
pub(super) fn v2<'a>(stamped: &Stamped<'_, 'a>, imprint: &Digest, at: Time) -> Result<Coverage<'a>, ImprintFault> {
    let file = stamped.signed_data;
    let mut before = Hasher::new(imprint.algorithm());
    before.update(file.encapsulated.bytes);
    if !file.is_attached() {
        let octets = stamped.content.and_then(|content| content.bytes());
        before.update(octets.ok_or(ImprintFault::ContentMissing)?);
    }
    [file.certificates, file.crls].iter().flatten().for_each(|set| before.update(set.bytes));
    signer_fields(stamped.signer).for_each(|field| before.update(field));

    let unsigned = || stamped.signer.unsigned_attributes().into_iter().flat_map(|set| set.iter());
    let without_any: Vec<Attribute<'a>> = unsigned().filter(|attribute| !is_archive(attribute)).collect();
    let with_earlier: Vec<Attribute<'a>> = unsigned().filter(|attribute| is_earlier(attribute, at)).collect();
    let forms = [&without_any, &with_earlier];
    let fits = |attributes: &&Vec<Attribute<'a>>| is_over(&before, attributes, imprint);
    let covered = forms.into_iter().find(fits).ok_or(ImprintFault::Differs)?;
    Ok(Coverage {
        certificates: file.certificates().chain(file.other_certificates()).collect(),
        revocation_data: file.revocation_data().collect(),
        unsigned_values: Coverage::values(covered),
        ..everything()
    })
}

/// eContentType, the digest of the content, the fields of the SignerInfo, the hash index.
pub(super) fn v3<'a>(
    stamped: &Stamped<'_, 'a>,
    imprint: &Digest,
    token: &TimeStampToken<'_>,
) -> Result<Coverage<'a>, ImprintFault> {
    let file = stamped.signed_data;
    let index = HashIndex::of(token)?;
    let mut hasher = Hasher::new(imprint.algorithm());
    hasher.update(first(&file.encapsulated));
    hasher.update(content_digest(stamped, imprint.algorithm())?.as_bytes());
    signer_fields(stamped.signer).for_each(|field| hasher.update(field));
    hasher.update(index.bytes);
    if hasher.finish() != *imprint {
        return Err(ImprintFault::Differs);
    }
    let unsigned = stamped.signer.unsigned_attributes().into_iter().flat_map(|set| set.iter());
    Ok(Coverage {
        certificates: index.certificates(file.certificates().chain(file.other_certificates()))?,
        revocation_data: index.revocation_data(file.revocation_data())?,
        unsigned_values: index.unsigned(unsigned)?,
        index_algorithm: Some(index.algorithm),
        ..everything()
    })
}

fn everything<'a>() -> Coverage<'a> {
    Coverage { content: true, signature: true, signed_attributes: true, ..Coverage::default() }
}

/// Whether the imprint is over what came before and these attributes, under a header of their own or bare.
fn is_over(before: &Hasher, attributes: &[Attribute<'_>], imprint: &Digest) -> bool {
    let length = attributes.iter().map(|attribute| attribute.bytes().len()).sum();
    let mut header = vec![tag::context(1)];
    write::push_length(&mut header, length);
    [header.as_slice(), &[]].iter().any(|header| {
        let mut hasher = before.clone();
        hasher.update(header);
        attributes.iter().for_each(|attribute| hasher.update(attribute.bytes()));
        hasher.finish() == *imprint
    })
}

fn is_archive(attribute: &Attribute<'_>) -> bool {
    [oid::ARCHIVE_TIME_STAMP_V2, oid::ARCHIVE_TIME_STAMP_V3].iter().any(|identifier| attribute.is(identifier))
}

/// No archive time-stamp, or one whose tokens are all older.
fn is_earlier(attribute: &Attribute<'_>, at: Time) -> bool {
    let is_older = |token: &[u8]| TimeStampToken::read(token).is_ok_and(|token| token.info().time < at);
    !is_archive(attribute) || attribute.values().all(is_older)
}
