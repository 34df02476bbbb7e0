//! `MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }` (section 4), with a key of
//! PKCS#12's own derivation or of PBKDF2 (PBMAC1, RFC 9879).

use super::cipher::unsupported;
use super::derive::{Diversifier, derive};
use super::pbkdf2;
use super::secret::Secret;
use crate::asn1::oid::ObjectIdentifier;
use crate::asn1::{Element, tag};
use crate::crypto::{DigestAlgorithm, Hmac, constant_time_equal};
use crate::error::{Error, Limit, Result};

const WHAT: &str = "MacData";

/// Checks the MAC over the authenticated content: the way to tell a wrong password. The form of the password that fits is
/// that of the whole file.
pub(super) fn check(stated: Element<'_>, content: &[u8], secret: &mut Secret) -> Result<()> {
    let mut fields = stated.reader();
    let mut information = fields.read(tag::SEQUENCE, WHAT)?.reader();
    let algorithm = information.read(tag::SEQUENCE, WHAT)?;
    let expected = information.any(WHAT)?.octets()?;
    let fits = |digest, key: &[u8]| constant_time_equal(Hmac::new(digest, key).code(&[content]).as_bytes(), &expected);
    if algorithm.reader().oid(WHAT)? == PBMAC1.as_bytes() {
        let (digest, key) = pbmac1(&algorithm, secret)?;
        return if fits(digest, &key) { Ok(()) } else { Err(Error::Pkcs12PasswordWrong) };
    }
    let Some(digest) = DigestAlgorithm::from_identifier(&algorithm) else {
        return Err(unsupported(algorithm.reader().oid(WHAT)?));
    };
    let salt = fields.any(WHAT)?.octets()?;
    let iterations = match fields.optional(tag::INTEGER, WHAT)? {
        Some(stated) => stated.small_integer().ok_or(Error::LimitExceeded { limit: Limit::Iterations })?,
        None => 1,
    };
    for number in 0..secret.characters.len() {
        let Some(password) = secret.characters.get(number) else { break };
        let key = derive(digest, Diversifier::Mac, password, &salt, iterations, digest.length(), secret)?;
        if fits(digest, &key) {
            secret.settle(number);
            return Ok(());
        }
    }
    Err(Error::Pkcs12PasswordWrong)
}

/// `PBMAC1-params ::= SEQUENCE { keyDerivationFunc, messageAuthScheme }` (RFC 8018 appendix A.5).
fn pbmac1(algorithm: &Element<'_>, secret: &Secret) -> Result<(DigestAlgorithm, zeroize::Zeroizing<Vec<u8>>)> {
    let mut identifier = algorithm.reader();
    identifier.oid(WHAT)?;
    let mut parameters = identifier.read(tag::SEQUENCE, WHAT)?.reader();
    let function = parameters.read(tag::SEQUENCE, WHAT)?;
    let digest = pbkdf2::hmac_digest(&parameters.read(tag::SEQUENCE, WHAT)?)?;
    Ok((digest, pbkdf2::derive(&function, None, secret)?))
}

const PBMAC1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.14");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::write;
    use crate::secret::Password;

    /// MacData over `content` by one round of SHA-1 with this form of a password.
    fn mac(content: &[u8], password: &[u8], secret: &Secret) -> Vec<u8> {
        let digest = DigestAlgorithm::Sha1;
        let key = derive(digest, Diversifier::Mac, password, b"salt", 1, 20, secret).unwrap();
        let code = Hmac::new(digest, &key).code(&[content]);
        write::sequence(&[&code.digest_info(), &write::octet_string(b"salt")])
    }

    #[test]
    fn the_form_that_fits_is_that_of_the_whole_file() {
        for text in ["", "ş"] {
            for form in 0..2 {
                let mut secret = Secret::new(&Password::new(text).unwrap());
                let password = secret.characters[form].clone();
                let stated = mac(b"content", &password, &secret);
                check(Element::only(&stated, "test").unwrap(), b"content", &mut secret).unwrap();
                assert_eq!(secret.characters, [password], "{text} {form}");
            }
        }
        let mut secret = Secret::new(&Password::new("s").unwrap());
        let stated = mac(b"content", b"\0t\0\0", &secret);
        let wrong = check(Element::only(&stated, "test").unwrap(), b"content", &mut secret).unwrap_err();
        assert_eq!(wrong.name(), "pkcs12-password-wrong");
    }
}
