//! The signatures of a submission: one signer, the very texts, bound to the record and in its order.

use super::binding::check_binding;
use super::judgement::judge;
use super::{Arrival, Verdict, bounds};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::SignedData;
use crate::consent::record::content_identifier;
use crate::consent::{Record, RevokedSignature};
use crate::crypto::DigestAlgorithm;
use crate::error::{Rejected, Rejection};
use crate::hex;
use crate::validation::Grounds;

/// What all signatures have in common, and each one by itself.
pub(super) struct Signed {
    pub(super) certificate: Certificate,
    pub(super) signed_at: Time,
    pub(super) verdict: Verdict,
    pub(super) references: Vec<RevokedSignature>,
    pub(super) grounds: Vec<Grounds>,
    pub(super) refusal: Option<Rejection>,
}

pub(super) fn check_all(arrival: &Arrival<'_>, record: &Record) -> Result<Signed, Rejected> {
    // The record was compared with its canonical form, octet by octet.
    let digest = DigestAlgorithm::Sha256.digest(&arrival.submission.record);
    let mut common: Option<Signed> = None;
    for (number, octets) in arrival.submission.signatures.iter().enumerate() {
        let identifier = content_identifier(&digest, number).map_err(|error| Rejection::Count.by(error))?;
        let one = check_one(arrival, record, &identifier, number, octets)?;
        match &mut common {
            None => common = Some(one),
            Some(common) if common.certificate != one.certificate => return Err(Rejection::SeveralSigners.into()),
            Some(common) if common.signed_at != one.signed_at => return Err(Rejection::SigningTime.into()),
            Some(common) => {
                common.references.extend(one.references);
                common.grounds.extend(one.grounds);
                common.refusal = common.refusal.or(one.refusal);
                common.verdict = common.verdict.clone().and(one.verdict);
            }
        }
    }
    common.ok_or_else(|| Rejection::Count.into())
}

fn check_one(
    arrival: &Arrival<'_>,
    record: &Record,
    identifier: &[u8],
    number: usize,
    octets: &[u8],
) -> Result<Signed, Rejected> {
    let signed_data = SignedData::read(octets).map_err(|error| Rejection::Form.by(error))?;
    let signer = bounds::only_signer(&signed_data)?;
    let content = signed_data.content().map_err(|error| Rejection::Form.by(error))?;
    let text = arrival.texts.get(number).ok_or(Rejection::Count)?;
    if content.as_deref() != Some(text.body().as_bytes()) {
        return Err(Rejection::Text.into());
    }
    let judged = judge(&signed_data, arrival, record.request.profile)?;
    let attributes = signer.signed_attributes().ok_or(Rejection::Signature)?;
    check_binding(&record.request, identifier, &attributes)?;
    let signed_at = judged.signing_time.ok_or(Rejection::SigningTime)?;
    check_signing_time(arrival, record, signed_at)?;
    let reference = RevokedSignature {
        sha256: DigestAlgorithm::Sha256.digest(octets).to_hex(),
        content_identifier: hex::encode(identifier),
        value: hex::encode(signer.value()),
    };
    Ok(Signed {
        certificate: judged.certificate,
        signed_at,
        verdict: judged.verdict,
        references: vec![reference],
        grounds: vec![judged.grounds],
        refusal: judged.refusal,
    })
}

/// Read before signed, and signed between the opening and the arrival.
fn check_signing_time(arrival: &Arrival<'_>, record: &Record, signed_at: Time) -> Result<(), Rejection> {
    let last_read = record.moments.iter().map(|moments| moments.read_at).max();
    let earliest = record.request.opened_at.before(arrival.tolerance);
    let latest = arrival.arrived_at.after(arrival.tolerance);
    let holds = last_read.is_none_or(|read| read <= signed_at) && (earliest..=latest).contains(&signed_at);
    if holds { Ok(()) } else { Err(Rejection::SigningTime) }
}
