//! What holds the key: cards and other tokens behind PKCS#11 modules, cards without a module, software tokens.
//!
//! [`Token`] is what applications use. It stands in front of a [`TokenDriver`] and lets no PIN or PUK through that the
//! attempt guard has not looked at: no try is ever spent unasked.
//!
//! A `Token` may be used from several threads; PIN operations on one token wait for each other. A call that blocks (a
//! slow card, a pin-pad) can be given up from another thread with a [`Cancellation`]. What only looks ([`Token::info`],
//! [`Token::certificates`], the status) takes none: nothing is lost when a thread of the caller's own waits for it.
//!
#![cfg_attr(feature = "software", doc = "```")]
#![cfg_attr(not(feature = "software"), doc = "```ignore")]
//! # use std::time::Duration;
//! # use eimza_core::crypto::{Curve, KeyType};
//! # use eimza_core::token::software::{Creation, SoftwareToken, TestIssuer, TestPerson, Validity};
//! # use eimza_core::{Clock, Pin, Puk, SystemClock};
//! # let now = SystemClock::new().now();
//! # let year = Duration::from_secs(365 * 24 * 60 * 60);
//! # let validity = Validity { not_before: now.before(year), not_after: now.after(year) };
//! # let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
//! # let keys = vec![TestIssuer::new(validity)?.issue(&person, &KeyType::Ec(Curve::P256), validity)?];
//! # let token = SoftwareToken::in_memory(Creation::new("test", keys, Pin::new("271828")?, Puk::new("31415926")?))?;
//! use eimza_core::token::PinStatus;
//!
//! // `token` is what `token::open` or `token::only` gives. Nothing here spends a try.
//! let signer = token.certificates()?.qualified().for_signing().valid_at(now).one()?;
//! println!("{}: {}", token.info()?.label, signer.certificate.subject());
//! assert_eq!(token.pin_status()?.status, PinStatus::Ok);
//! # Ok::<(), eimza_core::Error>(())
//! ```

mod attempt;
mod brief;
mod cancellation;
mod choose;
mod driver;
mod file_lock;
mod guard;
mod identity;
#[cfg(feature = "pkcs11")]
mod machine;
mod memory;
mod open_login;
#[cfg(any(feature = "pkcs11", feature = "software"))]
mod percent;
mod pin;
mod pin_id;
#[cfg(feature = "pkcs11")]
pub mod pkcs11;
mod presentation;
#[cfg(feature = "smartcard")]
pub mod smartcard;
#[cfg(feature = "software")]
pub mod software;
mod turn;
#[cfg(any(feature = "pkcs11", feature = "smartcard"))]
mod value_form;

use std::fmt;
use std::sync::Arc;

pub use attempt::Attempt;
pub use cancellation::Cancellation;
pub use choose::{open, several, usable_among};
pub use driver::{Entered, KeyReference, SignRequest, TokenCertificate, TokenDriver, TokenInfo, TokenKind};
pub use identity::{TokenIdentity, TokenPin};
#[cfg(feature = "pkcs11")]
pub use machine::{absent, only, usable};
pub use memory::{AttemptMemory, FileMemory, Outcome, ProcessMemory, Recollection};
pub use open_login::OpenLogin;
pub use pin::{PinCharacters, PinKind, PinPolicy, PinReport, PinState, PinStatus};
pub use pin_id::{KeyIdentity, PinId, PinOwner, WantedPin};
pub use presentation::CallContext;

use crate::certificate::Candidates;
use crate::error::{ArgumentFault, Error, Result};
use crate::secret::{Pin, Puk};
use guard::Operation;
use identity::KnownKeys;

/// A token. Cloning it shares the connection and the memory of failed attempts.
#[derive(Clone)]
pub struct Token {
    driver: Arc<dyn TokenDriver>,
    memory: Arc<dyn AttemptMemory>,
    keys: Arc<KnownKeys>,
}

/// How it stands with the PIN that a key has of its own.
#[derive(Clone, Debug)]
pub struct KeyPinState {
    /// The key's certificate.
    pub certificate: TokenCertificate,
    /// How it stands.
    pub state: PinState,
}

impl Token {
    /// A token behind this driver; failed attempts are remembered in this process.
    pub fn new(driver: impl TokenDriver + 'static) -> Self {
        Self { driver: Arc::new(driver), memory: ProcessMemory::shared(), keys: Arc::default() }
    }

    /// The same token with another memory of failed attempts.
    pub fn with_memory(self, memory: Arc<dyn AttemptMemory>) -> Self {
        Self { memory, ..self }
    }

    /// What the token is called and what it is. Never spends a try.
    pub fn info(&self) -> Result<TokenInfo> {
        self.driver.info()
    }

    /// The certificates on the token. Never asks for a PIN and never spends a try.
    pub fn certificates(&self) -> Result<Candidates<TokenCertificate>> {
        self.list().map(Candidates::new)
    }

