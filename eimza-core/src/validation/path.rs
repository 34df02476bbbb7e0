//! From a certificate to an anchor (RFC 5280 section 6): which certificates lie between, and whether each of them may
//! stand there.
//!
//! Time, anchors and further certificates are arguments. A search hands out one valid path after the other, so that
//! who finds a certificate revoked can ask for another path; it ends when its budget is spent.

mod budget;
mod extensions;
mod failure;
mod inputs;
mod names;
mod policies;
mod pool;
mod search;
mod signatures;
mod subtree;
#[cfg(test)]
mod tests;

use crate::asn1::oid::dotted;
use crate::certificate::Certificate;

pub(crate) use budget::Budget;
pub use failure::{BrokenRule, Exceeded, PathFailure};
pub(crate) use inputs::PathInputs;
pub(crate) use pool::CertificatePool;
pub(crate) use search::PathSearch;
pub(crate) use signatures::{IssuerSignatures, Uncached};

/// A valid path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificatePath {
    certificates: Vec<Certificate>,
    policies: Vec<Vec<u8>>,
}

impl CertificatePath {
    /// The certificates: first the one that was asked for, last the anchor. An anchor's own path is the anchor alone.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The policies that hold for the whole path and were asked for, by their object identifiers (section 6.1.6); `2.5.29.32.0`
    /// stands for any.
    pub fn policies(&self) -> Vec<String> {
        self.policies.iter().map(|policy| dotted(policy)).collect()
    }
}
