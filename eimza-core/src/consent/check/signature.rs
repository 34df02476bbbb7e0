//! The signatures of a submission: one signer, the very texts, bound to the record and in its order.

use super::{Arrival, Rejection, Verdict, bounds};
use crate::asn1::{Element, oid, tag};
use crate::cades::{Commitment, ContentReference};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::{Attributes, SignedData};
use crate::consent::session::content_reference;
use crate::consent::text::MIME_TYPE;
use crate::consent::{Record, RevokedSignature};
use crate::crypto::DigestAlgorithm;
use crate::hex;
use crate::validation::{self, CheckName, CheckStatus, Given, SignatureReport};

/// The checks without which nothing counts.
const MATHEMATICS: [CheckName; 4] =
    [CheckName::Format, CheckName::MessageDigest, CheckName::Signature, CheckName::SigningCertificate];

/// What all signatures have in common, and each one by itself.
pub(super) struct Signed {
    pub(super) certificate: Certificate,
    pub(super) signed_at: Time,
    pub(super) verdict: Verdict,
    pub(super) references: Vec<RevokedSignature>,
}

pub(super) fn check_all(arrival: &Arrival<'_>, record: &Record) -> Result<Signed, Rejection> {
    let mut common: Option<Signed> = None;
    for (number, octets) in arrival.submission.signatures.iter().enumerate() {
        let one = check_one(arrival, record, number, octets)?;
        match &mut common {
            None => common = Some(one),
            Some(common) if common.certificate != one.certificate => return Err(Rejection::SeveralSigners),
            Some(common) if common.signed_at != one.signed_at => return Err(Rejection::SigningTime),
            Some(common) => {
                common.references.extend(one.references);
                common.verdict = common.verdict.clone().and(one.verdict);
            }
        }
    }
    common.ok_or(Rejection::Count)
}

fn check_one(arrival: &Arrival<'_>, record: &Record, number: usize, octets: &[u8]) -> Result<Signed, Rejection> {
    let signed_data = SignedData::read(octets).map_err(|_| Rejection::Form)?;
    let signer = bounds::only_signer(&signed_data)?;
    let content = signed_data.content().map_err(|_| Rejection::Form)?;
    let text = arrival.texts.get(number).ok_or(Rejection::Count)?;
    if content.as_deref() != Some(text.body().as_bytes()) {
        return Err(Rejection::Text);
    }
    let report = validation::validate(octets, &Given::default()).map_err(|_| Rejection::Form)?;
    let [signature] = report.signatures.as_slice() else { return Err(Rejection::Form) };
    let (true, Some(by)) = (holds(signature, record), &signature.signer) else { return Err(Rejection::Signature) };
    let attributes = signer.signed_attributes().ok_or(Rejection::Signature)?;
    check_binding(record, number, &attributes)?;
    let signed_at = signature.signing_time.ok_or(Rejection::SigningTime)?;
    check_signing_time(arrival, record, signed_at)?;
    let reference = RevokedSignature {
        sha256: DigestAlgorithm::Sha256.digest(octets).to_hex(),
        content_identifier: hex::encode(&record.content_identifier(number).map_err(|_| Rejection::Binding)?),
        value: hex::encode(signer.value()),
    };
    let certificate = by.certificate.clone();
    Ok(Signed { certificate, signed_at, verdict: Verdict::of(&report), references: vec![reference] })
}

/// All mathematics holds, nothing else fails either (a weak algorithm does), and the profile is the one that was demanded.
fn holds(signature: &SignatureReport, record: &Record) -> bool {
    let has_passed =
        |name| signature.checks.iter().any(|check| check.name == name && check.status == CheckStatus::Passed);
    // What the certificate says of itself is the certificate's check, which has its own reasons.
    let of_certificate = [CheckName::Qualified, CheckName::KeyUsage];
    let mut others = signature.checks.iter().filter(|check| !of_certificate.contains(&check.name));
    let none_failed = others.all(|check| check.status != CheckStatus::Failed);
    MATHEMATICS.into_iter().all(has_passed) && none_failed && signature.profile == Some(record.request.profile)
}

/// The attributes that make this signature one for this record and this text, and for nothing else.
fn check_binding(record: &Record, number: usize, attributes: &Attributes<'_>) -> Result<(), Rejection> {
    let value = |identifier| attributes.first(identifier).and_then(|attribute| attribute.only_value());
    let identifier = value(&oid::CONTENT_IDENTIFIER).and_then(|value| value.octets().ok());
    let expected_identifier = record.content_identifier(number).map_err(|_| Rejection::Binding)?;
    let commitment = value(&oid::COMMITMENT_TYPE).and_then(|value| value.reader().oid("commitment type").ok());
    let reference = value(&oid::CONTENT_REFERENCE).map(|value| read_reference(&value).ok());
    let expected_reference = content_reference(&record.request).map_err(|_| Rejection::Binding)?;
    let bound = identifier.as_deref() == Some(&expected_identifier)
        && commitment.and_then(Commitment::from_oid) == Some(Commitment::Approval)
        && reference == expected_reference.map(Some)
        && says_plain_text(attributes);
    if bound { Ok(()) } else { Err(Rejection::Binding) }
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

/// Read before signed, and signed between the opening and the arrival.
fn check_signing_time(arrival: &Arrival<'_>, record: &Record, signed_at: Time) -> Result<(), Rejection> {
    let last_read = record.moments.iter().map(|moments| moments.read_at).max();
    let earliest = record.request.opened_at.before(arrival.tolerance);
    let latest = arrival.arrived_at.after(arrival.tolerance);
    let holds = last_read.is_none_or(|read| read <= signed_at) && (earliest..=latest).contains(&signed_at);
    if holds { Ok(()) } else { Err(Rejection::SigningTime) }
}
