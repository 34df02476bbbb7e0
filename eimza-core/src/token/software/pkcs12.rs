//! Reading PKCS#12 files (RFC 7292): keys and certificates, in modern and in old encryption.
//!
//! ```text
//! PFX      ::= SEQUENCE { version INTEGER (3), authSafe ContentInfo, macData MacData OPTIONAL }
//! authSafe: id-data over SEQUENCE OF ContentInfo, each id-data or id-encryptedData over SEQUENCE OF SafeBag
//! ```
//! DER and BER alike. The rounds that all key derivations of a file cost together are limited.

mod bags;
mod cipher;
mod derive;
mod mac;
mod pbkdf2;
mod secret;

use zeroize::Zeroizing;

use super::KeyMaterial;
use crate::asn1::oid::ObjectIdentifier;
use crate::asn1::{Element, Reader, oid, tag};
use crate::certificate::Certificate;
use crate::crypto::PrivateKey;
use crate::error::{Error, Limit, Pkcs12Fault, Result};
use crate::secret::Password;
use bags::{Bags, CertificateBag, KeyBag};
use secret::Secret;

/// Far more than keys and chains take.
const SIZE_LIMIT: usize = 4 << 20;

/// What a PKCS#12 file holds.
#[derive(Debug)]
pub struct Pkcs12 {
    /// The keys that can be used, each with its certificate and what the file has of that one's chain. There is one at
    /// least.
    pub keys: Vec<KeyMaterial>,
    /// Why other parts of the file were passed over: a key of an unknown kind or without a certificate, a damaged
    /// certificate of a chain.
    pub passed_over: Vec<Error>,
}

impl Pkcs12 {
    /// Reads a file. A part that cannot be read hides no other.
    ///
    /// # Errors
    /// [`Error::Pkcs12Malformed`], [`Error::Pkcs12PasswordWrong`], [`Error::LimitExceeded`]; for a file of which no key can
    /// be used [`Error::AlgorithmUnsupported`], [`Error::CryptoFailed`] where a key is damaged, or
    /// [`Error::Pkcs12KeyAbsent`] where there is none, or no certificate for it.
    pub fn read(file: &[u8], password: &Password) -> Result<Self> {
        let mut bags = read(file, &mut Secret::new(password)).map_err(of_pkcs12)?;
        let mut keys = Vec::new();
        for key in &bags.keys {
            match with_certificate(key, &bags.certificates) {
                Ok(material) => keys.push(material),
                Err(error) => bags.passed_over.push(error),
            }
        }
        let passed_over: Vec<Error> = bags.passed_over.into_iter().map(of_pkcs12).collect();
        if keys.is_empty() { Err(gravest(passed_over)) } else { Ok(Self { keys, passed_over }) }
    }
}

impl KeyMaterial {
    /// The keys of a PKCS#12 file: [`Pkcs12::read`] without what was passed over.
    ///
    /// # Errors
    /// Those of [`Pkcs12::read`].
    pub fn from_pkcs12(file: &[u8], password: &Password) -> Result<Vec<Self>> {
        Pkcs12::read(file, password).map(|contents| contents.keys)
    }
}

fn of_pkcs12(error: Error) -> Error {
    match error {
        Error::Asn1Malformed { what, .. } => Error::Pkcs12Malformed { reason: Pkcs12Fault::Structure(what) },
        other => other,
    }
}

/// The error that tells most about why there is no key: a wrong password comes first, a key without a certificate last.
fn gravest(passed_over: Vec<Error>) -> Error {
    let rank = |error: &Error| match error {
        Error::Pkcs12PasswordWrong => 0,
        Error::Pkcs12KeyAbsent => 2,
        _ => 1,
    };
    passed_over.into_iter().min_by_key(rank).unwrap_or(Error::Pkcs12KeyAbsent)
}

