//! From an address, or from none, to a token.

use super::software::{self, SoftwareToken};
use super::{Token, TokenCertificate, pkcs11};
use crate::error::{Error, Result};

/// Opens the token that an address names: `pkcs11:token=NES1?module-path=…` (RFC 7512), or `file:PATH` (a
/// [`SoftwareToken`]; a path that is no text is written as [`software::address`] does).
///
/// What [`TokenInfo::address`](super::TokenInfo::address) says can be given back here.
///
/// # Errors
/// [`Error::TokenAddressInvalid`], [`Error::TokenAddressHoldsPin`]; [`Error::TokenUnknown`] and [`Error::TokensSeveral`]
/// where not exactly one token fits; why the module that the address names cannot be used.
pub fn open(address: &str) -> Result<Token> {
    if address.starts_with(software::ADDRESS_PREFIX) {
        return SoftwareToken::open(software::path_of(address)?);
    }
    if !address.starts_with("pkcs11:") {
        return Err(Error::TokenAddressInvalid { reason: "it begins neither with pkcs11: nor with file:" });
    }
    pkcs11::only(&address.parse()?)
}

/// The one token of this machine with a certificate that may sign. Spends no try. A software token is never found by
/// itself: its file has to be named.
///
/// # Errors
/// [`absent`] for none, [`Error::TokensSeveral`] with their addresses for more than one.
pub fn only() -> Result<Token> {
    let mut tokens = usable(|found| found.certificate.check_can_sign().is_ok());
    match tokens.len() {
        0 | 1 => tokens.pop().ok_or_else(absent),
        _ => Err(several(&tokens)),
    }
}

/// That no token fits: what is wrong with a module that the person named ([`pkcs11::MODULE_VARIABLE`]), else
/// [`Error::TokenAbsent`].
pub fn absent() -> Error {
    let mut named = pkcs11::modules().into_iter().filter(|module| module.source == pkcs11::ModuleSource::Environment);
    named.find_map(|module| pkcs11::probe(&module.path).err()).unwrap_or(Error::TokenAbsent)
}

/// That several tokens fit, with addresses that can be given back.
pub fn several(tokens: &[Token]) -> Error {
    let infos = tokens.iter().filter_map(|token| token.info().ok());
    Error::TokensSeveral { tokens: infos.map(|info| info.address_without_national_id).collect() }
}

/// The tokens of this machine that hold a certificate that `fits`. Spends no try.
///
/// One token may be reached in two ways, by two modules: a certificate counts for the first token that shows it, and a
/// token without a certificate of its own is left out. What cannot be read is passed over.
pub fn usable(fits: impl Fn(&TokenCertificate) -> bool) -> Vec<Token> {
    let all = pkcs11::tokens(&pkcs11::Pkcs11Uri::default()).unwrap_or_default();
    usable_among(all, fits)
}

/// As [`usable`], among these tokens: for programs that choose the modules which they let into their process.
pub fn usable_among(all: impl IntoIterator<Item = Token>, fits: impl Fn(&TokenCertificate) -> bool) -> Vec<Token> {
    let mut seen: Vec<TokenCertificate> = Vec::new();
    let mut tokens = Vec::new();
    for token in all {
        let certificates = match token.certificates() {
            Ok(certificates) => certificates.into_vec(),
            Err(error) => {
                tracing::debug!(%error, "token passed over");
                continue;
            }
        };
        let is_known = |found: &TokenCertificate| seen.iter().any(|known| known.certificate == found.certificate);
        let new: Vec<_> = certificates.into_iter().filter(|found| fits(found) && !is_known(found)).collect();
        if !new.is_empty() {
            seen.extend(new);
            tokens.push(token);
        }
    }
    tokens
}
