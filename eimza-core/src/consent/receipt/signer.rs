//! A seal whose key lies in the memory of the process.

use super::Seal;
use crate::certificate::Certificate;
use crate::error::{Error, Result};
use crate::token::SignRequest;
use crate::token::software::KeyMaterial;

/// A seal whose key lies in memory.
#[derive(Debug)]
pub struct ReceiptSigner {
    key: KeyMaterial,
    certificate: Certificate,
}

impl ReceiptSigner {
    /// Seals with this key and its own certificate.
    pub fn new(key: KeyMaterial) -> Result<Self> {
        let certificate = key.certificates().first().ok_or(Error::KeyAbsent)?.clone();
        Ok(Self { key, certificate })
    }
}

impl Seal for ReceiptSigner {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    fn sign(&self, request: &SignRequest) -> Result<Vec<u8>> {
        self.key.sign(request)
    }
}
