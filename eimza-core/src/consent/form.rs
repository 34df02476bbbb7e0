//! What every request has to look like, whoever wrote the service: so that a record can be made of it, and a receipt that
//! fits its schema.

use super::canonical::GREATEST_INTEGER;
use super::record::RECORD_LIMIT;
use super::text::check_lines;
use super::{Moments, Purpose, Record, Request, Revoked};
use crate::certificate::NationalId;
use crate::error::{Error, Limit, RecordPart, Result};
use crate::hex;

/// The most octets of a session's name.
const SESSION_LIMIT: usize = 128;

impl Request {
    /// Whether a consent can be given to it.
    ///
    /// # Errors
    /// [`Error::RecordMalformed`] with the member that does not fit, [`Error::ConsentTextHiddenCharacter`],
    /// [`Error::LimitExceeded`] for what is larger than a record may be.
    pub(super) fn check_form(&self) -> Result<()> {
        let is_revocation = self.purpose == Purpose::Revocation;
        let members = [
            (RecordPart::Session, !self.session.is_empty() && self.session.len() <= SESSION_LIMIT),
            (RecordPart::Nonce, is_sha256(&self.nonce)),
            (RecordPart::Person, NationalId::parse(&self.person.national_id).is_some()),
            (
                RecordPart::Texts,
                !self.texts.is_empty() && self.texts.iter().all(|text| is_sha256(&text.sha256) && text.length > 0),
            ),
            (RecordPart::Documents, self.documents.iter().all(|document| is_sha256(&document.sha256))),
            (RecordPart::Revokes, self.revokes.is_some() == is_revocation && self.revokes.as_ref().is_none_or(fits)),
            (RecordPart::LeastReadingSeconds, self.least_reading_seconds <= GREATEST_INTEGER),
            // The consequences of a revocation have to be acknowledged.
            (RecordPart::Declarations, !is_revocation || !self.declarations.is_empty()),
        ];
        if let Some((field, _)) = members.into_iter().find(|(_, fits)| !fits) {
            return Err(Error::RecordMalformed { field });
        }
        check_lines(self.shown())?;
        // A record that is too large would be refused after it was signed.
        if self.longest_record()? > RECORD_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::RecordSize });
        }
        Ok(())
    }

    /// The most octets that a record of it has: every time is as long as the other, and `false` is longer than `true`.
    pub(super) fn longest_record(&self) -> Result<usize> {
        let moments = Moments { shown_at: self.opened_at, read_at: self.opened_at };
        let longest = Record::new(self.clone(), vec![moments; self.texts.len()], vec![false; self.declarations.len()]);
        longest.to_bytes().map(|octets| octets.len())
    }
}

fn fits(revoked: &Revoked) -> bool {
    let is_hex = |text: &str| hex::decode(text).is_some_and(|octets| !octets.is_empty());
    is_sha256(&revoked.record_sha256)
        && revoked
            .signatures
            .iter()
            .all(|one| is_sha256(&one.sha256) && is_hex(&one.content_identifier) && is_hex(&one.value))
}

/// 32 octets in lower-case hexadecimal.
pub(super) fn is_sha256(text: &str) -> bool {
    hex::decode(text).is_some_and(|octets| octets.len() == 32)
}
