//! `PrivateKeyInfo` (RFC 5208 section 5) in the forms that are met, brought into the one that aws-lc-rs takes.

use zeroize::Zeroizing;

use crate::asn1::{Element, tag, write};
use crate::crypto::key::modulus;
use crate::crypto::{Curve, KeyType};
use crate::error::{Error, Result};

/// A private key that was not computed with yet.
pub(super) enum KeyInfo<'a> {
    /// `RSAPrivateKey` (RFC 8017 appendix A.1.2), and the length of its modulus. Whether the key is for PSS or not, with or
    /// without parameters, is for the certificate to say.
    Rsa { key: &'a [u8], bits: usize },
    /// `ECPrivateKey` (RFC 5915 section 3) with nothing in it but the number.
    Ec { key: Zeroizing<Vec<u8>>, curve: Curve },
    /// Another kind of key.
    Other(KeyType),
}

impl<'a> KeyInfo<'a> {
    /// `PrivateKeyInfo ::= SEQUENCE { version, algorithm, privateKey OCTET STRING, … }`.
    pub(super) fn read(pkcs8: &'a [u8]) -> Result<Self> {
        const WHAT: &str = "PrivateKeyInfo";
        let mut fields = Element::only(pkcs8, WHAT)?.reader();
        fields.read(tag::INTEGER, WHAT)?;
        let algorithm = fields.read(tag::SEQUENCE, WHAT)?;
        let key = fields.read(tag::OCTET_STRING, WHAT)?.contents;
        let key_type = KeyType::read(&algorithm, || {
            let mut numbers = Element::only(key, "RSAPrivateKey")?.reader();
            numbers.read(tag::INTEGER, "RSAPrivateKey")?;
            modulus(&mut numbers)
        })?;
        Ok(match key_type {
            KeyType::Rsa { bits } => Self::Rsa { key, bits },
            KeyType::Ec(curve) => Self::Ec { key: number_only(key, curve)?, curve },
            other => Self::Other(other),
        })
    }
}

/// `ECPrivateKey ::= SEQUENCE { version (1), privateKey OCTET STRING, [0] parameters, [1] publicKey }`: the parameters, which
/// may be written out, and the public key, which may be missing, are left out, and the number gets the length of the curve.
fn number_only(key: &[u8], curve: Curve) -> Result<Zeroizing<Vec<u8>>> {
    const WHAT: &str = "ECPrivateKey";
    let mut fields = Element::only(key, WHAT)?.reader();
    fields.read(tag::INTEGER, WHAT)?;
    let number = fields.read(tag::OCTET_STRING, WHAT)?.contents;
    let zeros = number.iter().take_while(|&&octet| octet == 0).count();
    let digits = number.get(zeros..).unwrap_or_default();
    let missing =
        curve.field_octets().checked_sub(digits.len()).ok_or(Error::Asn1Malformed { what: WHAT, offset: 0 })?;
    let number = Zeroizing::new([vec![0; missing].as_slice(), digits].concat());
    let number = Zeroizing::new(write::octet_string(&number));
    Ok(Zeroizing::new(write::sequence(&[&write::integer(1), &number])))
}
