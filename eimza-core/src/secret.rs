//! Secrets: four types that do not convert into each other.
//!
//! A verification code typed as a PUK can kill a card for good, so [`Pin`], [`Puk`], [`VerificationCode`] and
//! [`ConfirmationCode`] do not convert into each other. None can be cloned, printed or serialised; all are wiped when
//! they are dropped.
//!
//! ```compile_fail,E0277
//! # use eimza_core::{Puk, VerificationCode};
//! fn into_a_puk(code: VerificationCode) -> Puk {
//!     code.into()
//! }
//! ```
//! ```compile_fail,E0277
//! # use eimza_core::{Pin, token::{Attempt, Token}};
//! fn a_pin_is_no_puk(token: &Token, pin: Pin, new: Pin) {
//!     token.unblock_pin(pin, new, Attempt::new()).ok();
//! }
//! ```

use std::fmt;
use std::ops::RangeInclusive;

use zeroize::{Zeroize, Zeroizing};

use crate::crypto::constant_time_equal;
pub use crate::error::SecretKind;
use crate::error::{Error, Result};
use crate::shown_text::is_hidden;

/// The most octets that a token's PIN or PUK usually has.
pub const SECRET_LIMIT: usize = 64;

/// The most octets of a PIN that somebody insists on ([`Pin::new_unusual`]).
pub const UNUSUAL_PIN_LIMIT: usize = 1024;

const VERIFICATION_CODE_DIGITS: usize = 15;

/// The PIN of a token. Moved in, used for what was asked, wiped.
pub struct Pin(Zeroizing<Vec<u8>>);

/// The PUK of a token. Wrong ones can make a card useless for good.
pub struct Puk(Zeroizing<Vec<u8>>);

/// The portal's 15-digit code: it authorises a flow and is never a PIN or a PUK.
///
/// The service knows until when it may be redeemed: [`Issued::expires_at`](crate::consent::Issued::expires_at), and the
/// session's countdown.
pub struct VerificationCode(Zeroizing<Vec<u8>>);

/// The code that came by SMS at the end of an unblocking.
pub struct ConfirmationCode(Zeroizing<Vec<u8>>);

/// The password of a PKCS#12 file.
pub struct Password(Zeroizing<Vec<u8>>);

impl Pin {
    /// Takes the octets that were entered.
    ///
    /// Refuses an empty entry, more than [`SECRET_LIMIT`] octets, and exactly 15 digits, in groups and among words or
    /// not (a probable verification code).
    pub fn new(entered: impl Into<Vec<u8>>) -> Result<Self> {
        let entered = checked(Zeroizing::new(entered.into()), SecretKind::Pin, UNUSUAL_PIN_LIMIT)?;
        check_usual(&entered, SecretKind::Pin)?;
        Ok(Self(entered))
    }

    /// A PIN of any form, also of 15 digits and of up to [`UNUSUAL_PIN_LIMIT`] octets. It reaches a token only where the attempt permits
    /// it: [`Attempt::allow_unusual_pin`](crate::token::Attempt::allow_unusual_pin).
    pub fn new_unusual(entered: impl Into<Vec<u8>>) -> Result<Self> {
        checked(Zeroizing::new(entered.into()), SecretKind::Pin, UNUSUAL_PIN_LIMIT).map(Self)
    }

    /// The octets, for the token's driver only.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl Puk {
    /// Takes the octets that were entered; refuses what [`Pin::new`] refuses, and there is no way around it: 15 digits are
    /// taken for a verification code, which could kill the card.
    pub fn new(entered: impl Into<Vec<u8>>) -> Result<Self> {
        let entered = checked(Zeroizing::new(entered.into()), SecretKind::Puk, SECRET_LIMIT)?;
        check_usual(&entered, SecretKind::Puk)?;
        Ok(Self(entered))
    }

    /// The octets, for the token's driver only.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl VerificationCode {
    /// Reads exactly 15 digits. Portals print the code in groups and pages add more: whatever is neither a letter nor a
    /// number is tolerated anywhere, and so are hidden characters and full-width digits.
    pub fn parse(entered: impl Into<Vec<u8>>) -> Result<Self> {
        let entered = Zeroizing::new(entered.into());
        digits(groups(&entered), VERIFICATION_CODE_DIGITS..=VERIFICATION_CODE_DIGITS)
            .map(Self)
            .ok_or(Error::VerificationCodeMalformed)
    }

    /// The 15 digits, for the service only.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Compares in constant time.
    pub fn equals(&self, other: &Self) -> bool {
        constant_time_equal(&self.0, &other.0)
    }
}

impl ConfirmationCode {
    /// Reads 4 to 10 digits; what [`VerificationCode::parse`] tolerates between them is tolerated.
    pub fn parse(entered: impl Into<Vec<u8>>) -> Result<Self> {
        let entered = Zeroizing::new(entered.into());
        digits(groups(&entered), 4..=10).map(Self).ok_or(Error::ConfirmationCodeMalformed)
    }

