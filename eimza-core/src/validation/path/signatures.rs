//! Who verifies issuers' signatures: the joint for a caller that remembers some.

use crate::certificate::Certificate;
use crate::error::Result;

/// Verifies the signature over a certificate with its issuer's key. It does not look at names.
pub(crate) trait IssuerSignatures {
    /// Whether the signature is this key's.
    ///
    /// # Errors
    /// Where the key cannot be read or the algorithm not be computed.
    fn is_signed_by(&self, certificate: &Certificate, issuer: &Certificate) -> Result<bool>;
}

/// Verifies each signature anew.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Uncached;

impl IssuerSignatures for Uncached {
    fn is_signed_by(&self, certificate: &Certificate, issuer: &Certificate) -> Result<bool> {
        certificate.is_signed_by(&issuer.public_key()?)
    }
}
