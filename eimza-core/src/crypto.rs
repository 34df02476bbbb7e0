//! Digests, public keys and signature verification: the one place that knows aws-lc-rs, sha2 and sha3.
//!
//! An algorithm that cannot be computed here is [`Error::AlgorithmUnsupported`](crate::Error::AlgorithmUnsupported),
//! never "invalid".
//!
//! ```
//! use eimza_core::crypto::DigestAlgorithm;
//!
//! let digest = DigestAlgorithm::Sha256.digest(b"Merhaba");
//! assert_eq!(digest.as_bytes().len(), 32);
//! ```

mod binding;
mod digest;
mod ecdsa;
mod emsa;
#[cfg(feature = "software")]
mod hmac;
mod identifier;
mod key;
mod random;
mod rsa;
mod signature;
mod verify;

pub(crate) use binding::fixed_digest;
pub use digest::{Digest, DigestAlgorithm, Hasher};
pub use key::{Curve, KeyType, PublicKey};
pub(crate) use random::random;
pub use signature::{Padding, SignatureAlgorithm};

// What only software tokens need.
#[cfg(feature = "software")]
pub(crate) use ecdsa::{fitted, natural_digest};
#[cfg(feature = "software")]
pub(crate) use hmac::{Hmac, pbkdf2};
#[cfg(feature = "software")]
pub(crate) use key::{modulus, public_modulus};
