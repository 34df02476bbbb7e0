//! `eimza certificate export`: a token's certificate in a file. Never asks for a PIN.

use std::path::PathBuf;

use clap::Args;
use eimza_core::Certificate;
use serde_json::json;

use crate::commands::chain;
use crate::failure::{Result, usage};
use crate::output::Output;
use crate::{apart, exit, files, tokens};

#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The token: pkcs11:… (RFC 7512), pcsc:READER NAME or file:PATH
    #[arg(long, value_name = "ADDRESS", value_parser = tokens::address())]
    token: Option<String>,
    /// The certificate, where several fit: its SHA-256, its subject or its common name
    #[arg(long, value_name = "SHA256|SUBJECT")]
    certificate: Option<String>,
    /// Put the chain that the token holds behind it
    #[arg(long)]
    chain: bool,
    /// Where the certificate goes: PEM, or DER where the name ends in .der
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Export, output: &Output) -> Result<u8> {
    let is_der = arguments.output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("der"));
    if is_der && arguments.chain {
        return Err(usage(
            "A DER file holds one certificate; name an output for --chain that does not end in .der.",
            "DER dosyası tek sertifika içerir; --chain için adı .der ile bitmeyen bir çıktı verin.",
        ));
    }
    let out = files::OutFile::new(&arguments.output)?;
    let address = arguments.token.as_deref();
    out.check_is_none_of(&files::Inputs::new(&address.map(tokens::files_of).unwrap_or_default()), output)?;
    let token = tokens::open_or_only(address, false, |_| true)?;
    let found = tokens::certificate(&token, address, arguments.certificate.as_deref())?;
    let mut all = vec![found.certificate];
    if let (true, Some(first)) = (arguments.chain, all.first()) {
        let issuers = apart::patiently(|| chain::on_token(&token, first, output))?;
        all.extend(issuers);
    }
    out.finish(&octets(&all, is_der))?;

    let digests: Vec<String> = all.iter().map(|certificate| certificate.sha256().to_hex()).collect();
    let json = json!({
        "token": token.info()?.address_without_national_id,
        "output": output.path(&arguments.output),
        "certificates_sha256": digests,
    });
    output.done(&json, || {
        let path = output.path(&arguments.output);
        output.pick(format!("Exported: {path}"), format!("Dışa aktarıldı: {path}"))
    });
    Ok(exit::DONE)
}

fn octets(certificates: &[Certificate], is_der: bool) -> Vec<u8> {
    match certificates {
        [only] if is_der => only.der().to_vec(),
        all => all.iter().map(Certificate::to_pem).collect::<String>().into_bytes(),
    }
}
