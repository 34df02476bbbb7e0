//! The receipt: what was received and what was accepted, for the person and for whoever asks years later.
//!
//! JSON in the form of RFC 8785 (`schemas/receipt-1.json`), sealed by the service with a CAdES signature of its own.
//! The sealed form names the person in full; [`Receipt::display`] masks the national id.

mod form;
mod seal;
#[cfg(feature = "software")]
mod signer;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use seal::Seal;
#[cfg(feature = "software")]
pub use signer::ReceiptSigner;

use super::{Finding, Record, Submission, Verdict, canonical};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, JsonForm, ReceiptPart, Result};

/// The name of the receipt's form, with its version.
const SCHEMA: &str = "eimza-receipt-1";

/// What a service says about a consent or a revocation that it received: whether it accepted it, and by which verdict.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    body: Body,
    sealed: Vec<u8>,
}

/// The members, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) schema: String,
    /// Whether national ids were masked for display. Never so in a sealed receipt.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) masked: bool,
    pub(super) record_sha256: String,
    pub(super) record: Record,
    pub(super) way: Way,
    pub(super) certificate_sha256: Option<String>,
    pub(super) signatures_sha256: Vec<String>,
    pub(super) signed_at: Option<Moment>,
    pub(super) received_at: Moment,
    pub(super) accepted_at: Option<Moment>,
    pub(super) verdict: Option<Verdict>,
    pub(super) revocation: Option<RevocationNote>,
}

/// How the person expressed the will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Signed with a certificate.
    Signed,
    /// Declared in the portal's logged-in session (revocations only).
    Declared,
}

impl Way {
    /// The stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Way::Signed => "signed",
            Way::Declared => "declared",
        }
    }
}

/// A moment, in UTC for machines and as people in Türkiye read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// RFC 3339, UTC.
    pub utc: Time,
    /// `dd.MM.yyyy HH:mm:ss`, Istanbul time.
    pub istanbul: String,
}

impl From<Time> for Moment {
    fn from(time: Time) -> Self {
        Self { utc: time, istanbul: time.istanbul() }
    }
}

/// That a consent was revoked, on its receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevocationNote {
    /// From when on.
    pub accepted_at: Moment,
    /// How.
    pub way: Way,
    /// SHA-256 of the revocation's record, lower-case hexadecimal.
    pub record_sha256: String,
}

impl fmt::Debug for Receipt {
    /// Without the sealed octets: the person stands in them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Receipt").field("body", &self.body).finish_non_exhaustive()
    }
}

impl Receipt {
    /// Issues the receipt of what the [`check`](super::check()) found, for services of one's own. `now` is the service's
    /// own time. It says accepted where the finding does; of anything else, that it was received and what is missing.
    pub fn issue(finding: &Finding, seal: &dyn Seal, now: Time) -> Result<Self> {
        let body = Body {
            certificate_sha256: Some(finding.certificate.sha256().to_hex()),
            signatures_sha256: finding.signatures_sha256.clone(),
            signed_at: Some(finding.signed_at.into()),
            accepted_at: finding.is_accepted().then(|| now.into()),
            verdict: Some(finding.verdict.clone()),
            ..Body::new(finding.record.clone(), Way::Signed, finding.received_at)?
        };
        Self::sealed(body, seal, now)
    }

    /// The receipt of the same consent with the note that it was revoked, sealed anew.
    ///
    /// # Errors
    /// [`Error::ReceiptInvalid`] where `revocation` is about another consent, or about none, and where either of both was
    /// not accepted.
    pub fn revoked_by(&self, revocation: &Receipt, seal: &dyn Seal) -> Result<Self> {
        const NOT_ACCEPTED: Error = Error::ReceiptInvalid { what: ReceiptPart::Acceptance };
        let revoked = revocation.record().request.revokes.as_ref();
        if revoked.is_none_or(|revoked| revoked.record_sha256 != self.record_sha256()) {
            return Err(Error::ReceiptInvalid { what: ReceiptPart::Revokes });
        }
        let revoked_at = self.accepted_at().and(revocation.accepted_at()).ok_or(NOT_ACCEPTED)?;
        let note = RevocationNote {
            accepted_at: Moment::from(revoked_at),
            way: revocation.way(),
            record_sha256: revocation.record_sha256().to_owned(),
        };
        Self::sealed(Body { revocation: Some(note), ..self.body.clone() }, seal, revoked_at)
    }

