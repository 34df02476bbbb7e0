//! The forms in which a CMS file comes: DER or BER, PEM, bare base64.

use std::borrow::Cow;

use der::pem;

use crate::asn1::{pem as blocks, tag};
use crate::error::{Error, Result};

/// The octets of a CMS file: as they are where they begin like ASN.1, else decoded from PEM (`CMS`, `PKCS7`) or base64.
pub fn decode(file: &[u8]) -> Result<Cow<'_, [u8]>> {
    if file.first() == Some(&tag::SEQUENCE) {
        return Ok(Cow::Borrowed(file));
    }
    for label in ["CMS", "PKCS7"] {
        let mut found = match blocks::blocks(file, label) {
            Ok(found) => found,
            Err(_) => continue,
        };
        if found.len() > 1 {
            return Err(Error::SignatureMalformed { what: "several PEM blocks" });
        }
        return found.pop().map(Cow::Owned).ok_or(Error::EncodingUnreadable { what: label });
    }
    base64(file).map(Cow::Owned).ok_or(Error::EncodingUnreadable { what: "CMS" })
}

/// Base64 with line ends and blanks anywhere. The PEM reader does the decoding: it wants lines of equal width.
fn base64(file: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> = file.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
    if digits.is_empty() {
        return None;
    }
    let mut text = b"-----BEGIN CMS-----\n".to_vec();
    for line in digits.chunks(64) {
        text.extend_from_slice(line);
        text.push(b'\n');
    }
    text.extend_from_slice(b"-----END CMS-----\n");
    pem::decode_vec(&text).ok().map(|(_, octets)| octets).filter(|octets| octets.first() == Some(&tag::SEQUENCE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_gives_the_same_octets() {
        let octets = [0x30, 3, 2, 1, 5];
        let pem = b"-----BEGIN PKCS7-----\nMAMCAQU=\n-----END PKCS7-----\n";
        for form in [&octets[..], pem, b"MAMC AQU=", b" MAMC\r\nAQU=\n\n"] {
            assert_eq!(decode(form).unwrap().as_ref(), octets, "{form:?}");
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in [&b""[..], b"hello", b"AAAA", b"-----BEGIN CMS-----", b"MAMCAQU"] {
            assert!(decode(text).is_err(), "{text:?}");
        }
    }
}
