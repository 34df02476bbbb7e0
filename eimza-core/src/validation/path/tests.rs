//! What a search finds, what it costs whoever sends the certificates, and which failure it names.
//!
//! The certificates are not signed: who made them, a serial number tells. NIST's suite in `tests/validation/path` has
//! real signatures.

mod cost;
mod draft;
mod failures;
mod order;

use std::cell::Cell;

use draft::Draft;

use super::search::PathSearch;
use super::signatures::IssuerSignatures;
use super::{Budget, CertificatePath, CertificatePool, PathFailure, PathInputs};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::error::Result;

/// Takes each certificate for signed by whoever has the key that its draft names, and counts.
#[derive(Default)]
struct Claimed(Cell<usize>);

impl IssuerSignatures for Claimed {
    fn is_signed_by(&self, certificate: &Certificate, issuer: &Certificate) -> Result<bool> {
        self.0.set(self.0.get() + 1);
        Ok(draft::is_signed_by(certificate, issuer))
    }
}

/// What a search came to: its valid paths by the common names, and why there is no further one.
struct Found {
    paths: Vec<CertificatePath>,
    failure: Option<PathFailure>,
    signatures: usize,
}

impl Found {
    fn names(&self) -> Vec<Vec<String>> {
        let name = |certificate: &Certificate| certificate.subject().common_name().unwrap().to_string();
        self.paths.iter().map(|path| path.certificates().iter().map(name).collect()).collect()
    }

    fn rule(&self) -> &'static str {
        match &self.failure {
            Some(failure) if self.paths.is_empty() => failure.rule.name(),
            _ => "none",
        }
    }
}

fn search(leaf: &Certificate, anchors: &[&Certificate], others: &[Certificate]) -> Found {
    search_with(&PathInputs::at(now()), leaf, anchors, others)
}

fn search_with(inputs: &PathInputs, leaf: &Certificate, anchors: &[&Certificate], others: &[Certificate]) -> Found {
    let pool = |certificates: Vec<Certificate>| {
        let mut pool = CertificatePool::default();
        pool.extend(certificates);
        pool
    };
    let anchors = pool(anchors.iter().map(|anchor| (*anchor).clone()).collect());
    let others = [&pool(others.to_vec())];
    let claimed = Claimed::default();
    let mut search = PathSearch::new(leaf, &anchors, &others, inputs, &claimed, Budget::default());
    let paths = std::iter::from_fn(|| search.next_path()).collect();
    let failure = search.into_failure();
    Found { paths, failure, signatures: claimed.0.get() }
}

fn now() -> Time {
    Time::parse("2026-06-15T12:00:00Z").unwrap()
}

/// An anchor, an authority beneath it and what that one issued.
fn chain() -> (Certificate, Certificate, Certificate) {
    (Draft::authority("root", "root").make(), Draft::authority("root", "ca").make(), Draft::new("ca", "leaf").make())
}
