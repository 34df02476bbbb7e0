//! The commands, one file each.

pub(crate) mod certificate;
pub(crate) mod certificates;
mod chain;
pub(crate) mod content;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod help;
pub(crate) mod inspect;
pub(crate) mod modules;
pub(crate) mod other_kind;
pub(crate) mod pin;
pub(crate) mod puk;
pub(crate) mod readers;
pub(crate) mod sign;
pub(crate) mod token;
pub(crate) mod validate;

use crate::arguments::Command;
use crate::failure::{Failure, Result, usage};
use crate::output::Output;
use crate::probe;

/// Runs a command and says the exit code.
pub(crate) fn run(command: Command, output: &Output) -> Result<u8> {
    match command {
        Command::Demo(arguments) => demo::run(&arguments, output),
        Command::Modules(arguments) => modules::run(&arguments, output),
        Command::Certificates(arguments) => certificates::run(&arguments, output),
        Command::Certificate(command) => certificate::run(&command, output),
        Command::Sign(arguments) => sign::run(&arguments, output),
        Command::Validate(arguments) => validate::run(&arguments, output),
        Command::Inspect(arguments) => inspect::run(&arguments, output),
        Command::Content(arguments) => content::run(&arguments, output),
        Command::Pin(command) => pin::run(&command, output),
        Command::Puk(command) => puk::run(&command, output),
        Command::Token(command) => token::run(&command, output),
        Command::Doctor(arguments) => doctor::run(&arguments, output),
        Command::Help(arguments) => help::run(&arguments, output),
        Command::ProbeModule(arguments) => probe::run(&arguments, output),
        Command::Readers(arguments) => readers::run(&arguments, output),
        Command::CounterSign(_) => Err(later("counter-sign")),
        Command::Extend(_) => Err(later("extend")),
        Command::Consent(_) => Err(later("consent")),
        Command::Unlock(_) => Err(later("unlock")),
    }
}

/// What a later version brings is refused, never ignored.
pub(crate) fn later(what: &str) -> Failure {
    usage(
        format!("{what} comes with a later version of eimza; this one cannot do it yet."),
        format!("{what} eimza'nın sonraki bir sürümüyle gelecek; bu sürümde henüz yok."),
    )
}
