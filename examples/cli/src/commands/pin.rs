//! `eimza pin status|change|unblock`: no try is spent that was not asked for.

mod state;

use clap::{Args, Subcommand};
use eimza_core::token::{Attempt, Entered, PinId, Token};
use eimza_core::{Pin, Puk, Result as CoreResult};

use super::later;
use crate::arguments::Later;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::secrets::{self, Question, Source};
use crate::tokens;
use state::{report, state};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// How it stands with the PIN and the PUK; spends no try
    Status(Status),
    /// Change the PIN
    Change(Change),
    /// Set a new PIN with the PUK
    Unblock(Unblock),
    /// Comes with a later version
    #[command(hide = true)]
    Create(Later),
}

#[derive(Args, Debug)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) token: Which,
}

/// Which token, and what is permitted.
#[derive(Args, Debug)]
pub(crate) struct Which {
    /// The token: pkcs11:… (RFC 7512), pcsc:READER NAME or file:PATH
    #[arg(long, value_name = "ADDRESS", value_parser = tokens::address())]
    pub(crate) token: Option<String>,
    /// Send commands to a card that are known from one source only; they were tried on no real card
    #[arg(long)]
    danger_unconfirmed_card_commands: bool,
}

/// What is permitted for this one attempt.
#[derive(Args, Debug)]
pub(crate) struct Permissions {
    /// Spend the last try (of a key's own PIN too), or one of which nobody can tell how many are left
    #[arg(long)]
    spend_last_try: bool,
    /// Send a PIN of whatever form: of another length than the token announces, of 15 digits …
    #[arg(long)]
    allow_unusual_pin: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Change {
    #[command(flatten)]
    token: Which,
    #[command(flatten)]
    permissions: Permissions,
    /// Where the present PIN comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    pin_from: Option<Source>,
    /// Where the new PIN comes from
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    new_pin_from: Option<Source>,
}

#[derive(Args, Debug)]
pub(crate) struct Unblock {
    #[command(flatten)]
    token: Which,
    #[command(flatten)]
    permissions: Permissions,
    /// Where the PUK comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    puk_from: Option<Source>,
    /// Where the new PIN comes from
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    new_pin_from: Option<Source>,
}

pub(crate) fn run(command: &Command, output: &Output) -> Result<u8> {
    match command {
        Command::Status(arguments) => report(&arguments.token.open()?, output),
        Command::Change(arguments) => change(arguments, output),
        Command::Unblock(arguments) => unblock(arguments, output),
        Command::Create(_) => Err(later("pin create")),
    }
}

fn change(arguments: &Change, output: &Output) -> Result<u8> {
    let token = arguments.token.open()?;
    let old = entered(
        &token,
        &arguments.permissions,
        arguments.pin_from.as_ref(),
        &OLD_PIN,
        output,
        arguments.permissions.pin(),
    )?;
    let new = new_entered(&old, || new_pin(arguments.new_pin_from.as_ref(), output, arguments.permissions.pin()))?;
    attempted(&token, token.change_pin(old, new, arguments.permissions.attempt()), output)
}

fn unblock(arguments: &Unblock, output: &Output) -> Result<u8> {
    let token = arguments.token.open()?;
    let puk = entered(&token, &arguments.permissions, arguments.puk_from.as_ref(), &PUK, output, Puk::new)?;
    let new = new_entered(&puk, || new_pin(arguments.new_pin_from.as_ref(), output, arguments.permissions.pin()))?;
    attempted(&token, token.unblock_pin(puk, new, arguments.permissions.attempt()), output)
}

/// A secret that is presented to the token.
pub(crate) struct Presented {
    pub(crate) pin: PinId,
    pub(crate) question: Question,
}

pub(crate) const PIN: Presented = Presented { pin: PinId::PIN, question: Question::new("PIN", "PIN", "--pin-from") };
pub(crate) const PUK: Presented = Presented { pin: PinId::PUK, question: Question::new("PUK", "PUK", "--puk-from") };
const OLD_PIN: Presented =
    Presented { pin: PinId::PIN, question: Question::new("Present PIN", "Şimdiki PIN", "--pin-from") };
const NEW_PIN: Question = Question::new("New PIN", "Yeni PIN", "--new-pin-from");
const NEW_PIN_AGAIN: Question = Question::new("New PIN again", "Yeni PIN, tekrar", "--new-pin-from");

/// The secret from its source; else typed on the reader's keypad where it has one, else asked for on the terminal. Nobody
/// is asked for one that would not be sent.
pub(crate) fn entered<S>(
    token: &Token,
    permissions: &Permissions,
    source: Option<&Source>,
    presented: &Presented,
    output: &Output,
    make: impl FnOnce(Vec<u8>) -> CoreResult<S>,
) -> Result<Entered<S>> {
    let Presented { pin, question } = presented;
    token.check_attempt(pin.clone(), permissions.attempt()).map_err(|error| with_state(error.into(), token))?;
    if token.info()?.has_keypad {
        if source.is_some() {
            output.warn(
                format!("{} is not used: this reader has a keypad of its own.", question.option),
                format!("{} kullanılmadı: bu okuyucunun kendi tuş takımı var.", question.option),
            );
        }
        output.warn(
            format!("Type it on the keypad of the reader: {}.", question.text(output)),
            format!("Okuyucunun tuş takımında girin: {}.", question.text(output)),
        );
        return Ok(Entered::OnDevice);
    }
    Ok(Entered::Typed(secrets::obtain(source, question, output, make)?))
}

/// The new secret is typed where the present one is.
pub(crate) fn new_entered<O, N>(present: &Entered<O>, new: impl FnOnce() -> Result<N>) -> Result<Entered<N>> {
    match present {
        Entered::Typed(_) => new().map(Entered::Typed),
        Entered::OnDevice => Ok(Entered::OnDevice),
        Entered::Open(_) | Entered::NotNeeded => Ok(Entered::NotNeeded),
    }
}

/// A new PIN; typed twice where it is typed, since nobody sees it.
pub(crate) fn new_pin(source: Option<&Source>, output: &Output, make: fn(Vec<u8>) -> CoreResult<Pin>) -> Result<Pin> {
    let pin = secrets::obtain(source, &NEW_PIN, output, make)?;
    if source.is_none() {
        let again = secrets::obtain(None, &NEW_PIN_AGAIN, output, make)?;
        secrets::same(pin.expose(), again.expose())?;
    }
    Ok(pin)
}

/// Says how it stands after an attempt, whether it succeeded or not.
pub(crate) fn attempted(token: &Token, outcome: CoreResult<()>, output: &Output) -> Result<u8> {
    match outcome {
        Ok(()) => {
            let code = report(token, output)?;
            output.has_been_done();
            Ok(code)
        }
        Err(error) => Err(with_state(error.into(), token)),
    }
}

/// The failure of an attempt, with the state after it.
pub(crate) fn with_state(failure: Failure, token: &Token) -> Failure {
    let told_a_state = failure.error().is_some_and(|error| (31..32).contains(&(error.code() / 100)));
    if told_a_state { failure.beside(state(token).unwrap_or_default()) } else { failure }
}

impl Which {
    /// The token that is named, else the only one with a certificate.
    pub(crate) fn open(&self) -> Result<Token> {
        tokens::open_or_only(self.token.as_deref(), self.danger_unconfirmed_card_commands, |_| true)
    }
}

impl Permissions {
    /// A PIN, of a usual form unless the person insists.
    pub(crate) fn pin(&self) -> fn(Vec<u8>) -> CoreResult<Pin> {
        if self.allow_unusual_pin { Pin::new_unusual } else { Pin::new }
    }

    pub(crate) fn attempt(&self) -> Attempt {
        let mut attempt = Attempt::new();
        if self.spend_last_try {
            attempt = attempt.spend_last_try().spend_last_try_of_key_pin();
        }
        if self.allow_unusual_pin {
            attempt = attempt.allow_unusual_pin();
        }
        attempt
    }
}
