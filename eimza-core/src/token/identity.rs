//! By what a token is remembered.
//!
//! A card can be reached in several ways: by modules that describe it differently, or without a module. What two ways have
//! in common makes them ways to one card: the serial number, or the key of any certificate. Each such mark has a memory of
//! its own, what happens is noted under all of them, and the worst of them counts.
//!
//! Cards of some makers all have one serial number, and some modules show one card as several tokens, each with a PIN of
//! its own. There a failure is shown for the others too, which costs a question to the person and no try. A success ends
//! the failures under its own marks only, so it never hides those of another card, which has other keys or another label.

use std::sync::Mutex;

use super::driver::{TokenCertificate, TokenDriver, TokenInfo};
use super::{KeyIdentity, PinId, brief};
use crate::crypto::DigestAlgorithm;
use crate::error::Result;

/// The marks of one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenIdentity {
    marks: Vec<String>,
}

impl TokenIdentity {
    /// The identity of a token that tells this of itself and shows these certificates.
    pub fn new(info: &TokenInfo, certificates: &[TokenCertificate]) -> Self {
        Self::of(info, keys_of(certificates))
    }

    fn of(info: &TokenInfo, keys: impl IntoIterator<Item = KeyIdentity>) -> Self {
        let mut marks = if is_serial(&info.serial) {
            let serial = info.serial.to_ascii_lowercase();
            vec![format!("serial\u{1f}{serial}"), format!("serial\u{1f}{serial}\u{1f}{}", info.label)]
        } else {
            vec![["token", &info.manufacturer, &info.model, &info.serial, &info.label].join("\u{1f}")]
        };
        marks.extend(keys.into_iter().map(|key| format!("key\u{1f}{}", key.as_str())));
        marks.sort_unstable();
        marks.dedup();
        Self { marks }
    }

    /// What one has in common with all ways to the same token; sorted, never empty. They may hold a national id.
    pub(super) fn marks(&self) -> &[String] {
        &self.marks
    }

    /// One of its PINs.
    pub fn pin(&self, pin: PinId) -> TokenPin {
        TokenPin { token: self.clone(), pin }
    }
}

/// The keys that a token has shown, so that it need not be searched before each operation.
#[derive(Debug, Default)]
pub(super) struct KnownKeys(Mutex<Option<Vec<KeyIdentity>>>);

impl KnownKeys {
    /// Takes note of what the token shows.
    pub(super) fn note(&self, certificates: &[TokenCertificate]) {
        *brief::lock(&self.0) = Some(keys_of(certificates));
    }

    /// The token's identity: what it tells of itself, and the keys that it has shown or shows now. A token whose
    /// certificates cannot be read is known by the rest.
    pub(super) fn identity(&self, driver: &dyn TokenDriver) -> Result<TokenIdentity> {
        let info = driver.info()?;
        let known = brief::lock(&self.0).clone();
        let keys = match known {
            Some(keys) => keys,
            None => {
                let certificates = driver.certificates();
                let shown = certificates.as_deref().map(keys_of).unwrap_or_default();
                if let Ok(certificates) = &certificates {
                    self.note(certificates);
                }
                shown
            }
        };
        Ok(TokenIdentity::of(&info, keys))
    }
}

/// The keys by which the token that shows these certificates is known. Those of issuers lie on many tokens.
fn keys_of(certificates: &[TokenCertificate]) -> Vec<KeyIdentity> {
    let own = certificates.iter().filter(|found| !found.certificate.is_ca());
    own.map(|found| KeyIdentity::of(&found.certificate)).collect()
}

/// Whether a serial number tells tokens apart: zeros and the like are what a maker writes who gives none.
fn is_serial(serial: &str) -> bool {
    let mut characters = serial.chars();
    let first = characters.next();
    characters.any(|character| Some(character) != first)
}

/// One PIN of one token: what a memory of failed attempts keeps its counts by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPin {
    token: TokenIdentity,
    pin: PinId,
}

impl TokenPin {
    /// The names that it is remembered under: a digest of each of the token's marks, and the PIN's name. A memory notes what
    /// happens under all of them, and recalls the worst ([`Recollection::worse`](super::Recollection::worse)).
    pub fn names(&self) -> Vec<String> {
        let pin = self.pin.name();
        let digest = |mark: &String| DigestAlgorithm::Sha256.digest(mark.as_bytes()).to_hex();
        self.token.marks.iter().map(|mark| format!("{} {pin}", digest(mark))).collect()
    }

    /// Which PIN.
    pub fn pin(&self) -> &PinId {
        &self.pin
    }

    /// Another PIN of the same token.
    pub(super) fn beside(&self, pin: PinId) -> Self {
        Self { token: self.token.clone(), pin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::TokenKind;

    fn info(kind: TokenKind, serial: &str, label: &str) -> TokenInfo {
        TokenInfo { serial: serial.into(), label: label.into(), ..TokenInfo::new(kind, "address") }
    }

    fn certificate(name: &str) -> TokenCertificate {
        let certificate = crate::Certificate::from_der(eimza_testkit::pki::certificate(name)).unwrap();
        TokenCertificate::new(certificate)
    }

    fn share(one: &TokenIdentity, other: &TokenIdentity) -> bool {
        one.marks().iter().any(|mark| other.marks().contains(mark))
    }

    #[test]
    fn the_serial_number_or_any_key_makes_two_ways_one_token() {
        let nes = [certificate("nes-p256"), certificate("root")];
        let by_module = TokenIdentity::new(&info(TokenKind::Pkcs11, "0A1B", "NES1"), &nes);
        let same_serial = TokenIdentity::new(&info(TokenKind::SmartCard, "0a1b", "AKİS"), &[]);
        let same_key = TokenIdentity::new(&info(TokenKind::SmartCard, "77", "AKİS"), &nes[..1]);
        let other = TokenIdentity::new(&info(TokenKind::Pkcs11, "78", "NES1"), &[certificate("nes-rsa2048")]);
        assert!(share(&by_module, &same_serial) && share(&by_module, &same_key));
        assert!(!share(&by_module, &other) && !share(&same_serial, &same_key));
    }

    #[test]
    fn neither_an_issuer_nor_a_serial_number_of_zeros_makes_two_tokens_one() {
        let issuer = [certificate("root")];
        let one = TokenIdentity::new(&info(TokenKind::Pkcs11, "0000", "NES1"), &issuer);
        let other = TokenIdentity::new(&info(TokenKind::Pkcs11, "0000", "NES2"), &issuer);
        assert!(!share(&one, &other));
        assert!(!one.marks().is_empty());
    }
}
