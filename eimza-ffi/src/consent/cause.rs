//! Why a function of a service of the caller failed, as it says itself.

use eimza_core::Result;

use crate::raw::eimza_text;

/// What the caller said, if anything.
#[derive(Default)]
pub(super) struct Cause(Option<String>);

impl Cause {
    pub(super) fn set(&mut self, cause: &eimza_text) -> Result<()> {
        self.0 = Some(cause.text("cause")?.to_owned());
        Ok(())
    }

    pub(super) fn take(&mut self) -> Option<String> {
        self.0.take()
    }
}
