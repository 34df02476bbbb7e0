//! Octets in addresses: `%` and two hexadecimal digits (RFC 3986, section 2.1).

use crate::error::{AddressFault, Error, Result};

/// The octets that a text stands for.
///
/// # Errors
/// [`Error::TokenAddressInvalid`] where `%` is not followed by two digits.
pub(super) fn decode(value: &str) -> Result<Vec<u8>> {
    let mut octets = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(octet) = rest.next() {
        let octet = match octet {
            b'%' => {
                let digit =
                    |octet: Option<u8>| char::from(octet?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) else {
                    return Err(Error::TokenAddressInvalid { reason: AddressFault::PercentAlone });
                };
                high << 4 | low
            }
            octet => octet,
        };
        octets.push(octet);
    }
    Ok(octets)
}

/// A text for these octets: letters and digits, `marks`, and `%` with two digits for all others.
pub(super) fn encode(octets: &[u8], marks: &[u8]) -> String {
    let mut text = String::new();
    for &octet in octets {
        if octet.is_ascii_alphanumeric() || marks.contains(&octet) {
            text.push(char::from(octet));
        } else {
            text.push_str(&encode_all(&[octet]));
        }
    }
    text
}

/// `%` with two digits for each octet.
pub(super) fn encode_all(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("%{octet:02X}")).collect()
}
