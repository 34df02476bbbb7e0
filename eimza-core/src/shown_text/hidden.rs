//! Characters that could hide something, or make one text look like another: one rule for all who show text.
//!
//! The rule is Unicode's own, in the version of the crate `unicode-properties`: what has no shape of its own by its
//! general category, and what has the property Default_Ignorable_Code_Point. Every character with the property
//! Bidi_Control is of category Format.

use unicode_properties::{EmojiStatus, GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};

/// Whether a character can be in a text without being seen as what it is: controls, format characters (bidirectional
/// marks among them), private use, unassigned, line separators, ignorable ones, and letters without ink.
pub(crate) fn is_hidden(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    match character.general_category() {
        GeneralCategory::Control
        | GeneralCategory::Format
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator
        | GeneralCategory::PrivateUse
        | GeneralCategory::Surrogate
        | GeneralCategory::Unassigned => true,
        _ => is_otherwise_ignorable(character) || character == BRAILLE_BLANK,
    }
}

/// Whether `selector` only chooses between the plain and the coloured form of the emoji before it: such a sequence is in
/// texts that people write, and it reads the same in both forms.
pub(crate) fn is_emoji_style(before: Option<char>, selector: char) -> bool {
    let is_emoji = |character: char| !character.is_ascii() && is_emoji(character.emoji_status());
    matches!(selector, '\u{fe0e}' | '\u{fe0f}') && before.is_some_and(is_emoji)
}

/// Somebody else's text on one line of a terminal or a window: what is hidden is shown as U+FFFD.
pub fn printable(text: &str) -> String {
    text.chars().map(|character| if is_hidden(character) { char::REPLACEMENT_CHARACTER } else { character }).collect()
}

/// A symbol that is drawn as an empty cell.
const BRAILLE_BLANK: char = '\u{2800}';

/// Default_Ignorable_Code_Point beyond the categories of [`is_hidden`]: marks and letters. DerivedCoreProperties.txt
/// of Unicode 18.
fn is_otherwise_ignorable(character: char) -> bool {
    matches!(
        character,
        '\u{034f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn is_emoji(status: EmojiStatus) -> bool {
    !matches!(status, EmojiStatus::NonEmoji | EmojiStatus::NonEmojiButEmojiComponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_categories_are_of_the_version_that_the_ranges_are_of() {
        assert_eq!(unicode_properties::UNICODE_VERSION.0, 18);
    }

    /// Perl has the properties of its own Unicode version; what was once assigned keeps these.
    #[test]
    fn what_perl_calls_ignorable_or_bidirectional_is_hidden() {
        let script = r"binmode STDOUT, ':raw'; for my $c (0 .. 0x10ffff) { next if $c >= 0xd800 && $c <= 0xdfff;
            my $s = chr $c; printf qq(%x\n), $c if $s =~ /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cf}\p{Co}]/ }";
        let Some(perl) = eimza_testkit::component("perl") else { return };
        let perl = std::process::Command::new(perl).args(["-e", script]).output().unwrap();
        let listed = String::from_utf8(perl.stdout).unwrap();
        let mut count = 0;
        for character in listed.lines().filter_map(|line| char::from_u32(u32::from_str_radix(line, 16).unwrap())) {
            assert!(is_hidden(character), "{character:?}");
            count += 1;
        }
        assert!(count > 130_000, "{count}");
    }

    #[test]
    fn what_a_turkish_text_is_written_with_is_shown() {
        let text = "ÇĞİÖŞÜçğıöşü âîû ₺ § “ ” ‘ ’ – — … • ° ² № € £ \u{a0}%&/()=?*-_#@ 👍 ✔ é ß";
        assert!(!text.contains(is_hidden), "{:?}", text.chars().find(|character| is_hidden(*character)));
    }

    #[test]
    fn a_selector_is_a_style_behind_an_emoji_only() {
        assert!(is_emoji_style(Some('✔'), '\u{fe0f}') && is_emoji_style(Some('👍'), '\u{fe0e}'));
        for (before, selector) in
            [(None, '\u{fe0f}'), (Some('1'), '\u{fe0f}'), (Some('ş'), '\u{fe0f}'), (Some('✔'), '\u{fe01}')]
        {
            assert!(!is_emoji_style(before, selector), "{before:?} {selector:?}");
        }
    }
}