    /// All certificates on the token, for the few that hide them until somebody logs in: one attempt with the PIN.
    ///
    /// Offer it to the person where [`Token::certificates`] finds nothing, on the one token that is meant.
    pub fn certificates_with_pin(
        &self,
        pin: impl Into<Entered<Pin>>,
        attempt: Attempt,
    ) -> Result<Candidates<TokenCertificate>> {
        self.certificates_and_pin(pin, attempt).map(|(found, _)| found)
    }

    /// The same, and the PIN that the token accepted: to sign with what was found the person need not be asked twice. Where
    /// it was typed on a keypad the token stays open ([`Entered::Open`]) until that has signed or is dropped.
    pub fn certificates_and_pin(
        &self,
        pin: impl Into<Entered<Pin>>,
        attempt: Attempt,
    ) -> Result<(Candidates<TokenCertificate>, Entered<Pin>)> {
        let pin = pin.into();
        pin.check()?;
        let (found, pin) = self.operation(attempt).run(move |operation| {
            let permit = operation.permit(PinId::PIN, pin.octets(), 1)?;
            if matches!(pin, Entered::OnDevice) {
                let seen = permit.use_for(|driver, context| driver.certificates_and_login(&pin, context));
                return seen.map(|(found, login)| (found, login.map_or(pin, Entered::Open)));
            }
            let found = permit.use_for(|driver, context| driver.certificates_with_pin(&pin, context))?;
            Ok((found, pin))
        })?;
        self.keys.note(&found);
        Ok((Candidates::new(self.with_wanted_pins(found)), pin))
    }

    /// How it stands with the PIN. Never spends a try.
    pub fn pin_status(&self) -> Result<PinState> {
        self.status(PinId::PIN)
    }

    /// How it stands with the PUK. Never spends a try.
    pub fn puk_status(&self) -> Result<PinState> {
        self.status(PinId::PUK)
    }

    /// How it stands with the PIN that the certificate's key has, or may have, of its own. Never spends a try.
    pub fn key_pin_status(&self, signer: &TokenCertificate) -> Result<PinState> {
        self.status(PinId::of_key(&signer.certificate))
    }

    /// How it stands with the PINs that keys are known to have of their own. Never spends a try.
    pub fn key_pins(&self) -> Result<Vec<KeyPinState>> {
        let with_own_pin = self.list()?.into_iter().filter(|found| found.wanted_pin == WantedPin::Own);
        let state = |found: TokenCertificate| {
            let state = self.key_pin_status(&found)?;
            Ok(KeyPinState { certificate: found, state })
        };
        with_own_pin.map(state).collect()
    }

    /// Whether the guard would let an attempt through as things stand, with what the caller permits. Asks the token by
    /// free means only: ask before the person is asked for a PIN that would not be sent.
    ///
    /// # Errors
    /// What would be said instead: [`Error::PinBlocked`], [`Error::PinFinalTry`] and the like.
    pub fn check_attempt(&self, pin: impl Into<PinId>, attempt: Attempt) -> Result<()> {
        let pin = pin.into();
        self.operation(attempt).run(move |operation| operation.check_state(pin))
    }

    /// Presents the PIN once and forgets the rights again.
    ///
    /// # Errors
    /// What the attempt came to (3102 …), or what kept it from being made: nothing was spent then.
    pub fn verify_pin(&self, pin: impl Into<Entered<Pin>>, attempt: Attempt) -> Result<()> {
        let pin = pin.into();
        pin.check()?;
        self.operation(attempt).run(move |operation| {
            let permit = operation.permit(PinId::PIN, pin.octets(), 1)?;
            permit.use_for(|driver, context| driver.verify_pin(&pin, context))
        })
    }

    /// Changes the PIN: one attempt with the old one.
    pub fn change_pin(
        &self,
        old: impl Into<Entered<Pin>>,
        new: impl Into<Entered<Pin>>,
        attempt: Attempt,
    ) -> Result<()> {
        let (old, new) = (old.into(), new.into());
        old.check().and(new.check())?;
        self.operation(attempt).run(move |operation| {
            operation.check_new(&PinId::PIN, new.octets())?;
            // Some PKCS#11 modules want the old one at login too and, once it was accepted, again beside the new one.
            let permit = operation.permit(PinId::PIN, old.octets(), 2)?;
            permit.use_for(|driver, context| driver.change_pin(&old, &new, context))
        })
    }

    /// Sets a new PIN with the PUK: one attempt with the PUK. A wrong PUK can make a card useless for good.
    pub fn unblock_pin(
        &self,
        puk: impl Into<Entered<Puk>>,
        new: impl Into<Entered<Pin>>,
        attempt: Attempt,
    ) -> Result<()> {
        let (puk, new) = (puk.into(), new.into());
        puk.check().and(new.check())?;
        self.operation(attempt).run(move |operation| {
            operation.check_new(&PinId::PIN, new.octets())?;
            let permit = operation.permit(PinId::PUK, puk.octets(), 1)?;
            permit.use_to_unblock(|driver, context| driver.unblock_pin(&puk, &new, context))
        })
    }