    /// The digits, for the service only.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Compares in constant time.
    pub fn equals(&self, other: &Self) -> bool {
        constant_time_equal(&self.0, &other.0)
    }
}

impl Password {
    /// Takes UTF-8 text of at most 1,024 octets; an empty password is one.
    pub fn new(entered: impl Into<Vec<u8>>) -> Result<Self> {
        const LIMIT: usize = 1024;
        let entered = Zeroizing::new(entered.into());
        if entered.len() > LIMIT {
            return Err(Error::SecretTooLong { secret: SecretKind::Password, limit: LIMIT });
        }
        if std::str::from_utf8(&entered).is_err() {
            return Err(Error::SecretCharacters { secret: SecretKind::Password });
        }
        Ok(Self(entered))
    }

    /// The octets, for the reader of the file only.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

/// Fills a [`Pin`] key by key, for keypads on a screen.
///
/// The digits lie in one buffer of fixed size that is wiped; nothing is copied while it grows.
pub struct PinEntry {
    octets: [u8; SECRET_LIMIT],
    length: usize,
}

impl PinEntry {
    /// An empty entry.
    pub fn new() -> Self {
        Self { octets: [0; SECRET_LIMIT], length: 0 }
    }

    /// Adds one octet; refuses the 65th.
    pub fn push(&mut self, octet: u8) -> Result<()> {
        let Some(place) = self.octets.get_mut(self.length) else {
            return Err(Error::SecretTooLong { secret: SecretKind::Pin, limit: SECRET_LIMIT });
        };
        *place = octet;
        self.length += 1;
        Ok(())
    }

    /// Takes the last octet back; nothing happens to an empty entry.
    pub fn backspace(&mut self) {
        self.length = self.length.saturating_sub(1);
        if let Some(place) = self.octets.get_mut(self.length) {
            place.zeroize();
        }
    }

    /// Forgets everything that was entered.
    pub fn clear(&mut self) {
        self.octets.zeroize();
        self.length = 0;
    }

    /// How many octets were entered, for the dots on the screen.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Makes the PIN by the rules of [`Pin::new`] and empties the entry.
    pub fn finish(&mut self) -> Result<Pin> {
        self.make(Pin::new)
    }

    /// Makes the PIN by the rules of [`Pin::new_unusual`] and empties the entry.
    pub fn finish_unusual(&mut self) -> Result<Pin> {
        self.make(Pin::new_unusual)
    }

    fn make(&mut self, make: impl FnOnce(Vec<u8>) -> Result<Pin>) -> Result<Pin> {
        let pin = make(self.octets.get(..self.length).unwrap_or_default().to_vec());
        self.clear();
        pin
    }
}

impl Default for PinEntry {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for PinEntry {
    fn drop(&mut self) {
        self.octets.zeroize();
    }
}

macro_rules! redacted_debug {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

redacted_debug!(Pin, Puk, VerificationCode, ConfirmationCode, Password, PinEntry);

fn checked(entered: Zeroizing<Vec<u8>>, secret: SecretKind, limit: usize) -> Result<Zeroizing<Vec<u8>>> {
    match entered.len() {
        0 => Err(Error::SecretEmpty { secret }),
        length if length > limit => Err(Error::SecretTooLong { secret, limit }),
        _ => Ok(entered),
    }
}

/// Refuses what no usual PIN or PUK is: one that is too long, or that looks like a verification code.
pub(crate) fn check_usual(entered: &[u8], secret: SecretKind) -> Result<()> {
    if entered.len() > SECRET_LIMIT {
        return Err(Error::SecretTooLong { secret, limit: SECRET_LIMIT });
    }
    // A PIN with letters among its digits is no code. Words beside the digits do not matter.
    let has_digits = |word: &&str| !word.chars().all(char::is_alphabetic);
    let words = groups(entered).filter(has_digits);
    match digits(words, VERIFICATION_CODE_DIGITS..=VERIFICATION_CODE_DIGITS) {
        Some(_) => Err(Error::SecretLooksLikeVerificationCode { secret }),
        None => Ok(()),
    }
}

/// The groups between characters that are neither letters nor numbers, or that are hidden; none where it is no text.
fn groups(entered: &[u8]) -> impl Iterator<Item = &str> {
    let text = std::str::from_utf8(entered).unwrap_or_default();
    text.split(|character: char| !character.is_alphanumeric() || is_hidden(character))
}

/// The digits of these groups, if there are as many of them and nothing else.
fn digits<'a>(groups: impl Iterator<Item = &'a str>, count: RangeInclusive<usize>) -> Option<Zeroizing<Vec<u8>>> {
    let mut digits = Zeroizing::new(Vec::with_capacity(*count.end()));
    for character in groups.flat_map(str::chars) {
        let digit = digit(character)?;
        if digits.len() == *count.end() {
            return None;
        }
        digits.push(digit);
    }
    count.contains(&digits.len()).then_some(digits)
}

/// The ASCII digit, also of a full-width one.
fn digit(character: char) -> Option<u8> {
    const FULL_WIDTH: u32 = '\u{ff10}' as u32 - '0' as u32;
    let ascii = match character {
        '\u{ff10}'..='\u{ff19}' => u32::from(character) - FULL_WIDTH,
        other => u32::from(other),
    };
    u8::try_from(ascii).ok().filter(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Pin::new("123456").unwrap()), "Pin(…)");
        assert_eq!(format!("{:?}", VerificationCode::parse("123456789012345").unwrap()), "VerificationCode(…)");
    }

