//! Tokens behind PKCS#11 modules: cards with their maker's module, HSMs, SoftHSM.
//!
//! ```no_run
//! use eimza_core::token::pkcs11;
//!
//! let address = "pkcs11:token=NES1?module-path=/usr/lib/libakisp11.so".parse()?;
//! let token = pkcs11::only(&address)?;
//! for found in token.certificates()?.iter() {
//!     println!("{}", found.label);
//! }
//! # Ok::<(), eimza_core::Error>(())
//! ```
//!
//! A module lives in this process, with all that it does to it. It is loaded once for all who use it, initialised with
//! the system's locks (or, where it refuses them, called by one thread at a time), and never unloaded. Where the host
//! application initialised it before, it is shared with the host; where the host is logged in, PIN operations are
//! refused, since a token that is open accepts anything.
//!
//! After `fork` a child initialises the modules anew at its first call, and so does everybody after the host finalised
//! a module; nothing that was opened before is used.

mod answer;
mod discovery;
mod known;
mod objects;
mod pins;
mod registry;
mod signing;
mod slot;
mod uri;

use std::path::Path;

pub use discovery::{FoundModule, MODULE_VARIABLE, ModuleSource, modules};
pub use eimza_sys::pkcs11::ModuleInfo;
pub use slot::Pkcs11Token;
pub use uri::Pkcs11Uri;

use registry::Purpose;

use super::{
    CallContext, Entered, PinKind, PinReport, SignRequest, Token, TokenCertificate, TokenDriver, TokenInfo, TokenKind,
};
use crate::error::{Error, Result};
use crate::secret::{Pin, Puk};

/// The one token that an address names.
///
/// # Errors
/// [`Error::TokenUnknown`] for none ([`absent`](super::absent) if the address names nothing), [`Error::TokensSeveral`] for
/// more than one, [`Error::ModuleMissing`] and its like where the address names a module that cannot be used.
pub fn only(address: &Pkcs11Uri) -> Result<Token> {
    let mut fitting = tokens(address)?;
    match fitting.len() {
        0 if *address == Pkcs11Uri::default() => Err(super::absent()),
        0 => Err(Error::TokenUnknown { address: slot::masked(&address.to_string()) }),
        1 => fitting.pop().map(Token::new).ok_or(Error::TokenAbsent),
        _ => Err(super::several(&fitting.into_iter().map(Token::new).collect::<Vec<_>>())),
    }
}

/// All tokens that an address names; the empty address names all tokens of all modules that are found.
///
/// Spends no try and logs in nowhere.
///
/// # Errors
/// Only what is wrong with a module that the address names by its path: others are passed over.
pub fn tokens(address: &Pkcs11Uri) -> Result<Vec<Pkcs11Token>> {
    if let Some(path) = &address.module_path {
        let all = Pkcs11Token::all(path)?;
        return Ok(all.into_iter().filter(|token| token.fits(address)).collect());
    }
    let mut fitting = Vec::new();
    for module in modules() {
        if address.module_name.as_ref().is_some_and(|name| *name != discovery::stem(&module.path)) {
            continue;
        }
        match Pkcs11Token::all(&module.path) {
            Ok(all) => fitting.extend(all.into_iter().filter(|token| token.fits(address))),
            Err(error) => tracing::debug!(module = %module.path.display(), %error, "module passed over"),
        }
    }
    Ok(fitting)
}

/// Loads a module and asks what it says of itself.
///
/// # Errors
/// Why it cannot be used: missing, not a module, for another processor, or what it answered.
pub fn probe(module: &Path) -> Result<ModuleInfo> {
    registry::load(module)?.module.info().map_err(answer::error)
}

impl TokenDriver for Pkcs11Token {
    fn info(&self) -> Result<TokenInfo> {
        let seen = self.locate()?;
        let told = &seen.told;
        Ok(TokenInfo {
            address: self.address(),
            address_without_national_id: self.address_without_national_id(),
            label: slot::masked(&told.label),
            manufacturer: told.manufacturer.clone(),
            model: told.model.clone(),
            serial: told.serial.clone(),
            identity: slot::remembered_under(told),
            kind: TokenKind::Pkcs11,
            may_be_qualified_device: !known::is_software(&told.manufacturer, &told.model),
            has_keypad: pins::has_keypad(told),
        })
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        let found = self.with_session(Purpose::Look, |session, _| self.list(session))?;
        Ok(self.with_what_was_learnt(found))
    }

    fn certificates_with_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<Vec<TokenCertificate>> {
        let found = self.with_session_for_secret(Purpose::Holder, |session, seen| {
            let _rights = pins::login(session, seen, pin, context)?;
            objects::certificates(session)
        })?;
        Ok(self.with_what_was_learnt(found))
    }

    fn pin_report(&self, kind: PinKind) -> Result<PinReport> {
        pins::report(&self.locate()?, kind)
    }

    fn verify_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.with_session_for_secret(Purpose::Holder, |session, seen| pins::verify(session, seen, pin, context))
    }

    fn change_pin(&self, old: &Entered<Pin>, new: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.with_session_for_secret(Purpose::ChangePin, |session, seen| pins::change(session, seen, old, new, context))
    }

    fn unblock_pin(&self, puk: &Entered<Puk>, new: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.with_session_for_secret(Purpose::Officer, |session, seen| pins::unblock(session, seen, puk, new, context))
    }

    fn change_puk(&self, old: &Entered<Puk>, new: &Entered<Puk>, context: &CallContext) -> Result<()> {
        self.with_session_for_secret(Purpose::Officer, |session, seen| {
            pins::change_puk(session, seen, old, new, context)
        })
    }

    fn sign(
        &self,
        signer: &TokenCertificate,
        requests: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>> {
        let (values, asks_each_time) = self.with_session(Purpose::Holder, |session, seen| {
            signing::sign(session, seen, signer, requests, pin, context)
        })?;
        self.learn(&signer.certificate, asks_each_time);
        Ok(values)
    }
}
