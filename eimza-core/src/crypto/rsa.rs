//! The public operation of RSA for keys and forms that aws-lc-rs does not take: slow, without a secret, of bounded cost.

use num_bigint::BigUint;

use super::digest::{Digest, DigestAlgorithm};
use super::emsa;
use crate::asn1::{Element, tag};
use crate::error::{CryptoOperation, Error, Limit, Result};

/// A public key, `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017 appendix A.1.1).
pub(super) struct RsaKey {
    modulus: BigUint,
    exponent: BigUint,
}

/// How RSA signatures are encoded.
#[derive(Clone, Copy)]
pub(super) enum Encoding {
    /// EMSA-PKCS1-v1_5 (RFC 8017 section 9.2).
    Pkcs1,
    /// EMSA-PSS (RFC 8017 section 9.1).
    Pss { mask_digest: DigestAlgorithm, salt_length: usize },
}

/// The moduli that are computed with, in bits.
const MODULUS: std::ops::RangeInclusive<u64> = 1024..=16384;

/// The most that one operation costs: the modulus' bits squared, times those of the exponent. Some hundredths of a second.
const COST_LIMIT: u64 = 1 << 36;

impl RsaKey {
    /// Numbers are taken without a sign, as other programs do: some old keys lack the zero in front.
    pub(super) fn read(octets: &[u8]) -> Result<Self> {
        const WHAT: &str = "RSA public key";
        let mut numbers = Element::only(octets, WHAT)?.reader();
        let mut number = || numbers.read(tag::INTEGER, WHAT).map(|number| BigUint::from_bytes_be(number.contents));
        Ok(Self { modulus: number()?, exponent: number()? })
    }

    /// Whether the value is a signature of what has this digest.
    ///
    /// # Errors
    /// [`Error::CryptoFailed`] for numbers that are no RSA key, [`Error::LimitExceeded`] for such as cost too much.
    pub(super) fn verify(&self, encoding: Encoding, digest: &Digest, value: &[u8]) -> Result<bool> {
        self.check()?;
        let length = octets(self.modulus.bits());
        let signature = BigUint::from_bytes_be(value);
        if value.len() != length || signature >= self.modulus {
            return Ok(false);
        }
        let encoded = padded(&signature.modpow(&self.exponent, &self.modulus).to_bytes_be(), length);
        Ok(match encoding {
            Encoding::Pkcs1 => emsa::is_pkcs1(&encoded, digest),
            Encoding::Pss { mask_digest, salt_length } => {
                // One bit less than the modulus has: of 2049 bits, the first octet is none of the encoding's.
                let bits = usize::try_from(self.modulus.bits() - 1).unwrap_or_default();
                let (front, encoded) = encoded.split_at(length.saturating_sub(bits.div_ceil(8)));
                front.iter().all(|&octet| octet == 0) && emsa::is_pss(encoded, bits, digest, mask_digest, salt_length)
            }
        })
    }

    /// Whether the numbers are larger than aws-lc-rs takes.
    pub(super) fn takes_long(&self) -> bool {
        self.modulus.bits() > 8192 || self.exponent.bits() > 33
    }

    fn check(&self) -> Result<()> {
        let (modulus, exponent) = (self.modulus.bits(), self.exponent.bits());
        let is_odd = |number: &BigUint| number.bit(0);
        if exponent < 2 || !is_odd(&self.exponent) || !is_odd(&self.modulus) || self.exponent >= self.modulus {
            return Err(Error::CryptoFailed { operation: CryptoOperation::PublicKey });
        }
        let cost = modulus.checked_mul(modulus).and_then(|square| square.checked_mul(exponent));
        if !MODULUS.contains(&modulus) || cost.is_none_or(|cost| cost > COST_LIMIT) {
            return Err(Error::LimitExceeded { limit: Limit::KeySize });
        }
        Ok(())
    }
}

fn octets(bits: u64) -> usize {
    usize::try_from(bits.div_ceil(8)).unwrap_or(usize::MAX)
}

