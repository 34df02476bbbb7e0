//! By what a service judges the signatures that reach it.

use crate::certificate::Certificate;
use crate::validation::{Anchors, Policy, TrustedFor};

/// Whom a service trusts, and by which rules it judges. Status data stands beside it, for it changes.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The anchors, each with what it is good for. Nobody else is trusted.
    pub anchors: Anchors,
    /// Authorities between signers and anchors, as far as signatures do not bring them. They are not trusted by that.
    pub certificates: Vec<Certificate>,
    /// The rules: the Turkish ones for qualified signatures, unless the service has its own.
    pub policy: Policy,
}

impl Trust {
    /// Trusts these certificates as anchors for signers, by the Turkish rules.
    pub fn in_anchors(anchors: impl IntoIterator<Item = Certificate>) -> Self {
        let trust = |all: Anchors, anchor| all.trust(anchor, TrustedFor::Signers);
        Self { anchors: anchors.into_iter().fold(Anchors::new(), trust), ..Self::default() }
    }

    /// With these authorities between signers and anchors.
    pub fn with_certificates(mut self, certificates: impl IntoIterator<Item = Certificate>) -> Self {
        self.certificates.extend(certificates);
        self
    }
}
