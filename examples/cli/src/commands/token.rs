//! `eimza token create`: a software token, the developer's card.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use eimza_core::crypto::{Curve, KeyType};
use eimza_core::messages::Language;
use eimza_core::token::software::{
    Creation, KeyMaterial, Pkcs12, SoftwareToken, TestCrl, TestIssuer, TestPerson, Validity,
};
use eimza_core::{Clock, Error, Password, SystemClock};
use serde_json::json;

use super::{pin, puk};
use crate::failure::{Failure, Result};
use crate::files::OutFile;
use crate::output::Output;
use crate::secrets::{self, Question, Source};
use crate::{exit, files};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a software token: keys from a PKCS#12 file, or a fresh test key and certificate
    Create(Create),
}

#[derive(Args, Debug)]
pub(crate) struct Create {
    /// The token's file; what is there already is never written over
    path: PathBuf,
    /// A PKCS#12 file to take the keys and certificates from
    #[arg(long, value_name = "P12")]
    from: Option<PathBuf>,
    /// Where the password of the PKCS#12 file comes from: env:NAME, fd:N, file:PATH (default: a hidden prompt)
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source, requires = "from")]
    p12_password_from: Option<Source>,
    /// Where the token's PIN comes from
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    new_pin_from: Option<Source>,
    /// Where the token's PUK comes from
    #[arg(long, value_name = "SOURCE", value_parser = secrets::source)]
    puk_from: Option<Source>,
    /// Also write a revocation list (CRL) of the test key's issuer, for other validators: PEM, or DER where the name ends
    /// in .crl or .der
    #[arg(long, value_name = "OUT", conflicts_with = "from")]
    crl: Option<PathBuf>,
}

pub(crate) fn run(command: &Command, output: &Output) -> Result<u8> {
    let Command::Create(arguments) = command;
    if arguments.path.symlink_metadata().is_ok() {
        return Err(Error::TokenFileExists { path: arguments.path.clone() }.into());
    }
    let crl_file = arguments.crl.as_deref().map(OutFile::new).transpose()?;
    let (keys, crl) = match &arguments.from {
        Some(path) => (from_pkcs12(path, arguments.p12_password_from.as_ref(), output)?, None),
        None => {
            let (key, crl) = test_key()?;
            (vec![key], Some(crl))
        }
    };
    let pin = pin::new_pin(arguments.new_pin_from.as_ref(), output, eimza_core::Pin::new)?;
    let puk = puk::new_puk(arguments.puk_from.as_ref(), "--puk-from", output)?;
    let label = arguments.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let token = SoftwareToken::create(&arguments.path, Creation::new(label, keys, pin, puk))?;
    if let (Some(file), Some(path), Some(crl)) = (crl_file, &arguments.crl, crl) {
        file.finish(&in_form_of(path, &crl))?;
    }

    let info = token.info()?;
    let certificates = token.certificates()?;
    let digests: Vec<String> = certificates.iter().map(|found| found.certificate.sha256().to_hex()).collect();
    let json = json!({ "token": info.address, "label": info.label, "certificates_sha256": digests });
    output.done(&json, || output.shown(&info.address));
    output.warn(
        "Note: a software token is no qualified device, and whoever copies the file copies its tries.",
        "Not: yazılım token'ı, güvenli elektronik imza oluşturma aracı değildir; dosyayı kopyalayan deneme haklarını da kopyalar.",
    );
    Ok(exit::DONE)
}

const PASSWORD: Question =
    Question::new("Password of the PKCS#12 file", "PKCS#12 dosyasının parolası", "--p12-password-from");

/// RFC 2585 section 3: a file `.crl` holds DER.
fn in_form_of(path: &Path, crl: &TestCrl) -> Vec<u8> {
    let is_der = path.extension().is_some_and(|ending| ending == "crl" || ending == "der");
    if is_der { crl.der().to_vec() } else { crl.to_pem().into_bytes() }
}

/// The keys of a PKCS#12 file.
fn from_pkcs12(path: &Path, password: Option<&Source>, output: &Output) -> Result<Vec<KeyMaterial>> {
    let about = |error: Error| Failure::from(error).about(path);
    let file = files::read(path).map_err(about)?;
    let password = secrets::obtain(password, &PASSWORD, output, Password::new)?;
    let contents = Pkcs12::read(&file, &password).map_err(about)?;
    for error in &contents.passed_over {
        let why = |language| error.sentence(language).happened;
        output.warn(
            format!("Note: a part of the file was passed over. {}", why(Language::English)),
            format!("Not: dosyanın bir parçası atlandı. {}", why(Language::Turkish)),
        );
    }
    Ok(contents.keys)
}

/// A fresh key with a certificate like that of a person, by an issuer that is forgotten at once: worth nothing. And that
/// issuer's revocation list, which holds as long as the certificate.
fn test_key() -> Result<(KeyMaterial, TestCrl)> {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let now = SystemClock::new().now();
    let validity = Validity { not_before: now.before(DAY), not_after: now.after(1095 * DAY) };
    let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
    let issuer = TestIssuer::new(validity)?;
    let key = issuer.issue(&person, &KeyType::Ec(Curve::P256), validity)?;
    Ok((key, issuer.crl(Validity { not_before: now, ..validity })?))
}
