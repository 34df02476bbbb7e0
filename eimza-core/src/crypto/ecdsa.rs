//! ECDSA: which digest a curve takes, and the DER of a value (RFC 5480, X9.62).

use super::digest::{Digest, DigestAlgorithm};
use super::key::Curve;
use crate::asn1::{Element, tag, write};

/// The digest whose length is the curve's.
pub(crate) fn natural_digest(curve: Curve) -> DigestAlgorithm {
    match curve {
        Curve::P256 => DigestAlgorithm::Sha256,
        Curve::P384 => DigestAlgorithm::Sha384,
        Curve::P521 => DigestAlgorithm::Sha512,
    }
}

/// The digest in the length of the curve's own one. Of a longer one only the leftmost bits count; a shorter one is the same
/// number with zeros in front (FIPS 186-5 section 6.4.1).
pub(crate) fn fitted(digest: &Digest, curve: Curve) -> Option<Digest> {
    let algorithm = natural_digest(curve);
    let octets = digest.as_bytes();
    let mut fitted = vec![0; algorithm.length().saturating_sub(octets.len())];
    fitted.extend(octets.iter().take(algorithm.length()));
    Digest::from_octets(algorithm, &fitted)
}

/// Whether the value is strict DER of two positive minimal integers, with nothing behind them.
pub(super) fn is_strict_der(value: &[u8]) -> bool {
    let strict = || {
        let sequence = Element::only(value, "ECDSA value").ok()?;
        let mut reader = sequence.reader();
        let (r, s) = (reader.any("r").ok()?, reader.any("s").ok()?);
        let rewritten = write::sequence(&[&write::unsigned_integer(r.contents), &write::unsigned_integer(s.contents)]);
        let positive = |half: &Element<'_>| half.tag == tag::INTEGER && half.contents.iter().any(|&octet| octet != 0);
        (positive(&r) && positive(&s) && rewritten == value).then_some(())
    };
    strict().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strict_der_counts() {
        assert!(is_strict_der(&[0x30, 6, 2, 1, 1, 2, 1, 1]));
        for wrong in [
            &[0x30, 7, 2, 2, 0, 1, 2, 1, 1][..],
            &[0x30, 6, 2, 1, 0x81, 2, 1, 1],
            &[0x30, 6, 2, 1, 0, 2, 1, 1],
            &[0x30, 6, 2, 1, 1, 2, 1, 1, 0],
            &[0x30, 0x81, 6, 2, 1, 1, 2, 1, 1],
        ] {
            assert!(!is_strict_der(wrong), "{wrong:?}");
        }
    }
}
