//! What signs: the token, the certificate on it, and the PIN if it was needed to see the certificate.

use eimza_core::cades::SigningOptions;
use eimza_core::token::{Attempt, Entered, SignRequest, Token, TokenCertificate, TokenKind};
use eimza_core::{Error, Pin};

use super::Arguments;
use crate::commands::pin::with_state;
use crate::failure::Result;
use crate::output::Output;
use crate::tokens;

pub(super) struct Chosen {
    pub(super) token: Token,
    pub(super) signer: TokenCertificate,
}

impl Chosen {
    /// The token and the certificate are named, or are the only ones that fit. A token that shows nobody's certificate before
    /// a login is asked with the PIN, which then serves to sign too.
    pub(super) fn find(
        arguments: &Arguments,
        options: &SigningOptions,
        output: &Output,
    ) -> Result<(Self, Option<Entered<Pin>>)> {
        let (address, certificate) = (arguments.token.as_deref(), arguments.certificate.as_deref());
        let (at, allow_unsuitable) = (options.signing_time, options.allow_unsuitable);
        let fits = |found: &TokenCertificate| allow_unsuitable || found.certificate.check_for_signing(at).is_ok();
        let token = match tokens::open_or_only(address, arguments.danger_unconfirmed_card_commands, fits) {
            Err(failure) if address.is_none() && matches!(failure.error(), Some(Error::TokenAbsent)) => {
                tokens::only_silent(output).ok_or(failure)?
            }
            token => token?,
        };
        let (mut found, mut pin) = (tokens::certificates(&token)?, None);
        let info = token.info()?;
        if !tokens::shows_a_person(&found) && info.needs_login && info.kind == TokenKind::Pkcs11 {
            let entered = arguments.pins.ask(&token, output)?;
            let seen = token.certificates_and_pin(entered, arguments.pins.attempt());
            let (all, accepted) = seen.map_err(|error| with_state(error.into(), &token))?;
            (found, pin) = (all, Some(accepted));
        }
        let signer = tokens::signer(found, address, certificate, at, allow_unsuitable)?;
        Ok((Self { token, signer }, pin))
    }

    /// One entry of each PIN, one signature. A token that needs no login is asked without a PIN first.
    pub(super) fn sign(
        &self,
        request: SignRequest,
        pin: Option<Entered<Pin>>,
        arguments: &Arguments,
        output: &Output,
    ) -> Result<Vec<u8>> {
        let sign = |pin, attempt| self.token.sign(&self.signer, request, pin, attempt);
        let needs_pin = arguments.pins.has_source() || self.token.info()?.needs_login;
        if pin.is_none() && !needs_pin {
            match sign(Entered::NotNeeded, Attempt::new()) {
                Err(Error::PinNeeded | Error::KeyAbsent) => {}
                value => return Ok(value?),
            }
        }
        let pin = match pin {
            Some(pin) => pin,
            None => arguments.pins.ask(&self.token, output)?,
        };
        let attempt = arguments.pins.attempt_with_key_pin(&self.token, &self.signer, output)?;
        sign(pin, attempt).map_err(|error| with_state(error.into(), &self.token))
    }
}
