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

mod entry;
mod form;

use std::fmt;

use zeroize::Zeroizing;

pub use crate::error::SecretKind;
pub use entry::PinEntry;
pub(crate) use form::check_usual;

use crate::crypto::constant_time_equal;
use crate::error::{Error, Result};
use form::{checked, digits, groups};

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
    fn a_password_is_a_text_of_bounded_length() {
        assert_eq!(Password::new("").unwrap().expose(), b"");
        assert_eq!(Password::new("parola ş").unwrap().expose(), "parola ş".as_bytes());
        assert!(Password::new(vec![b'a'; 1024]).is_ok());
        assert_eq!(Password::new(vec![b'a'; 1025]).unwrap_err().name(), "secret-too-long");
        assert_eq!(Password::new(b"\xff").unwrap_err().name(), "secret-characters");
    }

    #[test]
    fn what_was_entered_is_given_to_the_driver_as_it_was() {
        assert_eq!(Pin::new("1234").unwrap().expose(), b"1234");
        assert_eq!(Puk::new("12345678").unwrap().expose(), b"12345678");
        assert_eq!(ConfirmationCode::parse("12 34").unwrap().expose(), b"1234");
        let (code, other) = (VerificationCode::parse("123456789012345"), VerificationCode::parse("123456789012346"));
        assert!(!code.unwrap().equals(&other.unwrap()));
    }
}