/// With zeros in front, up to this length.
fn padded(octets: &[u8], length: usize) -> Vec<u8> {
    let mut padded = vec![0; length.saturating_sub(octets.len())];
    padded.extend_from_slice(octets);
    padded
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{self as lc, KeyPair as _, RsaEncoding, RsaKeyPair};

    use super::*;
    use crate::asn1::write;

    const SHA256: DigestAlgorithm = DigestAlgorithm::Sha256;
    const PSS: Encoding = Encoding::Pss { mask_digest: SHA256, salt_length: 32 };

    fn signed(pair: &RsaKeyPair, padding: &'static dyn RsaEncoding) -> Vec<u8> {
        let mut value = vec![0; pair.public_modulus_len()];
        pair.sign(padding, &SystemRandom::new(), b"text", &mut value).unwrap();
        value
    }

    fn key(modulus: &[u8], exponent: &[u8]) -> RsaKey {
        let numbers = [write::unsigned_integer(modulus), write::unsigned_integer(exponent)];
        RsaKey::read(&write::sequence(&[&numbers[0], &numbers[1]])).unwrap()
    }

    #[test]
    fn what_aws_lc_signs_is_verified_and_nothing_else() {
        let pkcs8 = eimza_testkit::pki::private_key_der("nes-rsa2048");
        let pair = RsaKeyPair::from_pkcs8(&pkcs8).unwrap();
        let key = RsaKey::read(pair.public_key().as_ref()).unwrap();
        let (right, wrong) = (SHA256.digest(b"text"), SHA256.digest(b"texts"));
        let ways: [(_, _, &'static dyn RsaEncoding); 2] =
            [(Encoding::Pkcs1, PSS, &lc::RSA_PKCS1_SHA256), (PSS, Encoding::Pkcs1, &lc::RSA_PSS_SHA256)];
        for (encoding, other, padding) in ways {
            let value = signed(&pair, padding);
            assert!(key.verify(encoding, &right, &value).unwrap());
            assert!(!key.verify(encoding, &wrong, &value).unwrap());
            assert!(!key.verify(other, &right, &value).unwrap());
            let longer = [&[0], value.as_slice()].concat();
            for damaged in [longer.as_slice(), &value[1..], &[0; 256], &[0xff; 256], b""] {
                assert!(!key.verify(encoding, &right, damaged).unwrap());
            }
        }
        let value = signed(&pair, &lc::RSA_PSS_SHA256);
        for (mask_digest, salt_length) in [(SHA256, 31), (SHA256, 0), (SHA256, 223), (DigestAlgorithm::Sha1, 32)] {
            assert!(!key.verify(Encoding::Pss { mask_digest, salt_length }, &right, &value).unwrap());
        }
    }

    #[test]
    fn numbers_that_are_no_key_are_told_from_a_wrong_value() {
        let digest = SHA256.digest(b"text");
        let refused = |modulus: &[u8], exponent: &[u8]| {
            let value = vec![1; modulus.len()];
            key(modulus, exponent).verify(Encoding::Pkcs1, &digest, &value).unwrap_err().name()
        };
        let even = [vec![0xff; 255].as_slice(), &[0xfe]].concat();
        for (modulus, exponent) in [
            (&[0xff; 256][..], &[1][..]),
            (&[0xff; 256], &[0]),
            (&[0xff; 256], &[4]),
            (&[0xff; 256], &[0xff; 257]),
            (&even, &[3]),
            (&[1], &[3]),
            (&[0], &[3]),
        ] {
            assert_eq!(refused(modulus, exponent), "crypto-failed", "{exponent:?}");
        }
        for (modulus, exponent) in [(&[0xff; 127][..], &[3][..]), (&[0xff; 2049], &[3]), (&[0xff; 2048], &[0xff; 33])] {
            assert_eq!(refused(modulus, exponent), "limit-exceeded");
        }
        assert!(!key(&[0xff; 2048], &[0xff; 32]).verify(Encoding::Pkcs1, &digest, &[1; 2048]).unwrap());
        assert!(!key(&[0xff; 512], &[&[0xfe; 511][..], &[0xff]].concat()).verify(PSS, &digest, &[1; 512]).unwrap());
    }
}