    /// Seals a receipt.
    pub(super) fn sealed(body: Body, seal: &dyn Seal, now: Time) -> Result<Self> {
        let octets = to_bytes(&body)?;
        let sealed = seal::sealed(&octets, seal, now)?;
        Ok(Self { body, sealed })
    }

    /// Opens a sealed receipt: the seal must be this service's, the receipt must fit its schema, and be in its one
    /// canonical form. A receipt that was masked for display is none.
    ///
    /// # Errors
    /// [`Error::ReceiptInvalid`] with what does not fit; what is wrong with the form of its request.
    pub fn open(sealed: &[u8], service: &Certificate) -> Result<Self> {
        let octets = seal::opened(sealed, service)?;
        let body: Body = serde_json::from_slice(&octets)
            .map_err(|source| Error::JsonMalformed { what: JsonForm::Receipt, source })?;
        body.check_form()?;
        if to_bytes(&body)? != octets {
            return Err(Error::ReceiptInvalid { what: ReceiptPart::Form });
        }
        Ok(Self { body, sealed: sealed.to_vec() })
    }

    /// The sealed form: CAdES, the JSON inside. The person is named in full.
    pub fn sealed_form(&self) -> &[u8] {
        &self.sealed
    }

    /// JSON for display, national ids masked; it says so of itself (`"masked": true`).
    pub fn display(&self) -> Result<String> {
        let mut body = Body { masked: true, ..self.body.clone() };
        body.record.request = body.record.request.masked();
        serde_json::to_string_pretty(&body).map_err(|source| Error::JsonMalformed { what: JsonForm::Receipt, source })
    }

    /// The record of the consent or revocation.
    pub fn record(&self) -> &Record {
        &self.body.record
    }

    /// SHA-256 of the record, lower-case hexadecimal: the name under which revocations refer to it.
    pub fn record_sha256(&self) -> &str {
        &self.body.record_sha256
    }

    /// Signed, or declared.
    pub fn way(&self) -> Way {
        self.body.way
    }

    /// The signer's certificate, SHA-256 in lower-case hexadecimal.
    pub fn certificate_sha256(&self) -> Option<&str> {
        self.body.certificate_sha256.as_deref()
    }

    /// Each signature file, SHA-256 in lower-case hexadecimal.
    pub fn signatures_sha256(&self) -> &[String] {
        &self.body.signatures_sha256
    }

    /// The signing time as the signatures claim it.
    pub fn signed_at(&self) -> Option<Time> {
        self.body.signed_at.as_ref().map(|moment| moment.utc)
    }

    /// When it arrived at the service.
    pub fn received_at(&self) -> Time {
        self.body.received_at.utc
    }

    /// From when on it counts; `None` of what was received and not accepted so far.
    pub fn accepted_at(&self) -> Option<Time> {
        self.body.accepted_at.as_ref().map(|moment| moment.utc)
    }

    /// Whether it was accepted. A receipt of what was only received proves its arrival and nothing more.
    pub fn is_accepted(&self) -> bool {
        self.body.accepted_at.is_some()
    }

    /// The verdict: what was checked, what it rests on, and what is missing.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.body.verdict.as_ref()
    }

    /// Whether and how it was revoked, as this receipt knows.
    pub fn revocation(&self) -> Option<&RevocationNote> {
        self.body.revocation.as_ref()
    }

    /// Whether it is about this very submission.
    pub(super) fn is_for(&self, submission: &Submission) -> bool {
        let digest = |octets: &[u8]| DigestAlgorithm::Sha256.digest(octets).to_hex();
        let signatures = submission.signatures.iter().map(|signature| digest(signature));
        self.body.record_sha256 == digest(&submission.record)
            && signatures.eq(self.body.signatures_sha256.iter().cloned())
    }
}

impl Body {
    pub(super) fn new(record: Record, way: Way, received_at: Time) -> Result<Self> {
        Ok(Self {
            schema: SCHEMA.into(),
            masked: false,
            record_sha256: record.sha256()?.to_hex(),
            record,
            way,
            certificate_sha256: None,
            signatures_sha256: Vec::new(),
            signed_at: None,
            received_at: received_at.into(),
            accepted_at: None,
            verdict: None,
            revocation: None,
        })
    }
}

fn to_bytes(body: &Body) -> Result<Vec<u8>> {
    canonical::to_bytes(JsonForm::Receipt, body)
}
