//! The state between preparing and completing, as octets: stored, or carried to another process or language.
//!
//! It holds options and digests, never the content and no secret. Completing rebuilds what was to be signed from the
//! content and the certificate, which are given again, and verifies the value: a state that was altered or swapped
//! cannot become a signature over something else. The fields that are not signed are protected only by a seal: purpose,
//! expiry, whether the content stands inside, the further certificates, and whether an unsuitable certificate is taken.

mod der;
mod seal;

pub use seal::StateKey;

use super::options::SigningOptions;
use super::sign::{Prepared, prepare};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::Content;
use crate::crypto::{Digest, DigestAlgorithm, Padding, SignatureAlgorithm};
use crate::error::{ArgumentFault, Error, Limit, Result};

/// What [`Prepared`] was made of, without the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    purpose: String,
    expiry: Time,
    options: SigningOptions,
    /// SHA-256 over the signer's certificate.
    certificate: Digest,
    message_digest: Digest,
    /// The digest of what is to be signed, and how.
    digest: Digest,
    algorithm: SignatureAlgorithm,
}

/// The longest purpose, in octets.
const PURPOSE_LIMIT: usize = 1024;

/// The most further certificates.
const CHAIN_LIMIT: usize = 64;

impl Prepared<'_> {
    /// The state to be kept until the value is there. `purpose` names what the signature is for, freely chosen; it has to be
    /// given again when completing, before `expiry`.
    pub fn into_state(self, purpose: &str, expiry: Time) -> Result<State> {
        if purpose.len() > PURPOSE_LIMIT {
            return Err(Error::ArgumentInvalid { argument: "purpose", reason: ArgumentFault::LongerThan1024 });
        }
        if self.options.chain.len() > CHAIN_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::Chain });
        }
        if self.options.signing_time.unix() < 0 || expiry.unix() < 0 {
            return Err(Error::ArgumentInvalid { argument: "time", reason: ArgumentFault::Before1970 });
        }
        let (certificate, digest, algorithm) = (self.certificate.sha256(), self.digest(), self.algorithm());
        // The options that were left to the key are fixed now.
        let is_pss = matches!(algorithm, SignatureAlgorithm::RsaPss { .. });
        let padding = if is_pss { Padding::Pss } else { Padding::Pkcs1 };
        let options = SigningOptions { digest: Some(algorithm.digest()), padding, ..self.options };
        let purpose = purpose.to_owned();
        Ok(State { purpose, expiry, options, certificate, message_digest: self.message_digest, digest, algorithm })
    }
}

impl State {
    /// The digest that the key's holder signs.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// How it has to be signed.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// What it was made for.
    pub fn purpose(&self) -> &str {
        &self.purpose
    }

    /// Until when it can be completed.
    pub fn expiry(&self) -> Time {
        self.expiry
    }

    /// The algorithm by which the content has to be digested, where it is not given as octets.
    pub fn content_digest_algorithm(&self) -> DigestAlgorithm {
        self.message_digest.algorithm()
    }

    /// Versioned DER, in clear. Who can alter it can alter what is not signed (purpose, expiry, placement, chain,
    /// `allow_unsuitable`); [`State::sealed`] prevents that.
    pub fn to_bytes(&self) -> Vec<u8> {
        der::write(self)
    }

    /// Reads what [`State::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Error::StateMalformed`], [`Error::StateAltered`] where something in it does not fit together.
    pub fn from_bytes(octets: &[u8]) -> Result<Self> {
        der::read(octets)
    }

    /// Encrypted and protected against changes under the caller's key.
    pub fn sealed(&self, key: &StateKey) -> Result<Vec<u8>> {
        key.seal(&self.to_bytes())
    }

    /// Opens what [`State::sealed`] wrote.
    ///
    /// # Errors
    /// [`Error::StateAltered`] where it was altered or sealed under another key.
    pub fn unseal(octets: &[u8], key: &StateKey) -> Result<Self> {
        Self::from_bytes(&key.open(octets)?)
    }

    /// The last step: rebuilds what was to be signed, verifies the value and writes the file.
    ///
    /// # Errors
    /// [`Error::StatePurpose`], [`Error::StateExpired`], [`Error::StateCertificate`], [`Error::ContentDiffers`],
    /// [`Error::StateAltered`], [`Error::SignatureValueInvalid`]; nothing is written then.
    pub fn complete(
        &self,
        content: Content<'_>,
        certificate: &Certificate,
        purpose: &str,
        now: Time,
        value: &[u8],
    ) -> Result<Vec<u8>> {
        if purpose != self.purpose {
            return Err(Error::StatePurpose);
        }
        if now > self.expiry {
            return Err(Error::StateExpired { expiry: self.expiry });
        }
        if certificate.sha256() != self.certificate {
            return Err(Error::StateCertificate);
        }
        let content_digest = content.digest(self.message_digest.algorithm()).ok_or(Error::ContentMissing)?;
        if content_digest != self.message_digest {
            return Err(Error::ContentDiffers);
        }
        let prepared = prepare(content, certificate, &self.options)?;
        if prepared.digest() != self.digest || prepared.algorithm() != self.algorithm {
            return Err(Error::StateAltered);
        }
        prepared.complete(value)
    }
}
