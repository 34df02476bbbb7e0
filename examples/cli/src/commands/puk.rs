//! `eimza puk change`.

use clap::{Args, Subcommand};
use eimza_core::Puk;

use super::pin::{PUK, Permissions, Which, attempted, entered, new_entered};
use crate::failure::Result;
use crate::output::Output;
use crate::secrets::{self, Question, Source};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Change the PUK
    Change(Change),
}

#[derive(Args, Debug)]
pub(crate) struct Change {
    #[command(flatten)]
    token: Which,
    #[command(flatten)]
    permissions: Permissions,
    /// Where the present PUK comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    puk_from: Option<Source>,
    /// Where the new PUK comes from
    #[arg(long, visible_alias = "new-pin-from", value_name = "SOURCE", value_parser = secrets::source)]
    new_puk_from: Option<Source>,
}

pub(crate) fn run(command: &Command, output: &Output) -> Result<u8> {
    let Command::Change(arguments) = command;
    let token = arguments.token.open()?;
    let old = entered(&token, &arguments.permissions, arguments.puk_from.as_ref(), &PUK, output, Puk::new)?;
    let new = new_entered(&old, || new_puk(arguments.new_puk_from.as_ref(), "--new-puk-from", output))?;
    attempted(&token, token.change_puk(old, new, arguments.permissions.attempt()), output)
}

/// A new PUK; typed twice where it is typed, since nobody sees it. `option` names a source for it.
pub(crate) fn new_puk(source: Option<&Source>, option: &'static str, output: &Output) -> Result<Puk> {
    let puk = secrets::obtain(source, &Question::new("New PUK", "Yeni PUK", option), output, Puk::new)?;
    if source.is_none() {
        let question = Question::new("New PUK again", "Yeni PUK, tekrar", option);
        let again = secrets::obtain(None, &question, output, Puk::new)?;
        secrets::same(puk.expose(), again.expose())?;
    }
    Ok(puk)
}
