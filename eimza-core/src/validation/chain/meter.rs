//! What the judgement of one file may cost. Each search has a budget of its own; whoever sends a file with a thousand signers and
//! time-stamps, each by an authority of its own making, chooses how many searches there are.

use std::cell::Cell;

use crate::certificate::Certificate;
use crate::error::{Error, Limit, Result};
use crate::validation::path::IssuerSignatures;

/// Issuers' signatures of one file.
const SIGNATURES: u32 = 4096;

/// Time-stamps of one file.
const TIME_STAMPS: u32 = 1024;

/// How often status data of the file is asked about a certificate.
const COMPARISONS: usize = 65_536;

/// What is left for one file.
pub(in crate::validation) struct Meter<'a> {
    signatures: &'a dyn IssuerSignatures,
    signatures_left: Cell<u32>,
    time_stamps_left: Cell<u32>,
    comparisons_left: Cell<usize>,
}

impl<'a> Meter<'a> {
    pub(in crate::validation) fn new(signatures: &'a dyn IssuerSignatures) -> Self {
        Self {
            signatures,
            signatures_left: Cell::new(SIGNATURES),
            time_stamps_left: Cell::new(TIME_STAMPS),
            comparisons_left: Cell::new(COMPARISONS),
        }
    }

    /// Whether one more time-stamp may be judged.
    pub(in crate::validation) fn may_judge_time_stamp(&self) -> bool {
        let left = self.time_stamps_left.get().checked_sub(1);
        left.inspect(|left| self.time_stamps_left.set(*left)).is_some()
    }

    /// Whether so much status data may be asked about one more certificate.
    pub(super) fn may_compare(&self, count: usize) -> bool {
        let left = self.comparisons_left.get().checked_sub(count);
        left.inspect(|left| self.comparisons_left.set(*left)).is_some()
    }
}

impl IssuerSignatures for Meter<'_> {
    fn is_signed_by(&self, certificate: &Certificate, issuer: &Certificate) -> Result<bool> {
        let left = self.signatures_left.get().checked_sub(1);
        self.signatures_left.set(left.ok_or(Error::LimitExceeded { limit: Limit::IssuerSignatures })?);
        self.signatures.is_signed_by(certificate, issuer)
    }
}
