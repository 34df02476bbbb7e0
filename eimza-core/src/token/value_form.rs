//! In which forms modules and cards hand out the value of a signature.
//!
//! PKCS#11 has RSA values as long as the modulus, and ECDSA values as r and s of the curve's length each (version 2.40,
//! mechanisms, section 2.3.1). Some modules give DER, leave zeros out, or put zeros on. Which form it was is decided by
//! verifying: what does not verify in any form is no signature.

use crate::asn1::{Element, Reader, tag, write};
use crate::crypto::{KeyType, PublicKey};
use crate::error::{Error, Result};
use crate::token::SignRequest;

/// The value as CMS carries it: for ECDSA it is DER.
///
/// # Errors
/// [`Error::TokenSignatureInvalid`] where it verifies in no form.
pub(super) fn normalised(value: &[u8], request: &SignRequest, key: &PublicKey<'_>) -> Result<Vec<u8>> {
    let forms = match (key.modulus(), &key.key_type) {
        (Some(modulus), _) => rsa(value, modulus.len()),
        (None, KeyType::Ec(curve)) => ecdsa(value, curve.field_octets()),
        _ => vec![value.to_vec()],
    };
    for form in forms {
        if request.algorithm.verify(key, &request.digest, &form)? {
            return Ok(form);
        }
    }
    Err(Error::TokenSignatureInvalid)
}

/// As it is, then with the zeros in front that belong there, without what stands behind, from the last octet to the first.
fn rsa(value: &[u8], length: usize) -> Vec<Vec<u8>> {
    let zeros = value.iter().take_while(|&&octet| octet == 0).count();
    let number = value.get(zeros..).unwrap_or_default();
    let mut forms = vec![value.to_vec()];
    if number.len() <= length && value.len() != length {
        forms.push([vec![0; length - number.len()].as_slice(), number].concat());
    }
    forms.extend(value.get(..length).map(<[u8]>::to_vec));
    forms.extend(value.get(..length).map(reversed));
    forms
}

/// Two halves of the curve's length, DER, two halves of another length, with or without zeros, each half from its last octet
/// to its first.
fn ecdsa(value: &[u8], half: usize) -> Vec<Vec<u8>> {
    let whole = value.get(..half.saturating_mul(2)).unwrap_or(value);
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut split = |octets: &[u8], at: usize| {
        pairs.extend(octets.split_at_checked(at).map(|(r, s)| (r.to_vec(), s.to_vec())));
    };
    split(whole, half);
    split(value, value.len() / 2);
    split(whole, whole.len().saturating_sub(half));
    pairs.extend(der(value));
    pairs.extend(whole.split_at_checked(half).map(|(r, s)| (reversed(r), reversed(s))));
    let mut forms: Vec<Vec<u8>> = pairs.iter().filter_map(|(r, s)| to_der(r, s, half)).collect();
    forms.dedup();
    forms
}

/// `SEQUENCE { r INTEGER, s INTEGER }` of two numbers with or without zeros in front; `None` for one that is zero or longer
/// than the curve's field.
fn to_der(r: &[u8], s: &[u8], field_octets: usize) -> Option<Vec<u8>> {
    let number = |octets: &'_ [u8]| {
        let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
        let number = octets.get(zeros..).unwrap_or_default();
        (1..=field_octets).contains(&number.len()).then(|| write::unsigned_integer(number))
    };
    Some(write::sequence(&[&number(r)?, &number(s)?]))
}

/// The same read, whatever stands behind it.
fn der(value: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let sequence: Element<'_> = Reader::new(value).any("ECDSA value").ok()?;
    let mut reader = (sequence.tag == tag::SEQUENCE).then(|| sequence.reader())?;
    let (r, s) = (reader.any("r").ok()?, reader.any("s").ok()?);
    Some((r.contents.to_vec(), s.contents.to_vec()))
}

fn reversed(octets: &[u8]) -> Vec<u8> {
    octets.iter().rev().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_become_minimal_positive_integers() {
        assert_eq!(to_der(&[0x00, 0x80], &[0x00, 0x01], 2).unwrap(), [0x30, 7, 2, 2, 0, 0x80, 2, 1, 1]);
        assert_eq!(to_der(&[0, 0], &[0, 1], 2), None);
        assert_eq!(to_der(&[1, 1, 1], &[1], 2), None);
    }
}
