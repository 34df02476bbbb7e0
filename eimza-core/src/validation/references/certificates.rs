//! References to certificates.

use super::hash::{Digests, OtherHash};
use super::{members, only_value};
use crate::asn1::{Element, Reader, oid, tag};
use crate::certificate::{Certificate, Name};
use crate::cms::Signer;
use crate::crypto::DigestAlgorithm;
use crate::error::{Limit, Result};

/// `OtherCertID ::= SEQUENCE { otherCertHash OtherHash, issuerSerial IssuerSerial OPTIONAL }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateReference<'a> {
    hash: OtherHash<'a>,
    issuer_serial: Option<Element<'a>>,
}

impl<'a> CertificateReference<'a> {
    /// `CompleteCertificateRefs ::= SEQUENCE OF OtherCertID`: all certificates of the path but the signer's own. `None` where
    /// the signature has no such attribute.
    ///
    /// # Errors
    /// Where the attribute breaks its form.
    pub fn all(signer: &Signer<'a>) -> Result<Option<Vec<Self>>> {
        let Some(list) = only_value(signer, oid::COMPLETE_CERTIFICATE_REFERENCES)? else { return Ok(None) };
        members(&list, Limit::CertificateReferences)?.iter().map(Self::read).collect::<Result<_>>().map(Some)
    }

    fn read(element: &Element<'a>) -> Result<Self> {
        const WHAT: &str = "certificate reference";
        let mut fields = element.reader();
        let hash = OtherHash::read(&fields.any(WHAT)?)?;
        let issuer_serial = fields.optional(tag::SEQUENCE, WHAT)?;
        fields.finish(WHAT)?;
        Ok(Self { hash, issuer_serial })
    }

    /// The algorithm of the hash; `None` for one that is not computed here.
    pub fn algorithm(&self) -> Option<DigestAlgorithm> {
        self.hash.algorithm
    }

    /// Whether it names this certificate: by its hash, and where issuer and serial number are stated, by them too.
    pub fn names(&self, certificate: &Certificate) -> bool {
        self.fits(certificate, &Digests::default())
    }

    pub(super) fn fits(&self, certificate: &Certificate, digests: &Digests) -> bool {
        let fits = |stated| issuer_serial_fits(&stated, certificate).unwrap_or(false);
        self.hash.is_of(certificate.der(), digests) && self.issuer_serial.is_none_or(fits)
    }
}

/// `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber INTEGER }`.
fn issuer_serial_fits(stated: &Element<'_>, certificate: &Certificate) -> Result<bool> {
    const WHAT: &str = "issuer and serial number";
    let mut fields = stated.reader();
    let mut names: Reader<'_> = fields.read(tag::SEQUENCE, WHAT)?.reader();
    let serial = fields.read(tag::INTEGER, WHAT)?.contents;
    let mut names = std::iter::from_fn(|| names.any(WHAT).ok());
    let is_issuer =
        |name: Element<'_>| name.tag == tag::context(4) && certificate.names_issuer(&Name::new(name.contents));
    Ok(serial == certificate.serial() && names.any(is_issuer))
}
