//! A memory that lives as long as the process: the default.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use eimza_sys::fork;

use super::{AttemptMemory, Outcome, Recollection};
use crate::error::Result;
use crate::token::TokenPin;
use crate::token::brief;

/// Remembers as long as the process lives: the default. It never fails.
#[derive(Debug, Default)]
pub struct ProcessMemory {
    remembered: Mutex<HashMap<String, Recollection>>,
}

impl ProcessMemory {
    /// The memory that all tokens of this process share.
    pub fn shared() -> Arc<Self> {
        static SHARED: OnceLock<Arc<ProcessMemory>> = OnceLock::new();
        fork::get_or_init(&SHARED, Arc::default).clone()
    }
}

impl AttemptMemory for ProcessMemory {
    fn recall(&self, pin: &TokenPin) -> Result<Recollection> {
        Ok(worst(&brief::lock(&self.remembered), pin))
    }

    fn begin(&self, pin: &TokenPin, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()> {
        let mut remembered = brief::lock(&self.remembered);
        permit(worst(&remembered, pin))?;
        note(&mut remembered, pin, Outcome::Begun);
        Ok(())
    }

    fn record(&self, pin: &TokenPin, outcome: Outcome) {
        note(&mut brief::lock(&self.remembered), pin, outcome);
    }
}

fn worst(remembered: &HashMap<String, Recollection>, pin: &TokenPin) -> Recollection {
    Recollection::worst(pin.names().iter().map(|name| remembered.get(name).copied().unwrap_or_default()))
}

fn note(remembered: &mut HashMap<String, Recollection>, pin: &TokenPin, outcome: Outcome) {
    for name in pin.names() {
        let entry = remembered.entry(name).or_default();
        *entry = entry.with(outcome);
    }
}
