//! One try of the PIN or PUK, counted on the disk before it is made.

use super::disk::NotPut;
use super::lock::MasterKey;
use super::{SoftwareToken, TRIES, TokenFile};
use crate::error::{Error, Result};
use crate::token::{CallContext, PinKind};

impl SoftwareToken {
    /// Spends a try if that is permitted as things stand now, opens the lock, does what was asked with the master key, and
    /// gives the try back. What `then` did to the file is written together with that, or not at all.
    ///
    /// Both files are on the disk before the try is counted: what can be known to fail has failed by then. Afterwards
    /// [`Error::TryNotGivenBack`] says that the try stays spent though the secret was not wrong, and
    /// [`Error::PinAnswerLost`] that a crash may undo what was done.
    pub(super) fn attempt<T>(
        &self,
        context: &CallContext,
        kind: PinKind,
        secret: &[u8],
        then: impl FnOnce(&MasterKey, &mut TokenFile) -> Result<T>,
    ) -> Result<T> {
        let held = self.store.hold()?;
        let before = self.check_same(held.read()?)?;
        context.check_tries(before.tries(kind))?;
        let Some(left) = before.tries(kind).checked_sub(1) else { return Err(blocked(kind)) };
        let mut afterwards = held.prepare(&before.with_tries(kind, TRIES))?;
        match held.prepare(&before.with_tries(kind, left))?.put() {
            Ok(()) => {}
            Err(NotPut::Unchanged(error)) => return Err(error),
            Err(NotPut::Unsynced(error)) => {
                let is_undone =
                    afterwards.change(&before).is_ok() && !matches!(afterwards.put(), Err(NotPut::Unchanged(_)));
                return Err(if is_undone { error } else { not_given_back(error) });
            }
        }

        // From here on the try is spent, whatever becomes of this process.
        let Some(master) = before.open(kind, secret)? else {
            return Err(if left == 0 { blocked(kind) } else { refused(kind, left) });
        };
        let mut changed = before.with_tries(kind, TRIES);
        let outcome = then(&master, &mut changed);
        if outcome.is_ok() {
            afterwards.change(&changed).map_err(not_given_back)?;
        }
        afterwards.put().map_err(|error| match error {
            NotPut::Unchanged(error) => not_given_back(error),
            NotPut::Unsynced(error) => Error::PinAnswerLost { source: Some(error.into()) },
        })?;
        outcome
    }
}

fn not_given_back(source: Error) -> Error {
    Error::TryNotGivenBack { source: source.into() }
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
