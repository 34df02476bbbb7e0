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
//! **What a module does to its process, it does to yours.** It is foreign code: it may write to standard output, change the
//! umask, end the process, crash or never come back, and its destructors run when the process ends. The library keeps none
//! of that away, since it could only do so by starting processes or by changing what belongs to the whole process (the
//! umask, signals, descriptors), which is the host's to decide. What it does itself does not depend on them: files get their
//! mode explicitly, and no secret goes to standard output. A host that must outlive its modules uses them in a process of
//! its own. The command `eimza` shows how: it runs itself again for each command that calls modules, looks at each module
//! in a further process with a time limit, and lets in those that passed ([`usable_among`](super::usable_among)).
//!
//! After `fork` a child initialises the modules anew at its first call, and so does everybody after the host finalised
//! a module; nothing that was opened before is used.

mod answer;
mod discovery;
mod kept_login;
mod keys;
mod known;
mod objects;
mod p11_kit;
mod pins;
mod present;
mod quirks;
mod registry;
mod signing;
mod slot;
mod uri;

use std::path::Path;

pub use discovery::{FoundModule, MODULE_VARIABLE, ModuleSource, modules};
pub use eimza_sys::pkcs11::ModuleInfo;
use eimza_sys::pkcs11::Session;
pub use slot::Pkcs11Token;
pub use uri::Pkcs11Uri;

use kept_login::KeptLogin;
use registry::SessionPurpose;
use slot::Seen;

use super::{
    CallContext, Entered, OpenLogin, PinId, PinReport, SignRequest, Token, TokenCertificate, TokenDriver, TokenInfo,
    TokenKind,
};
use crate::error::{Error, Result};
use crate::secret::{Pin, Puk};

/// The one token that an address names. Where several go by its name, `id` and `object` choose the one that shows such a
/// certificate.
///
/// # Errors
/// [`Error::TokenUnknown`] for none ([`absent`](super::absent) if the address names nothing), [`Error::TokensSeveral`] for
/// more than one, [`Error::ModuleMissing`] and its like where the address names a module that cannot be used.
pub fn only(address: &Pkcs11Uri) -> Result<Token> {
    let mut fitting = tokens(address)?;
    if fitting.len() > 1 && address.names_a_certificate() {
        let shows = |token: &Token| token.certificates().is_ok_and(|all| all.iter().any(|found| address.names(found)));
        let showing: Vec<Token> = fitting.iter().filter(|token| shows(token)).cloned().collect();
        if !showing.is_empty() {
            fitting = showing;
        }
    }
    match fitting.len() {
        0 if *address == Pkcs11Uri::default() => Err(super::absent()),
        0 => Err(Error::TokenUnknown { address: slot::masked(&address.to_string()) }),
        1 => fitting.pop().ok_or(Error::TokenAbsent),
        _ => Err(super::several(&fitting)),
    }
}

/// All tokens that an address names; the empty address names all tokens of all modules that are found.
///
/// Spends no try and logs in nowhere.
///
/// # Errors
/// Only what is wrong with a module that the address names by its path: others are passed over.
pub fn tokens(address: &Pkcs11Uri) -> Result<Vec<Token>> {
    Ok(drivers(address)?.into_iter().map(Token::new).collect())
}

fn drivers(address: &Pkcs11Uri) -> Result<Vec<Pkcs11Token>> {
    let fitting = |path: &Path| {
        let all = Pkcs11Token::all(path)?;
        Ok(all.into_iter().filter(|token| token.fits(address)))
    };
    if let Some(path) = &address.module_path {
        return fitting(path).map(Iterator::collect);
    }
    let mut tokens = Vec::new();
    for module in modules() {
        if !address.fits_module(discovery::stem(&module.path)) {
            continue;
        }
        match fitting(&module.path) {
            Ok(fitting) => tokens.extend(fitting),
            Err(error) => tracing::debug!(module = %module.path.display(), %error, "module passed over"),
        }
    }
    Ok(tokens)
}

