//! Random octets of the system.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};

use crate::error::{CryptoOperation, Error, Result};

/// So many unpredictable octets.
pub(crate) fn random<const LENGTH: usize>() -> Result<[u8; LENGTH]> {
    let mut octets = [0; LENGTH];
    SystemRandom::new().fill(&mut octets).map_err(|_| Error::CryptoFailed { operation: CryptoOperation::Random })?;
    Ok(octets)
}
