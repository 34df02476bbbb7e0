//! `eimza certificates`: what is on the tokens. Never asks for a PIN.

use clap::Args;
use eimza_core::token::{Token, TokenCertificate};
use serde_json::{Map, Value};

use super::certificate::page;
use crate::failure::Result;
use crate::output::Output;
use crate::tokens;
use crate::{apart, exit};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The token: pkcs11:… (RFC 7512), pcsc:READER NAME or file:PATH (default: every token with a certificate)
    #[arg(long, value_name = "ADDRESS", value_parser = tokens::address())]
    token: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    let (found, bad) = match &arguments.token {
        Some(address) => (vec![tokens::open(address, false)?], Vec::new()),
        None => tokens::usable(output, |_| true),
    };
    tokens::warn_of(&bad, output);
    if found.is_empty() {
        return Err(tokens::absent(bad));
    }
    for token in &found {
        show(token, arguments.token.as_deref(), output)?;
    }
    Ok(exit::DONE)
}

fn show(token: &Token, address: Option<&str>, output: &Output) -> Result<()> {
    let info = token.info()?;
    // For scripts it can be given back; people see a path with its national id masked.
    let name = &info.address_without_national_id;
    let line = format!("{} — {}", info.label, output.shown(name));
    output.say(&line, &line);
    let mut candidates = apart::patiently(|| token.certificates())?;
    if let Some(address) = address {
        candidates = tokens::named_in(address, candidates)?;
    }
    if candidates.is_empty() && !candidates.excluded().is_empty() {
        let label = &info.label;
        output.warn(
            format!("{label} shows certificates, but none with the id or label (object) that the address names."),
            format!("{label} üzerinde sertifika var, ancak hiçbirinin kimliği ya da etiketi (id, object) adrestekine uymuyor."),
        );
    } else if candidates.is_empty() {
        let label = &info.label;
        output.warn(
            format!("No certificate can be seen on {label} without a PIN; some tokens show them only to who logs in."),
            format!("{label} üzerinde PIN girilmeden görülebilen sertifika yok; bazı token'lar sertifikaları yalnızca PIN girildikten sonra gösterir."),
        );
    }
    for found in &candidates {
        output.result(&entry(found, name, output)?, || {
            format!("\n{}\n{}", found.label, page::text(&found.certificate, output))
        });
    }
    Ok(())
}

/// The token, the label, whether it can sign, and the fields of `certificate show`.
fn entry(found: &TokenCertificate, token: &str, output: &Output) -> Result<Map<String, Value>> {
    let mut entry = Map::new();
    entry.insert("token".into(), token.into());
    entry.insert("label".into(), output.shown(&found.label).into());
    entry.insert("can_sign".into(), found.certificate.can_sign().into());
    entry.extend(page::fields(&found.certificate, output)?);
    Ok(entry)
}
