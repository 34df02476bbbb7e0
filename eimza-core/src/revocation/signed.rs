//! What is signed in a CRL or an OCSP answer, and by which key that was found to hold.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::asn1::Element;
use crate::certificate::Certificate;
use crate::crypto::{Digest, SignatureAlgorithm};
use crate::error::{Error, Result};

/// Where signed octets, algorithms and value stand.
pub(super) struct Signed {
    pub(super) to_be_signed: Range<usize>,
    /// The algorithm as the signed octets state it; OCSP answers do not.
    pub(super) inner_algorithm: Option<Range<usize>>,
    pub(super) outer_algorithm: Range<usize>,
    pub(super) value: Range<usize>,
    /// Computed once: a CRL may have a hundred megabytes, and several keys may be tried.
    pub(super) digest: OnceLock<Digest>,
    /// SubjectPublicKeyInfo of the key under which the signature holds.
    pub(super) verified_by: OnceLock<Vec<u8>>,
    /// Those under which it does not hold: one CRL is looked at again for every certificate and every time.
    pub(super) refused_by: Mutex<Vec<Vec<u8>>>,
}

/// The most keys that are remembered as refused.
const REFUSED_LIMIT: usize = 32;

impl Signed {
    /// The algorithm; inside and outside it must be the same in meaning, for NULL and absent parameters are equal.
    pub(super) fn algorithm(&self, der: &[u8]) -> Result<SignatureAlgorithm> {
        let read = |place: &Range<usize>| {
            let identifier = Element::only(der.get(place.clone()).unwrap_or_default(), "signature algorithm")?;
            SignatureAlgorithm::from_identifier(&identifier, None)
        };
        let outer = read(&self.outer_algorithm)?;
        match self.inner_algorithm.as_ref().map(read).transpose()? {
            Some(inner) if inner != outer => {
                Err(Error::Asn1Malformed { what: "signature algorithm", offset: self.outer_algorithm.start })
            }
            _ => Ok(outer),
        }
    }

    /// Whether the signature is by this certificate's key. Once it is known to be, nothing is computed again.
    pub(super) fn is_by(&self, der: &[u8], signer: &Certificate) -> Result<bool> {
        if self.verified_by.get().is_some_and(|key| key == signer.public_key_der()) {
            return Ok(true);
        }
        let refused = || self.refused_by.lock().unwrap_or_else(PoisonError::into_inner);
        if refused().iter().any(|key| key == signer.public_key_der()) {
            return Ok(false);
        }
        let algorithm = self.algorithm(der)?;
        let octets = |place: &Range<usize>| der.get(place.clone()).unwrap_or_default();
        let digest = self.digest.get_or_init(|| algorithm.digest().digest(octets(&self.to_be_signed)));
        let holds = algorithm.verify(&signer.public_key()?, digest, octets(&self.value))?;
        if holds {
            self.verified_by.get_or_init(|| signer.public_key_der().to_vec());
        } else if refused().len() < REFUSED_LIMIT {
            refused().push(signer.public_key_der().to_vec());
        }
        Ok(holds)
    }
}
