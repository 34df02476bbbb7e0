//! The forms in which a CMS file comes: DER or BER, PEM, bare base64.

use std::borrow::Cow;

use crate::asn1::{pem, tag};
use crate::error::{Error, Result, SignatureFault};

/// The octets of a CMS file: as they are where they begin like ASN.1, else decoded from PEM (`CMS`, `PKCS7`) or base64.
pub fn decode(file: &[u8]) -> Result<Cow<'_, [u8]>> {
    if pem::is_asn1(file) {
        return Ok(Cow::Borrowed(file));
    }
    let counted = ["CMS", "PKCS7"].map(|label| (label, pem::count(file, label)));
    if counted.iter().map(|(_, count)| count).sum::<usize>() > 1 {
        return Err(Error::SignatureMalformed { what: SignatureFault::SeveralPemBlocks });
    }
    if let Some((label, _)) = counted.into_iter().find(|(_, count)| *count > 0) {
        let block = pem::blocks(file, label).pop().unwrap_or(Err(Error::EncodingUnreadable { what: label }));
        return block.map(Cow::Owned);
    }
    let octets = pem::base64(file).filter(|octets| octets.first() == Some(&tag::SEQUENCE));
    octets.map(Cow::Owned).ok_or(Error::EncodingUnreadable { what: "CMS" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_gives_the_same_octets() {
        let octets = [0x30, 3, 2, 1, 5];
        let pem = b"-----BEGIN PKCS7-----\nMAMCAQU=\n-----END PKCS7-----\n";
        let titled = [b"0 letters\n", &pem[..]].concat();
        for form in [&octets[..], pem, &titled, b"MAMC AQU=", b" MAMC\r\nAQU=\n\n"] {
            assert_eq!(decode(form).unwrap().as_ref(), octets, "{form:?}");
        }
    }

    #[test]
    fn several_blocks_are_refused() {
        let block = |label| format!("-----BEGIN {label}-----\nMAMCAQU=\n-----END {label}-----\n");
        for (one, other) in [("CMS", "CMS"), ("PKCS7", "PKCS7"), ("CMS", "PKCS7"), ("PKCS7", "CMS")] {
            let error = decode(format!("{}{}", block(one), block(other)).as_bytes()).unwrap_err();
            assert!(
                matches!(error, Error::SignatureMalformed { what: SignatureFault::SeveralPemBlocks }),
                "{one} {other}"
            );
        }
        let damaged = format!("-----BEGIN CMS-----\n{}", block("PKCS7"));
        assert!(decode(damaged.as_bytes()).is_err());
    }

    #[test]
    fn other_text_is_refused() {
        for text in [&b""[..], b"hello", b"AAAA", b"-----BEGIN CMS-----", b"MAMCAQU"] {
            assert!(decode(text).is_err(), "{text:?}");
        }
    }
}