    /// Changes the PUK: one attempt with the old one.
    pub fn change_puk(
        &self,
        old: impl Into<Entered<Puk>>,
        new: impl Into<Entered<Puk>>,
        attempt: Attempt,
    ) -> Result<()> {
        let (old, new) = (old.into(), new.into());
        old.check().and(new.check())?;
        self.operation(attempt).run(move |operation| {
            operation.check_new(&PinId::PUK, new.octets())?;
            // PKCS#11 wants the old one at login and, once it was accepted, again beside the new one.
            let permit = operation.permit(PinId::PUK, old.octets(), 2)?;
            permit.use_for(|driver, context| driver.change_puk(&old, &new, context))
        })
    }

    /// Signs one digest: one entry of the PIN, one signature.
    ///
    /// The value is DER for ECDSA, and verified with the certificate before it is returned.
    pub fn sign(
        &self,
        signer: &TokenCertificate,
        request: SignRequest,
        pin: impl Into<Entered<Pin>>,
        attempt: Attempt,
    ) -> Result<Vec<u8>> {
        let mut values = self.sign_batch(signer, vec![request], pin, attempt)?;
        values.pop().ok_or(Error::TokenSignatureInvalid)
    }

    /// Signs several digests that were listed to the person beforehand, with one entry of the PIN.
    ///
    /// A key that asks each time is given the PIN again, but only after the token accepted it the time before. The first
    /// refusal ends the batch and no signature is returned.
    ///
    /// A key may have a PIN of its own beside the one that opens the token. Where that is known
    /// ([`TokenCertificate::wanted_pin`]) it has to be entered too ([`Attempt::key_pin`]). Where nothing is known, a key that
    /// asks is given the PIN that opened the token once; if it refuses that, it is never given it again.
    ///
    /// A token that needs no login ([`TokenInfo::needs_login`]) signs with [`Entered::NotNeeded`]. A PIN that was entered
    /// for it is presented only where its keys want it after all.
    ///
    /// # Errors
    /// [`Error::PinNeeded`] and [`Error::KeyPinNeeded`] before anything is sent, [`Error::KeyRefusedPin`], and what an attempt can come to.
    pub fn sign_batch(
        &self,
        signer: &TokenCertificate,
        requests: Vec<SignRequest>,
        pin: impl Into<Entered<Pin>>,
        attempt: Attempt,
    ) -> Result<Vec<Vec<u8>>> {
        if requests.is_empty() {
            return Err(Error::ArgumentInvalid { argument: "requests", reason: ArgumentFault::NothingToSign });
        }
        let pin = pin.into();
        let signer = signer.clone();
        self.operation(attempt).run(move |operation| {
            let permit = operation.permit_use(&signer, &pin, requests.len())?;
            let (values, is_verified) = permit.use_for(|driver, context| {
                Ok((driver.sign(&signer, &requests, &pin, context)?, driver.verifies_signatures()))
            })?;
            if values.len() != requests.len() {
                return Err(Error::TokenSignatureInvalid);
            }
            if !is_verified {
                check_values(&signer, &requests, &values)?;
            }
            Ok(values)
        })
    }

    /// A memory that fails leaves what the token itself tells; the next attempt is told of the failure where it matters.
    fn status(&self, pin: PinId) -> Result<PinState> {
        let report = self.driver.pin_report(&pin)?;
        let pin = self.keys.identity(&*self.driver)?.pin(pin);
        Ok(guard::state(&report, self.memory.recall(&pin).unwrap_or_default()))
    }

    /// The certificates, with what is remembered of their keys.
    fn list(&self) -> Result<Vec<TokenCertificate>> {
        let found = self.driver.certificates()?;
        self.keys.note(&found);
        Ok(self.with_wanted_pins(found))
    }

    /// A token that went away meanwhile has still shown what it showed.
    fn with_wanted_pins(&self, mut found: Vec<TokenCertificate>) -> Vec<TokenCertificate> {
        let operation = self.operation(Attempt::new());
        if let Ok(identity) = self.keys.identity(&*self.driver) {
            for one in &mut found {
                let key = identity.pin(PinId::of_key(&one.certificate));
                one.wanted_pin = operation.wanted_pin(one, &key);
            }
        }
        found
    }

    fn operation(&self, attempt: Attempt) -> Operation {
        let (driver, memory, keys) = (self.driver.clone(), self.memory.clone(), self.keys.clone());
        Operation { driver, memory, attempt: Arc::new(attempt), keys }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Token").field("driver", &self.driver).finish_non_exhaustive()
    }
}

/// A token may return what is no signature of this key: another key under the same name, a damaged card.
fn check_values(signer: &TokenCertificate, requests: &[SignRequest], values: &[Vec<u8>]) -> Result<()> {
    let key = signer.certificate.public_key()?;
    for (request, value) in requests.iter().zip(values) {
        if !request.algorithm.verify(&key, &request.digest, value)? {
            return Err(Error::TokenSignatureInvalid);
        }
    }
    Ok(())
}
