//! Digests, public keys and signature verification: the one place that knows aws-lc-rs and sha2.
//!
//! An algorithm that cannot be computed here is [`Error::AlgorithmUnsupported`](crate::Error::AlgorithmUnsupported),
//! never "invalid".

mod digest;
mod ecdsa;
mod key;
mod random;
mod signature;

pub use digest::{Digest, DigestAlgorithm, Hasher};
pub(crate) use ecdsa::to_der as ecdsa_to_der;
pub use key::{Curve, KeyType, PublicKey};
pub(crate) use key::{modulus, public_modulus};
pub(crate) use random::random;
pub(crate) use signature::fixed_digest;
pub use signature::{Padding, SignatureAlgorithm};
