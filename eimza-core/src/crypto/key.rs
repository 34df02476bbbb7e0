//! Public keys as certificates carry them (SubjectPublicKeyInfo, RFC 5280 section 4.1.2.7).

use std::fmt;

use super::binding::Binding;
use super::rsa::RsaKey;
use crate::asn1::oid::{self, dotted};
use crate::asn1::{Element, Reader, tag};
use crate::error::{Error, Result};

/// A curve of NIST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// P-256, secp256r1.
    P256,
    /// P-384, secp384r1.
    P384,
    /// P-521, secp521r1.
    P521,
}

impl Curve {
    /// The length of a coordinate in octets.
    pub fn field_octets(self) -> usize {
        match self {
            Curve::P256 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }

    /// Reads EC parameters: a curve's name, or explicit ones (RFC 3279 section 2.3.5) that describe a known curve.
    pub(crate) fn from_parameters(parameters: &Element<'_>) -> Option<Self> {
        match parameters.tag {
            tag::OBJECT_IDENTIFIER => {
                let named = [(oid::P256, Curve::P256), (oid::P384, Curve::P384), (oid::P521, Curve::P521)];
                named.into_iter().find(|(oid, _)| oid.as_bytes() == parameters.contents).map(|(_, curve)| curve)
            }
            tag::SEQUENCE => explicit::known_curve(parameters).ok().flatten(),
            _ => None,
        }
    }
}

/// What a key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// RSA with a modulus of so many bits.
    Rsa {
        /// The modulus' length.
        bits: usize,
    },
    /// An elliptic curve key.
    Ec(Curve),
    /// Another algorithm, by its object identifier.
    Other(String),
}

impl KeyType {
    /// Reads the AlgorithmIdentifier of a public or private key; of an RSA key the modulus tells the rest. An unknown
    /// algorithm is no error.
    pub(crate) fn read<'a>(algorithm: &Element<'a>, modulus: impl FnOnce() -> Result<&'a [u8]>) -> Result<Self> {
        const WHAT: &str = "key algorithm";
        let mut identifier = algorithm.reader();
        let name = identifier.oid(WHAT)?;
        Ok(if name == oid::RSA_ENCRYPTION.as_bytes() || name == oid::RSA_PSS.as_bytes() {
            KeyType::Rsa { bits: bits(modulus()?) }
        } else if name == oid::EC_PUBLIC_KEY.as_bytes() {
            let parameters = identifier.any(WHAT)?;
            Curve::from_parameters(&parameters).map_or_else(|| KeyType::Other(dotted(name)), KeyType::Ec)
        } else {
            KeyType::Other(dotted(name))
        })
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyType::Rsa { bits } => write!(formatter, "RSA-{bits}"),
            KeyType::Ec(Curve::P256) => formatter.write_str("EC P-256"),
            KeyType::Ec(Curve::P384) => formatter.write_str("EC P-384"),
            KeyType::Ec(Curve::P521) => formatter.write_str("EC P-521"),
            KeyType::Other(identifier) => write!(formatter, "other:{identifier}"),
        }
    }
}

/// A public key, as a slice of the certificate that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey<'a> {
    /// What the key is.
    pub key_type: KeyType,
    /// RSAPublicKey or the curve point.
    pub(crate) octets: &'a [u8],
    /// What the AlgorithmIdentifier says of signatures: read once, for its parameters may be large.
    pub(super) binding: Binding,
}

impl<'a> PublicKey<'a> {
    /// Reads a SubjectPublicKeyInfo. An unknown algorithm is no error.
    pub fn from_spki(spki: &'a [u8]) -> Result<Self> {
        const WHAT: &str = "subject public key info";
        let mut reader = Element::only(spki, WHAT)?.reader();
        let algorithm = reader.read(tag::SEQUENCE, WHAT)?;
        let octets = reader.read(tag::BIT_STRING, WHAT)?.bit_string_octets(WHAT)?;
        reader.finish(WHAT)?;
        let key_type = KeyType::read(&algorithm, || public_modulus(octets))?;
        Ok(Self { key_type, octets, binding: Binding::of(&algorithm) })
    }

    /// The modulus of an RSA key, without leading zeros.
    pub fn modulus(&self) -> Option<&'a [u8]> {
        match self.key_type {
            KeyType::Rsa { .. } => public_modulus(self.octets).ok(),
            _ => None,
        }
    }

    /// Whether a signature by it takes much longer to verify than others do.
    pub(crate) fn takes_long(&self) -> bool {
        matches!(self.key_type, KeyType::Rsa { .. }) && RsaKey::read(self.octets).is_ok_and(|key| key.takes_long())
    }

    /// The point of an EC key, as the certificate has it.
    pub fn point(&self) -> Option<&'a [u8]> {
        match self.key_type {
            KeyType::Ec(_) => Some(self.octets),
            _ => None,
        }
    }
}

/// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017 appendix A.1.1).
pub(crate) fn public_modulus(key: &[u8]) -> Result<&[u8]> {
    modulus(&mut Element::only(key, "RSA public key")?.reader())
}

/// The next number of an RSA key, which is its modulus, without leading zeros.
pub(crate) fn modulus<'a>(numbers: &mut Reader<'a>) -> Result<&'a [u8]> {
    const WHAT: &str = "RSA modulus";
    let modulus = numbers.read(tag::INTEGER, WHAT)?.contents;
    let zeros = modulus.iter().take_while(|&&octet| octet == 0).count();
    modulus.get(zeros..).ok_or(Error::Asn1Malformed { what: WHAT, offset: 0 })
}

