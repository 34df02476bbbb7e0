//! Answers to reset (ISO/IEC 7816-3, section 8).

use super::design::Protocol;

/// An answer to reset that names this protocol and carries these historical octets, with a right check octet.
#[must_use]
pub fn of(protocol: Protocol, historical: &[u8]) -> Vec<u8> {
    let length = u8::try_from(historical.len()).expect("there are at most fifteen");
    assert!(length < 16, "there are at most fifteen historical octets");
    match protocol {
        Protocol::T0 => [&[0x3b, length][..], historical].concat(),
        Protocol::T1 => {
            let mut octets = [&[0x3b, 0x80 | length, 0x01][..], historical].concat();
            octets.push(octets[1..].iter().fold(0, |sum, octet| sum ^ octet));
            octets
        }
    }
}

/// An answer to reset from hexadecimal digits.
#[must_use]
pub fn hex(digits: &str) -> Vec<u8> {
    let octet = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("these are hexadecimal digits");
    (0..digits.len()).step_by(2).map(octet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_octet_makes_the_sum_zero() {
        let made = of(Protocol::T1, b"\x80\x65EIMZA");
        assert_eq!(made[1..].iter().fold(0, |sum, octet| sum ^ octet), 0);
        assert_eq!(of(Protocol::T0, b"AB"), [0x3b, 2, b'A', b'B']);
    }
}
