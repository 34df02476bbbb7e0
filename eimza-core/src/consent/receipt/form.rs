//! What every receipt has to look like: its schema, and what a schema cannot say.

use super::{Body, Moment, SCHEMA, Way};
use crate::consent::form::is_sha256;
use crate::consent::{Purpose, Verdict};
use crate::error::{Error, ReceiptPart, Result};

impl Body {
    /// Whether it is a receipt, in clear.
    pub(super) fn check_form(&self) -> Result<()> {
        self.record.check_version()?;
        self.record.request.check_form()?;
        let texts = self.record.request.texts.len();
        let purpose = self.record.request.purpose;
        let digests = self.signatures_sha256.iter().chain(&self.certificate_sha256);
        let digests = digests.chain(self.verdict.iter().flat_map(Verdict::digests));
        let moments = [
            Some(&self.received_at),
            self.accepted_at.as_ref(),
            self.signed_at.as_ref(),
            self.revocation.as_ref().map(|note| &note.accepted_at),
        ];
        let moments = moments.into_iter().flatten().chain(self.verdict.iter().flat_map(Verdict::moments));
        let members = [
            (ReceiptPart::Schema, self.schema == SCHEMA),
            (ReceiptPart::Masked, !self.masked),
            (ReceiptPart::Record, self.record.sha256()?.to_hex() == self.record_sha256),
            (ReceiptPart::Ticked, self.record.ticked.len() == self.record.request.declarations.len()),
            (ReceiptPart::Digests, digests.into_iter().all(|digest| is_sha256(digest))),
            (ReceiptPart::Moments, moments.into_iter().all(Moment::is_whole)),
            (ReceiptPart::Acceptance, self.is_accepted_by_its_verdict()),
            (
                ReceiptPart::Revocation,
                self.revocation.as_ref().is_none_or(|note| {
                    self.accepted_at.is_some() && purpose == Purpose::Consent && is_sha256(&note.record_sha256)
                }),
            ),
            (
                ReceiptPart::Way,
                match self.way {
                    Way::Signed => self.is_signed(texts),
                    Way::Declared => purpose == Purpose::Revocation && self.is_unsigned(),
                },
            ),
        ];
        match members.into_iter().find(|(_, fits)| !fits) {
            Some((what, _)) => Err(Error::ReceiptInvalid { what }),
            None => Ok(()),
        }
    }

    /// Accepted where the verdict says so, and only there. What was declared has no verdict.
    fn is_accepted_by_its_verdict(&self) -> bool {
        self.accepted_at.is_some() == self.verdict.as_ref().is_none_or(Verdict::is_passed)
    }

    /// Every text was read and signed.
    fn is_signed(&self, texts: usize) -> bool {
        self.record.moments.len() == texts
            && self.signatures_sha256.len() == texts
            && self.certificate_sha256.is_some()
            && self.signed_at.is_some()
            && self.verdict.is_some()
    }

    /// Nothing was signed, and no moments are known.
    fn is_unsigned(&self) -> bool {
        self.record.moments.is_empty()
            && self.signatures_sha256.is_empty()
            && self.certificate_sha256.is_none()
            && self.signed_at.is_none()
            && self.verdict.is_none()
    }
}

impl Moment {
    /// Whether both of its forms tell the same.
    fn is_whole(&self) -> bool {
        self.istanbul == self.utc.istanbul()
    }
}
