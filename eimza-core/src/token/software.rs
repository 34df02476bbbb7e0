//! A token in a file: the embedded default, and the developer's card.
//!
//! It behaves like a card: certificates are read without a PIN, three wrong PINs block it, the PUK unblocks it, three
//! wrong PUKs end it for good. Each try is written to the disk before it is made and given back when it was right, so
//! that killing the process gives no try back; processes wait for each other.
//!
//! It is no qualified device, and **whoever copies the file copies its tries**: what stands between a thief and the
//! keys is then only the PIN and the cost of [`DEFAULT_ITERATIONS`] rounds per guess.
//!
//! # The file, version 1
//! ```text
//! TokenFile ::= SEQUENCE {                        -- DER, nothing else is read
//!     magic     UTF8String ("eimza software token"),
//!     version   INTEGER (1),
//!     header    SEQUENCE { serial OCTET STRING (SIZE (16)), label UTF8String },
//!     pinTries  INTEGER (0..3),                   -- tries left
//!     pukTries  INTEGER (0..3),
//!     pin       Lock,
//!     puk       Lock,
//!     keys      SEQUENCE OF SEQUENCE {
//!         identifier   OCTET STRING,
//!         label        UTF8String,
//!         certificates SEQUENCE OF Certificate,   -- the key's own first, then its chain
//!         sealed       OCTET STRING },            -- nonce (12), PrivateKeyInfo (RFC 5208) under AES-256-GCM
//!     checksum  OCTET STRING (SIZE (32)) }        -- SHA-256 over all fields before: finds damage, stops nobody
//! Lock ::= SEQUENCE {
//!     iterations INTEGER (1000..10000000),
//!     salt       OCTET STRING (SIZE (16)),
//!     sealed     OCTET STRING (SIZE (60)) }       -- nonce (12), the master key under AES-256-GCM
//! ```
//! A lock's key is PBKDF2-HMAC-SHA512 of the PIN or PUK; its additional data are the name of the lock, the header,
//! iterations and salt. The keys are sealed under the master key; their additional data are header, identifier, label
//! and certificates.

mod address;
mod attempt;
mod creation;
mod disk;
mod file;
mod lock;
mod pkcs12;
mod published;
mod store;
mod test_issuer;
mod x509;

use std::fmt;
use std::path::PathBuf;

pub use address::{address, path_of};
pub use creation::{Creation, KeyMaterial};
pub use lock::DEFAULT_ITERATIONS;
pub use pkcs12::Pkcs12;
pub use published::{TestCrl, TestOcsp};
pub use test_issuer::{TestIssuer, TestPerson};
pub use x509::Validity;

use super::{
    CallContext, Entered, KeyReference, PinCharacters, PinId, PinKind, PinPolicy, PinReport, PinStatus, SignRequest,
    Token, TokenCertificate, TokenDriver, TokenInfo, TokenKind, WantedPin,
};
use crate::crypto::{self, PrivateKey};
use crate::error::{Error, Result, TokenOperation};
use crate::secret::{Pin, Puk};
use crate::shown_text;
use file::TokenFile;
use store::Store;

/// What addresses of software tokens begin with; the file's path follows.
pub const ADDRESS_PREFIX: &str = "file:";

/// Tries of a fresh PIN, and of a fresh PUK.
const TRIES: u8 = 3;

/// What a PIN or PUK of a software token may be.
const POLICY: PinPolicy = PinPolicy { min: 4, max: 64, characters: PinCharacters::Any };

/// A token in a file.
pub struct SoftwareToken {
    store: Store,
    /// Tells whether another token was put in this one's place.
    serial: Vec<u8>,
}

impl SoftwareToken {
    /// Makes a token in a new file.
    ///
    /// # Errors
    /// [`Error::TokenFileExists`] where something is there already, [`Error::OutputUnwritable`]; what
    /// [`SoftwareToken::in_memory`] says.
    pub fn create(path: impl Into<PathBuf>, creation: Creation) -> Result<Token> {
        let file = creation.build()?;
        let store = Store::create(path.into(), &file)?;
        Ok(Token::new(Self { store, serial: file.serial }))
    }

    /// Opens the token in this file.
    ///
    /// # Errors
    /// [`Error::InputUnreadable`], [`Error::TokenFileMalformed`].
    pub fn open(path: impl Into<PathBuf>) -> Result<Token> {
        let store = Store::open(path.into())?;
        let serial = store.read()?.serial;
        Ok(Token::new(Self { store, serial }))
    }

