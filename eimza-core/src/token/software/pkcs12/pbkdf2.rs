//! PBKDF2 as an AlgorithmIdentifier describes it (RFC 8018 appendix A.2), for decryption and for PBMAC1.

use zeroize::Zeroizing;

use super::cipher::unsupported;
use super::derive::{SALT_LIMIT, iterations};
use super::secret::Secret;
use crate::asn1::oid::ObjectIdentifier;
use crate::asn1::{Element, tag};
use crate::crypto::{self, DigestAlgorithm};
use crate::error::{Error, Limit, Pkcs12Fault, Result};

const WHAT: &str = "PBKDF2";

/// The longest key that is derived.
const KEY_LIMIT: usize = 128;

/// `PBKDF2-params ::= SEQUENCE { salt OCTET STRING, iterationCount INTEGER, keyLength INTEGER OPTIONAL,
/// prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }`. Where the key's length is known from elsewhere, that one counts.
pub(super) fn derive(function: &Element<'_>, length: Option<usize>, secret: &Secret) -> Result<Zeroizing<Vec<u8>>> {
    let mut function = function.reader();
    let name = function.oid(WHAT)?;
    if name != PBKDF2.as_bytes() {
        return Err(unsupported(name));
    }
    let mut fields = function.read(tag::SEQUENCE, WHAT)?.reader();
    let salt = fields.any(WHAT)?.octets()?;
    let iterations = iterations(fields.read(tag::INTEGER, WHAT)?)?;
    let stated = fields.optional(tag::INTEGER, WHAT)?.and_then(|stated| stated.small_integer());
    let length = length
        .or_else(|| usize::try_from(stated?).ok())
        .ok_or(Error::Pkcs12Malformed { reason: Pkcs12Fault::Structure(WHAT) })?;
    let digest = match fields.optional(tag::SEQUENCE, WHAT)? {
        Some(stated) => hmac_digest(&stated)?,
        None => DigestAlgorithm::Sha1,
    };
    if salt.len() > SALT_LIMIT || length > KEY_LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::Salt });
    }
    (0..length.div_ceil(digest.length())).try_for_each(|_| secret.spend(iterations.get()))?;
    let mut key = Zeroizing::new(vec![0; length]);
    crypto::pbkdf2(digest, iterations, &salt, &secret.utf8, &mut key);
    Ok(key)
}

/// The digest of an HMAC, by its name; parameters are absent or NULL.
pub(super) fn hmac_digest(identifier: &Element<'_>) -> Result<DigestAlgorithm> {
    let name = identifier.reader().oid(WHAT)?;
    let known = HMAC.iter().find(|(oid, _)| oid.as_bytes() == name);
    known.map(|(_, digest)| *digest).ok_or_else(|| unsupported(name))
}

const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");

const HMAC: [(ObjectIdentifier, DigestAlgorithm); 11] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.7"), DigestAlgorithm::Sha1),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.8"), DigestAlgorithm::Sha224),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.9"), DigestAlgorithm::Sha256),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.10"), DigestAlgorithm::Sha384),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.11"), DigestAlgorithm::Sha512),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.12"), DigestAlgorithm::Sha512_224),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.13"), DigestAlgorithm::Sha512_256),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.13"), DigestAlgorithm::Sha3_224),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.14"), DigestAlgorithm::Sha3_256),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.15"), DigestAlgorithm::Sha3_384),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.16"), DigestAlgorithm::Sha3_512),
];
