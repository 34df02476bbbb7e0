//! What is known of a PIN or PUK without trying it.

use super::Attempt;
use crate::error::{Error, Result};
use crate::secret::{SecretKind, check_usual};
use crate::shown_text::is_hidden;

/// Which of a token's two secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PinKind {
    /// What opens the key.
    Pin,
    /// What unblocks the PIN; PKCS#11's security officer PIN.
    Puk,
}

/// How it stands with a PIN or PUK.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PinStatus {
    /// The token tells that nothing was tried wrongly, or it accepted the PIN in this process.
    Ok,
    /// Something was tried wrongly; more than one try is left.
    Low,
    /// One try is left, or two failures are remembered and the token tells no number.
    FinalTry,
    /// It can no longer be tried.
    Blocked,
    /// The token has none yet.
    NotSet,
    /// The token does not tell.
    #[default]
    Unknown,
}

impl PinStatus {
    /// The stable name: `ok`, `low`, `final-try`, `blocked`, `not-set`, `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            PinStatus::Ok => "ok",
            PinStatus::Low => "low",
            PinStatus::FinalTry => "final-try",
            PinStatus::Blocked => "blocked",
            PinStatus::NotSet => "not-set",
            PinStatus::Unknown => "unknown",
        }
    }
}

/// The status, and the number of tries left where the token gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinState {
    /// How it stands.
    pub status: PinStatus,
    /// Tries left, never guessed.
    pub tries_left: Option<u8>,
}

/// What characters a token's PIN can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PinCharacters {
    /// The token does not tell: text in UTF-8, which is what PKCS#11 can hold, without hidden characters: what comes
    /// along when a PIN is pasted would spend a try. Another PIN is sent only where the caller insists.
    #[default]
    Any,
    /// Digits only.
    Digits,
    /// Printable ASCII.
    Ascii,
}

/// The limits that a token reports. Many report nonsense: a most of 0, or a least above the most, means none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PinPolicy {
    /// The least octets.
    pub min: usize,
    /// The most octets.
    pub max: usize,
    /// The characters.
    pub characters: PinCharacters,
}

impl PinPolicy {
    /// Refuses what cannot be right before it reaches the token; `None` stands for a pin-pad. A PIN of any form passes
    /// where the caller insists. Of a PUK the caller's word lets pass only white space around it and an unusual length,
    /// because a lost PUK try costs more.
    pub(super) fn check(&self, kind: PinKind, octets: Option<&[u8]>, attempt: &Attempt) -> Result<()> {
        let Some(octets) = octets else { return Ok(()) };
        if kind == PinKind::Pin && attempt.allows_unusual_pin() {
            return Ok(());
        }
        check_usual(octets, kind.secret())?;
        let fits = std::str::from_utf8(octets).is_ok_and(|text| match self.characters {
            _ if has_pasted_space(text) && !attempt.allows_unusual_pin() => false,
            PinCharacters::Any => !text.contains(is_hidden),
            PinCharacters::Digits => octets.iter().all(u8::is_ascii_digit),
            PinCharacters::Ascii => octets.iter().all(|octet| (0x20..0x7f).contains(octet)),
        });
        if !fits {
            return Err(Error::SecretCharacters { secret: kind.secret() });
        }
        let has_limits = self.max != 0 && self.min <= self.max;
        if has_limits && !(self.min..=self.max).contains(&octets.len()) && !attempt.allows_unusual_pin() {
            return Err(Error::PinLengthUnusual { secret: kind.secret(), min: self.min, max: self.max });
        }
        Ok(())
    }
}

/// White space around the text, or of a kind that no keyboard has.
fn has_pasted_space(text: &str) -> bool {
    text.trim() != text || text.contains(|character: char| character != ' ' && character.is_whitespace())
}

impl PinKind {
    pub(super) fn secret(self) -> SecretKind {
        match self {
            PinKind::Pin => SecretKind::Pin,
            PinKind::Puk => SecretKind::Puk,
        }
    }
}

/// What the token itself tells of a PIN, by free means only.
///
/// A driver says [`PinStatus::Ok`] only where the token gives a number, or where its flags are known to be kept; a
/// token that merely shows no warning is [`PinStatus::Unknown`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PinReport {
    /// As the token tells.
    pub status: PinStatus,
    /// As the token tells.
    pub tries_left: Option<u8>,
    /// The limits for what may be entered.
    pub policy: PinPolicy,
}
