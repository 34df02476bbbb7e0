//! Text of somebody else as it may be shown: it may come from a file, a card or a service.
//!
//! ```
//! use eimza_core::shown_text::shown;
//!
//! assert_eq!(shown("/home/10000000146/\u{202e}a.txt"), "/home/100******46/\u{FFFD}a.txt");
//! ```

mod hidden;
mod mask;

pub use hidden::printable;
pub(crate) use hidden::{is_emoji_style, is_hidden};
pub(crate) use mask::NATIONAL_ID_DIGITS;
pub use mask::mask_national_ids;

/// Somebody else's text as it may be shown: national ids masked (`100******46`), and what a terminal or a window would obey
/// or hide instead of showing replaced ([`printable`]).
pub fn shown(text: &str) -> String {
    printable(&mask_national_ids(text))
}

/// The most characters of a text that are shown where there may be many.
const TEXT_LIMIT: usize = 256;

/// The part of a text that is shown. It is masked first and cut afterwards, and never inside of a number: half a
/// national id would not be recognised.
pub(crate) fn cut(text: String) -> String {
    let Some((cut, _)) = text.char_indices().nth(TEXT_LIMIT) else { return text };
    let (kept, rest) = text.split_at(cut);
    let is_of_number = |character: char| character.is_ascii_digit() || character == '*';
    let kept = if rest.starts_with(is_of_number) { kept.trim_end_matches(is_of_number) } else { kept };
    kept.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_ids_are_masked_wherever_they_stand() {
        assert_eq!(shown("10000000146"), "100******46");
        assert_eq!(shown("/home/10000000146SIGN0.p12"), "/home/100******46SIGN0.p12");
        assert_eq!(shown("PNOTR-10000000146, 00000000001."), "PNOTR-100******46, 000******01.");
    }

    #[test]
    fn other_numbers_stay() {
        for text in ["1234567890", "123456789012", "123456789012345", "2026-06-15T12:00:30Z"] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        assert_eq!(shown("a\u{1b}[31mb\nc\u{202e}d"), "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d");
        assert_eq!(shown("ÇĞİÖŞÜ çğıöşü “…”"), "ÇĞİÖŞÜ çğıöşü “…”");
    }
}
