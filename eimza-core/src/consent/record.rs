//! The record: one canonical form of everything that led to the signatures.
//!
//! It is JSON in the form of RFC 8785 (`schemas/record-1.json`). Whoever reads one writes it again and compares: two
//! different forms of one record cannot exist. `docs/binding.md` tells how signatures are bound to it.

use serde::{Deserialize, Serialize};

use super::{Request, canonical};
use crate::clock::Time;
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, JsonForm, Limit, RecordPart, Result};

/// The version of the record's form.
const VERSION: u32 = 1;

/// The most octets of a record.
pub(super) const RECORD_LIMIT: usize = 1024 * 1024;

/// When one text was shown and when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moments {
    /// When it came on the screen.
    pub shown_at: Time,
    /// When the person said to have read it.
    pub read_at: Time,
}

/// What was asked, shown, read and ticked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    version: u32,
    /// What the service asked for.
    pub request: Request,
    /// For each text; none of a revocation that was declared on the portal's page.
    pub moments: Vec<Moments>,
    /// For each declaration.
    pub ticked: Vec<bool>,
}

impl Record {
    pub(super) fn new(request: Request, moments: Vec<Moments>, ticked: Vec<bool>) -> Self {
        Self { version: VERSION, request, moments, ticked }
    }

    /// The canonical octets.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        canonical::to_bytes(JsonForm::ConsentRecord, self)
    }

    /// Reads canonical octets; any other form is refused.
    pub fn from_bytes(octets: &[u8]) -> Result<Self> {
        if octets.len() > RECORD_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::RecordSize });
        }
        let record: Self = serde_json::from_slice(octets)
            .map_err(|source| Error::JsonMalformed { what: JsonForm::ConsentRecord, source })?;
        record.check_version()?;
        if record.to_bytes()? != octets {
            return Err(Error::RecordMalformed { field: RecordPart::Form });
        }
        Ok(record)
    }

    pub(super) fn check_version(&self) -> Result<()> {
        if self.version == VERSION { Ok(()) } else { Err(Error::RecordMalformed { field: RecordPart::Version }) }
    }

    /// What a signature's content-identifier holds: SHA-256 of the record, then the number of the text (from 0) as four
    /// octets, most significant first.
    pub fn content_identifier(&self, text: usize) -> Result<Vec<u8>> {
        content_identifier(&self.sha256()?, text)
    }

    /// SHA-256 over the canonical octets.
    pub fn sha256(&self) -> Result<Digest> {
        Ok(DigestAlgorithm::Sha256.digest(&self.to_bytes()?))
    }
}

/// See [`Record::content_identifier`]; the record's digest was taken before.
pub(super) fn content_identifier(record: &Digest, text: usize) -> Result<Vec<u8>> {
    let number = u32::try_from(text).map_err(|_| Error::LimitExceeded { limit: Limit::Texts })?;
    Ok([record.as_bytes(), &number.to_be_bytes()].concat())
}
