//! Keeping national ids out of everything that is printed.

/// The digits of a national id.
pub(crate) const NATIONAL_ID_DIGITS: usize = 11;

/// Masks every national id in a text: each run of exactly 11 digits becomes `111******11`.
///
/// For whatever is printed and did not come from us: names, labels of keys, paths, messages of other libraries.
/// Digits of an escape (`%20`, `\00`) before a number are not counted to it.
pub fn mask_national_ids(text: &str) -> String {
    let mut octets = text.as_bytes().to_vec();
    mask_octets(&mut octets);
    // Only digits gave way to asterisks, so that the text stays UTF-8.
    String::from_utf8_lossy(&octets).into_owned()
}

/// [`mask_national_ids`] over octets, in place.
fn mask_octets(octets: &mut [u8]) {
    let mut before = (0, 0);
    for run in octets.chunk_by_mut(|left, right| left.is_ascii_digit() == right.is_ascii_digit()) {
        let of_escape = match (before, run.len()) {
            ((_, b'%' | b'\\'), 13) => 2,
            ((b'%' | b'\\', letter), 12) if letter.is_ascii_hexdigit() => 1,
            _ => 0,
        };
        let number = run.get_mut(of_escape..).unwrap_or_default();
        if number.len() == NATIONAL_ID_DIGITS
            && number.iter().all(u8::is_ascii_digit)
            && let Some(hidden) = number.get_mut(3..9)
        {
            hidden.fill(b'*');
        }
        before = match run {
            [.., second_last, last] => (*second_last, *last),
            [last] => (before.1, *last),
            [] => before,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_of_eleven_digits_is_masked_and_no_other() {
        for (text, masked) in [
            ("10000000146", "100******46"),
            ("00000000001SIGN0", "000******01SIGN0"),
            ("/home/10000000146/a-10000000146.p7s", "/home/100******46/a-100******46.p7s"),
            (r"C:\10000000146\x", r"C:\100******46\x"),
            ("object=NES%2010000000146", "object=NES%20100******46"),
            ("object=%A010000000146", "object=%A0100******46"),
            ("ş10000000146ğ", "ş100******46ğ"),
            ("100000001460 1000000014", "100000001460 1000000014"),
            ("1234567890123", "1234567890123"),
            ("abcdefghijk", "abcdefghijk"),
            ("", ""),
        ] {
            assert_eq!(mask_national_ids(text), masked);
        }
    }

    #[test]
    fn masking_a_long_text_takes_linear_time() {
        let text = "1".repeat(10_000_000);
        assert_eq!(mask_national_ids(&text), text);
    }
}
