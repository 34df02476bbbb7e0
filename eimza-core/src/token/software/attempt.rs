//! One try of the PIN or PUK, counted on the disk before it is made.

use super::lock::MasterKey;
use super::{SoftwareToken, TRIES, TokenFile};
use crate::error::{Error, Result};
use crate::token::{CallContext, PinKind};

impl SoftwareToken {
    /// Spends a try if that is permitted as things stand now, opens the lock, does what was asked with the master key, and
    /// gives the try back. What `then` did to the file is written together with that, or not at all; where it cannot be
    /// written, nobody can tell what it came to.
    pub(super) fn attempt<T>(
        &self,
        context: &CallContext,
        kind: PinKind,
        secret: &[u8],
        then: impl FnOnce(&MasterKey, &mut TokenFile) -> Result<T>,
    ) -> Result<T> {
        let held = self.store.hold()?;
        let mut file = self.check_same(held.read()?)?;
        context.check_tries(file.tries(kind))?;
        let Some(left) = file.tries(kind).checked_sub(1) else { return Err(blocked(kind)) };
        file.set_tries(kind, left);
        held.write(&file)?;

        // From here on the try is spent, whatever becomes of this process.
        let Some(master) = file.open(kind, secret)? else {
            return Err(if left == 0 { blocked(kind) } else { refused(kind, left) });
        };
        file.set_tries(kind, TRIES);
        let mut changed = file.clone();
        let outcome = then(&master, &mut changed);
        let written = held.write(if outcome.is_ok() { &changed } else { &file });
        written.map_err(|error| Error::PinAnswerLost { source: Some(error.into()) })?;
        outcome
    }
}

fn refused(kind: PinKind, left: u8) -> Error {
    match kind {
        PinKind::Pin => Error::PinIncorrect { tries_left: Some(left) },
        PinKind::Puk => Error::PukIncorrect { tries_left: Some(left) },
    }
}

fn blocked(kind: PinKind) -> Error {
    match kind {
        PinKind::Pin => Error::PinBlocked,
        PinKind::Puk => Error::PukBlocked,
    }
}
