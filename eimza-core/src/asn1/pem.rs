//! PEM (RFC 7468) and bare base64, for certificates and CMS.

use der::pem;

use crate::error::{Error, Result};

/// The decoded blocks with this label, in their order; other blocks are stepped over.
///
/// # Errors
/// [`Error::EncodingUnreadable`] where no such block is there, or one cannot be decoded.
pub(crate) fn blocks(text: &[u8], label: &'static str) -> Result<Vec<Vec<u8>>> {
    let unreadable = || Error::EncodingUnreadable { what: label };
    let mut found = Vec::new();
    let mut rest = text;
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    while let Some(start) = position(rest, begin.as_bytes()) {
        let block = rest.get(start..).unwrap_or_default();
        let length = position(block, end.as_bytes()).ok_or_else(unreadable)? + end.len();
        let (block, behind) = block.split_at_checked(length).ok_or_else(unreadable)?;
        let body = block.get(begin.len()..block.len() - end.len()).unwrap_or_default();
        found.push(base64(body).ok_or_else(unreadable)?);
        rest = behind;
    }
    if found.is_empty() { Err(unreadable()) } else { Ok(found) }
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
    // Fails only for labels that cannot be one, and ours can.
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
            assert_eq!(blocks(text.as_bytes(), "X").unwrap(), [octets], "{width}");
        }
    }

    #[test]
    fn blocks_are_found_among_others() {
        let text = b"note\n-----BEGIN X-----\nAQI=\n-----END X-----\n-----BEGIN Y-----\nAA==\n-----END Y-----\n-----BEGIN X-----\nAw==\n-----END X-----\n";
        assert_eq!(blocks(text, "X").unwrap(), [vec![1, 2], vec![3]]);
        assert_eq!(blocks(encode("X", &[7; 100]).as_bytes(), "X").unwrap(), [vec![7; 100]]);
        assert_eq!(blocks(text, "Z").unwrap_err().name(), "encoding-unreadable");
    }
}
