//! What may be entered: how long it may be, and what is too much like a verification code.

use std::ops::RangeInclusive;

use zeroize::Zeroizing;

use super::{SECRET_LIMIT, VERIFICATION_CODE_DIGITS};
use crate::error::{Error, Result, SecretKind};
use crate::shown_text::is_hidden;

pub(super) fn checked(entered: Zeroizing<Vec<u8>>, secret: SecretKind, limit: usize) -> Result<Zeroizing<Vec<u8>>> {
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
pub(super) fn groups(entered: &[u8]) -> impl Iterator<Item = &str> {
    let text = std::str::from_utf8(entered).unwrap_or_default();
    text.split(|character: char| !character.is_alphanumeric() || is_hidden(character))
}

/// The digits of these groups, if there are as many of them and nothing else.
pub(super) fn digits<'a>(
    groups: impl Iterator<Item = &'a str>,
    count: RangeInclusive<usize>,
) -> Option<Zeroizing<Vec<u8>>> {
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
