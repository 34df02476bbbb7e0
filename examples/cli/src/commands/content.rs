//! `eimza content`: the signed content, as it is. Nothing is judged.

use std::path::PathBuf;

use clap::Args;
use eimza_core::Error;
use eimza_core::cms::{self, SignedData};
use serde_json::json;

use super::other_kind;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::{exit, files};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The signature, DER, BER, PEM or base64
    signature: PathBuf,
    /// Where the content goes
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    let about = |failure: Failure| failure.about(&arguments.signature);
    let file = files::read(&arguments.signature).map_err(|error| about(error.into()))?;
    let no_signature = |error: Error| about(Failure::from(error).hinted_if(other_kind::instead_of_signature(&file)));
    let octets = cms::decode(&file).map_err(no_signature)?;
    let signed_data = SignedData::read(&octets).map_err(no_signature)?;
    let content = signed_data.content().and_then(|content| content.ok_or(Error::ContentMissing));
    let content = content.map_err(|error| about(detached(error)))?;

    let out = files::OutFile::new(&arguments.output)?;
    out.check_is_none_of(&files::Inputs::new(std::slice::from_ref(&arguments.signature)), output)?;
    out.finish(&content)?;
    let json = json!({
        "file": output.path(&arguments.signature),
        "output": output.path(&arguments.output),
        "size": content.len(),
        "judged": false,
    });
    output.done(&json, || {
        let path = output.path(&arguments.output);
        output.pick(format!("Content: {path}"), format!("İçerik: {path}"))
    });
    output.warn(
        "Note: nothing was judged. `eimza validate` says whether this content was signed, and by whom.",
        "Not: hiçbir şey doğrulanmadı. Bu içeriğin imzalanıp imzalanmadığını ve kimin imzaladığını `eimza validate` söyler.",
    );
    Ok(exit::DONE)
}

fn detached(error: Error) -> Failure {
    let is_missing = matches!(error, Error::ContentMissing);
    let failure = Failure::from(error).unhinted();
    let hint = (
        "The signature is a detached one: what was signed is a file of its own.",
        "Bu ayrık bir imza: imzalanan içerik ayrı bir dosyadadır.",
    );
    failure.hinted_if(is_missing.then_some(hint))
}
