//! Which certificates a CRL speaks about, and for which reasons: its issuing distribution point against the
//! distribution points of the certificate (RFC 5280 sections 4.2.1.13, 5.2.5 and 6.3.3 (b) to (d)).

use super::crl::Crl;
use super::point_name::PointName;
use super::reason::ReasonSet;
use crate::asn1::{Element, oid, tag};
use crate::certificate::{Certificate, Name};
use crate::error::Result;

/// The most distribution points of a certificate that are looked at.
const POINT_LIMIT: usize = 64;

/// ```asn1
/// IssuingDistributionPoint ::= SEQUENCE {
///     distributionPoint          [0] DistributionPointName OPTIONAL,
///     onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
///     onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
///     onlySomeReasons            [3] ReasonFlags OPTIONAL,
///     indirectCRL                [4] BOOLEAN DEFAULT FALSE,
///     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IssuingDistributionPoint {
    /// `None` where no name restricts the CRL.
    names: Option<Vec<PointName>>,
    only_users: bool,
    only_authorities: bool,
    only_attributes: bool,
    reasons: ReasonSet,
    pub(super) is_indirect: bool,
}

impl IssuingDistributionPoint {
    pub(super) fn read(value: &[u8], issuer: &Name<'_>) -> Result<Self> {
        const WHAT: &str = "issuing distribution point";
        let mut fields = Element::only_sequence(value, WHAT)?.reader();
        let names = match fields.optional(tag::context(0), WHAT)? {
            Some(point) => Some(PointName::of_point(&Element::only(point.contents, WHAT)?, issuer)),
            None => None,
        };
        let mut flag =
            |number| -> Result<Option<Element<'_>>> { fields.optional(tag::context_primitive(number), WHAT) };
        let is_set = |flag: Option<Element<'_>>| flag.is_some_and(|flag| flag.boolean() != Some(false));
        let (only_users, only_authorities) = (is_set(flag(1)?), is_set(flag(2)?));
        let reasons = flag(3)?.map_or(ReasonSet::ALL, |flags| ReasonSet::read(&flags));
        let (is_indirect, only_attributes) = (is_set(flag(4)?), is_set(flag(5)?));
        fields.finish(WHAT)?;
        Ok(Self { names, only_users, only_authorities, only_attributes, reasons, is_indirect })
    }
}

/// Where a certificate says that its status is to be found.
pub(super) struct DistributionPoint {
    names: Option<Vec<PointName>>,
    reasons: ReasonSet,
    issuers: Option<Vec<PointName>>,
}

impl DistributionPoint {
    /// Those that the certificate states, and the one that every certificate has: CRLs of its issuer.
    pub(super) fn all(certificate: &Certificate) -> Vec<Self> {
        let own = PointName::of_canonical(certificate.canonical_issuer());
        let implied = Self { names: Some(vec![own]), reasons: ReasonSet::ALL, issuers: None };
        let stated = certificate.extension(&oid::CRL_DISTRIBUTION_POINTS);
        let list = stated.and_then(|stated| Element::only(stated.value, "distribution points").ok());
        let mut reader = list.map(|list| list.reader());
        let points = std::iter::from_fn(|| reader.as_mut()?.any("distribution point").ok());
        let read = |point| Self::read(&point, &certificate.issuer()).ok();
        points.take(POINT_LIMIT).filter_map(read).chain([implied]).collect()
    }

    /// `DistributionPoint ::= SEQUENCE { [0] DistributionPointName OPTIONAL, [1] ReasonFlags OPTIONAL, [2] cRLIssuer
    /// GeneralNames OPTIONAL }`.
    fn read(point: &Element<'_>, issuer: &Name<'_>) -> Result<Self> {
        const WHAT: &str = "distribution point";
        let mut fields = point.reader();
        let name = fields.optional(tag::context(0), WHAT)?;
        let reasons = fields.optional(tag::context_primitive(1), WHAT)?;
        let issuers = fields.optional(tag::context(2), WHAT)?;
        fields.finish(WHAT)?;
        // A relative name continues the CRL issuer's, where one is stated (section 4.2.1.13).
        let stated = issuers.and_then(|names| names.reader().read(tag::context(4), WHAT).ok());
        let above = stated.map_or(*issuer, |name| Name::new(name.contents));
        let names = match name {
            Some(name) => Some(PointName::of_point(&Element::only(name.contents, WHAT)?, &above)),
            None => None,
        };
        let reasons = reasons.map_or(ReasonSet::ALL, |flags| ReasonSet::read(&flags));
        Ok(Self { names, reasons, issuers: issuers.map(|names| PointName::all(&names)) })
    }

    /// For which reasons the CRL speaks about a certificate that names this point; `None` where it does not.
    fn reasons(&self, crl: &Crl, certificate: &Certificate) -> Option<ReasonSet> {
        let issued_by_other = match &self.issuers {
            Some(issuers) if issuers.contains(&PointName::of_canonical(crl.canonical_issuer())) => true,
            Some(_) => return None,
            None if crl.is_in_name_of_issuer_of(certificate) => false,
            None => return None,
        };
        let Some(scope) = crl.scope() else {
            return (!issued_by_other).then_some(self.reasons);
        };
        let overlap = |one: &[PointName], other: &[PointName]| one.iter().any(|name| other.contains(name));
        let named = match (&scope.names, &self.names, &self.issuers) {
            (None, ..) => true,
            (Some(scope), Some(point), _) => overlap(scope, point),
            (Some(scope), None, Some(issuers)) => overlap(scope, issuers),
            (Some(_), None, None) => false,
        };
        let excluded = scope.only_attributes
            || (scope.only_users && certificate.is_ca())
            || (scope.only_authorities && !certificate.is_ca())
            || (issued_by_other && !scope.is_indirect);
        (named && !excluded).then(|| self.reasons.and(scope.reasons))
    }
}

/// For which reasons the CRL speaks about the certificate, by all of its points; none where it does not.
pub(super) fn reasons_covered(crl: &Crl, certificate: &Certificate, points: &[DistributionPoint]) -> ReasonSet {
    let covered = points.iter().filter_map(|point| point.reasons(crl, certificate));
    covered.fold(ReasonSet::NONE, ReasonSet::or)
}
