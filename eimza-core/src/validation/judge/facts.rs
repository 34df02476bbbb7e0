//! What the verdict needs of a certificate: found once, for a file may have one large certificate and a thousand signers.

use std::collections::HashMap;

use crate::certificate::{Certificate, Kind, Shortfall};
use crate::crypto::KeyType;
use crate::validation::report::SignerReport;

/// What a signer's certificate says of itself.
pub(super) struct Facts {
    pub(super) certificate: Certificate,
    pub(super) signer: SignerReport,
    pub(super) key_type: Option<KeyType>,
    pub(super) can_sign: bool,
    pub(super) shortfall: Option<Shortfall>,
    pub(super) is_seal: bool,
    pub(super) has_usage_limit: bool,
    pub(super) has_policy_notice: bool,
}

/// Facts by the certificate's fingerprint.
#[derive(Default)]
pub(super) struct KnownFacts(HashMap<Vec<u8>, Facts>);

impl KnownFacts {
    pub(super) fn of(&mut self, certificate: &Certificate) -> &Facts {
        let fingerprint = certificate.sha256().as_bytes().to_vec();
        self.0.entry(fingerprint).or_insert_with(|| Facts::of(certificate))
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
