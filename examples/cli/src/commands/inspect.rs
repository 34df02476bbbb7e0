//! `eimza inspect`: what is inside of a signature, without judging.

mod text;
mod words;

use std::path::PathBuf;

use clap::Args;
use eimza_core::error::JsonForm;
use eimza_core::{Error, cms};

use super::other_kind;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::{exit, files};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The signature, DER, BER, PEM or base64
    signature: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    show(arguments, output).map_err(|failure| failure.about(&arguments.signature))?;
    Ok(exit::DONE)
}

fn show(arguments: &Arguments, output: &Output) -> Result<()> {
    let file = files::read(&arguments.signature)?;
    let no_signature = |error: Error| Failure::from(error).hinted_if(other_kind::instead_of_signature(&file));
    let octets = cms::decode(&file).map_err(no_signature)?;
    let inspection = cms::inspect(&octets).map(|page| if output.reveals { page.revealed() } else { page });
    let inspection = inspection.map_err(no_signature)?;
    let mut json = serde_json::Map::new();
    json.insert("file".into(), output.path(&arguments.signature).into());
    let fields = serde_json::to_value(&inspection);
    let fields = fields.map_err(|source| Error::JsonMalformed { what: JsonForm::Inspection, source })?;
    json.extend(fields.as_object().cloned().unwrap_or_default());
    output.result(&json, || text::text(&json, output));
    Ok(())
}
