//! Issuers' signatures that were verified before, and certificates that were read: most files of an archive have the same few
//! issuers.

mod certificates;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::judge::Facts;
use super::path::{IssuerSignatures, Uncached};
use crate::certificate::Certificate;
use crate::error::Result;
use certificates::Certificates;

/// The most entries. Beyond them the cache begins anew.
const LIMIT: usize = 16_384;

/// Octets of a certificate; those in use have a quarter of it.
const USUAL_SIZE: usize = 8192;

/// Remembers which issuer's signature over which certificate holds, the certificates that signers are looked for among, and
/// what those of signers say. It may be shared between threads.
#[derive(Debug, Default)]
pub struct Cache {
    /// By the certificate's SHA-256 and that of the issuer's.
    verified: Mutex<HashMap<[u8; 64], bool>>,
    /// What signers' certificates say of themselves, by their SHA-256.
    facts: Mutex<HashMap<Vec<u8>, Arc<Facts>>>,
    /// The certificates of files.
    certificates: Certificates,
}

impl Cache {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Cache {
    /// Reads a certificate of a file; `None` where it cannot be read.
    pub(super) fn certificate(&self, der: &[u8]) -> Option<Certificate> {
        self.certificates.read(der)
    }

    /// What a certificate says of itself; of large ones, which a file may be full of, nothing is kept.
    pub(super) fn facts(&self, certificate: &Certificate, read: impl FnOnce() -> Facts) -> Arc<Facts> {
        let facts = || self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = facts().get(certificate.sha256().as_bytes()) {
            return known.clone();
        }
        let found = Arc::new(read());
        if certificate.der().len() <= USUAL_SIZE {
            let mut facts = facts();
            if facts.len() >= LIMIT {
                facts.clear();
            }
            facts.insert(certificate.sha256().as_bytes().to_vec(), found.clone());
        }
        found
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

/// By what a pair is known: the fingerprints, which each certificate computes once.
fn key(certificate: &Certificate, issuer: &Certificate) -> [u8; 64] {
    let mut key = [0; 64];
    let (octets, issuer) = (certificate.sha256(), issuer.sha256());
    key.iter_mut().zip(octets.as_bytes().iter().chain(issuer.as_bytes())).for_each(|(to, from)| *to = *from);
    key
}
