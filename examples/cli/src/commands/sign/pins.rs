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

    /// The PIN, and what is permitted with it.
    pub(super) fn enter(
        &self,
        token: &Token,
        signer: &TokenCertificate,
        output: &Output,
    ) -> Result<(Entered<Pin>, Attempt)> {
        let make = self.permissions.pin();
        let pin = entered(token, &self.permissions, self.pin_from.as_ref(), &PIN, output, make)?;
        let attempt = self.permissions.attempt();
        if !self.needs_key_pin(signer) {
            return Ok((pin, attempt));
        }
        let presented = Presented { pin: PinId::of_key(&signer.certificate), question: KEY_PIN };
        let key_pin = entered(token, &self.permissions, self.key_pin_from.as_ref(), &presented, output, make)?;
        Ok((pin, attempt.key_pin(key_pin)))
    }

    /// Where nobody can be asked, the library says that the key's PIN is needed.
    fn needs_key_pin(&self, signer: &TokenCertificate) -> bool {
        self.key_pin_from.is_some() || (signer.wanted_pin == WantedPin::Own && secrets::can_ask())
    }
}
