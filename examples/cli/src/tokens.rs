//! Which token, which certificate on it, and what is remembered of failed attempts.

use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::{OsStringValueParser, TypedValueParser};
use eimza_core::certificate::{Candidates, Kind};
use eimza_core::token::pkcs11::{self, ModuleSource, Pkcs11Uri};
use eimza_core::token::smartcard::{self, CardOptions};
use eimza_core::token::software;
use eimza_core::token::{self, AttemptMemory, FileMemory, Outcome, Recollection, Token, TokenCertificate, TokenPin};
use eimza_core::{Error, Time};
use eimza_sys::process::trusted_variable;

use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::probe::Probed;
use crate::{apart, probe};

/// Reads the value of `--token`. A path that is no text becomes an address that is one.
pub(crate) fn address() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(|given| given.into_string().unwrap_or_else(|given| address_of(&given)))
}

#[cfg(unix)]
fn address_of(given: &OsStr) -> String {
    use std::os::unix::ffi::OsStrExt;
    match given.as_bytes().strip_prefix(software::ADDRESS_PREFIX.as_bytes()) {
        Some(path) => software::address(OsStr::from_bytes(path).as_ref()),
        None => given.to_string_lossy().into_owned(),
    }
}

#[cfg(not(unix))]
fn address_of(given: &OsStr) -> String {
    given.to_string_lossy().into_owned()
}

fn card_options(danger_unconfirmed_card_commands: bool) -> CardOptions {
    CardOptions { danger_unconfirmed_card_commands, ..CardOptions::default() }
}

/// The token that `--token` names, with the memory that outlives this process.
pub(crate) fn open(address: &str, danger_unconfirmed_card_commands: bool) -> Result<Token> {
    let open = || match address.strip_prefix(smartcard::ADDRESS_PREFIX) {
        Some(reader) => smartcard::open_named(reader, card_options(danger_unconfirmed_card_commands)),
        None => token::open(address),
    };
    let token = apart::patiently(open).map_err(|error| match error {
        error @ Error::InputUnreadable { .. } => Failure::from(error).of_a_token(),
        error => error.into(),
    })?;
    Ok(remembering(token))
}

/// The tokens of all modules that can be used, as far as they hold a certificate that `fits`, and the modules that cannot.
pub(crate) fn usable(output: &Output, fits: impl Fn(&TokenCertificate) -> bool) -> (Vec<Token>, Vec<Probed>) {
    let (bad, good) = probe::all(output).into_iter().partition(|probed| probed.trouble.is_some());
    (usable_of(good, &CardOptions::default(), fits), bad)
}

/// The tokens of these modules, and the cards without a module, that hold a certificate that `fits`. What cannot be used is
/// passed over.
pub(crate) fn usable_of(
    modules: Vec<Probed>,
    cards: &CardOptions,
    fits: impl Fn(&TokenCertificate) -> bool,
) -> Vec<Token> {
    let good = modules.into_iter().filter(|probed| probed.trouble.is_none());
    let addresses = good.map(|probed| Pkcs11Uri { module_path: Some(probed.module.path), ..Pkcs11Uri::default() });
    let found = apart::patiently(|| {
        let tokens = addresses.flat_map(|address| pkcs11::tokens(&address).unwrap_or_default());
        token::usable_among(tokens.chain(smartcard::tokens(cards)), fits)
    });
    found.into_iter().map(remembering).collect()
}

/// That no token is there: what is wrong with a module that the person named, else that there is none.
pub(crate) fn absent(bad: Vec<Probed>) -> Failure {
    let mut named = bad.into_iter().filter(|probed| probed.module.source == ModuleSource::Environment);
    named.find_map(|probed| probed.trouble).unwrap_or_else(|| Error::TokenAbsent.into())
}

/// Says which modules cannot be used, and why.
pub(crate) fn warn_of(bad: &[Probed], output: &Output) {
    for (probed, trouble) in bad.iter().filter_map(|probed| Some((probed, probed.trouble.as_ref()?))) {
        let (path, (happened, _)) = (output.path(&probed.module.path), trouble.sentence(output.language));
        output.warn(format!("Note: module {path}: {happened}"), format!("Not: {path} modülü: {happened}"));
    }
}

/// The token that `--token` names, else the only one that holds a certificate that `fits`.
pub(crate) fn open_or_only(
    address: Option<&str>,
    danger_unconfirmed_card_commands: bool,
    fits: impl Fn(&TokenCertificate) -> bool,
) -> Result<Token> {
    if let Some(address) = address {
        return open(address, danger_unconfirmed_card_commands);
    }
    let output = apart::output();
    let (bad, good) = probe::all(&output).into_iter().partition::<Vec<_>, _>(|probed| probed.trouble.is_some());
    let mut usable = usable_of(good, &card_options(danger_unconfirmed_card_commands), fits);
    if usable.len() > 1 {
        return Err(token::several(&usable).into());
    }
    usable.pop().ok_or_else(|| {
        warn_of(&bad, &output);
        absent(bad)
    })
}

/// The files that an address names: those of a software token, or a module.
pub(crate) fn files_of(address: &str) -> Vec<PathBuf> {
    match software::path_of(address) {
        Ok(path) => {
            let mut lock = path.clone().into_os_string();
            lock.push(".lock");
            vec![path, lock.into()]
        }
        Err(_) => address.parse::<Pkcs11Uri>().ok().and_then(|address| address.module_path).into_iter().collect(),
    }
}

