//! `MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }` (section 4).

use aws_lc_rs::hmac;

use super::Secret;
use super::derive::{Purpose, derive};
use crate::asn1::oid::dotted;
use crate::asn1::{Element, tag};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Result};

/// Checks the MAC over the authenticated content: the way to tell a wrong password.
pub(super) fn check(stated: Element<'_>, content: &[u8], secret: &Secret) -> Result<()> {
    const WHAT: &str = "MacData";
    let mut fields = stated.reader();
    let mut information = fields.read(tag::SEQUENCE, WHAT)?.reader();
    let algorithm = information.read(tag::SEQUENCE, WHAT)?;
    let expected = information.any(WHAT)?.octets()?;
    let salt = fields.any(WHAT)?.octets()?;
    let iterations = match fields.optional(tag::INTEGER, WHAT)? {
        Some(stated) => stated.small_integer().ok_or(Error::LimitExceeded { limit: "iterations" })?,
        None => 1,
    };
    let Some(digest) = DigestAlgorithm::from_identifier(&algorithm) else {
        let algorithm = algorithm.reader().oid(WHAT).map(dotted)?;
        return Err(Error::AlgorithmUnsupported { algorithm });
    };
    let kind = match digest {
        DigestAlgorithm::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha256 => hmac::HMAC_SHA256,
        DigestAlgorithm::Sha384 => hmac::HMAC_SHA384,
        DigestAlgorithm::Sha512 => hmac::HMAC_SHA512,
    };
    let fits = |password: &[u8]| -> Result<bool> {
        let key = derive(digest, Purpose::Mac, password, &salt, iterations, digest.length(), secret)?;
        Ok(hmac::verify(&hmac::Key::new(kind, &key), content, &expected).is_ok())
    };
    // Some programs take "no password" for no octets at all, not for an empty text with its end mark.
    if fits(&secret.bmp)? || secret.utf8.is_empty() && fits(&[])? { Ok(()) } else { Err(Error::Pkcs12PasswordWrong) }
}
