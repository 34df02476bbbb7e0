//! Certificate policies: under which rules a certificate was issued (RFC 5280 section 4.2.1.4).

use super::Certificate;
use super::list::{elements, members};
use crate::asn1::oid::{self, ObjectIdentifier, dotted};
use crate::asn1::{Element, tag};
use crate::personal::Personal;

/// One policy of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CertificatePolicy {
    /// Its object identifier.
    pub oid: String,
    /// Addresses of practice statements.
    pub cps: Vec<Personal<String>>,
    /// Texts of the user notices.
    pub notices: Vec<Personal<String>>,
}

impl CertificatePolicy {
    pub(super) fn personal(&mut self) -> impl Iterator<Item = &mut Personal<String>> {
        self.cps.iter_mut().chain(&mut self.notices)
    }
}

impl Certificate {
    /// The policies with their addresses and texts, in their order.
    pub fn policies(&self) -> Vec<CertificatePolicy> {
        self.policy_information().map(|(identifier, qualifiers)| policy(identifier, qualifiers)).collect()
    }

    /// Whether one of the policies has this identifier.
    pub(crate) fn has_policy(&self, policy: &ObjectIdentifier) -> bool {
        self.policy_information().any(|(identifier, _)| identifier == policy.as_bytes())
    }

    /// `PolicyInformation ::= SEQUENCE { policyIdentifier OID, policyQualifiers SEQUENCE OF … OPTIONAL }`.
    fn policy_information(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let value = self.extension(&oid::CERTIFICATE_POLICIES).map(|extension| extension.value);
        members(value.unwrap_or_default()).filter_map(|information| {
            let mut fields = information.reader();
            Some((fields.oid("policy identifier").ok()?, fields.rest()))
        })
    }
}

/// `PolicyQualifierInfo ::= SEQUENCE { policyQualifierId OID, qualifier ANY }`.
fn policy(identifier: &[u8], qualifiers: &[u8]) -> CertificatePolicy {
    let mut policy = CertificatePolicy { oid: dotted(identifier), cps: Vec::new(), notices: Vec::new() };
    for information in members(qualifiers) {
        let mut fields = information.reader();
        let (Ok(kind), Ok(qualifier)) = (fields.oid("qualifier identifier"), fields.any("qualifier")) else { continue };
        if kind == oid::POLICY_CPS.as_bytes() {
            policy.cps.extend(qualifier.text().map(Personal::new));
        } else if kind == oid::POLICY_USER_NOTICE.as_bytes() {
            policy.notices.extend(notice_text(&qualifier).map(Personal::new));
        }
    }
    policy
}

/// `UserNotice ::= SEQUENCE { noticeRef NoticeReference OPTIONAL, explicitText DisplayText OPTIONAL }`.
fn notice_text(notice: &Element<'_>) -> Option<String> {
    if notice.tag != tag::SEQUENCE {
        return None;
    }
    elements(notice.contents).find_map(|field| field.text())
}
