//! `eimza sign`: CAdES-BES, the Turkish profile P1.

mod chosen;
mod pins;
pub(crate) mod request;

use std::path::PathBuf;

use clap::Args;
use eimza_core::cades::{self, Placement, SigningOptions};
use eimza_core::cms::{self, Content};
use eimza_core::crypto::{KeyType, Padding};
use eimza_core::token::{SignRequest, TokenCertificate};
use eimza_core::{Clock, SystemClock};
use serde_json::json;

use crate::failure::{Failure, Result, usage};
use crate::output::Output;
use crate::secrets::Source;
use crate::{exit, files, tokens};
use chosen::Chosen;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The file to sign
    file: PathBuf,
    /// Where the signature goes
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The token: pkcs11:… (RFC 7512), pcsc:READER NAME or file:PATH
    #[arg(long, value_name = "ADDRESS", value_parser = tokens::address())]
    token: Option<String>,
    /// Send commands to a card that are known from one source only; they were tried on no real card
    #[arg(long)]
    danger_unconfirmed_card_commands: bool,
    /// The certificate, where several fit: its SHA-256, its subject or its common name
    #[arg(long, value_name = "SHA256|SUBJECT")]
    certificate: Option<String>,
    #[command(flatten)]
    pins: pins::Pins,
    #[command(flatten)]
    wishes: request::Wishes,
    #[command(flatten)]
    _later: request::Later,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    let options = arguments.wishes.options(SystemClock::new().now())?;
    // Everything that can go wrong without the PIN goes wrong before it is asked for.
    let input = |error: eimza_core::Error| Failure::from(error).about(&arguments.file);
    let file = files::open(&arguments.file).map_err(input)?;
    if options.placement == Placement::Attached {
        // Detached content is read as a stream, of any size.
        files::check_size(&file).map_err(|error| {
            let hint = (
                "Here: --detached; at most 1 GiB can lie inside of a signature.",
                "Burada: --detached; imzanın içine en çok 1 GiB konabilir.",
            );
            input(error).hinted(hint)
        })?;
    }
    let out = files::OutFile::new(&arguments.output)?;
    out.check_is_none_of(&inputs(arguments), output)?;
    let (chosen, pin) = Chosen::find(arguments, &options, output)?;
    let signer = &chosen.signer;
    let options = arguments.wishes.with_chain(options, &chosen.token, &signer.certificate, output)?;
    check_padding(&options, signer)?;
    warn_unless_qualified(signer, output);

    let (whole, digests) = match options.placement {
        Placement::Attached => (Some(cms::read_file(&arguments.file).map_err(input)?), Vec::new()),
        Placement::Detached => {
            let algorithm = options.digest_for(&signer.certificate)?;
            (None, cms::digest_file(&arguments.file, &[algorithm]).map_err(input)?)
        }
    };
    let content = whole.as_deref().map_or(Content::Digests(&digests), Content::Bytes);
    let prepared = cades::prepare(content, &signer.certificate, &options)?;
    let request = SignRequest { algorithm: prepared.algorithm(), digest: prepared.digest() };
    let value = chosen.sign(request, pin, arguments, output)?;
    let algorithm = prepared.algorithm();
    out.finish(&prepared.complete(&value)?)?;

    let json = json!({
        "file": output.path(&arguments.file),
        "output": output.path(&arguments.output),
        "profile": "P1",
        "detached": whole.is_none(),
        "digest": algorithm.digest().name(),
        "algorithm": algorithm.name(),
        "signing_time": options.signing_time,
        "certificate_sha256": signer.certificate.sha256().to_hex(),
        "qualified": signer.certificate.check_qualified().is_ok(),
    });
    output.done(&json, || {
        let path = output.path(&arguments.output);
        output.pick(format!("Signed: {path}"), format!("İmzalandı: {path}"))
    });
    Ok(exit::DONE)
}

/// What the signature is made from and with.
fn inputs(arguments: &Arguments) -> files::Inputs {
    let mut inputs = vec![arguments.file.clone()];
    inputs.extend(arguments.token.as_deref().map(tokens::files_of).unwrap_or_default());
    inputs.extend(arguments.pins.sources().filter_map(Source::file));
    inputs.extend_from_slice(arguments.wishes.certs());
    files::Inputs::new(&inputs)
}

fn check_padding(options: &SigningOptions, signer: &TokenCertificate) -> Result<()> {
    let is_rsa = matches!(signer.certificate.public_key()?.key_type, KeyType::Rsa { .. });
    if options.padding == Padding::Pss && !is_rsa {
        return Err(usage(
            "--pss is for RSA keys; this certificate has another.",
            "--pss RSA anahtarları içindir; bu sertifikanın anahtarı başka türden.",
        ));
    }
    Ok(())
}

fn warn_unless_qualified(signer: &TokenCertificate, output: &Output) {
    if signer.certificate.check_qualified().is_err() {
        output.warn(
            "Note: this certificate is not a qualified one; the signature does not replace one by hand.",
            "Not: bu sertifika nitelikli değil; imza, elle atılan imzanın yerini tutmaz.",
        );
    }
}
