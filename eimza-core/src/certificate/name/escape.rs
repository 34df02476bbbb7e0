//! Escaping the values of a name (RFC 4514 section 2.4).

use std::fmt::Write;

use crate::shown_text::is_hidden;

/// Writes a value as section 2.4 says, and besides escapes what could make a name look like another one.
pub(super) fn escape(value: &str, text: &mut String) {
    let last = value.chars().count().saturating_sub(1);
    for (index, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => text.extend(['\\', character]),
            '#' if index == 0 => text.push_str("\\#"),
            ' ' if index == 0 || index == last => text.push_str("\\ "),
            hidden if is_hidden(hidden) => {
                for octet in hidden.encode_utf8(&mut [0; 4]).bytes() {
                    text.push('\\');
                    push_hex(octet, text);
                }
            }
            plain => text.push(plain),
        }
    }
}

/// One octet as two digits.
pub(super) fn push_hex(octet: u8, text: &mut String) {
    // Writing into a String cannot fail.
    let _ = write!(text, "{octet:02X}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_special_or_hidden_is_escaped() {
        for (value, printed) in [
            ("a,b+c\"d\\e<f>g;h", r#"a\,b\+c\"d\\e\<f\>g\;h"#),
            ("#a#", r"\#a#"),
            (" a b ", r"\ a b\ "),
            (" ", r"\ "),
            ("a\0b\nc\u{7f}", r"a\00b\0Ac\7F"),
            ("a\u{202e}b", r"a\E2\80\AEb"),
            ("", ""),
        ] {
            let mut text = String::new();
            escape(value, &mut text);
            assert_eq!(text, printed, "{value:?}");
        }
    }
}
