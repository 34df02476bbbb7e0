//! Whether a certificate claims to be qualified, and what it lacks.

use super::{Certificate, Kind};
use crate::asn1::oid;
use crate::error::Shortfall;

impl Certificate {
    /// What it lacks of a qualified certificate by its own words; nothing, where it claims to be one and, being a person's,
    /// may sign with nonRepudiation.
    ///
    /// Only a path to an anchor tells whether that is true.
    pub fn shortfalls(&self) -> Vec<Shortfall> {
        let turkish = self.has_statement(&oid::QC_TURKISH_NES) || self.has_statement(&oid::QC_TURKISH_SEAL);
        let missing = [
            (!self.has_statement(&oid::QC_COMPLIANCE), Shortfall::ComplianceMissing),
            (!turkish, Shortfall::TurkishStatementMissing),
            (self.is_ca(), Shortfall::Authority),
            (self.kind() == Kind::Nes && !self.binds(), Shortfall::NonRepudiationMissing),
        ];
        missing.into_iter().filter(|(lacks, _)| *lacks).map(|(_, shortfall)| shortfall).collect()
    }

    /// Whether it claims to be a Turkish qualified certificate; [`Certificate::shortfalls`] says why not.
    pub fn qualified(&self) -> bool {
        self.shortfalls().is_empty()
    }
}
