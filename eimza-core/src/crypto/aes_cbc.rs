//! AES-CBC with the padding of PKCS#7 (NIST SP 800-38A), for files that others encrypted.

use aws_lc_rs::cipher::{AES_128, AES_192, AES_256, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;

use crate::error::{CryptoOperation, Error, Result};

/// Decrypts in place and says how many octets are plain; `None` where the padding does not fit.
///
/// # Errors
/// [`Error::CryptoFailed`] where there is no AES with a key of this length.
pub(crate) fn decrypt_aes_cbc(key: &[u8], vector: [u8; 16], octets: &mut [u8]) -> Result<Option<usize>> {
    let failed = |_| Error::CryptoFailed { operation: CryptoOperation::AesCbc };
    let kind = match key.len() {
        16 => &AES_128,
        24 => &AES_192,
        _ => &AES_256,
    };
    let key = UnboundCipherKey::new(kind, key).map_err(failed)?;
    let key = PaddedBlockDecryptingKey::cbc_pkcs7(key).map_err(failed)?;
    let context = DecryptionContext::Iv128(FixedLength::from(vector));
    Ok(key.decrypt(octets, context).ok().map(|plain| plain.len()))
}
