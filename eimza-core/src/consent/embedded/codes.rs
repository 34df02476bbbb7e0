//! Verification codes: 15 digits, every one as likely as the other.

use zeroize::Zeroizing;

use crate::crypto::random;
use crate::error::{Error, Result};

const DIGITS: usize = 15;

/// Draws until a code is not in use. With 10^15 codes the first one all but always is free.
pub(super) fn fresh(is_used: impl Fn(&[u8]) -> bool) -> Result<Zeroizing<Vec<u8>>> {
    for _ in 0..16 {
        let code = draw()?;
        if !is_used(&code) {
            return Ok(code);
        }
    }
    Err(Error::CryptoFailed { operation: "drawing a verification code" })
}

fn draw() -> Result<Zeroizing<Vec<u8>>> {
    let mut code = Zeroizing::new(Vec::with_capacity(DIGITS));
    while code.len() < DIGITS {
        for octet in random::<32>()? {
            // 250 is a multiple of ten: what lies above would make some digits likelier.
            if octet < 250 && code.len() < DIGITS {
                code.push(b'0' + octet % 10);
            }
        }
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_fifteen_digits_and_differ() {
        let (one, other) = (fresh(|_| false).unwrap(), fresh(|_| false).unwrap());
        assert!(one.len() == 15 && one.iter().all(u8::is_ascii_digit));
        assert_ne!(*one, *other);
        assert_eq!(fresh(|_| true).unwrap_err().name(), "crypto-failed");
    }
}
