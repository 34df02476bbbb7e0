//! Whom to trust, and for what.

mod trust_store;
mod turkish_roots;

use std::borrow::Cow;

use super::certificate::CertificateValidation;
use super::path::CertificatePool;
use crate::certificate::{Certificate, Kind};
use crate::clock::Time;
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::Result;

/// What the certificates beneath an anchor are accepted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrustedFor {
    /// Signers and time-stamps.
    Everything,
    /// Signers, companies' seals among them.
    Signers,
    /// Companies' seals (Mali Mühür) alone.
    Seals,
    /// Time-stamps.
    TimeStamps,
}

/// Whom to trust, and for what. Nothing is trusted that is not named. Status data (CRL, OCSP) is accepted from authorities
/// beneath the anchor at which the path of the certificate in question ends.
///
/// ```
/// # use eimza_core::Certificate;
/// use eimza_core::validation::{Anchors, TrustedFor};
///
/// # fn example(root: Certificate, time_stamp_root: Certificate) {
/// let anchors = Anchors::new().trust(root, TrustedFor::Everything).trust(time_stamp_root, TrustedFor::TimeStamps);
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    pools: Pools,
    pinned: Vec<PinnedRoot>,
}

/// A root that is known by its hash alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PinnedRoot {
    /// SHA-256 over the whole certificate, hexadecimal.
    pub(super) sha256: &'static str,
    pub(super) trusted_for: TrustedFor,
}

/// Anchors by what they are good for.
#[derive(Clone, Debug, Default)]
pub(super) struct Pools {
    persons: CertificatePool,
    seals: CertificatePool,
    time_stamps: CertificatePool,
}

impl Anchors {
    /// Trusts nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts this certificate too.
    pub fn trust(mut self, anchor: Certificate, trusted_for: TrustedFor) -> Self {
        self.pools.add(anchor, trusted_for);
        self
    }

    /// Trusts the Turkish roots of the built-in table, each for its purpose, wherever their certificates are found. Compare
    /// the hashes with those that the authorities publish before you rely on them.
    pub fn trust_turkish_roots(self) -> Self {
        turkish_roots::ALL.iter().fold(self, |anchors, root| anchors.pin(*root))
    }

    /// Takes anchors out of a `SertifikaDeposu.xml` of Kamu SM. The file itself proves nothing: an entry becomes an anchor only
    /// where its SHA-256 stands in the built-in table, for the purpose that stands there, or is among `pinned`, for
    /// everything. An entry that cannot be read hides no other.
    ///
    /// # Errors
    /// [`Error::TrustStoreMalformed`](crate::Error::TrustStoreMalformed),
    /// [`Error::LimitExceeded`](crate::Error::LimitExceeded).
    pub fn trust_store(mut self, xml: &[u8], pinned: &[Digest]) -> Result<Self> {
        for entry in trust_store::entries(xml)? {
            let sha256 = DigestAlgorithm::Sha256.digest(&entry);
            let purpose =
                if pinned.contains(&sha256) { Some(TrustedFor::Everything) } else { turkish_roots::purpose(&sha256) };
            if let (Some(trusted_for), Ok(anchor)) = (purpose, Certificate::from_der(entry)) {
                self = self.trust(anchor, trusted_for);
            }
        }
        Ok(self)
    }

    /// Whether a valid path (RFC 5280) leads from this signer's certificate to one of these anchors at this time. Status data
    /// and the strength of algorithms are not looked at.
    pub(crate) fn lead_to(&self, signer: &Certificate, certificates: &[Certificate], at: Time) -> bool {
        let pools = self.among(certificates.iter());
        let validation = CertificateValidation::at(at).trust(pools.for_signer(signer).iter().cloned());
        let validation = validation.with_certificates(certificates.iter().cloned()).without_revocation();
        validation.validate(signer).failure.is_none()
    }

    /// Trusts the certificate with this hash, wherever it is found.
    pub(super) fn pin(mut self, root: PinnedRoot) -> Self {
        self.pinned.push(root);
        self
    }

    /// The anchors themselves, and those of these certificates whose hash is pinned.
    pub(super) fn among<'a>(&'a self, certificates: impl Iterator<Item = &'a Certificate>) -> Cow<'a, Pools> {
        let mut pools = Cow::Borrowed(&self.pools);
        if self.pinned.is_empty() {
            return pools;
        }
        for certificate in certificates.filter(|certificate| certificate.is_self_issued()) {
            let sha256 = certificate.sha256().to_hex();
            if let Some(root) = self.pinned.iter().find(|root| root.sha256 == sha256) {
                pools.to_mut().add(certificate.clone(), root.trusted_for);
            }
        }
        pools
    }
}

impl Pools {
    /// Those good for time-stamps.
    pub(super) fn for_time_stamps(&self) -> &CertificatePool {
        &self.time_stamps
    }

    fn add(&mut self, anchor: Certificate, trusted_for: TrustedFor) {
        let pools = match trusted_for {
            TrustedFor::Everything => vec![&mut self.persons, &mut self.seals, &mut self.time_stamps],
            TrustedFor::Signers => vec![&mut self.persons, &mut self.seals],
            TrustedFor::Seals => vec![&mut self.seals],
            TrustedFor::TimeStamps => vec![&mut self.time_stamps],
        };
        pools.into_iter().for_each(|pool| pool.extend([anchor.clone()]));
    }

    /// Those good for this signer.
    pub(super) fn for_signer(&self, signer: &Certificate) -> &CertificatePool {
        if signer.kind() == Kind::MaliMuhur { &self.seals } else { &self.persons }
    }
}
