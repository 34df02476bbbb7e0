//! What an RSA signature encodes (RFC 8017 section 9): the whole block is compared, no part of it is skipped.

use super::digest::{Digest, DigestAlgorithm, Hasher};

/// EMSA-PKCS1-v1_5: `00 01 FF … FF 00 DigestInfo`, the DigestInfo's algorithm with NULL or without parameters.
pub(super) fn is_pkcs1(encoded: &[u8], digest: &Digest) -> bool {
    let forms = [digest.digest_info(), digest.digest_info_without_null()];
    forms.iter().any(|information| block(information, encoded.len()).is_some_and(|expected| expected == encoded))
}

/// EMSA-PKCS1-v1_5 of so many octets, the DigestInfo with NULL: what a key signs whose card does not pad; `None` where the
/// digest has no room in it.
#[cfg(feature = "smartcard")]
pub(crate) fn pkcs1_block(digest: &Digest, octets: usize) -> Option<Vec<u8>> {
    block(&digest.digest_info(), octets)
}

fn block(information: &[u8], octets: usize) -> Option<Vec<u8>> {
    let filling = octets.checked_sub(information.len() + 3).filter(|&filling| filling >= 8)?;
    Some([&[0, 1], vec![0xff; filling].as_slice(), &[0], information].concat())
}

/// EMSA-PSS-VERIFY (RFC 8017 section 9.1.2) of an encoding that has so many bits; the trailer is BC.
pub(super) fn is_pss(
    encoded: &[u8],
    bits: usize,
    digest: &Digest,
    mask_digest: DigestAlgorithm,
    salt_length: usize,
) -> bool {
    let hash_length = digest.algorithm().length();
    let Some((&0xbc, encoded)) = encoded.split_last() else { return false };
    let Some(data_length) = encoded.len().checked_sub(hash_length) else { return false };
    let (masked, hash) = encoded.split_at(data_length);
    let unused = (masked.len() + hash_length + 1) * 8 - bits;
    let first_bits = 0xffu8.checked_shr(u32::try_from(unused).unwrap_or(u32::MAX)).unwrap_or(0);
    if masked.first().is_none_or(|first| first & !first_bits != 0) {
        return false;
    }
    let mut data: Vec<u8> =
        masked.iter().zip(mask(mask_digest, hash, data_length)).map(|(one, other)| one ^ other).collect();
    if let Some(first) = data.first_mut() {
        *first &= first_bits;
    }
    let Some(filling) = data_length.checked_sub(salt_length) else { return false };
    let (filling, salt) = data.split_at(filling);
    let Some((&1, zeros)) = filling.split_last() else { return false };
    if zeros.iter().any(|&octet| octet != 0) {
        return false;
    }
    let mut hasher = Hasher::new(digest.algorithm());
    hasher.update(&[0; 8]);
    hasher.update(digest.as_bytes());
    hasher.update(salt);
    hasher.finish().as_bytes() == hash
}

/// MGF1 (RFC 8017 appendix B.2.1).
fn mask(digest: DigestAlgorithm, seed: &[u8], length: usize) -> Vec<u8> {
    let mut mask = Vec::with_capacity(length + digest.length());
    for counter in 0u32.. {
        if mask.len() >= length {
            break;
        }
        let mut hasher = Hasher::new(digest);
        hasher.update(seed);
        hasher.update(&counter.to_be_bytes());
        mask.extend_from_slice(hasher.finish().as_bytes());
    }
    mask.truncate(length);
    mask
}
