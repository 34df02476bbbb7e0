//! A token in a slot: found, named, and found again before each operation.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use cryptoki_sys::{CKS_RO_PUBLIC_SESSION, CKS_RW_PUBLIC_SESSION};
use eimza_sys::pkcs11::{self as sys, Session, SlotId, Text};

use super::kept_login::KeptLogin;
use super::present::{self, Present};
use super::registry::{self, LoadedModule, SessionPurpose};
use super::{Pkcs11Uri, answer, objects, quirks};
use crate::certificate::Certificate;
use crate::error::{Error, Result};
use crate::shown_text;
use crate::shown_text::mask_national_ids;
use crate::token::{TokenCertificate, WantedPin, brief};

/// A token of a PKCS#11 module. Wrap it in [`Token`](crate::token::Token) to use it.
pub struct Pkcs11Token {
    /// Replaced when it had to be initialised anew.
    loaded: Mutex<Arc<LoadedModule>>,
    slot: SlotId,
    slot_description: Text,
    told: sys::TokenInfo,
    /// All tokens that the module had when this one was found; they share the list.
    all: Arc<Vec<Present>>,
    /// A certificate that the last listing showed without login: another card with the same name and serial number does
    /// not show it.
    listed: Mutex<Option<TokenCertificate>>,
    /// Certificates that are seen only after a login, by fingerprint.
    hidden: Mutex<HashSet<String>>,
    /// Whether keys ask for the PIN each time, by certificate: a token tells only while it signs.
    asks_each_time: Mutex<HashMap<String, bool>>,
}

/// The token as it was found right before an operation.
pub(super) struct Seen {
    pub(super) loaded: Arc<LoadedModule>,
    pub(super) slot: SlotId,
    pub(super) told: sys::TokenInfo,
}

impl Pkcs11Token {
    /// The tokens of one module: empty readers are passed over, and so are tokens that nobody initialised and that show no
    /// certificate. Loads the module for as long as the process lives, and spends no try.
    ///
    /// # Errors
    /// Why the module cannot be used.
    pub fn all(module: &Path) -> Result<Vec<Self>> {
        let loaded = registry::load(module)?;
        let _alone = loaded.query_lock();
        let all = Arc::new(present::tokens(&loaded)?);
        let token = |present: &Present| Self {
            loaded: Mutex::new(Arc::clone(&loaded)),
            slot: present.slot,
            slot_description: loaded.module.slot_info(present.slot).map(|info| info.description).unwrap_or_default(),
            told: present.told.clone(),
            all: Arc::clone(&all),
            listed: Mutex::default(),
            hidden: Mutex::default(),
            asks_each_time: Mutex::default(),
        };
        Ok(all.iter().map(token).collect())
    }

    /// The other tokens that the module had when this one was found.
    fn others(&self) -> impl Iterator<Item = &sys::TokenInfo> {
        self.all.iter().filter(|present| present.slot != self.slot).map(|present| &present.told)
    }

    /// How to name this token again. A national id in its label is in clear.
    pub fn address(&self) -> String {
        let told = |text: &Text| (!text.is_empty()).then(|| text.octets().to_vec());
        let (token, serial) = (told(&self.told.label), told(&self.told.serial));
        self.address_of(token.is_none() && serial.is_none(), token, serial)
    }

    /// The same without the parts that would be masked where it is shown, because a masked address does not name the
    /// token. Serial numbers of eleven digits are masked too.
    pub(super) fn address_without_national_id(&self) -> String {
        let told = |text: &Text| {
            let shown = text.to_string();
            (!text.is_empty() && mask_national_ids(&shown) == shown).then(|| text.octets().to_vec())
        };
        let (token, serial) = (told(&self.told.label), told(&self.told.serial));
        self.address_of(serial.is_none(), token, serial)
    }

    /// The slot's number is added where it is wanted, or where another token goes by the same name.
    fn address_of(&self, with_slot: bool, token: Option<Vec<u8>>, serial: Option<Vec<u8>>) -> String {
        let module_path = Some(brief::lock(&self.loaded).module.path().to_owned());
        let mut address = Pkcs11Uri { token, serial, module_path, ..Pkcs11Uri::default() };
        let is_shared = self.others().any(|other| address.fits_token(other));
        address.slot_id = (with_slot || is_shared).then_some(self.slot.number());
        address.to_string()
    }

    /// The certificates that the token shows, and a note of one that is seen without a login. While somebody is logged
    /// in, the token may show more than it will later.
    pub(super) fn list(&self, session: &Session) -> Result<Vec<TokenCertificate>> {
        let is_public = || session.state().map(|state| [CKS_RO_PUBLIC_SESSION, CKS_RW_PUBLIC_SESSION].contains(&state));
        let before = is_public();
        let found = objects::certificates(session)?;
        if (before, is_public()) == (Ok(true), Ok(true)) {
            *brief::lock(&self.listed) = found.first().cloned();
        }
        Ok(found)
    }

    /// Takes note of what is seen only after a login.
    pub(super) fn note_hidden(&self, public: &[TokenCertificate], found: &[TokenCertificate]) {
        let is_hidden = |one: &&TokenCertificate| public.iter().all(|known| known.certificate != one.certificate);
        brief::lock(&self.hidden).extend(found.iter().filter(is_hidden).map(|one| one.certificate.sha256().to_hex()));
    }

    /// Whether a certificate is seen only after a login.
    pub(super) fn is_hidden(&self, signer: &TokenCertificate) -> bool {
        brief::lock(&self.hidden).contains(&signer.certificate.sha256().to_hex())
    }

