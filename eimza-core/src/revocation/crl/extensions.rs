//! The extensions of a CRL (RFC 5280 section 5.2).

use std::ops::Range;

use crate::asn1::extension::{self, Extension};
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, Reader, place, tag};
use crate::certificate::Name;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::revocation::scope::IssuingDistributionPoint;

/// What the extensions say, as far as the status of a certificate depends on it.
#[derive(Default)]
pub(super) struct Extensions {
    /// `CRLNumber ::= INTEGER`.
    pub(super) number: Option<Range<usize>>,
    /// `BaseCRLNumber ::= INTEGER`: this is a delta CRL.
    pub(super) base_number: Option<Range<usize>>,
    /// `AuthorityKeyIdentifier ::= SEQUENCE { [0] keyIdentifier, … }`, the whole value.
    pub(super) authority_key: Option<Range<usize>>,
    pub(super) scope: Option<IssuingDistributionPoint>,
    /// `ExpiredCertsOnCRL ::= GeneralizedTime`.
    pub(super) keeps_ended_since: Option<Time>,
    pub(super) has_unknown_critical: bool,
}

impl Extensions {
    /// None may stand there twice: the second could undo what the first says.
    pub(super) fn read(der: &[u8], list: &Element<'_>, issuer: &Name<'_>) -> Result<Self> {
        let mut read = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        for extension in extension::all(list) {
            let extension = extension?;
            if seen.contains(&extension.identifier) {
                return Err(Error::Asn1Malformed { what: "repeated extension", offset: 0 });
            }
            seen.push(extension.identifier);
            read.take(der, &extension, issuer)?;
        }
        Ok(read)
    }

    fn take(&mut self, der: &[u8], extension: &Extension<'_>, issuer: &Name<'_>) -> Result<()> {
        let is = |identifier: ObjectIdentifier| extension.is(&identifier);
        if is(oid::CRL_NUMBER) {
            self.number = Some(place(der, number(extension.value)?));
        } else if is(oid::DELTA_CRL) {
            self.base_number = Some(place(der, number(extension.value)?));
        } else if is(oid::AUTHORITY_KEY_IDENTIFIER) {
            self.authority_key = Some(place(der, extension.value));
        } else if is(oid::ISSUING_DISTRIBUTION_POINT) {
            self.scope = Some(IssuingDistributionPoint::read(extension.value, issuer)?);
        } else if is(oid::EXPIRED_CERTIFICATES) {
            self.keeps_ended_since = Element::only(extension.value, "expiredCertsOnCRL")?.time();
        } else {
            self.has_unknown_critical |= extension.critical;
        }
        Ok(())
    }
}

/// The contents octets of the INTEGER that fills `value`.
fn number(value: &[u8]) -> Result<&[u8]> {
    const WHAT: &str = "CRL number";
    let mut reader = Reader::new(value);
    let number = reader.read(tag::INTEGER, WHAT)?.contents;
    reader.finish(WHAT)?;
    Ok(number)
}
