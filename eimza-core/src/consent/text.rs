//! The text that a person reads and signs: exactly these octets, and nothing hidden among them.

use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, Result};
use crate::shown_text::{is_emoji_style, is_hidden};

/// What signatures say of a text, as their mime-type.
pub(super) const MIME_TYPE: &str = "text/plain; charset=utf-8";

/// The most octets of one text.
const TEXT_LIMIT: usize = 1024 * 1024;

/// A consent text. Its octets are UTF-8 and are signed as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentText {
    title: String,
    body: String,
}

impl ConsentText {
    /// Takes a text for display and signing.
    ///
    /// # Errors
    /// Text that is empty, not UTF-8, over 1 MiB, or that holds characters which could hide what is signed: controls
    /// other than TAB, LF and CR before LF, bidirectional overrides and isolates, what is private or unassigned, and what
    /// has no width or no ink. The style of an emoji (U+FE0E, U+FE0F behind it) is no such character. A title is one
    /// line.
    pub fn new(title: impl Into<String>, octets: impl Into<Vec<u8>>) -> Result<Self> {
        let text = Self::showing_hidden_characters(title, octets)?;
        let hidden = text.hidden_characters().next();
        hidden.map_or(Ok(text), |found| Err(refused(found)))
    }

    /// As [`ConsentText::new`], for callers that show hidden characters to the person: see
    /// [`ConsentText::hidden_characters`]. In the title there may be none.
    pub fn showing_hidden_characters(title: impl Into<String>, octets: impl Into<Vec<u8>>) -> Result<Self> {
        let octets = octets.into();
        if octets.len() > TEXT_LIMIT {
            return Err(Error::ConsentTextTooLarge { limit: TEXT_LIMIT });
        }
        let body = String::from_utf8(octets)
            .map_err(|error| Error::TextNotUtf8 { offset: error.utf8_error().valid_up_to() })?;
        if body.trim().is_empty() {
            return Err(Error::ConsentTextEmpty);
        }
        let title = title.into();
        check_lines([title.as_str()])?;
        Ok(Self { title, body })
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The text as it is shown and signed.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// SHA-256 over the text's octets.
    pub fn sha256(&self) -> Digest {
        DigestAlgorithm::Sha256.digest(self.body.as_bytes())
    }

    /// Characters of the text that could hide what is signed, with their offsets in octets.
    pub fn hidden_characters(&self) -> impl Iterator<Item = (usize, char)> {
        hidden_characters(&self.body)
    }
}

/// Fails if one of the lines that are shown beside the texts holds a character that could hide what it says. A title, a
/// name or a declaration is one line: a line end or a tab in it could draw what looks like another line of the window.
pub(super) fn check_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Result<()> {
    let hidden = |line: &'a str| {
        suspects(line).find(|(_, _, context)| !matches!(context, Context::EmojiStyle)).map(|(at, found, _)| (at, found))
    };
    match lines.into_iter().find_map(hidden) {
        Some(found) => Err(refused(found)),
        None => Ok(()),
    }
}

fn refused((offset, character): (usize, char)) -> Error {
    Error::ConsentTextHiddenCharacter { offset, character: u32::from(character) }
}

/// Tabs and line ends hide nothing in a text of many lines. A carriage return alone does: a terminal then overwrites
/// the line.
fn hidden_characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    suspects(text).filter(|(_, _, context)| matches!(context, Context::None)).map(|(at, found, _)| (at, found))
}

/// The context in which a hidden character is harmless.
enum Context {
    None,
    LineOrTab,
    EmojiStyle,
}

/// The characters that are hidden by themselves, with their offsets in octets.
fn suspects(text: &str) -> impl Iterator<Item = (usize, char, Context)> {
    let mut before = None;
    text.char_indices().filter_map(move |(at, character)| {
        let previous = before.replace(character);
        is_hidden(character).then(|| (at, character, context(text, at, previous, character)))
    })
}

fn context(text: &str, at: usize, previous: Option<char>, character: char) -> Context {
    match character {
        '\t' | '\n' => Context::LineOrTab,
        '\r' if text.as_bytes().get(at + 1) == Some(&b'\n') => Context::LineOrTab,
        selector if is_emoji_style(previous, selector) => Context::EmojiStyle,
        _ => Context::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_turkish_text_passes_unchanged() {
        let text = ConsentText::new("E-Onay", "Şartları okudum.\r\n\tKabul ediyorum: ğüşiöç İIı\n").unwrap();
        assert_eq!(text.body().as_bytes(), "Şartları okudum.\r\n\tKabul ediyorum: ğüşiöç İIı\n".as_bytes());
    }

    #[test]
    fn what_could_hide_the_text_is_refused_or_flagged() {
        for hidden in [
            "\0",
            "\u{1b}",
            "\u{202e}",
            "\u{2066}",
            "\u{200b}",
            "\u{85}",
            "\u{feff}",
            "\r",
            "\u{ad}",
            "\u{2028}",
            "\u{2064}",
            "\u{3164}",
            "\u{e0100}",
            "\u{e000}",
            "\u{378}",
            "\u{fe0f}",
            "\u{fff5}",
        ] {
            let body = format!("Kabul {hidden}etmiyorum");
            let refused = ConsentText::new("t", body.as_bytes()).unwrap_err();
            assert_eq!(refused.name(), "consent-text-hidden-character", "{hidden:?}");
            let flagged = ConsentText::showing_hidden_characters("t", body.as_bytes()).unwrap();
            assert_eq!(flagged.hidden_characters().next().unwrap().0, 6);
        }
        for title in ["a\u{202e}b", "a\nb", "a\tb", "a\r\nb"] {
            assert!(ConsentText::new(title, "x").is_err(), "{title:?}");
        }
        assert!(ConsentText::showing_hidden_characters("a\u{202e}b", "x").is_err());
    }

    #[test]
    fn an_emoji_keeps_its_style() {
        let text = ConsentText::new("Onay ✔\u{fe0f}", "Kabul ediyorum ✔\u{fe0f}\n").unwrap();
        assert_eq!(text.hidden_characters().count(), 0);
        assert!(ConsentText::new("1\u{fe0f}", "x").is_err());
    }

    #[test]
    fn bad_texts_have_names() {
        let name = |octets: Vec<u8>| ConsentText::new("t", octets).unwrap_err().name();
        assert_eq!(name(b"  \n".to_vec()), "consent-text-empty");
        assert_eq!(name(vec![b'a', 0xff]), "text-not-utf8");
        assert_eq!(name(vec![b'a'; TEXT_LIMIT + 1]), "consent-text-too-large");
    }
}
