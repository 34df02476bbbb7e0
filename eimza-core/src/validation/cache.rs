//! Issuers' signatures that were verified before: most files of an archive have the same few issuers.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::path::{IssuerSignatures, Uncached};
use crate::certificate::Certificate;
use crate::crypto::DigestAlgorithm;
use crate::error::Result;

/// The most entries. Beyond them the cache begins anew.
const LIMIT: usize = 16_384;

/// Remembers which issuer's signature over which certificate holds. It may be shared between threads.
#[derive(Debug, Default)]
pub struct Cache {
    /// By the certificate's SHA-256 and that of the issuer's key.
    verified: Mutex<HashMap<[u8; 64], bool>>,
}

impl Cache {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }
}

impl IssuerSignatures for Cache {
    fn is_signed_by(&self, certificate: &Certificate, issuer: &Certificate) -> Result<bool> {
        let key = key(certificate, issuer);
        let known = self.verified.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        if let Some(known) = known {
            return Ok(known);
        }
        let holds = Uncached.is_signed_by(certificate, issuer)?;
        let mut verified = self.verified.lock().unwrap_or_else(PoisonError::into_inner);
        if verified.len() >= LIMIT {
            verified.clear();
        }
        verified.insert(key, holds);
        Ok(holds)
    }
}

fn key(certificate: &Certificate, issuer: &Certificate) -> [u8; 64] {
    let mut key = [0; 64];
    let issuer_key = DigestAlgorithm::Sha256.digest(issuer.public_key_der());
    let octets = certificate.sha256();
    key.iter_mut().zip(octets.as_bytes().iter().chain(issuer_key.as_bytes())).for_each(|(to, from)| *to = *from);
    key
}
