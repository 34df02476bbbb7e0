//! PEM (RFC 7468) and bare base64, for certificates and CMS.

use der::pem;

use super::tag;
use crate::error::{Error, Result};

const BEGIN: &[u8] = b"-----BEGIN ";

/// Whether a file is ASN.1 as it stands, by its first octets.
///
/// Text in front of a PEM block may begin with the digit 0, which is the octet of a SEQUENCE. The next octet tells them
/// apart: a length of 128 or more begins with an octet that is not ASCII.
pub(crate) fn is_asn1(file: &[u8]) -> bool {
    match file {
        [tag::SEQUENCE, 0x80..=0x84, ..] => true,
        [tag::SEQUENCE, ..] => position(file, BEGIN).is_none(),
        _ => false,
    }
}

/// What a file holds: one thing in DER, or the PEM blocks with this label in their order.
pub(crate) fn documents(file: &[u8], label: &'static str) -> Vec<Result<Vec<u8>>> {
    if is_asn1(file) { vec![Ok(file.to_vec())] } else { blocks(file, label) }
}

/// The decoded blocks with this label, in their order; other blocks are stepped over.
///
/// [`Error::EncodingUnreadable`] stands for a block that cannot be decoded, and alone where no such block is there.
pub(crate) fn blocks(text: &[u8], label: &'static str) -> Vec<Result<Vec<u8>>> {
    let unreadable = || Error::EncodingUnreadable { what: label };
    let mut found = Vec::new();
    let mut rest = text;
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    while let Some(start) = position(rest, begin.as_bytes()) {
        let body = rest.get(start + begin.len()..).unwrap_or_default();
        // A block that is cut short must not swallow the next one.
        let (body, behind) = body.split_at(position(body, BEGIN).unwrap_or(body.len()));
        let octets = position(body, end.as_bytes()).and_then(|length| base64(body.get(..length)?));
        found.push(octets.ok_or_else(unreadable));
        rest = behind;
    }
    if found.is_empty() { vec![Err(unreadable())] } else { found }
}

/// How many blocks with this label begin.
pub(crate) fn count(text: &[u8], label: &str) -> usize {
    let begin = format!("-----BEGIN {label}-----");
    text.windows(begin.len()).filter(|window| *window == begin.as_bytes()).count()
}

/// Base64 with line ends and blanks anywhere. The PEM reader does the decoding: it wants lines of equal width.
pub(crate) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
    if digits.is_empty() {
        return None;
    }
    let mut block = b"-----BEGIN X-----\n".to_vec();
    for line in digits.chunks(64) {
        block.extend_from_slice(line);
        block.push(b'\n');
    }
    block.extend_from_slice(b"-----END X-----\n");
    pem::decode_vec(&block).ok().map(|(_, octets)| octets)
}

/// One block with this label, lines of 64 characters.
pub(crate) fn encode(label: &'static str, octets: &[u8]) -> String {
    // Encoding fails only for labels that PEM forbids. Ours are allowed.
    pem::encode_string(label, pem::LineEnding::LF, octets).unwrap_or_default()
}

fn position(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_may_have_any_width() {
        let octets = [7; 100];
        let encoded = encode("X", &octets);
        let digits: String = encoded.lines().filter(|line| !line.starts_with('-')).collect();
        for (width, end) in [(60, "\n"), (64, " \n"), (76, "\r\n"), (1000, "\n")] {
            let lines: Vec<&str> =
                digits.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect();
            let text = format!("-----BEGIN X-----{end}{}{end}-----END X-----{end}", lines.join(end));
            assert_eq!(decoded(text.as_bytes(), "X"), [octets], "{width}");
        }
    }

    #[test]
    fn blocks_are_found_among_others() {
        let text = b"note\n-----BEGIN X-----\nAQI=\n-----END X-----\n-----BEGIN Y-----\nAA==\n-----END Y-----\n-----BEGIN X-----\nAw==\n-----END X-----\n";
        assert_eq!(decoded(text, "X"), [vec![1, 2], vec![3]]);
        assert_eq!(decoded(encode("X", &[7; 100]).as_bytes(), "X"), [vec![7; 100]]);
        let [Err(none)] = &blocks(text, "Z")[..] else { panic!("no such block") };
        assert_eq!(none.name(), "encoding-unreadable");
    }

    #[test]
    fn a_damaged_block_hides_no_other() {
        let good = "-----BEGIN X-----\nAQI=\n-----END X-----\n";
        for bad in ["-----BEGIN X-----\nA!I=\n-----END X-----\n", "-----BEGIN X-----\nAQI=\n", "-----BEGIN X-----"] {
            let read = |text: &str| blocks(text.as_bytes(), "X").into_iter().map(Result::ok).collect::<Vec<_>>();
            assert_eq!(read(&format!("{good}{bad}{good}")), [Some(vec![1, 2]), None, Some(vec![1, 2])], "{bad}");
            assert_eq!(read(&format!("{good}{bad}")), [Some(vec![1, 2]), None], "{bad}");
        }
    }

    #[test]
    fn a_text_may_begin_with_a_zero() {
        for octets in
            [&[0x30, 0x80, 0, 0][..], &[0x30, 0x82, 1, 0], &[0x30, 0x03, 2, 1, 5], b"\x30\x82-----BEGIN X-----"]
        {
            assert!(is_asn1(octets), "{octets:02x?}");
        }
        for text in [
            &b""[..],
            b"hello",
            b"0 s:CN=X\n-----BEGIN X-----",
            "0ş\n-----BEGIN X-----".as_bytes(),
            b"-----BEGIN X-----",
        ] {
            assert!(!is_asn1(text), "{text:02x?}");
        }
    }

    fn decoded(text: &[u8], label: &'static str) -> Vec<Vec<u8>> {
        blocks(text, label).into_iter().collect::<Result<_>>().unwrap()
    }
}