    /// Whether the token still shows what it showed before.
    pub(super) fn check_listed(&self, session: &Session) -> Result<()> {
        let listed = brief::lock(&self.listed).clone();
        listed.map_or(Ok(()), |listed| objects::check_present(session, &listed))
    }

    /// Remembers what signing showed of a key.
    pub(super) fn learn(&self, signer: &Certificate, asks_each_time: bool) {
        brief::lock(&self.asks_each_time).insert(signer.sha256().to_hex(), asks_each_time);
    }

    /// What is known of the keys by now.
    pub(super) fn with_what_was_learnt(&self, mut found: Vec<TokenCertificate>) -> Vec<TokenCertificate> {
        let learnt = brief::lock(&self.asks_each_time);
        for one in &mut found {
            one.asks_each_time = learnt.get(&one.certificate.sha256().to_hex()).copied();
            one.wanted_pin = self.wanted_pin(one.asks_each_time);
        }
        found
    }

    /// A key that asks for nothing when it is used has no PIN of its own, whatever card it lies on.
    fn wanted_pin(&self, asks_each_time: Option<bool>) -> WantedPin {
        match asks_each_time {
            Some(false) => WantedPin::Token,
            _ if quirks::has_key_pins(&self.told.manufacturer.to_string(), &self.told.model.to_string()) => {
                WantedPin::Own
            }
            _ => WantedPin::Unknown,
        }
    }

    /// Whether a login that was left open is one to this token.
    pub(super) fn is_opened_by(&self, login: &KeptLogin) -> bool {
        login.is_of(&identity(&self.told))
    }

    /// Whether an address names this token, its module aside.
    pub(super) fn fits(&self, address: &Pkcs11Uri) -> bool {
        address.fits_token(&self.told)
            && address.fits_slot_description(&self.slot_description)
            && address.slot_id.is_none_or(|wanted| wanted == self.slot.number())
    }

    /// Looks whether the same token is still there, and what it tells.
    pub(super) fn locate(&self) -> Result<Seen> {
        let loaded = self.loaded()?;
        let _alone = loaded.query_lock();
        self.locate_in(&loaded)
    }

    /// Runs an operation in a session of its own.
    pub(super) fn with_session<T>(
        &self,
        purpose: SessionPurpose,
        operation: impl FnOnce(&Session, &Seen) -> Result<T>,
    ) -> Result<T> {
        self.with_new_session(purpose, |session, seen| operation(&session, &seen))
    }

    /// Runs an operation in a new session, which may outlive it.
    pub(super) fn with_new_session<T>(
        &self,
        purpose: SessionPurpose,
        operation: impl FnOnce(Session, Seen) -> Result<T>,
    ) -> Result<T> {
        let loaded = self.loaded()?;
        loaded.alone(&identity(&self.told), purpose, || {
            let seen = self.locate_in(&loaded)?;
            let session = loaded.module.open_session(seen.slot, purpose.writes()).map_err(answer::error)?;
            operation(session, seen)
        })
    }

    /// Runs an operation that presents a PIN or PUK, in a session of its own. Two cards may have one name and one serial
    /// number, and the PIN of one must not reach the other: where certificates were listed before, the token must still
    /// be the one that showed them.
    pub(super) fn with_session_for_secret<T>(
        &self,
        purpose: SessionPurpose,
        operation: impl FnOnce(&Session, &Seen) -> Result<T>,
    ) -> Result<T> {
        self.with_session(purpose, |session, seen| {
            self.check_listed(session)?;
            operation(session, seen)
        })
    }

    /// Looks in the token's own slot first, and in another one only where nothing there can be taken for it. Many
    /// modules answer for a token after it was pulled out, so the slot list is asked first.
    fn locate_in(&self, loaded: &Arc<LoadedModule>) -> Result<Seen> {
        let wanted = identity(&self.told);
        let slots = present::slots(loaded)?;
        let seen_in = |slot| {
            let told = loaded.module.token_info(slot).ok().filter(|told| identity(told) == wanted)?;
            Some(Seen { loaded: Arc::clone(loaded), slot, told })
        };
        if let Some(seen) = slots.contains(&self.slot).then_some(self.slot).and_then(seen_in) {
            return Ok(seen);
        }
        let had_twins = self.others().any(|other| identity(other) == wanted);
        let mut elsewhere = slots.into_iter().filter_map(seen_in);
        match (elsewhere.next(), elsewhere.next()) {
            (Some(seen), None) if !had_twins => Ok(seen),
            _ => Err(Error::TokenRemoved),
        }
    }

    fn loaded(&self) -> Result<Arc<LoadedModule>> {
        let loaded = Arc::clone(&brief::lock(&self.loaded));
        if !loaded.is_gone() {
            return Ok(loaded);
        }
        let anew = registry::load(loaded.module.path())?;
        *brief::lock(&self.loaded) = Arc::clone(&anew);
        Ok(anew)
    }
}

impl fmt::Debug for Pkcs11Token {
    /// The address: labels of tokens may hold national ids.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pkcs11Token({})", masked(&self.address()))
    }
}

/// By what a token is found again in its module. The label is in it because some makers give all cards one serial number.
pub(super) fn identity(told: &sys::TokenInfo) -> String {
    [&told.manufacturer, &told.model, &told.serial, &told.label].map(Text::to_string).join("\u{1f}")
}

/// A text of the token for people.
pub(super) fn masked(text: &str) -> String {
    shown_text::shown(text)
}
