//! What an OCSP answer says of one certificate (RFC 6960 section 4.2.1).

use crate::asn1::{Element, Reader, extension, oid, tag};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Result};
use crate::revocation::question::Period;
use crate::revocation::reason::RevocationReason;
use crate::revocation::serial;

const WHAT: &str = "single response";

/// ```asn1
/// SingleResponse ::= SEQUENCE {
///     certID CertID, certStatus CertStatus, thisUpdate GeneralizedTime, nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL,
///     singleExtensions [1] EXPLICIT Extensions OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingleResponse<'a> {
    id: CertificateId<'a>,
    /// What is said.
    pub status: CertificateStatus,
    /// Since when it is known.
    pub this_update: Time,
    /// When more is known at the latest.
    pub next_update: Option<Time>,
    /// Since when certificates are kept after they have ended (section 4.4.4).
    pub archive_cutoff: Option<Time>,
    pub(in crate::revocation) has_unknown_critical: bool,
}

/// `CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] UnknownInfo }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateStatus {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked {
        /// When.
        at: Time,
        /// Why.
        reason: RevocationReason,
    },
    /// The responder does not know the certificate.
    Unknown,
}

/// `CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING, serialNumber INTEGER }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CertificateId<'a> {
    /// `None` for one that is not computed here.
    algorithm: Option<DigestAlgorithm>,
    issuer_name_hash: &'a [u8],
    issuer_key_hash: &'a [u8],
    serial: &'a [u8],
}

impl<'a> SingleResponse<'a> {
    pub(super) fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = element.reader();
        let id = CertificateId::read(&fields.read(tag::SEQUENCE, "CertID")?)?;
        let status = CertificateStatus::read(&fields.any(WHAT)?)?;
        let this_update = time(&fields.read(tag::GENERALIZED_TIME, "thisUpdate")?)?;
        let next_update = match fields.optional(tag::context(0), WHAT)? {
            Some(wrapper) => Some(time(&Element::only(wrapper.contents, "nextUpdate")?)?),
            None => None,
        };
        let extensions = fields.optional(tag::context(1), WHAT)?;
        fields.finish(WHAT)?;
        let mut single =
            Self { id, status, this_update, next_update, archive_cutoff: None, has_unknown_critical: false };
        if let Some(wrapper) = extensions {
            single.read_extensions(&Element::only(wrapper.contents, WHAT)?)?;
        }
        Ok(single)
    }

    fn read_extensions(&mut self, list: &Element<'_>) -> Result<()> {
        for extension in extension::all(list) {
            let extension = extension?;
            if extension.is(&oid::OCSP_ARCHIVE_CUTOFF) {
                self.archive_cutoff = Some(time(&Element::only(extension.value, "archive cutoff")?)?);
            } else if !extension.is(&oid::OCSP_CRL_REFERENCE) {
                self.has_unknown_critical |= extension.critical;
            }
        }
        Ok(())
    }

    /// Whether this is about the certificate that `issuer` issued: both of the issuer's hashes, computed by the answer's
    /// own algorithm, and the serial number.
    pub fn is_about(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let Some(algorithm) = self.id.algorithm else { return false };
        if !serial::is_same(self.id.serial, certificate.serial()) {
            return false;
        }
        let hashes = |octets: &[u8], hash: &[u8]| algorithm.digest(octets).as_bytes() == hash;
        let names = [certificate.issuer_der(), issuer.subject_der()];
        names.iter().any(|name| hashes(name, self.id.issuer_name_hash))
            && issuer.public_key().is_ok_and(|key| hashes(key.octets, self.id.issuer_key_hash))
    }

    /// The contents octets of the serial number that it is about.
    pub fn serial(&self) -> &'a [u8] {
        self.id.serial
    }

    pub(in crate::revocation) fn period(&self) -> Period {
        Period { this_update: self.this_update, next_update: self.next_update }
    }
}

impl CertificateStatus {
    fn read(element: &Element<'_>) -> Result<Self> {
        match element.tag {
            GOOD => Ok(Self::Good),
            UNKNOWN => Ok(Self::Unknown),
            REVOKED => Self::revoked(element.reader()),
            _ => Err(Error::Asn1Malformed { what: "certStatus", offset: 0 }),
        }
    }

    /// `RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }`.
    fn revoked(mut fields: Reader<'_>) -> Result<Self> {
        let at = time(&fields.read(tag::GENERALIZED_TIME, "revocationTime")?)?;
        let reason = match fields.optional(tag::context(0), "revocationReason")? {
            Some(wrapper) => RevocationReason::read(&Element::only(wrapper.contents, "revocationReason")?),
            None => RevocationReason::Unspecified,
        };
        fields.finish("RevokedInfo")?;
        Ok(Self::Revoked { at, reason })
    }
}

const GOOD: u8 = tag::context_primitive(0);
const REVOKED: u8 = tag::context(1);
const UNKNOWN: u8 = tag::context_primitive(2);

impl<'a> CertificateId<'a> {
    fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = element.reader();
        let id = Self {
            algorithm: DigestAlgorithm::from_identifier(&fields.read(tag::SEQUENCE, "CertID")?),
            issuer_name_hash: fields.read(tag::OCTET_STRING, "issuerNameHash")?.contents,
            issuer_key_hash: fields.read(tag::OCTET_STRING, "issuerKeyHash")?.contents,
            serial: fields.read(tag::INTEGER, "serialNumber")?.contents,
        };
        fields.finish("CertID")?;
        Ok(id)
    }
}

/// RFC 6960 forbids fractions of a second; responders that write them are understood all the same.
fn time(element: &Element<'_>) -> Result<Time> {
    let time = if element.tag == tag::GENERALIZED_TIME { element.time() } else { None };
    time.ok_or(Error::Asn1Malformed { what: "OCSP time", offset: 0 })
}
