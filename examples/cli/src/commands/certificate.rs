//! `eimza certificate`: `show`, where whatever parses is shown, `export` and `validate`.

mod export;
pub(crate) mod page;
mod validate;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use eimza_core::Error;
use eimza_core::certificate::Certificate;
use serde_json::Map;

use super::other_kind;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::{exit, files};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the certificates of a file, DER or PEM
    Show(Show),
    /// Write a token's certificate into a file; never spends a PIN try
    Export(export::Export),
    /// Validate one certificate: its path to a trust anchor, by the rules of RFC 5280
    Validate(Box<validate::Validate>),
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The file
    file: PathBuf,
}

pub(crate) fn run(command: &Command, output: &Output) -> Result<u8> {
    match command {
        Command::Show(arguments) => show(arguments, output).map_err(|failure| failure.about(&arguments.file)),
        Command::Export(arguments) => export::run(arguments, output),
        Command::Validate(arguments) => validate::run(arguments, output),
    }
}

fn show(arguments: &Show, output: &Output) -> Result<u8> {
    let file = files::read(&arguments.file)?;
    let certificates = Certificate::read_all(&file);
    let count = certificates.len();
    let mut code = exit::DONE;
    for (number, certificate) in (1..).zip(certificates) {
        if number > 1 {
            output.say("", "");
        }
        match certificate {
            Ok(certificate) => {
                output.result(&page::fields(&certificate, output)?, || page::text(&certificate, output));
            }
            Err(error) if count == 1 => {
                return Err(Failure::from(error).hinted_if(other_kind::instead_of_certificate(&file)));
            }
            // One that cannot be read hides no other.
            Err(error) => code = output.failed(&numbered(error, number, output).about(&arguments.file)),
        }
    }
    Ok(code)
}

/// The failure with its certificate's place in the file, for people and for scripts.
fn numbered(error: Error, number: usize, output: &Output) -> Failure {
    output.warn(format!("Certificate {number} of the file:"), format!("Dosyadaki {number}. sertifika:"));
    Failure::from(error).beside(Map::from_iter([("certificate".to_owned(), number.into())]))
}
