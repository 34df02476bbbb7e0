//! One entry of a CRL (RFC 5280 sections 5.1.2.6 and 5.3).

use crate::asn1::{Element, Reader, extension, oid, tag};
use crate::certificate::Name;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::revocation::reason::RevocationReason;

const WHAT: &str = "CRL entry";

/// What a CRL says about one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrlEntry<'a> {
    /// The contents octets of the serial number.
    pub serial: &'a [u8],
    /// When it was revoked.
    pub revoked_at: Time,
    /// Why.
    pub reason: RevocationReason,
    /// Since when its key is thought to be in other hands, where that is stated.
    pub invalid_since: Option<Time>,
}

impl<'a> CrlEntry<'a> {
    /// `SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }`.
    pub(super) fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = element.reader();
        let serial = fields.read(tag::INTEGER, WHAT)?.contents;
        let revoked_at = fields.any(WHAT)?.time().ok_or(Error::Asn1Malformed { what: WHAT, offset: 0 })?;
        let extensions = fields.optional(tag::SEQUENCE, WHAT)?;
        fields.finish(WHAT)?;
        let mut entry = Self { serial, revoked_at, reason: RevocationReason::Unspecified, invalid_since: None };
        for extension in extensions.iter().flat_map(extension::all) {
            let extension = extension?;
            if extension.is(&oid::CRL_REASON) {
                entry.reason = RevocationReason::read(&Element::only(extension.value, "CRL reason")?);
            } else if extension.is(&oid::INVALIDITY_DATE) {
                entry.invalid_since = Element::only(extension.value, "invalidity date")?.time();
            }
        }
        Ok(entry)
    }
}

/// What the index needs of an entry.
pub(super) struct Outline<'a> {
    pub(super) serial: &'a [u8],
    /// The value of certificateIssuer: GeneralNames.
    pub(super) issuer: Option<&'a [u8]>,
    pub(super) has_unknown_critical: bool,
}

impl<'a> Outline<'a> {
    pub(super) fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = element.reader();
        let serial = fields.read(tag::INTEGER, WHAT)?.contents;
        fields.any(WHAT)?;
        let mut outline = Self { serial, issuer: None, has_unknown_critical: false };
        if fields.is_empty() {
            return Ok(outline);
        }
        for extension in extension::all(&fields.read(tag::SEQUENCE, WHAT)?) {
            let extension = extension?;
            if extension.is(&oid::CERTIFICATE_ISSUER) {
                outline.issuer = Some(extension.value);
            } else if extension.critical && !KNOWN.iter().any(|known| extension.is(known)) {
                outline.has_unknown_critical = true;
            }
        }
        fields.finish(WHAT)?;
        Ok(outline)
    }
}

const KNOWN: [oid::ObjectIdentifier; 2] = [oid::CRL_REASON, oid::INVALIDITY_DATE];

/// The serial number of an entry.
pub(super) fn serial<'a>(element: &Element<'a>) -> Result<&'a [u8]> {
    Ok(element.reader().read(tag::INTEGER, WHAT)?.contents)
}

/// Whether one of these GeneralNames is this issuer.
pub(super) fn names_issuer(names: &[u8], issuer: &Name<'_>) -> bool {
    let mut list = Element::only(names, WHAT).map_or(Reader::new(&[]), |list| list.reader());
    let mut names = std::iter::from_fn(|| list.any(WHAT).ok());
    names.any(|name| name.tag == tag::context(4) && Name::new(name.contents).is_same(issuer))
}
