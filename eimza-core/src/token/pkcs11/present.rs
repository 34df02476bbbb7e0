//! The tokens that a module has at one moment.

use cryptoki::object::ObjectClass;
use cryptoki_sys::CKF_TOKEN_INITIALIZED;
use eimza_sys::pkcs11::{SlotId, TokenInfo};

use super::registry::LoadedModule;
use super::{answer, objects};
use crate::error::Result;

/// A token, and where it is.
#[derive(Debug)]
pub(super) struct Present {
    pub(super) slot: SlotId,
    pub(super) told: TokenInfo,
}

/// All tokens of a module. A slot that cannot be read hides no other one.
pub(super) fn tokens(loaded: &LoadedModule) -> Result<Vec<Present>> {
    let mut tokens = Vec::new();
    for slot in slots(loaded)? {
        match loaded.module.token_info(slot) {
            Ok(told) if is_usable(loaded, slot, &told) => tokens.push(Present { slot, told }),
            Ok(_) => tracing::debug!(slot = slot.number(), "a token that nobody initialised"),
            Err(error) => tracing::debug!(slot = slot.number(), %error, "slot passed over"),
        }
    }
    Ok(tokens)
}

/// The slots with a token in them; all slots of a module that cannot tell them apart.
pub(super) fn slots(loaded: &LoadedModule) -> Result<Vec<SlotId>> {
    match loaded.module.slots(true) {
        Err(failure) if !failure.ends_the_session() => loaded.module.slots(false).map_err(|_| answer::error(failure)),
        slots => slots.map_err(answer::error),
    }
}

/// Some modules never set the flag: a certificate tells better whether somebody initialised the token.
fn is_usable(loaded: &LoadedModule, slot: SlotId, told: &TokenInfo) -> bool {
    let shows_certificate = || {
        let session = loaded.module.open_session(slot, false).map_err(answer::error)?;
        objects::find(&session, ObjectClass::CERTIFICATE, None).map(|found| !found.objects.is_empty())
    };
    told.flags & CKF_TOKEN_INITIALIZED != 0 || shows_certificate().unwrap_or(false)
}
