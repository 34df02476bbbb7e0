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
        let (_, octets) = pem::decode_vec(block).map_err(|_| unreadable())?;
        found.push(octets);
        rest = behind;
    }
    if found.is_empty() { Err(unreadable()) } else { Ok(found) }
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
    fn blocks_are_found_among_others() {
        let text = b"note\n-----BEGIN X-----\nAQI=\n-----END X-----\n-----BEGIN Y-----\nAA==\n-----END Y-----\n-----BEGIN X-----\nAw==\n-----END X-----\n";
        assert_eq!(blocks(text, "X").unwrap(), [vec![1, 2], vec![3]]);
        assert_eq!(blocks(encode("X", &[7; 100]).as_bytes(), "X").unwrap(), [vec![7; 100]]);
        assert_eq!(blocks(text, "Z").unwrap_err().name(), "encoding-unreadable");
    }
}
