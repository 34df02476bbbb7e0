//! References to certificates.

use super::hash::{Digests, OtherHash};
use super::{fields, members, only_value};
use crate::asn1::{Element, oid, tag};
use crate::certificate::Certificate;
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
        let mut fields = fields(element, WHAT)?;
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
        let is_issued_so = |stated| certificate.is_of_issuer_serial(&stated);
        self.hash.is_of(certificate.der(), digests) && self.issuer_serial.is_none_or(is_issued_so)
    }
}
