//! The service's time, told by the monotonic clock of this machine.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, Time};

pub(super) struct Timer {
    clock: Arc<dyn Clock>,
    /// What the monotonic clock showed before the service was asked: the answer's way counts as time passed.
    asked_at: Duration,
    /// What it showed when the answer was there: counted from here, no moment lies ahead of the service's own time.
    answered_at: Duration,
    opened_at: Time,
    expires_at: Time,
}

/// One moment on both scales: what is written down, and what least times are measured by.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) time: Time,
    pub(super) elapsed: Duration,
}

impl Timer {
    /// To be made when the answer is there.
    pub(super) fn new(clock: Arc<dyn Clock>, asked_at: Duration, opened_at: Time, expires_at: Time) -> Self {
        let answered_at = clock.elapsed();
        Self { clock, asked_at, answered_at, opened_at, expires_at }
    }

    pub(super) fn moment(&self) -> Moment {
        let elapsed = self.clock.elapsed().saturating_sub(self.answered_at);
        Moment { time: self.opened_at.after(elapsed), elapsed }
    }

    pub(super) fn now(&self) -> Time {
        self.moment().time
    }

    pub(super) fn remaining(&self) -> Duration {
        let elapsed = self.clock.elapsed().saturating_sub(self.asked_at);
        self.opened_at.until(self.expires_at).saturating_sub(elapsed)
    }
}
