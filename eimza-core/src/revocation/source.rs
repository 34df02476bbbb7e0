//! Where status data comes from: a trait for whoever fetches it, and data that was given.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Crl, Ocsp, StatusData};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::error::Result;

/// A certificate whose status is wanted, and who issued it.
#[derive(Clone, Copy, Debug)]
pub struct StatusWanted<'a> {
    /// Whose status.
    pub certificate: &'a Certificate,
    /// The issuer, as the path to an anchor says.
    pub issuer: &'a Certificate,
}

/// Where a service gets status data: what authorities publish, by whatever way.
///
/// A source is asked in the thread that judges, while nothing is locked, and perhaps by several threads at once. It bounds
/// its own time. What it cannot get it leaves out: that is no error, for what is missing can come later. It is asked about
/// certificates of a path that ends at an anchor, hence only for addresses that an authority has put into a certificate.
pub trait StatusSource: Send + Sync {
    /// What is to be had at this time about these certificates.
    fn status(&self, wanted: &[StatusWanted<'_>], now: Time) -> StatusData;
}

/// Data that does not change.
impl StatusSource for StatusData {
    fn status(&self, wanted: &[StatusWanted<'_>], _now: Time) -> StatusData {
        self.about(wanted)
    }
}

impl<S: StatusSource + ?Sized> StatusSource for Arc<S> {
    fn status(&self, wanted: &[StatusWanted<'_>], now: Time) -> StatusData {
        S::status(self, wanted, now)
    }
}

/// So many CRLs, and so many OCSP answers, are kept; the newest stay.
const KEPT: usize = 4096;

/// Status data that is given as it comes: by an operator, a timer, or a program in another language.
#[derive(Debug, Default)]
pub struct GivenStatus(RwLock<StatusData>);

impl GivenStatus {
    /// Nothing was given yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds every CRL of a file in DER or PEM.
    ///
    /// # Errors
    /// The first one that cannot be read; nothing was added then.
    pub fn add_crls(&self, file: &[u8]) -> Result<()> {
        let mut new = StatusData::new();
        new.add_crls(file)?;
        self.add(new);
        Ok(())
    }

    /// Adds every OCSP answer of a file in DER or PEM.
    ///
    /// # Errors
    /// The first one that cannot be read; nothing was added then.
    pub fn add_ocsps(&self, file: &[u8]) -> Result<()> {
        let mut new = StatusData::new();
        new.add_ocsps(file)?;
        self.add(new);
        Ok(())
    }

    /// Adds data that was read before.
    pub fn add(&self, new: StatusData) {
        let mut given = self.0.write().unwrap_or_else(PoisonError::into_inner);
        add_new(&mut given.crls, new.crls, Crl::this_update);
        add_new(&mut given.ocsps, new.ocsps, Ocsp::produced_at);
    }
}

impl StatusSource for GivenStatus {
    fn status(&self, wanted: &[StatusWanted<'_>], _now: Time) -> StatusData {
        // Cloning shares the data: nobody who adds waits until it was looked through.
        let given = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        given.about(wanted)
    }
}

/// Adds what is not there, and keeps the newest.
fn add_new<T: PartialEq, K: Ord>(all: &mut Vec<T>, new: Vec<T>, time: impl Fn(&T) -> K) {
    for one in new {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    if all.len() > KEPT {
        all.sort_by_key(|one| std::cmp::Reverse(time(one)));
        all.truncate(KEPT);
    }
}

impl StatusData {
    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.crls.is_empty() && self.ocsps.is_empty()
    }

    /// All CRLs, since others than the issuer may sign them, and the OCSP answers about these certificates.
    fn about(&self, wanted: &[StatusWanted<'_>]) -> Self {
        let is_about = |answer: &&Ocsp| {
            answer.responses().any(|single| wanted.iter().any(|one| single.is_about(one.certificate, one.issuer)))
        };
        Self { crls: self.crls.clone(), ocsps: self.ocsps.iter().filter(is_about).cloned().collect() }
    }
}
