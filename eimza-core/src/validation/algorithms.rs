//! Until when algorithms and keys can be relied on (ETSI TS 119 312 v1.5.1), as a table by date.

use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::{DigestAlgorithm, KeyType, SignatureAlgorithm};

/// The table. A signature is judged by the time for which its existence is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlgorithmPolicy {
    /// Digest algorithms that end.
    pub digests: Vec<(DigestAlgorithm, Time)>,
    /// RSA keys: below this many bits, usable until then.
    pub rsa_keys: Vec<(usize, Time)>,
    /// RSA keys for PSS: below this many bits, usable until then.
    pub pss_keys: Vec<(usize, Time)>,
    /// Elliptic curve keys: below this many bits, usable until then.
    pub ec_keys: Vec<(usize, Time)>,
    /// RSA PKCS#1 v1.5 signatures, usable until then; `None` for without end.
    pub pkcs1_until: Option<Time>,
}

/// What is too weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// The digest algorithm.
    Digest,
    /// The key is too short.
    Key,
    /// The padding of an RSA signature.
    Padding,
}

impl Default for AlgorithmPolicy {
    /// The dates of ETSI TS 119 312 v1.5.1.
    fn default() -> Self {
        Self {
            digests: vec![(DigestAlgorithm::Sha1, midnight("2012-08-01"))],
            rsa_keys: vec![(1024, midnight("2010-08-01")), (1900, midnight("2019-10-01"))],
            pss_keys: vec![(3000, midnight("2029-01-01"))],
            ec_keys: vec![(224, midnight("2012-08-01")), (256, midnight("2021-10-01"))],
            pkcs1_until: Some(midnight("2029-01-01")),
        }
    }
}

/// The beginning of a day in UTC. A date that cannot be read ends at once.
fn midnight(day: &str) -> Time {
    Time::parse(&format!("{day}T00:00:00Z")).unwrap_or(Time::EPOCH)
}

impl AlgorithmPolicy {
    /// Whether a digest algorithm could be relied on at this time.
    pub fn check_digest(&self, digest: DigestAlgorithm, at: Time) -> Result<(), Weakness> {
        let ended = self.digests.iter().any(|(ends, until)| *ends == digest && at >= *until);
        if ended { Err(Weakness::Digest) } else { Ok(()) }
    }

    /// Whether a key could be relied on at this time.
    pub fn check_key(&self, key: &KeyType, at: Time) -> Result<(), Weakness> {
        let is_weak = match key {
            KeyType::Rsa { bits } => has_ended(&self.rsa_keys, *bits, at),
            KeyType::Ec(curve) => has_ended(&self.ec_keys, curve.field_octets() * 8, at),
            KeyType::Other(_) => false,
        };
        if is_weak { Err(Weakness::Key) } else { Ok(()) }
    }

    /// Whether a signature of this kind by this key could be relied on at this time.
    pub fn check_signature(&self, algorithm: SignatureAlgorithm, key: &KeyType, at: Time) -> Result<(), Weakness> {
        self.check_digest(algorithm.digest(), at)?;
        self.check_key(key, at)?;
        match (algorithm, key) {
            (SignatureAlgorithm::RsaPkcs1(_), _) if self.pkcs1_until.is_some_and(|until| at >= until) => {
                Err(Weakness::Padding)
            }
            (SignatureAlgorithm::RsaPss { .. }, KeyType::Rsa { bits }) if has_ended(&self.pss_keys, *bits, at) => {
                Err(Weakness::Key)
            }
            _ => Ok(()),
        }
    }

    /// Whether the signature over this certificate could be relied on at this time; one that cannot be computed is weak.
    pub(super) fn check_issuance(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        at: Time,
    ) -> Result<(), Weakness> {
        let algorithm = certificate.signature_algorithm().map_err(|_| Weakness::Digest)?;
        let key = issuer.public_key().map_err(|_| Weakness::Key)?;
        self.check_signature(algorithm, &key.key_type, at)
    }
}

/// Whether keys of so many bits are among those that have ended.
fn has_ended(keys: &[(usize, Time)], bits: usize, at: Time) -> bool {
    keys.iter().any(|(below, until)| bits < *below && at >= *until)
}
