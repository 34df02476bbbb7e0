//! What the caller enters and permits for one PIN operation.

use super::cancellation::{Cancellation, Progress};
use super::{Entered, PinId};
use crate::secret::Pin;

/// What the caller permits for one PIN operation. Made for that call, moved in, never kept.
#[derive(Debug, Default)]
pub struct Attempt {
    spend_last_try: bool,
    spend_last_try_of_key_pin: bool,
    allow_unusual_pin: bool,
    key_pin: Option<Entered<Pin>>,
    progress: Option<Progress>,
}

impl Attempt {
    /// Nothing out of the ordinary: the last try is not spent.
    pub fn new() -> Self {
        Self::default()
    }

    /// The person was told that this is the last try, or that nobody can tell how many are left, and wants it spent.
    pub fn spend_last_try(mut self) -> Self {
        self.spend_last_try = true;
        self
    }

    /// The same of the PIN that the key has of its own ([`Attempt::key_pin`]).
    pub fn spend_last_try_of_key_pin(mut self) -> Self {
        self.spend_last_try_of_key_pin = true;
        self
    }

    /// Signs with a key that has a PIN of its own: what the person entered for it, beside the PIN that opens the token. A
    /// key that asks for no PIN of its own is never given it.
    pub fn key_pin(mut self, pin: impl Into<Entered<Pin>>) -> Self {
        self.key_pin = Some(pin.into());
        self
    }

    /// The person insists on a PIN of whatever form: of another length than the token reports, of 15 digits, with white
    /// space or hidden characters. See [`Pin::new_unusual`](crate::Pin::new_unusual).
    pub fn allow_unusual_pin(mut self) -> Self {
        self.allow_unusual_pin = true;
        self
    }

    /// Lets the operation be given up from another thread.
    pub fn cancelled_by(mut self, cancellation: &Cancellation) -> Self {
        self.progress = Some(Progress::of(cancellation));
        self
    }

    /// Whether the last try of this PIN may be spent.
    pub(super) fn spends_last_try(&self, pin: &PinId) -> bool {
        if pin.is_of_key() { self.spend_last_try_of_key_pin } else { self.spend_last_try }
    }

    /// What was entered for the key alone.
    pub(super) fn entered_for_key(&self) -> Option<&Entered<Pin>> {
        self.key_pin.as_ref().filter(|entered| entered.check().is_ok())
    }

    pub(super) fn allows_unusual_pin(&self) -> bool {
        self.allow_unusual_pin
    }

    /// How far the operation has come, where it can be given up.
    pub(super) fn progress(&self) -> Option<&Progress> {
        self.progress.as_ref()
    }
}
