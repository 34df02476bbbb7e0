//! `SignerInfo` (RFC 5652 section 5.3), as slices of the file.

use std::borrow::Cow;

use super::attribute::Attributes;
use crate::asn1::{Element, tag};
use crate::certificate::{Certificate, Name};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Limit, Result};

/// No key signs with more; a counter-signature hashes it again, so it is bounded.
const VALUE_LIMIT: usize = 64 * 1024;

/// One signer of a file, or one counter-signer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer<'a> {
    pub(crate) element: Element<'a>,
    pub(crate) version: Option<u32>,
    identifier: SignerIdentifier<'a>,
    pub(crate) digest_algorithm: Element<'a>,
    signed_attributes: Option<Attributes<'a>>,
    pub(crate) signature_algorithm: Element<'a>,
    value: Cow<'a, [u8]>,
    unsigned_attributes: Option<Attributes<'a>>,
}

/// How a signer's certificate is named; not protected by the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignerIdentifier<'a> {
    /// By its issuer and its serial number.
    IssuerAndSerial {
        /// The issuer's Name, in DER.
        issuer: &'a [u8],
        /// The contents octets of the serial number.
        serial: &'a [u8],
    },
    /// By its subject key identifier.
    KeyIdentifier(Cow<'a, [u8]>),
}

impl<'a> Signer<'a> {
    /// `SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, [0] signedAttrs OPTIONAL, signatureAlgorithm, signature,
    /// [1] unsignedAttrs OPTIONAL }`.
    pub(crate) fn read(element: Element<'a>) -> Result<Self> {
        const WHAT: &str = "SignerInfo";
        if element.tag != tag::SEQUENCE {
            return Err(Error::Asn1Malformed { what: WHAT, offset: 0 });
        }
        let mut fields = element.reader();
        let version = fields.read(tag::INTEGER, "signer version")?.small_integer();
        let identifier = SignerIdentifier::read(&fields.any("signer identifier")?)?;
        let digest_algorithm = fields.read(tag::SEQUENCE, "digest algorithm")?;
        let signed = fields.optional(tag::context(0), "signed attributes")?;
        let signature_algorithm = fields.read(tag::SEQUENCE, "signature algorithm")?;
        let value = fields.any("signature value")?;
        if value.tag & !tag::CONSTRUCTED != tag::OCTET_STRING {
            return Err(Error::Asn1Malformed { what: "signature value", offset: 0 });
        }
        if value.contents.len() > VALUE_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::SignatureValue });
        }
        let unsigned = fields.optional(tag::context(1), "unsigned attributes")?;
        fields.finish(WHAT)?;
        Ok(Self {
            element,
            version,
            identifier,
            digest_algorithm,
            signed_attributes: signed.map(Attributes::read).transpose()?,
            signature_algorithm,
            value: value.octets()?,
            unsigned_attributes: unsigned.map(Attributes::read).transpose()?,
        })
    }

    /// How many attribute values it has, signed and unsigned; an attribute without any counts as one.
    pub(super) fn value_count(&self) -> usize {
        let sets = [self.signed_attributes, self.unsigned_attributes].into_iter().flatten();
        sets.flat_map(|set| set.iter()).map(|attribute| attribute.elements().count().max(1)).sum()
    }

    /// All octets of the SignerInfo.
    pub fn bytes(&self) -> &'a [u8] {
        self.element.bytes
    }

    /// How the signer's certificate is named.
    pub fn identifier(&self) -> &SignerIdentifier<'a> {
        &self.identifier
    }

    /// The digest algorithm; `None` for one that is not computed here.
    pub fn digest_algorithm(&self) -> Option<DigestAlgorithm> {
        DigestAlgorithm::from_identifier(&self.digest_algorithm)
    }

    /// The signature's value octets.
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    /// The signed attributes.
    pub fn signed_attributes(&self) -> Option<Attributes<'a>> {
        self.signed_attributes
    }

    /// The unsigned attributes.
    pub fn unsigned_attributes(&self) -> Option<Attributes<'a>> {
        self.unsigned_attributes
    }
}

impl<'a> SignerIdentifier<'a> {
    fn read(element: &Element<'a>) -> Result<Self> {
        const WHAT: &str = "signer identifier";
        if element.tag & !tag::CONSTRUCTED == tag::context_primitive(0) {
            return Ok(Self::KeyIdentifier(element.octets()?));
        }
        if element.tag != tag::SEQUENCE {
            return Err(Error::Asn1Malformed { what: WHAT, offset: 0 });
        }
        let mut fields = element.reader();
        let issuer = fields.read(tag::SEQUENCE, "issuer")?.bytes;
        let serial = fields.read(tag::INTEGER, "serial number")?.contents;
        fields.finish(WHAT)?;
        Ok(Self::IssuerAndSerial { issuer, serial })
    }

    /// Whether it names this certificate.
    pub fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerAndSerial { issuer, serial } => {
                certificate.serial() == *serial && certificate.names_issuer(&Name::new(issuer))
            }
            Self::KeyIdentifier(identifier) => {
                certificate.subject_key_identifier().is_some_and(|stated| stated == identifier.as_ref())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::asn1::{oid, write};

    #[test]
    fn a_signature_value_has_a_limit() {
        let read = |length| {
            let (sid, algorithm) =
                (write::tlv(tag::context_primitive(0), b"key"), write::sequence(&[&write::oid(&oid::SHA256)]));
            let value = write::octet_string(&vec![0; length]);
            let signer = write::sequence(&[&write::integer(3), &sid, &algorithm, &algorithm, &value]);
            Signer::read(Element::only(&signer, "signer")?).map(|signer| signer.value().len())
        };
        assert_eq!(read(VALUE_LIMIT).unwrap(), VALUE_LIMIT);
        assert_eq!(read(VALUE_LIMIT + 1).unwrap_err().name(), "limit-exceeded");
    }
}
