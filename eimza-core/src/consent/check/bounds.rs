//! How large a submission can be at most, given what was asked: looked at before anything of it is read.

use super::Arrival;
use crate::asn1::oid;
use crate::cms::{SignedData, Signer};
use crate::error::{Rejected, Rejection};
use crate::validation::Profile;

/// What a signature holds besides its text: the signer's certificate, a chain, attributes.
const BASIC_ROOM: usize = 64 * 1024;

/// The same with time-stamps, and with revocation data for the whole chain.
const ARCHIVE_ROOM: usize = 4 * 1024 * 1024;

/// The most certificates of one signature: a signer's chain, and those of time-stamps.
const CERTIFICATE_LIMIT: usize = 32;

/// The record is not longer than the request lets it be, there is one signature for each text, and none is much longer than
/// its text.
pub(super) fn check_sizes(arrival: &Arrival<'_>) -> Result<(), Rejected> {
    let longest_record = arrival.request.longest_record().map_err(|error| Rejection::Request.by(error))?;
    if arrival.submission.record.len() > longest_record {
        return Err(Rejection::Record.into());
    }
    let signatures = &arrival.submission.signatures;
    if signatures.len() != arrival.texts.len() {
        return Err(Rejection::Count.into());
    }
    let room = if arrival.request.profile == Profile::P1 { BASIC_ROOM } else { ARCHIVE_ROOM };
    let fits = |(signature, text): (&Vec<u8>, &super::ConsentText)| signature.len() <= text.body().len() + room;
    if signatures.iter().zip(arrival.texts).all(fits) { Ok(()) } else { Err(Rejection::Form.into()) }
}

/// Exactly one signer, whom nobody counter-signed, and no more certificates than a chain has: what is verified is one
/// signature and no other.
pub(super) fn only_signer<'a, 'b>(signed_data: &'b SignedData<'a>) -> Result<&'b Signer<'a>, Rejection> {
    let [signer] = signed_data.signers() else { return Err(Rejection::Form) };
    let is_counter_signed =
        signer.unsigned_attributes().is_some_and(|attributes| attributes.first(&oid::COUNTER_SIGNATURE).is_some());
    let certificates = signed_data.certificates().take(CERTIFICATE_LIMIT + 1).count();
    if is_counter_signed || certificates > CERTIFICATE_LIMIT { Err(Rejection::Form) } else { Ok(signer) }
}
