//! Verification codes: 15 digits, every one as likely as the other.

use zeroize::Zeroizing;

use crate::crypto::random;
use crate::error::{CryptoOperation, Error, Result};
use crate::secret::VerificationCode;

const DIGITS: usize = 15;

/// Draws until a code could be taken. With 10^15 codes the first one nearly always can.
pub(super) fn fresh(take: impl Fn(&VerificationCode) -> Result<bool>) -> Result<VerificationCode> {
    for _ in 0..16 {
        let code = VerificationCode::parse(draw()?.as_slice())?;
        if take(&code)? {
            return Ok(code);
        }
    }
    Err(Error::CryptoFailed { operation: CryptoOperation::VerificationCode })
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
        let (one, other) = (fresh(|_| Ok(true)).unwrap(), fresh(|_| Ok(true)).unwrap());
        assert!(one.expose().len() == 15 && one.expose().iter().all(u8::is_ascii_digit));
        assert_ne!(one.expose(), other.expose());
        assert_eq!(fresh(|_| Ok(false)).unwrap_err().name(), "crypto-failed");
    }
}
