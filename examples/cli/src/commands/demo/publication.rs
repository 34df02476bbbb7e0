//! What the demo's issuer publishes: nothing at first, so that the state in between can be seen; then its list and answers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use eimza_core::Time;
use eimza_core::revocation::{StatusData, StatusSource, StatusWanted};
use eimza_core::token::software::TestIssuer;

pub(super) struct Publication {
    issuer: Arc<TestIssuer>,
    has_begun: AtomicBool,
    /// What was handed out first.
    first: Mutex<StatusData>,
}

impl Publication {
    pub(super) fn of(issuer: Arc<TestIssuer>) -> Self {
        Self { issuer, has_begun: AtomicBool::new(false), first: Mutex::default() }
    }

    /// From now on the issuer publishes.
    pub(super) fn begin(&self) {
        self.has_begun.store(true, Ordering::Release);
    }

    /// The list and the answer by which the consent was judged, for whoever wants to judge it with another program.
    pub(super) fn first(&self) -> StatusData {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl StatusSource for Publication {
    fn status(&self, wanted: &[StatusWanted<'_>], now: Time) -> StatusData {
        if !self.has_begun.load(Ordering::Acquire) {
            return StatusData::new();
        }
        let published = self.issuer.status(wanted, now);
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        if first.is_empty() {
            first.clone_from(&published);
        }
        published
    }
}