fn bits(modulus: &[u8]) -> usize {
    let unused = modulus.first().map_or(0, |first| first.leading_zeros());
    (modulus.len() * 8).saturating_sub(usize::try_from(unused).unwrap_or(0))
}

/// Curves written out in full instead of by name: some cards and certificates do that.
mod explicit {
    use super::Curve;
    use crate::asn1::{Element, oid, tag};
    use crate::error::Result;

    /// `ECParameters ::= SEQUENCE { version, fieldID SEQUENCE { OID, prime }, curve, base OCTET STRING, order, … }`:
    /// known by prime and by the base point's x coordinate.
    pub(super) fn known_curve(parameters: &Element<'_>) -> Result<Option<Curve>> {
        const WHAT: &str = "explicit EC parameters";
        let mut reader = parameters.reader();
        reader.read(tag::INTEGER, WHAT)?;
        let mut field = reader.read(tag::SEQUENCE, WHAT)?.reader();
        let is_prime_field = field.oid(WHAT)? == oid::PRIME_FIELD.as_bytes();
        let prime = field.read(tag::INTEGER, WHAT)?.contents;
        reader.read(tag::SEQUENCE, WHAT)?;
        let base = reader.read(tag::OCTET_STRING, WHAT)?.contents;
        let prime = prime.strip_prefix(&[0]).unwrap_or(prime);
        let known = CURVES.iter().find(|known| {
            let x = base.get(1..=known.x.len());
            is_prime_field && known.prime() == prime && x == Some(known.x)
        });
        Ok(known.map(|known| known.curve))
    }

    struct Known {
        curve: Curve,
        /// The prime as signed powers of two, most significant first.
        powers: &'static [(bool, u32)],
        /// The base point's x coordinate.
        x: &'static [u8],
    }

    impl Known {
        fn prime(&self) -> Vec<u8> {
            let mut digits = vec![0i16; self.x.len() + 1];
            for &(positive, power) in self.powers {
                let place = usize::try_from(power / 8).ok().and_then(|low| digits.len().checked_sub(low + 1));
                if let Some(digit) = place.and_then(|place| digits.get_mut(place)) {
                    *digit += if positive { 1 << (power % 8) } else { -(1 << (power % 8)) };
                }
            }
            let mut borrow = 0i16;
            let mut octets: Vec<u8> = digits
                .iter()
                .rev()
                .map(|digit| {
                    let sum = digit + borrow;
                    borrow = sum.div_euclid(256);
                    u8::try_from(sum.rem_euclid(256)).unwrap_or_default()
                })
                .collect();
            octets.reverse();
            let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
            octets.split_off(zeros)
        }
    }

    /// FIPS 186-4 appendix D.1.2 (SEC 2 for the base points).
    const CURVES: [Known; 3] = [
        Known {
            curve: Curve::P256,
            powers: &[(true, 256), (false, 224), (true, 192), (true, 96), (false, 0)],
            x: &[
                0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77,
                0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
            ],
        },
        Known {
            curve: Curve::P384,
            powers: &[(true, 384), (false, 128), (false, 96), (true, 32), (false, 0)],
            x: &[
                0xaa, 0x87, 0xca, 0x22, 0xbe, 0x8b, 0x05, 0x37, 0x8e, 0xb1, 0xc7, 0x1e, 0xf3, 0x20, 0xad, 0x74, 0x6e,
                0x1d, 0x3b, 0x62, 0x8b, 0xa7, 0x9b, 0x98, 0x59, 0xf7, 0x41, 0xe0, 0x82, 0x54, 0x2a, 0x38, 0x55, 0x02,
                0xf2, 0x5d, 0xbf, 0x55, 0x29, 0x6c, 0x3a, 0x54, 0x5e, 0x38, 0x72, 0x76, 0x0a, 0xb7,
            ],
        },
        Known {
            curve: Curve::P521,
            powers: &[(true, 521), (false, 0)],
            x: &[
                0x00, 0xc6, 0x85, 0x8e, 0x06, 0xb7, 0x04, 0x04, 0xe9, 0xcd, 0x9e, 0x3e, 0xcb, 0x66, 0x23, 0x95, 0xb4,
                0x42, 0x9c, 0x64, 0x81, 0x39, 0x05, 0x3f, 0xb5, 0x21, 0xf8, 0x28, 0xaf, 0x60, 0x6b, 0x4d, 0x3d, 0xba,
                0xa1, 0x4b, 0x5e, 0x77, 0xef, 0xe7, 0x59, 0x28, 0xfe, 0x1d, 0xc1, 0x27, 0xa2, 0xff, 0xa8, 0xde, 0x33,
                0x48, 0xb3, 0xc1, 0x85, 0x6a, 0x42, 0x9b, 0xf9, 0x7e, 0x7e, 0x31, 0xc2, 0xe5, 0xbd, 0x66,
            ],
        },
    ];

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn primes_are_those_of_the_standard() {
            let hex = |curve: &Known| curve.prime().iter().map(|octet| format!("{octet:02x}")).collect::<String>();
            assert_eq!(hex(&CURVES[0]), "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
            let p384 =
                "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff";
            assert_eq!(hex(&CURVES[1]), p384);
            assert_eq!(hex(&CURVES[2]), format!("01{}", "ff".repeat(65)));
        }
    }
}
