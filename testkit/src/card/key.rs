//! A key of the declared test PKI that signs for real.
//!
//! These keys are public, so nothing here has to hide how long it computes.

use aws_lc_rs::{digest, rand, signature as lc};
use num_bigint::BigUint;

use super::design::{EcdsaForm, KeyDesign, Scheme};
use super::status::Status;
use crate::{der, pki};

/// A key on the card.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) design: KeyDesign,
    /// The size of the modulus or of the curve's order, in bits.
    pub(super) bits: usize,
    pkcs8: Vec<u8>,
    curve: Option<Curve>,
}

impl Key {
    pub(super) fn new(design: KeyDesign) -> Self {
        let pkcs8 = pki::private_key_der(&design.name);
        let algorithm = der::children(&der::children(&pkcs8)[1]);
        let curve = algorithm.get(1).and_then(|parameters| Curve::of(parameters));
        let bits = curve.map_or_else(|| RsaNumbers::of(&pkcs8).modulus.bits(), |curve| curve.bits());
        Self { design, bits: usize::try_from(bits).expect("keys are small"), pkcs8, curve }
    }

    pub(super) fn is_ec(&self) -> bool {
        self.curve.is_some()
    }

    /// How many octets a signature, or half of an ECDSA signature, has.
    pub(super) fn length(&self) -> usize {
        self.bits.div_ceil(8)
    }

    /// The signature value over these octets.
    pub(super) fn sign(&self, scheme: Scheme, form: EcdsaForm, octets: &[u8]) -> Result<Vec<u8>, Status> {
        match (scheme, self.curve) {
            (Scheme::Ecdsa, Some(curve)) => curve.sign(&self.pkcs8, form, octets),
            (Scheme::RsaRaw, None) if octets.len() == self.length() => self.raw(octets),
            (Scheme::RsaPkcs1, None) => self.raw(&self.padded(octets)?),
            (Scheme::RsaPss, None) => self.pss(octets),
            _ => Err(Status::WRONG_DATA),
        }
    }

    /// The block `00 01 FF … FF 00 T` (RFC 8017 section 9.2).
    fn padded(&self, octets: &[u8]) -> Result<Vec<u8>, Status> {
        let filling = self.length().checked_sub(octets.len() + 3).filter(|filling| *filling >= 8);
        let filling = vec![0xff; filling.ok_or(Status::WRONG_DATA)?];
        Ok([&[0, 1], &filling[..], &[0], octets].concat())
    }

    /// RSASP1 with the Chinese remainder theorem (RFC 8017 section 5.2.1).
    fn raw(&self, block: &[u8]) -> Result<Vec<u8>, Status> {
        let numbers = RsaNumbers::of(&self.pkcs8);
        let message = BigUint::from_bytes_be(block);
        if message >= numbers.modulus {
            return Err(Status::WRONG_DATA);
        }
        let first = message.modpow(&numbers.exponents[0], &numbers.primes[0]);
        let second = message.modpow(&numbers.exponents[1], &numbers.primes[1]);
        let distance = (&first + &numbers.primes[0] - &second % &numbers.primes[0]) * &numbers.coefficient;
        let value = second + &numbers.primes[1] * (distance % &numbers.primes[0]);
        Ok(left_padded(&value.to_bytes_be(), self.length()))
    }

    fn pss(&self, octets: &[u8]) -> Result<Vec<u8>, Status> {
        let (padding, digest): (&'static dyn lc::RsaEncoding, _) = match octets.len() {
            32 => (&lc::RSA_PSS_SHA256, &digest::SHA256),
            48 => (&lc::RSA_PSS_SHA384, &digest::SHA384),
            64 => (&lc::RSA_PSS_SHA512, &digest::SHA512),
            _ => return Err(Status::WRONG_DATA),
        };
        let imported = digest::Digest::import_less_safe(octets, digest).expect("the length is right");
        let pair = lc::RsaKeyPair::from_pkcs8(&self.pkcs8).map_err(|_| Status::CONDITIONS)?;
        let mut value = vec![0; pair.public_modulus_len()];
        pair.sign_digest(padding, &imported, &mut value).map_err(|_| Status::CONDITIONS)?;
        Ok(value)
    }
}

/// `RSAPrivateKey` (RFC 8017 appendix A.1.2).
struct RsaNumbers {
    modulus: BigUint,
    primes: [BigUint; 2],
    exponents: [BigUint; 2],
    coefficient: BigUint,
}

impl RsaNumbers {
    fn of(pkcs8: &[u8]) -> Self {
        let inner = der::contents(&der::children(pkcs8)[2]).to_vec();
        let fields = der::children(&inner);
        let number = |index: usize| BigUint::from_bytes_be(der::contents(&fields[index]));
        Self {
            modulus: number(1),
            primes: [number(4), number(5)],
            exponents: [number(6), number(7)],
            coefficient: number(8),
        }
    }
}

#[derive(Clone, Copy)]
enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    fn of(parameters: &[u8]) -> Option<Self> {
        [("1.2.840.10045.3.1.7", Self::P256), ("1.3.132.0.34", Self::P384), ("1.3.132.0.35", Self::P521)]
            .into_iter()
            .find_map(|(oid, curve)| (der::oid(oid) == parameters).then_some(curve))
    }

    fn bits(self) -> u64 {
        match self {
            Self::P256 => 256,
            Self::P384 => 384,
            Self::P521 => 521,
        }
    }

    /// ECDSA over a digest of any length: of a long one the leftmost octets count, before a short one stand zeros.
    fn sign(self, pkcs8: &[u8], form: EcdsaForm, octets: &[u8]) -> Result<Vec<u8>, Status> {
        let (plain, encoded, digest) = match self {
            Self::P256 => (&lc::ECDSA_P256_SHA256_FIXED_SIGNING, &lc::ECDSA_P256_SHA256_ASN1_SIGNING, &digest::SHA256),
            Self::P384 => (&lc::ECDSA_P384_SHA384_FIXED_SIGNING, &lc::ECDSA_P384_SHA384_ASN1_SIGNING, &digest::SHA384),
            Self::P521 => (&lc::ECDSA_P521_SHA512_FIXED_SIGNING, &lc::ECDSA_P521_SHA512_ASN1_SIGNING, &digest::SHA512),
        };
        if octets.is_empty() || octets.len() > 64 {
            return Err(Status::WRONG_DATA);
        }
        let counting = &octets[..octets.len().min(digest.output_len)];
        let imported = digest::Digest::import_less_safe(&left_padded(counting, digest.output_len), digest)
            .expect("the length is right");
        let algorithm = match form {
            EcdsaForm::Plain => plain,
            EcdsaForm::Der => encoded,
        };
        let pair = lc::EcdsaKeyPair::from_pkcs8(algorithm, pkcs8).map_err(|_| Status::CONDITIONS)?;
        let value = pair.sign_digest(&imported).map_err(|_| Status::CONDITIONS)?;
        Ok(value.as_ref().to_vec())
    }
}

/// Random octets, for GET CHALLENGE.
pub(super) fn random(octets: usize) -> Vec<u8> {
    let mut filled = vec![0; octets];
    rand::fill(&mut filled).expect("the system has random numbers");
    filled
}

fn left_padded(octets: &[u8], length: usize) -> Vec<u8> {
    [vec![0; length - octets.len()], octets.to_vec()].concat()
}