/// The one token of this machine, where it shows no certificate of a person before a login.
pub(crate) fn only_silent(output: &Output) -> Option<Token> {
    let good = probe::all(output).into_iter().filter(|probed| probed.trouble.is_none());
    let addresses = good.map(|probed| Pkcs11Uri { module_path: Some(probed.module.path), ..Pkcs11Uri::default() });
    let mut all: Vec<Token> =
        apart::patiently(|| addresses.flat_map(|address| pkcs11::tokens(&address).unwrap_or_default()).collect());
    let only = all.pop().filter(|_| all.is_empty())?;
    let is_silent = certificates(&only).is_ok_and(|shown| !shows_a_person(&shown));
    is_silent.then(|| remembering(only))
}

/// The certificates that the token shows without a PIN.
pub(crate) fn certificates(token: &Token) -> Result<Candidates<TokenCertificate>> {
    Ok(apart::patiently(|| token.certificates())?)
}

/// Whether there is any certificate that is not an issuer's.
pub(crate) fn shows_a_person(shown: &Candidates<TokenCertificate>) -> bool {
    shown.iter().any(|found| !found.certificate.is_ca())
}

/// The certificate to sign with: what the address and `--certificate` choose, of those that may sign now.
pub(crate) fn signer(
    mut candidates: Candidates<TokenCertificate>,
    address: Option<&str>,
    chosen: Option<&str>,
    at: Time,
    allow_unsuitable: bool,
) -> Result<TokenCertificate> {
    if let Some(address) = address {
        candidates = named_in(address, candidates)?;
    }
    if let Some(chosen) = chosen {
        candidates = chosen_by(chosen, candidates);
    }
    if allow_unsuitable {
        return Ok(no_issuers(candidates).one()?);
    }
    let all = candidates.clone();
    let fitting = candidates.for_signing().valid_at(at);
    if fitting.is_empty() {
        refuse_with_the_reason(all, at)?;
    }
    Ok(fitting.one()?)
}

/// Any certificate of the token: what the address and `--certificate` choose, else the only one that is no issuer's.
pub(crate) fn certificate(token: &Token, address: Option<&str>, chosen: Option<&str>) -> Result<TokenCertificate> {
    let mut candidates = apart::patiently(|| token.certificates())?;
    if let Some(address) = address {
        candidates = named_in(address, candidates)?;
    }
    match chosen {
        Some(chosen) => Ok(chosen_by(chosen, candidates).one()?),
        None if candidates.iter().len() == 1 => Ok(candidates.one()?),
        None => Ok(no_issuers(candidates).one()?),
    }
}

/// Issuers that lie beside a person's certificate are never meant.
fn no_issuers(candidates: Candidates<TokenCertificate>) -> Candidates<TokenCertificate> {
    let ends = candidates.into_iter().filter(|found| found.certificate.kind() != Kind::Ca);
    Candidates::new(ends.collect())
}

/// Where it is plain which certificate was meant, its own reason says more than that none fits.
fn refuse_with_the_reason(all: Candidates<TokenCertificate>, at: Time) -> Result<()> {
    if let [only] = all.iter().as_slice() {
        only.certificate.check_can_sign()?;
    }
    if let [only] = all.for_signing().iter().as_slice() {
        only.certificate.check_validity(at)?;
    }
    Ok(())
}

/// The certificates that `id` and `object` of an address leave.
pub(crate) fn named_in(
    address: &str,
    candidates: Candidates<TokenCertificate>,
) -> Result<Candidates<TokenCertificate>> {
    if !address.starts_with("pkcs11:") {
        return Ok(candidates);
    }
    let address: Pkcs11Uri = address.parse()?;
    Ok(candidates.chosen_by(|found| address.names(found)))
}

fn chosen_by(chosen: &str, candidates: Candidates<TokenCertificate>) -> Candidates<TokenCertificate> {
    let digits = chosen.replace(':', "");
    if digits.len() == 64 && digits.bytes().all(|octet| octet.is_ascii_hexdigit()) {
        candidates.with_fingerprint(chosen)
    } else {
        candidates.with_subject(chosen)
    }
}

/// Failures are remembered in a small file without secrets, so that the next call of the command knows of them.
fn remembering(token: Token) -> Token {
    match state_folder() {
        Some(folder) => token.with_memory(Arc::new(FileMemory::new(folder.join("attempts")))),
        None => token.with_memory(Arc::new(NoMemory)),
    }
}

/// Where nothing can be remembered from call to call: an attempt that needs it is refused unless it is permitted.
struct NoMemory;

impl NoMemory {
    fn unusable() -> Error {
        let path = "~/.local/state/eimza/attempts".into();
        Error::AttemptMemoryUnusable { path, source: io::ErrorKind::NotFound.into() }
    }
}

impl AttemptMemory for NoMemory {
    fn recall(&self, _: &TokenPin) -> eimza_core::Result<Recollection> {
        Err(Self::unusable())
    }

    fn begin(&self, _: &TokenPin, _: &dyn Fn(Recollection) -> eimza_core::Result<()>) -> eimza_core::Result<()> {
        Err(Self::unusable())
    }

    fn record(&self, _: &TokenPin, _: Outcome) {}
}

fn state_folder() -> Option<PathBuf> {
    let absolute = |name: &str| trusted_variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = absolute("XDG_STATE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/state")));
    folder.map(|folder| folder.join("eimza"))
}
