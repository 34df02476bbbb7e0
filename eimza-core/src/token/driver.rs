//! The joint between the library and whatever holds keys.

use std::fmt;

use super::open_login::OpenLogin;
use super::pin::PinReport;
use super::pin_id::{PinId, WantedPin};
use super::presentation::CallContext;
use crate::certificate::Certificate;
use crate::crypto::{Digest, SignatureAlgorithm};
use crate::error::{Error, Result};
use crate::secret::{Pin, Puk};
use crate::shown_text::mask_national_ids;

/// What a kind of token has to be able to do. Implement it to bring a kind of your own; applications use
/// [`Token`](super::Token), which guards every attempt, and never call a driver themselves.
///
/// - Calls come from any thread, and two may run at once; only PIN operations on one token wait for each other.
/// - Calls may block for seconds. Between steps that take time a driver asks [`CallContext::check`].
/// - Every PIN and PUK goes to the token inside [`CallContext::present`], once per call of it; what a key asks for at its
///   use goes inside [`CallContext::present_to_key`].
/// - A driver that can read the tries left while it keeps others from spending them asks [`CallContext::check_tries`].
/// - Nothing is repeated: not after a lost answer, not on another slot, not in another encoding.
/// - Rights that a PIN gave are dropped before a call returns; only [`TokenDriver::certificates_and_login`] may leave them
///   open, and what it returns then ends them.
/// - A token that was pulled out is [`Error::TokenRemoved`](crate::Error::TokenRemoved), or
///   [`Error::PinAnswerLost`](crate::Error::PinAnswerLost) where a PIN was on its way.
pub trait TokenDriver: Send + Sync + fmt::Debug {
    /// What the token is called and what it is. Spends no try.
    fn info(&self) -> Result<TokenInfo>;

    /// The certificates, read without login. Spends no try.
    fn certificates(&self) -> Result<Vec<TokenCertificate>>;

    /// All certificates, also those that are only seen after a login: presents the PIN once.
    fn certificates_with_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<Vec<TokenCertificate>> {
        self.verify_pin(pin, context)?;
        self.certificates()
    }