/// Loads a module and asks what it says of itself.
///
/// # Errors
/// Why it cannot be used: missing, not a module, for another processor, or what it answered.
pub fn probe(module: &Path) -> Result<ModuleInfo> {
    match registry::load(module)?.module.info() {
        Err(failure) if failure.ends_the_session() => Err(answer::error(failure)),
        // A module that says nothing of itself may still serve.
        told => Ok(told.unwrap_or_default()),
    }
}

impl TokenDriver for Pkcs11Token {
    /// Which key signed, and in what form its value came, is decided by verifying.
    fn verifies_signatures(&self) -> bool {
        true
    }

    fn info(&self) -> Result<TokenInfo> {
        let seen = self.locate()?;
        let told = &seen.told;
        Ok(TokenInfo {
            address_without_national_id: self.address_without_national_id(),
            label: slot::masked(&told.label.to_string()),
            manufacturer: told.manufacturer.to_string(),
            model: told.model.to_string(),
            serial: told.serial.to_string(),
            may_be_qualified_device: !quirks::is_software(&told.manufacturer.to_string(), &told.model.to_string()),
            has_keypad: pins::has_keypad(told),
            needs_login: pins::needs_login(told),
            ..TokenInfo::new(TokenKind::Pkcs11, self.address())
        })
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        let found = self.with_session(SessionPurpose::Look, |session, _| self.list(session))?;
        Ok(self.with_what_was_learnt(found))
    }

    fn certificates_with_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<Vec<TokenCertificate>> {
        let found = self.with_session_for_secret(SessionPurpose::Holder, |session, seen| {
            let public = objects::certificates(session)?;
            let _rights = pins::login(session, seen, pin, context)?;
            let found = objects::certificates(session)?;
            self.note_hidden(&public, &found);
            Ok(found)
        })?;
        Ok(self.with_what_was_learnt(found))
    }

    /// The session in which the person has logged in is left open.
    fn certificates_and_login(
        &self,
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<(Vec<TokenCertificate>, Option<OpenLogin>)> {
        let (found, login) = self.with_new_session(SessionPurpose::Holder, |session, seen| {
            self.check_listed(&session)?;
            let public = objects::certificates(&session)?;
            let rights = pins::login(session, &seen, pin, context)?;
            let found = objects::certificates(rights.session())?;
            self.note_hidden(&public, &found);
            Ok((found, KeptLogin::new(rights, seen)))
        })?;
        Ok((self.with_what_was_learnt(found), Some(OpenLogin::new(login))))
    }

    /// The flags tell of the user's PIN and of the security officer's, never of one that a key has.
    fn pin_report(&self, pin: &PinId) -> Result<PinReport> {
        if pin.is_of_key() {
            return Ok(PinReport::default());
        }
        pins::report(&self.locate()?, pin.kind())
    }

    fn verify_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.with_session_for_secret(SessionPurpose::Holder, |session, seen| pins::verify(session, seen, pin, context))
    }

    fn change_pin(&self, old: &Entered<Pin>, new: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.with_session_for_secret(SessionPurpose::ChangePin, |session, seen| {
            pins::change(session, seen, old, new, context)
        })
    }

    fn unblock_pin(&self, puk: &Entered<Puk>, new: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.with_session_for_secret(SessionPurpose::Officer, |session, seen| {
            pins::unblock(session, seen, puk, new, context)
        })
    }

    fn change_puk(&self, old: &Entered<Puk>, new: &Entered<Puk>, context: &CallContext) -> Result<()> {
        self.with_session_for_secret(SessionPurpose::Officer, |session, seen| {
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
        let wanted = signing::Wanted { signer, requests, is_hidden: self.is_hidden(signer) };
        let sign = |session: &Session, seen: &Seen| {
            if wanted.is_hidden {
                self.check_listed(session)?
            } else {
                objects::check_present(session, signer)?
            }
            signing::sign(session, seen, &wanted, pin, context)
        };
        let (values, asks_each_time) = match pin {
            Entered::Open(login) => {
                let kept = login.kept::<KeptLogin>().filter(|kept| self.is_opened_by(kept));
                kept.ok_or(Error::PinNeeded)?.with_session(sign)?
            }
            _ => self.with_session(SessionPurpose::Holder, sign)?,
        };
        self.learn(&signer.certificate, asks_each_time);
        Ok(values)
    }
}
