//! `eimza certificate show`: whatever parses is shown.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use eimza_core::certificate::{Certificate, Summary};
use eimza_core::{Error, Time};
use serde_json::Map;

use super::later;
use crate::arguments::Later;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::{exit, files};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the certificates of a file, DER or PEM
    Show(Show),
    /// Comes with a later version
    #[command(hide = true)]
    Validate(Later),
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The file
    file: PathBuf,
}

pub(crate) fn run(command: &Command, output: &Output) -> Result<u8> {
    match command {
        Command::Show(arguments) => show(arguments, output).map_err(|failure| failure.about(&arguments.file)),
        Command::Validate(_) => Err(later("certificate validate")),
    }
}

fn show(arguments: &Show, output: &Output) -> Result<u8> {
    let certificates = Certificate::read_all(&files::read(&arguments.file)?);
    let count = certificates.len();
    let mut code = exit::DONE;
    for (number, certificate) in (1..).zip(certificates) {
        if number > 1 {
            output.say("", "");
        }
        match certificate {
            Ok(certificate) => {
                let summary = summary(&certificate, output);
                output.result(&summary, || text(&summary, output));
            }
            Err(error) if count == 1 => return Err(error.into()),
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

/// The summary, with national ids as the person asked for.
pub(crate) fn summary(certificate: &Certificate, output: &Output) -> Summary {
    if output.reveals { certificate.reveal_summary() } else { certificate.summary() }
}

/// The summary for people: one line for each thing that is known.
pub(crate) fn text(summary: &Summary, output: &Output) -> String {
    let yes_or_no = match (summary.qualified, summary.qualified_reasons.join(", ")) {
        (true, _) => output.pick("yes (as it claims)", "evet (kendi beyanı)").to_owned(),
        (false, reasons) => format!("{} ({reasons})", output.pick("no", "hayır")),
    };
    let lines = [
        ("Subject", "Sahibi", Some(summary.subject.clone())),
        ("Issuer", "Yayımcı", Some(summary.issuer.clone())),
        ("Serial number", "Seri numarası", Some(summary.serial.clone())),
        ("Valid from", "Başlangıç", moment(summary.not_before, &summary.not_before_text)),
        ("Valid until", "Bitiş", moment(summary.not_after, &summary.not_after_text)),
        ("Key", "Anahtar", summary.key.clone()),
        ("Kind", "Türü", Some(summary.kind.to_owned())),
        ("Qualified", "Nitelikli", Some(yes_or_no)),
        ("National id", "T.C. kimlik no", summary.national_id.clone()),
        ("Tax number", "Vergi kimlik no", summary.tax_id.clone()),
        ("Renewable from", "Yenilenebilir", summary.renewable_from.map(|time| time.to_string())),
        ("SHA-256", "SHA-256", Some(summary.certificate_sha256.clone())),
        ("Notes", "Notlar", Some(summary.notes.join(", ")).filter(|notes| !notes.is_empty())),
    ];
    let known = lines.into_iter().filter_map(|(english, turkish, value)| Some((output.pick(english, turkish), value?)));
    let lines: Vec<String> = known.map(|(name, value)| format!("{name:<16} {value}")).collect();
    lines.join("\n")
}

/// A moment, or what stands there instead.
fn moment(time: Option<Time>, text: &Option<String>) -> Option<String> {
    time.map(|time| time.to_string()).or_else(|| text.as_ref().map(|text| format!("? ({text})")))
}