fn read(file: &[u8], secret: &mut Secret) -> Result<Bags> {
    if file.len() > SIZE_LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::Size });
    }
    let outer = Element::only(file, "PFX")?;
    if outer.tag != tag::SEQUENCE {
        return Err(Error::Pkcs12Malformed { reason: Pkcs12Fault::Structure("PFX") });
    }
    let mut fields = outer.reader();
    if fields.read(tag::INTEGER, "PFX version")?.small_integer() != Some(3) {
        return Err(Error::Pkcs12Malformed { reason: Pkcs12Fault::Version });
    }
    let (kind, content) = content_info(&mut fields)?;
    if kind != oid::DATA.as_bytes() {
        // The public-key integrity mode, which is not in use for a person's own keys.
        return Err(Error::Pkcs12Malformed { reason: Pkcs12Fault::Unprotected });
    }
    let content = content.octets()?;
    if let Some(stated) = fields.optional(tag::SEQUENCE, "MacData")? {
        mac::check(stated, &content, secret)?;
    }
    fields.finish("PFX")?;

    let mut bags = Bags::default();
    let mut safes = Element::only_sequence(&content, "AuthenticatedSafe")?.reader();
    while !safes.is_empty() {
        let safe = safes.read(tag::SEQUENCE, "ContentInfo")?;
        let taken = safe_contents(&safe, secret).and_then(|contents| bags.take(&contents, secret, 0));
        bags.pass_over(taken)?;
    }
    Ok(bags)
}

/// The SafeContents of one part, decrypted.
fn safe_contents(safe: &Element<'_>, secret: &Secret) -> Result<Zeroizing<Vec<u8>>> {
    let (kind, content) = content_info(&mut Reader::new(safe.bytes))?;
    if kind == oid::DATA.as_bytes() {
        Ok(Zeroizing::new(content.octets()?.into_owned()))
    } else if kind == ENCRYPTED_DATA.as_bytes() {
        encrypted_data(content, secret)
    } else {
        Err(Error::Pkcs12Malformed { reason: Pkcs12Fault::PartUnprotected })
    }
}

/// `ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT ANY }`.
fn content_info<'a>(reader: &mut Reader<'a>) -> Result<(&'a [u8], Element<'a>)> {
    let mut fields = reader.read(tag::SEQUENCE, "ContentInfo")?.reader();
    let kind = fields.oid("ContentInfo")?;
    let content = fields.read(tag::context(0), "ContentInfo")?.reader().any("ContentInfo")?;
    Ok((kind, content))
}

/// `EncryptedData ::= SEQUENCE { version, SEQUENCE { contentType, algorithm, [0] IMPLICIT OCTET STRING }, … }`
/// (RFC 5652 section 8).
fn encrypted_data(content: Element<'_>, secret: &Secret) -> Result<Zeroizing<Vec<u8>>> {
    const WHAT: &str = "EncryptedData";
    let mut fields = content.reader();
    fields.read(tag::INTEGER, WHAT)?;
    let mut information = fields.read(tag::SEQUENCE, WHAT)?.reader();
    information.oid(WHAT)?;
    let algorithm = information.read(tag::SEQUENCE, WHAT)?;
    let encrypted = information.any(WHAT)?;
    if ![tag::context_primitive(0), tag::context(0)].contains(&encrypted.tag) {
        return Err(Error::Pkcs12Malformed { reason: Pkcs12Fault::Structure(WHAT) });
    }
    cipher::decrypt(algorithm, &encrypted.octets()?, secret)
}

/// The key with the certificate that has its numbers; the one with the same localKeyID is looked at first. Reading a key
/// and signing with it is what costs: each happens once.
fn with_certificate(key: &KeyBag, certificates: &[CertificateBag]) -> Result<KeyMaterial> {
    let private = PrivateKey::from_pkcs8(&key.pkcs8)?;
    let is_named = |bag: &&CertificateBag| key.local_id.is_some() && key.local_id == bag.local_id;
    let has_its_numbers =
        |bag: &&CertificateBag| bag.certificate.public_key().is_ok_and(|public| private.resembles(&public));
    let named = certificates.iter().filter(is_named);
    let others = certificates.iter().filter(|bag| !is_named(bag));
    let bag = named.chain(others).find(has_its_numbers).ok_or(Error::Pkcs12KeyAbsent)?;
    let label = [&key.friendly_name, &bag.friendly_name].into_iter().flatten().next().cloned();
    let chain = chain(&bag.certificate, certificates);
    KeyMaterial::of(&private, key.pkcs8.clone(), label.unwrap_or_default(), chain)
}

fn chain(leaf: &Certificate, certificates: &[CertificateBag]) -> Vec<Certificate> {
    let mut chain = vec![leaf.clone()];
    while let Some(issuer) = chain.last().map(Certificate::issuer_der).and_then(|name| {
        let mut issuers = certificates.iter().map(|bag| &bag.certificate);
        issuers.find(|issuer| issuer.subject_der() == name && !chain.contains(issuer))
    }) {
        chain.push(issuer.clone());
    }
    chain
}

const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");
