//! A login that is left open between listing what is hidden and signing with it.

use eimza_sys::pkcs11::Session;

use super::pins::Rights;
use super::registry::SessionPurpose;
use super::slot::{Seen, identity};
use crate::error::{Error, Result};

/// A session in which somebody is logged in.
pub(super) struct KeptLogin {
    /// Taken out when it is dropped.
    rights: Option<Rights<Session>>,
    seen: Seen,
}

impl KeptLogin {
    pub(super) fn new(rights: Rights<Session>, seen: Seen) -> Self {
        Self { rights: Some(rights), seen }
    }

    /// Runs an operation in the session.
    ///
    /// # Errors
    /// [`Error::PinNeeded`] where the login is over for this process: a child does not inherit it.
    pub(super) fn with_session<T>(&self, operation: impl FnOnce(&Session, &Seen) -> Result<T>) -> Result<T> {
        let rights = self.rights.as_ref().filter(|_| !self.is_of_another_process()).ok_or(Error::PinNeeded)?;
        let identity = identity(&self.seen.told);
        self.seen.loaded.alone(&identity, SessionPurpose::Holder, || operation(rights.session(), &self.seen))
    }

    /// Whether it is a login to the token of this identity.
    pub(super) fn is_of(&self, identity_of_token: &str) -> bool {
        identity(&self.seen.told) == identity_of_token
    }

    fn is_of_another_process(&self) -> bool {
        self.seen.loaded.module.is_forked()
    }
}

impl Drop for KeptLogin {
    /// Out of turn a logout could end what another thread does with the token.
    fn drop(&mut self) {
        let Some(rights) = self.rights.take().filter(|_| !self.is_of_another_process()) else { return };
        let logged_out = self.seen.loaded.alone(&identity(&self.seen.told), SessionPurpose::Holder, || {
            drop(rights);
            Ok(())
        });
        if let Err(error) = logged_out {
            tracing::debug!(%error, "logout failed");
        }
    }
}
