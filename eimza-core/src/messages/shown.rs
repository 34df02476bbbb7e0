//! The last hand over a sentence before a person sees it: facts come from files, cards and services.

use crate::certificate::mask_national_ids;

/// Masks national ids (`100******46`) and replaces what a terminal or a window would obey instead of showing: control
/// characters and bidirectional marks.
pub(super) fn shown(sentence: &str) -> String {
    let visible = |character| if is_obeyed(character) { '\u{FFFD}' } else { character };
    mask_national_ids(sentence).chars().map(visible).collect()
}

fn is_obeyed(character: char) -> bool {
    let is_bidirectional =
        matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    character.is_control() || is_bidirectional || matches!(character, '\u{2028}' | '\u{2029}')
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
