//! How attempts are counted when several processes share a file: what is written, and what this process knows by itself.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::lines::Lines;
use super::{Outcome, Recollection};
use crate::token::{TokenPin, brief};

/// What this process knows by itself, by name.
#[derive(Debug, Default)]
pub(in crate::token) struct Counts {
    here: Mutex<BTreeMap<String, Here>>,
}

/// What this process knows by itself of one name.
#[derive(Clone, Copy, Debug, Default)]
struct Here {
    recollection: Recollection,
    /// Whether the file could not be written. Then a missing line in the file means nothing.
    is_unwritten: bool,
}

#[cfg(test)]
impl Clone for Counts {
    fn clone(&self) -> Self {
        Self { here: Mutex::new(brief::lock(&self.here).clone()) }
    }
}

impl Counts {
    /// The worst that the file and this process know.
    pub(in crate::token) fn worst(&self, written: &Lines, pin: &TokenPin) -> Recollection {
        let here = brief::lock(&self.here);
        let known = |name: &String| {
            let here = here.get(name).copied().unwrap_or_default();
            here.beside(written.get(name).copied().unwrap_or_default())
        };
        Recollection::worst(pin.names().iter().map(known))
    }

    /// What is to be noted of a further outcome, under all names of the PIN.
    pub(in crate::token) fn counted(&self, written: &Lines, pin: &TokenPin, outcome: Outcome) -> Lines {
        let here = brief::lock(&self.here);
        let counted = |name: String| {
            let known = here.get(&name).copied().unwrap_or_default();
            let recollection = known.beside(written.get(&name).copied().unwrap_or_default()).with(outcome);
            (name, recollection)
        };
        pin.names().into_iter().map(counted).collect()
    }

    /// Takes note of what was counted, and whether the file could take it.
    pub(in crate::token) fn keep(&self, counted: Lines, is_unwritten: bool) {
        let counted = counted.into_iter().map(|(name, recollection)| (name, Here { recollection, is_unwritten }));
        brief::lock(&self.here).extend(counted);
    }
}

impl Here {
    /// What is known altogether. The file holds what other processes did since, and a failure there ends a success that
    /// this process knows of.
    fn beside(self, written: Recollection) -> Recollection {
        let is_clean = (written.failures, written.begun) == (0, false);
        let latest = Recollection {
            accepted: self.recollection.accepted && is_clean,
            unblocked: self.recollection.unblocked,
            ..written
        };
        if self.is_unwritten { self.recollection.worse(latest) } else { latest }
    }
}
