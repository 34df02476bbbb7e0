//! What lies inside: `SafeBag ::= SEQUENCE { bagId, bagValue [0] EXPLICIT ANY, attributes SET OPTIONAL }` (section 4.2).

use zeroize::Zeroizing;

use super::cipher;
use super::secret::Secret;
use crate::asn1::oid::ObjectIdentifier;
use crate::asn1::{Element, Reader, tag};
use crate::certificate::Certificate;
use crate::error::{Error, Limit, Result};

#[derive(Default)]
pub(super) struct Bags {
    pub(super) keys: Vec<KeyBag>,
    pub(super) certificates: Vec<CertificateBag>,
    /// Why parts of the file were not taken.
    pub(super) passed_over: Vec<Error>,
}

pub(super) struct KeyBag {
    pub(super) pkcs8: Zeroizing<Vec<u8>>,
    pub(super) friendly_name: Option<String>,
    pub(super) local_id: Option<Vec<u8>>,
}

pub(super) struct CertificateBag {
    pub(super) certificate: Certificate,
    pub(super) friendly_name: Option<String>,
    pub(super) local_id: Option<Vec<u8>>,
}

/// The most notes about parts that were passed over.
const PASSED_OVER: usize = 256;
/// Every key is compared with every certificate.
const KEYS: usize = 64;
const CERTIFICATES: usize = 64;
/// SafeContents inside SafeContents.
const DEPTH: usize = 4;

impl Bags {
    /// Notes why a part was not taken and goes on; a limit that is reached is the file's end.
    pub(super) fn pass_over(&mut self, taken: Result<()>) -> Result<()> {
        match taken {
            Ok(()) => return Ok(()),
            Err(error @ Error::LimitExceeded { .. }) => return Err(error),
            Err(error) => self.passed_over.push(error),
        }
        if self.passed_over.len() > PASSED_OVER { Err(Error::LimitExceeded { limit: Limit::Bags }) } else { Ok(()) }
    }

    /// Takes what SafeContents hold; bags of other kinds (CRLs, secrets) are stepped over.
    pub(super) fn take(&mut self, contents: &[u8], secret: &Secret, depth: usize) -> Result<()> {
        if depth > DEPTH {
            return Err(Error::LimitExceeded { limit: Limit::Depth });
        }
        let mut bags = Element::only_sequence(contents, "SafeContents")?.reader();
        while !bags.is_empty() {
            let bag = bags.read(tag::SEQUENCE, "SafeBag")?;
            let taken = self.take_bag(bag.reader(), secret, depth);
            self.pass_over(taken)?;
        }
        Ok(())
    }

    fn take_bag(&mut self, mut bag: Reader<'_>, secret: &Secret, depth: usize) -> Result<()> {
        let kind = bag.oid("SafeBag")?;
        let value = bag.read(tag::context(0), "SafeBag")?.reader().any("SafeBag")?;
        // These are names only, so unreadable ones are left out.
        let (friendly_name, local_id) = attributes(&mut bag).unwrap_or_default();
        let is = |known: ObjectIdentifier| known.as_bytes() == kind;
        if is(KEY) || is(SHROUDED_KEY) {
            let pkcs8 = if is(KEY) { Zeroizing::new(value.bytes.to_vec()) } else { unshroud(value, secret)? };
            self.keys.push(KeyBag { pkcs8, friendly_name, local_id });
        } else if is(CERTIFICATE) {
            if let Some(certificate) = x509(value)? {
                self.certificates.push(CertificateBag { certificate, friendly_name, local_id });
            }
        } else if is(SAFE_CONTENTS) {
            self.take(value.bytes, secret, depth + 1)?;
        }
        if self.keys.len() > KEYS || self.certificates.len() > CERTIFICATES {
            return Err(Error::LimitExceeded { limit: Limit::Bags });
        }
        Ok(())
    }
}

/// `EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm, encryptedData OCTET STRING }` (RFC 5208 section 6).
fn unshroud(value: Element<'_>, secret: &Secret) -> Result<Zeroizing<Vec<u8>>> {
    let mut fields = value.reader();
    let algorithm = fields.read(tag::SEQUENCE, "EncryptedPrivateKeyInfo")?;
    let encrypted = fields.any("EncryptedPrivateKeyInfo")?;
    cipher::decrypt(algorithm, &encrypted.octets()?, secret)
}

/// `CertBag ::= SEQUENCE { certId, certValue [0] EXPLICIT OCTET STRING }`; SDSI certificates are passed over.
fn x509(value: Element<'_>) -> Result<Option<Certificate>> {
    let mut fields = value.reader();
    let kind = fields.oid("CertBag")?;
    let octets = fields.read(tag::context(0), "CertBag")?.reader().any("CertBag")?.octets()?;
    if kind != X509_CERTIFICATE.as_bytes() {
        return Ok(None);
    }
    Certificate::from_der(octets.into_owned()).map(Some)
}

/// friendlyName and localKeyId (PKCS#9, RFC 2985 section 5.5).
fn attributes(bag: &mut Reader<'_>) -> Result<(Option<String>, Option<Vec<u8>>)> {
    let (mut friendly_name, mut local_id) = (None, None);
    let Some(set) = bag.optional(tag::SET, "bag attributes")? else { return Ok((None, None)) };
    let mut set = set.reader();
    while !set.is_empty() {
        let mut attribute = set.read(tag::SEQUENCE, "bag attribute")?.reader();
        let kind = attribute.oid("bag attribute")?;
        let mut values = attribute.read(tag::SET, "bag attribute")?.reader();
        if values.is_empty() {
            continue;
        }
        let value = values.any("bag attribute")?;
        if kind == FRIENDLY_NAME.as_bytes() {
            friendly_name = value.text();
        } else if kind == LOCAL_KEY_ID.as_bytes() {
            local_id = Some(value.octets()?.into_owned());
        }
    }
    Ok((friendly_name, local_id))
}

const KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.1");
const SHROUDED_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.2");
const CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.3");
const SAFE_CONTENTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.6");
const X509_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.1");
const FRIENDLY_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.20");
const LOCAL_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.21");