    /// Makes a token that ends with the process: for demonstrations and tests.
    ///
    /// # Errors
    /// [`Error::PinLengthUnusual`]; [`Error::KeyAbsent`] for a key that is not its certificate's;
    /// [`Error::AlgorithmUnsupported`] for a kind of key that cannot be kept here.
    pub fn in_memory(creation: Creation) -> Result<Token> {
        let file = creation.build()?;
        Ok(Token::new(Self { serial: file.serial.clone(), store: Store::in_memory(&file)? }))
    }

    fn file(&self) -> Result<TokenFile> {
        self.check_same(self.store.read()?)
    }

    fn check_same(&self, file: TokenFile) -> Result<TokenFile> {
        if file.serial == self.serial { Ok(file) } else { Err(Error::TokenRemoved) }
    }
}

impl TokenDriver for SoftwareToken {
    fn info(&self) -> Result<TokenInfo> {
        let file = self.file()?;
        let serial: String = file.serial.iter().map(|octet| format!("{octet:02x}")).collect();
        Ok(TokenInfo {
            label: shown_text::shown(&file.label),
            manufacturer: "eimza".into(),
            model: "software token".into(),
            serial,
            ..TokenInfo::new(TokenKind::Software, self.store.address())
        })
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        let mut found = Vec::new();
        for key in self.file()?.keys {
            for (place, certificate) in key.certificates.into_iter().enumerate() {
                // Only the first is the key's own; the chain has no keys here.
                let identifier = if place == 0 { key.identifier.clone() } else { Vec::new() };
                found.push(TokenCertificate {
                    certificate,
                    label: shown_text::shown(&key.label),
                    key: KeyReference(identifier),
                    asks_each_time: Some(false),
                    wanted_pin: WantedPin::Token,
                });
            }
        }
        Ok(found)
    }

    fn pin_report(&self, pin: &PinId) -> Result<PinReport> {
        if pin.is_of_key() {
            return Ok(PinReport::default());
        }
        let left = self.file()?.tries(pin.kind());
        let status = match left {
            0 => PinStatus::Blocked,
            1 => PinStatus::FinalTry,
            TRIES => PinStatus::Ok,
            _ => PinStatus::Low,
        };
        Ok(PinReport { status, tries_left: Some(left), policy: POLICY })
    }

    fn verify_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<()> {
        let pin = typed(pin.octets())?;
        context.present(|| self.attempt(context, PinKind::Pin, pin, |_, _| Ok(())))
    }

    fn change_pin(&self, old: &Entered<Pin>, new: &Entered<Pin>, context: &CallContext) -> Result<()> {
        let (old, new) = (typed(old.octets())?, typed(new.octets())?);
        context.present(|| {
            self.attempt(context, PinKind::Pin, old, |master, file| file.set_lock(PinKind::Pin, new, master))
        })
    }

    fn unblock_pin(&self, puk: &Entered<Puk>, new: &Entered<Pin>, context: &CallContext) -> Result<()> {
        let (puk, new) = (typed(puk.octets())?, typed(new.octets())?);
        context.present(|| {
            self.attempt(context, PinKind::Puk, puk, |master, file| {
                file.set_tries(PinKind::Pin, TRIES);
                file.set_lock(PinKind::Pin, new, master)
            })
        })
    }

    fn change_puk(&self, old: &Entered<Puk>, new: &Entered<Puk>, context: &CallContext) -> Result<()> {
        let (old, new) = (typed(old.octets())?, typed(new.octets())?);
        context.present(|| {
            self.attempt(context, PinKind::Puk, old, |master, file| file.set_lock(PinKind::Puk, new, master))
        })
    }

    fn sign(
        &self,
        signer: &TokenCertificate,
        requests: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>> {
        let pin = typed(pin.octets())?;
        let key_type = signer.certificate.public_key()?.key_type;
        requests
            .iter()
            .try_for_each(|request| crypto::check_can_sign(&key_type, request.algorithm, &request.digest))?;
        let file = self.file()?;
        let entry = file.key_of(&signer.certificate).ok_or(Error::KeyAbsent)?;
        let pkcs8 =
            context.present(|| self.attempt(context, PinKind::Pin, pin, |master, file| file.unseal(entry, master)))?;
        let private = PrivateKey::from_pkcs8(&pkcs8)?;
        requests
            .iter()
            .map(|request| {
                context.check()?;
                private.sign(request.algorithm, &request.digest)
            })
            .collect()
    }
}

impl fmt::Debug for SoftwareToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = shown_text::shown(&self.store.address());
        formatter.debug_struct("SoftwareToken").field("address", &address).finish_non_exhaustive()
    }
}

fn typed(octets: Option<&[u8]>) -> Result<&[u8]> {
    octets.ok_or(Error::TokenCannot { operation: TokenOperation::EntryOnDevice })
}