    /// The same, and the login with which they were seen, where the driver can leave it open: a person at a keypad types
    /// once. Without it the login has ended.
    fn certificates_and_login(
        &self,
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<(Vec<TokenCertificate>, Option<OpenLogin>)> {
        Ok((self.certificates_with_pin(pin, context)?, None))
    }

    /// What the token tells of a PIN by free means. Spends no try. Of a PIN of which it tells nothing the report is
    /// [`PinReport::default`].
    fn pin_report(&self, pin: &PinId) -> Result<PinReport>;

    /// Presents the PIN once.
    fn verify_pin(&self, pin: &Entered<Pin>, context: &CallContext) -> Result<()>;

    /// Changes the PIN, presenting the old one once, and once more only where the token accepted it and wants it beside
    /// the new one.
    fn change_pin(&self, old: &Entered<Pin>, new: &Entered<Pin>, context: &CallContext) -> Result<()>;

    /// Sets a new PIN, presenting the PUK once.
    fn unblock_pin(&self, puk: &Entered<Puk>, new: &Entered<Pin>, context: &CallContext) -> Result<()>;

    /// Changes the PUK, presenting the old one as for [`TokenDriver::change_pin`].
    fn change_puk(&self, old: &Entered<Puk>, new: &Entered<Puk>, context: &CallContext) -> Result<()>;

    /// Signs each digest with the signer's key, in order. ECDSA values are DER. Where nothing was entered, no PIN is
    /// presented: that is asked only of a token that says that it needs no login.
    fn sign(
        &self,
        signer: &TokenCertificate,
        requests: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>>;

    /// Whether [`TokenDriver::sign`] has verified each value with the certificate before it comes back. Otherwise
    /// [`Token`](super::Token) does that.
    fn verifies_signatures(&self) -> bool {
        false
    }
}

/// A secret that was typed into the application, or will be typed on the reader's own keypad.
#[derive(Debug)]
pub enum Entered<S> {
    /// Typed into the application.
    Typed(S),
    /// To be typed on the token's or reader's keypad.
    OnDevice,
    /// Typed on the keypad before, to list what the token hides: it is still open
    /// ([`Token::certificates_and_pin`](super::Token::certificates_and_pin)). It serves to sign, and for nothing else.
    Open(OpenLogin),
    /// Nothing: the token signs without a login ([`TokenInfo::needs_login`]). No PIN is sent.
    NotNeeded,
}

impl<S> Entered<S> {
    /// Fails where there is nothing to present.
    pub(super) fn check(&self) -> Result<()> {
        if matches!(self, Self::NotNeeded | Self::Open(_)) { Err(Error::PinNeeded) } else { Ok(()) }
    }
}

impl<S> From<S> for Entered<S> {
    fn from(secret: S) -> Self {
        Entered::Typed(secret)
    }
}

impl Entered<Pin> {
    /// The octets; `None` for a keypad, and where nothing is needed.
    pub fn octets(&self) -> Option<&[u8]> {
        match self {
            Entered::Typed(pin) => Some(pin.expose()),
            Entered::OnDevice | Entered::Open(_) | Entered::NotNeeded => None,
        }
    }
}

impl Entered<Puk> {
    /// The octets; `None` for a keypad.
    pub fn octets(&self) -> Option<&[u8]> {
        match self {
            Entered::Typed(puk) => Some(puk.expose()),
            Entered::OnDevice | Entered::Open(_) | Entered::NotNeeded => None,
        }
    }
}

/// What a token is called and what it is. Failed attempts are remembered by it, see [`TokenIdentity`](super::TokenIdentity).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenInfo {
    /// How to name it again: an RFC 7512 URI, with the slot's number where another token goes by the same name, or
    /// `file:PATH`. National ids in it are in clear; mask it for display.
    pub address: String,
    /// The same where people look: label and serial number are left out if they hold what may be a national id, and
    /// the slot's number stands in. A path stays what it is; mask it where it is shown.
    pub address_without_national_id: String,
    /// The token's label, national ids masked.
    pub label: String,
    /// Its maker, as the token tells.
    pub manufacturer: String,
    /// Its model, as the token tells.
    pub model: String,
    /// Its serial number, as the token tells.
    pub serial: String,
    /// How it is reached.
    pub kind: TokenKind,
    /// `false` where it is known to be no qualified signature creation device. The library cannot know that one is.
    pub may_be_qualified_device: bool,
    /// Whether a PIN is typed on the token or its reader ([`Entered::OnDevice`]).
    pub has_keypad: bool,
    /// `false` where the token says that its keys need no login ([`Entered::NotNeeded`]).
    pub needs_login: bool,
}

impl TokenInfo {
    /// A token of which nothing else is known: its texts are empty, and it has no keypad.
    pub fn new(kind: TokenKind, address: impl Into<String>) -> Self {
        let address = address.into();
        Self {
            address_without_national_id: address.clone(),
            address,
            label: String::new(),
            manufacturer: String::new(),
            model: String::new(),
            serial: String::new(),
            may_be_qualified_device: kind != TokenKind::Software,
            kind,
            has_keypad: false,
            needs_login: true,
        }
    }
}

impl fmt::Debug for TokenInfo {
    /// Labels and addresses may hold national ids, which are masked.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("TokenInfo");
        shown.field("address", &mask_national_ids(&self.address)).field("label", &self.label);
        shown.field("manufacturer", &self.manufacturer).field("model", &self.model).field("kind", &self.kind);
        shown.field("has_keypad", &self.has_keypad).finish_non_exhaustive()
    }
}

/// How a token is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Through a PKCS#11 module.
    Pkcs11,
    /// As a smart card, through PC/SC.
    SmartCard,
    /// A file: no qualified device.
    Software,
}

impl TokenKind {
    /// The stable name.
    pub fn name(&self) -> &'static str {
        match self {
            TokenKind::Pkcs11 => "pkcs11",
            TokenKind::SmartCard => "smart-card",
            TokenKind::Software => "software",
        }
    }
}

/// A certificate on a token, and where its key is.
#[derive(Clone, Debug)]
pub struct TokenCertificate {
    /// The certificate.
    pub certificate: Certificate,
    /// Its label on the token, national ids masked.
    pub label: String,
    /// The driver's own name for the key.
    pub key: KeyReference,
    /// Whether the key wants the PIN for every signature; `None` where the token does not tell without a PIN.
    pub asks_each_time: Option<bool>,
    /// Which PIN the key wants when it is used.
    pub wanted_pin: WantedPin,
}

impl TokenCertificate {
    /// A certificate of whose key nothing is known.
    pub fn new(certificate: Certificate) -> Self {
        let (label, key) = (String::new(), KeyReference(Vec::new()));
        Self { certificate, label, key, asks_each_time: None, wanted_pin: WantedPin::Unknown }
    }

    /// Whether its certificate lets its key sign documents, and the key is not known to be elsewhere.
    pub fn can_sign(&self) -> bool {
        let is_elsewhere = self.certificate.is_ca() && self.key.0.is_empty();
        !is_elsewhere && self.certificate.can_sign()
    }
}

impl AsRef<Certificate> for TokenCertificate {
    fn as_ref(&self) -> &Certificate {
        &self.certificate
    }
}

/// A driver's own name for a key (PKCS#11: CKA_ID). Not unique by itself; the public key decides.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyReference(pub Vec<u8>);

/// One digest to sign.
#[derive(Clone, Copy, Debug)]
pub struct SignRequest {
    /// How.
    pub algorithm: SignatureAlgorithm,
    /// What.
    pub digest: Digest,
}
