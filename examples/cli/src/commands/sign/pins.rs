//! What a person enters to sign: the PIN that opens the token, and the key's own where it has one.

use clap::Args;
use eimza_core::Pin;
use eimza_core::token::{Attempt, Entered, PinId, Token, TokenCertificate, WantedPin};

use crate::commands::pin::{PIN, Permissions, Presented, entered};
use crate::failure::Result;
use crate::output::Output;
use crate::secrets::{self, Question, Source};

#[derive(Args, Debug)]
pub(super) struct Pins {
    /// Where the PIN comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    pin_from: Option<Source>,
    /// Where the key's own PIN comes from, for a key that has one beside the token's
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    key_pin_from: Option<Source>,
    #[command(flatten)]
    permissions: Permissions,
}

const KEY_PIN: Question = Question::new("PIN of the key", "Anahtarın PIN'i", "--key-pin-from");

impl Pins {
    /// What is read.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.pin_from.iter().chain(&self.key_pin_from)
    }

    /// Whether a source was named for the PIN.
    pub(super) fn has_source(&self) -> bool {
        self.pin_from.is_some()
    }

    /// The PIN.
    pub(super) fn ask(&self, token: &Token, output: &Output) -> Result<Entered<Pin>> {
        entered(token, &self.permissions, self.pin_from.as_ref(), &PIN, output, self.permissions.pin())
    }

    /// What is permitted with it.
    pub(super) fn attempt(&self) -> Attempt {
        self.permissions.attempt()
    }

    /// The same, with the key's own PIN where it has one.
    pub(super) fn attempt_with_key_pin(
        &self,
        token: &Token,
        signer: &TokenCertificate,
        output: &Output,
    ) -> Result<Attempt> {
        if !self.needs_key_pin(signer) {
            return Ok(self.attempt());
        }
        let (source, make) = (self.key_pin_from.as_ref(), self.permissions.pin());
        let presented = Presented { pin: PinId::of_key(&signer.certificate), question: KEY_PIN };
        let key_pin = entered(token, &self.permissions, source, &presented, output, make)?;
        Ok(self.attempt().key_pin(key_pin))
    }

    /// Where nobody can be asked, the library says that the key's PIN is needed.
    fn needs_key_pin(&self, signer: &TokenCertificate) -> bool {
        self.key_pin_from.is_some() || (signer.wanted_pin == WantedPin::Own && secrets::can_ask())
    }
}
