//! What the verdict needs of a certificate: found once, for a file may have one large certificate and a thousand signers.

use std::collections::HashMap;
use std::sync::Arc;

use crate::certificate::{Certificate, Kind, Shortfall};
use crate::crypto::KeyType;
use crate::validation::cache::Cache;
use crate::validation::report::SignerReport;

/// What a signer's certificate says of itself.
#[derive(Debug)]
pub(in crate::validation) struct Facts {
    pub(super) certificate: Certificate,
    pub(super) signer: SignerReport,
    pub(super) key_type: Option<KeyType>,
    pub(super) can_sign: bool,
    pub(super) shortfall: Option<Shortfall>,
    pub(super) is_seal: bool,
    pub(super) has_usage_limit: bool,
    pub(super) has_policy_notice: bool,
}

/// Facts by the certificate's fingerprint: those of the file, and what a cache remembers from other files.
pub(super) struct KnownFacts<'a> {
    cache: Option<&'a Cache>,
    of_file: HashMap<Vec<u8>, Arc<Facts>>,
}

impl<'a> KnownFacts<'a> {
    pub(super) fn new(cache: Option<&'a Cache>) -> Self {
        Self { cache, of_file: HashMap::new() }
    }

    pub(super) fn of(&mut self, certificate: &Certificate) -> Arc<Facts> {
        let find = || match self.cache {
            Some(cache) => cache.facts(certificate, || Facts::of(certificate)),
            None => Arc::new(Facts::of(certificate)),
        };
        self.of_file.entry(certificate.sha256().as_bytes().to_vec()).or_insert_with(find).clone()
    }
}

impl Facts {
    fn of(certificate: &Certificate) -> Self {
        Self {
            certificate: certificate.clone(),
            signer: SignerReport::of(certificate),
            key_type: certificate.public_key().ok().map(|key| key.key_type),
            can_sign: certificate.can_sign(),
            shortfall: certificate.shortfalls().first().copied(),
            is_seal: certificate.kind() == Kind::MaliMuhur,
            has_usage_limit: certificate.has_usage_limit(),
            has_policy_notice: certificate.policies().iter().any(|policy| !policy.notices.is_empty()),
        }
    }
}
