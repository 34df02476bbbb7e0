//! The tokens that are found on this machine, without an address.

use super::{Token, TokenCertificate, pkcs11, several, usable_among};
use crate::error::{Error, Result};

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

/// The tokens of this machine that hold a certificate that `fits`. Spends no try.
///
/// One token may be reached in two ways, by two modules or without one: a certificate counts for the first token that shows it, and a
/// token without a certificate of its own is left out. What cannot be read is passed over.
pub fn usable(fits: impl Fn(&TokenCertificate) -> bool) -> Vec<Token> {
    let modules = pkcs11::tokens(&pkcs11::Pkcs11Uri::default()).unwrap_or_default();
    usable_among(modules.into_iter().chain(cards()), fits)
}

/// The cards in the readers of this machine, without a module. They come last: where a card's own module is there, the
/// card is used through that.
fn cards() -> Vec<Token> {
    #[cfg(feature = "smartcard")]
    return super::smartcard::tokens(&super::smartcard::CardOptions::default());
    #[cfg(not(feature = "smartcard"))]
    return Vec::new();
}