    #[test]
    fn a_verification_code_is_no_pin_and_no_puk() {
        assert_eq!(Pin::new("123456789012345").unwrap_err().name(), "secret-looks-like-verification-code");
        assert_eq!(Puk::new("123456789012345").unwrap_err().name(), "secret-looks-like-verification-code");
        for pasted in [
            "12345 67890 12345",
            " 123456789012345\n",
            "12345\u{a0}67890\u{202f}12345",
            "12345-67890-12345",
            "12345.67890.12345",
            "12345\u{2013}67890\u{2212}12345",
            "12345\u{200b}67890\u{2060}12345",
            "\u{feff}\u{202a}123456789012345\u{202c}",
            "12345/67890_12345",
            "12345, 67890 • 12345",
            "１２３４５６７８９０１２３４５",
        ] {
            assert_eq!(VerificationCode::parse(pasted).unwrap().expose(), b"123456789012345", "{pasted:?}");
            assert_eq!(Pin::new(pasted).unwrap_err().name(), "secret-looks-like-verification-code", "{pasted:?}");
            assert_eq!(Puk::new(pasted).unwrap_err().name(), "secret-looks-like-verification-code", "{pasted:?}");
        }
        for among_words in ["Kod: 123456789012345", "Kodunuz 12345 67890 12345, geçerlidir"] {
            assert_eq!(Pin::new(among_words).unwrap_err().name(), "secret-looks-like-verification-code");
            assert!(VerificationCode::parse(among_words).is_err());
        }
        for with_letters in ["a123456789012345", "1a23456789012345", "Kod 12345"] {
            assert!(Pin::new(with_letters).is_ok(), "{with_letters}");
        }
        assert!(Pin::new_unusual("123456789012345").is_ok());
        assert!(Pin::new("1234567890123456").is_ok());
    }

    #[test]
    fn lengths_are_checked() {
        assert_eq!(Pin::new("").unwrap_err().name(), "secret-empty");
        assert!(Pin::new(vec![b'1'; 64]).is_ok());
        assert_eq!(Pin::new(vec![b'1'; 65]).unwrap_err().name(), "secret-too-long");
        assert_eq!(Puk::new(vec![b'1'; 65]).unwrap_err().name(), "secret-too-long");
        assert!(Pin::new_unusual(vec![b'1'; 1024]).is_ok());
        assert_eq!(Pin::new_unusual(vec![b'1'; 1025]).unwrap_err().name(), "secret-too-long");
        assert_eq!(Pin::new_unusual("").unwrap_err().name(), "secret-empty");
    }

    #[test]
    fn a_verification_code_may_be_grouped() {
        let code = VerificationCode::parse(" 12345 67890\u{a0}12345\n").unwrap();
        assert_eq!(code.expose(), b"123456789012345");
        assert!(code.equals(&VerificationCode::parse("123456789012345").unwrap()));
        for wrong in ["", "12345678901234", "1234567890123456", "12345678901234x", "12345678901234٥"] {
            assert!(VerificationCode::parse(wrong).is_err(), "{wrong}");
        }
        assert!(VerificationCode::parse(b"12345678901234\xff5").is_err());
    }

    #[test]
    fn a_confirmation_code_is_compared() {
        let code = ConfirmationCode::parse("1234 56").unwrap();
        assert!(code.equals(&ConfirmationCode::parse("123456").unwrap()));
        assert!(!code.equals(&ConfirmationCode::parse("123457").unwrap()));
        assert!(!code.equals(&ConfirmationCode::parse("12345").unwrap()));
        assert!(ConfirmationCode::parse("123").is_err() && ConfirmationCode::parse("12345678901").is_err());
    }

    #[test]
    fn a_keypad_fills_a_pin() {
        let mut entry = PinEntry::new();
        for octet in b"1239" {
            entry.push(*octet).unwrap();
        }
        entry.backspace();
        entry.push(b'4').unwrap();
        assert_eq!(entry.len(), 4);
        assert_eq!(entry.finish().unwrap().expose(), b"1234");
        assert!(entry.is_empty());
        assert!(entry.finish().is_err());
        let mut filled = || b"123456789012345".iter().for_each(|octet| entry.push(*octet).unwrap());
        filled();
        assert_eq!(entry.finish().unwrap_err().name(), "secret-looks-like-verification-code");
        assert!(entry.is_empty());
    }
}
