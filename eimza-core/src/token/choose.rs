//! From an address, or from several tokens, to the one.

#[cfg(feature = "pkcs11")]
use super::pkcs11;
#[cfg(feature = "smartcard")]
use super::smartcard;
#[cfg(feature = "software")]
use super::software::{self, SoftwareToken};
use super::{Token, TokenCertificate};
use crate::error::{AddressFault, Error, Result};

/// Opens the token that an address names: `pkcs11:token=NES1?module-path=…` (RFC 7512), `pcsc:READER NAME` (the card in
/// that reader, without a module), or `file:PATH` (a software token; a path that is no text is written as
/// `software::address` does).
///
/// What [`TokenInfo::address`](super::TokenInfo::address) says can be given back here.
///
/// # Errors
/// [`Error::TokenAddressInvalid`], also for a kind of token that was left out of this build; [`Error::TokenAddressHoldsPin`];
/// [`Error::TokenUnknown`] and [`Error::TokensSeveral`] where not exactly one token fits; why the module that the address
/// names cannot be used.
pub fn open(address: &str) -> Result<Token> {
    match address.split_once(':') {
        Some(("file", _)) => of_file(address),
        Some(("pkcs11", _)) => of_module(address),
        Some(("pcsc", reader)) => of_card(reader),
        _ => Err(Error::TokenAddressInvalid { reason: AddressFault::UnknownScheme }),
    }
}

#[cfg(feature = "software")]
fn of_file(address: &str) -> Result<Token> {
    SoftwareToken::open(software::path_of(address)?)
}

#[cfg(not(feature = "software"))]
fn of_file(_: &str) -> Result<Token> {
    Err(Error::TokenAddressInvalid { reason: AddressFault::NoSoftwareTokens })
}

#[cfg(feature = "pkcs11")]
fn of_module(address: &str) -> Result<Token> {
    pkcs11::only(&address.parse()?)
}

#[cfg(not(feature = "pkcs11"))]
fn of_module(_: &str) -> Result<Token> {
    Err(Error::TokenAddressInvalid { reason: AddressFault::NoPkcs11 })
}

#[cfg(feature = "smartcard")]
fn of_card(reader: &str) -> Result<Token> {
    smartcard::open_named(reader, smartcard::CardOptions::default())
}

#[cfg(not(feature = "smartcard"))]
fn of_card(_: &str) -> Result<Token> {
    Err(Error::TokenAddressInvalid { reason: AddressFault::NoSmartCards })
}

/// That several tokens fit, with addresses that can be given back.
pub fn several(tokens: &[Token]) -> Error {
    let infos = tokens.iter().filter_map(|token| token.info().ok());
    Error::TokensSeveral { tokens: infos.map(|info| info.address_without_national_id).collect() }
}

/// As `usable`, among these tokens: for programs that choose the modules which they let into their process.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_kind_that_was_left_out_is_said_to_be_so() {
        let refusal = |address: &str| match open(address) {
            Err(Error::TokenAddressInvalid { reason }) => reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(refusal("card"), AddressFault::UnknownScheme);
        assert_eq!(refusal("pkcs11:%") == AddressFault::NoPkcs11, cfg!(not(feature = "pkcs11")));
        assert_eq!(refusal("file:///%") == AddressFault::NoSoftwareTokens, cfg!(not(feature = "software")));
    }
}
