//! Digests, keys, signature verification and seals: the one place that knows aws-lc-rs, sha2 and sha3.
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

#[cfg(feature = "software")]
mod aes_cbc;
mod binding;
mod constant_time;
mod digest;
mod ecdsa;
mod emsa;
#[cfg(feature = "software")]
mod hmac;
mod identifier;
mod key;
#[cfg(feature = "software")]
mod private_key;
mod random;
mod rsa;
mod seal;
mod signature;
mod verify;

pub(crate) use binding::fixed_digest;
pub(crate) use constant_time::constant_time_equal;
pub use digest::{Digest, DigestAlgorithm, Hasher};
#[cfg(feature = "smartcard")]
pub(crate) use emsa::pkcs1_block;
pub use key::{Curve, KeyType, PublicKey};
pub(crate) use random::random;
pub(crate) use seal::{SEAL_KEY_LENGTH, SEAL_LENGTH, open, seal};
pub use signature::{Padding, SignatureAlgorithm};

// What only software tokens need.
#[cfg(feature = "software")]
pub(crate) use aes_cbc::decrypt_aes_cbc;
#[cfg(feature = "software")]
use ecdsa::{fitted, natural_digest};
#[cfg(feature = "software")]
pub(crate) use hmac::{Hmac, pbkdf2};
#[cfg(feature = "software")]
pub(crate) use private_key::{PrivateKey, check_can_sign};
