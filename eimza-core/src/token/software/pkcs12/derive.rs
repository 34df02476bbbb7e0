//! Keys from passwords as PKCS#12 itself derives them (RFC 7292 appendix B.2), and as PKCS#5 once did.

use std::num::NonZeroU32;

use zeroize::Zeroizing;

use super::secret::Secret;
use crate::asn1::Element;
use crate::crypto::{DigestAlgorithm, Hasher};
use crate::error::{Error, Limit, Pkcs12Fault, Result};

/// What derived octets are for (RFC 7292 appendix B.3).
#[derive(Clone, Copy)]
pub(super) enum Diversifier {
    Key = 1,
    Vector = 2,
    Mac = 3,
}

/// A longer salt would only cost memory.
pub(super) const SALT_LIMIT: usize = 1024;

/// `password` is a BMPString, usually with its end mark.
pub(super) fn derive(
    digest: DigestAlgorithm,
    diversifier: Diversifier,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    length: usize,
    budget: &Secret,
) -> Result<Zeroizing<Vec<u8>>> {
    if salt.len() > SALT_LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::Salt });
    }
    let block = digest.block_length();
    let diversifier = vec![diversifier as u8; block];
    let mut input = Zeroizing::new([filled(salt, block).as_slice(), &filled(password, block)].concat());
    let mut output = Zeroizing::new(Vec::with_capacity(length + digest.length()));
    while output.len() < length {
        budget.spend(iterations)?;
        let mut hasher = Hasher::new(digest);
        hasher.update(&diversifier);
        hasher.update(&input);
        let mut hashed = hasher.finish();
        for _ in 1..iterations {
            hashed = digest.digest(hashed.as_bytes());
        }
        output.extend_from_slice(hashed.as_bytes());
        let addend = filled_to(hashed.as_bytes(), block);
        for chunk in input.chunks_exact_mut(block) {
            add_and_one(chunk, &addend);
        }
    }
    output.truncate(length);
    Ok(output)
}

/// PBKDF1 with SHA-1: 16 octets (RFC 8018 section 5.1).
pub(super) fn derive_simply(salt: &[u8], iterations: u32, secret: &Secret) -> Result<Zeroizing<Vec<u8>>> {
    if salt.len() > SALT_LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::Salt });
    }
    secret.spend(iterations)?;
    let mut hashed = DigestAlgorithm::Sha1.digest(&Zeroizing::new([secret.utf8.as_slice(), salt].concat()));
    for _ in 1..iterations {
        hashed = DigestAlgorithm::Sha1.digest(hashed.as_bytes());
    }
    Ok(Zeroizing::new(hashed.as_bytes().iter().copied().take(16).collect()))
}

/// How many rounds are stated: one at least.
pub(super) fn iterations(stated: Element<'_>) -> Result<NonZeroU32> {
    let iterations = stated.small_integer().ok_or(Error::LimitExceeded { limit: Limit::Iterations })?;
    NonZeroU32::new(iterations).ok_or(Error::Pkcs12Malformed { reason: Pkcs12Fault::Structure("iterations") })
}

/// Repeated up to the next multiple of the block; an empty input stays empty.
fn filled(octets: &[u8], block: usize) -> Zeroizing<Vec<u8>> {
    filled_to(octets, octets.len().next_multiple_of(block))
}

fn filled_to(octets: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut filled = Zeroizing::new(Vec::with_capacity(length));
    filled.extend(octets.iter().copied().cycle().take(length));
    filled
}

/// Big-endian addition, and one more, dropping what overflows.
fn add_and_one(chunk: &mut [u8], addend: &[u8]) {
    let mut carry = 1u16;
    for (place, add) in chunk.iter_mut().zip(addend).rev() {
        let [high, low] = (u16::from(*place) + u16::from(*add) + carry).to_be_bytes();
        *place = low;
        carry = high.into();
    }
}
