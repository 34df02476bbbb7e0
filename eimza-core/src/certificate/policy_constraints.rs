//! What an authority demands of the policies beneath it (RFC 5280 sections 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14).
//!
//! Unlike what is shown to people, nothing is left out here: what cannot be read is an error.

use super::Certificate;
use super::basic_constraints::count;
use crate::asn1::{Element, Reader, oid, tag};
use crate::error::{Error, Result};

/// `PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0], inhibitPolicyMapping [1] }`, each a number of further
/// certificates and optional.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PolicyConstraints {
    pub(crate) require_explicit_policy: Option<u32>,
    pub(crate) inhibit_policy_mapping: Option<u32>,
}

/// A policy of the issuer's and one of the subject's that counts as equal to it, by their contents octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PolicyMapping<'a> {
    pub(crate) issuer: &'a [u8],
    pub(crate) subject: &'a [u8],
}

impl Certificate {
    /// The identifiers of the policies, by their contents octets; `None` without the extension.
    ///
    /// `CertificatePolicies ::= SEQUENCE OF SEQUENCE { policyIdentifier OID, policyQualifiers OPTIONAL }`.
    pub(crate) fn policy_identifiers(&self) -> Result<Option<Vec<&[u8]>>> {
        const WHAT: &str = "certificate policies";
        self.sequence_of(&oid::CERTIFICATE_POLICIES, WHAT, |fields| {
            let identifier = fields.oid(WHAT)?;
            fields.optional(tag::SEQUENCE, WHAT)?;
            Ok(identifier)
        })
    }

    /// `PolicyMappings ::= SEQUENCE OF SEQUENCE { issuerDomainPolicy OID, subjectDomainPolicy OID }`; `None` without the
    /// extension.
    pub(crate) fn policy_mappings(&self) -> Result<Option<Vec<PolicyMapping<'_>>>> {
        const WHAT: &str = "policy mappings";
        self.sequence_of(&oid::POLICY_MAPPINGS, WHAT, |fields| {
            Ok(PolicyMapping { issuer: fields.oid(WHAT)?, subject: fields.oid(WHAT)? })
        })
    }

    /// What is demanded of the policies further down; without the extension, nothing.
    pub(crate) fn policy_constraints(&self) -> Result<PolicyConstraints> {
        const WHAT: &str = "policy constraints";
        let Some(extension) = self.extension(&oid::POLICY_CONSTRAINTS) else { return Ok(PolicyConstraints::default()) };
        let mut fields = sequence(extension.value, WHAT)?;
        let mut number = |tag| fields.optional(tag, WHAT)?.map(|number| count(&number, WHAT)).transpose();
        let constraints = PolicyConstraints {
            require_explicit_policy: number(tag::context_primitive(0))?,
            inhibit_policy_mapping: number(tag::context_primitive(1))?,
        };
        fields.finish(WHAT)?;
        Ok(constraints)
    }

    /// `InhibitAnyPolicy ::= INTEGER (0..MAX)`: after how many certificates anyPolicy stands for nothing more.
    pub(crate) fn inhibit_any_policy(&self) -> Result<Option<u32>> {
        const WHAT: &str = "inhibit anyPolicy";
        let Some(extension) = self.extension(&oid::INHIBIT_ANY_POLICY) else { return Ok(None) };
        let number = Element::only(extension.value, WHAT)?;
        if number.tag != tag::INTEGER {
            return Err(Error::Asn1Malformed { what: WHAT, offset: 0 });
        }
        count(&number, WHAT).map(Some)
    }

    /// The members of an extension that is a SEQUENCE OF SEQUENCE.
    fn sequence_of<'a, T>(
        &'a self,
        extension: &oid::ObjectIdentifier,
        what: &'static str,
        member: impl Fn(&mut Reader<'a>) -> Result<T>,
    ) -> Result<Option<Vec<T>>> {
        let Some(extension) = self.extension(extension) else { return Ok(None) };
        let mut list = sequence(extension.value, what)?;
        let mut members = Vec::new();
        while !list.is_empty() {
            let mut fields = list.read(tag::SEQUENCE, what)?.reader();
            members.push(member(&mut fields)?);
            fields.finish(what)?;
        }
        Ok(Some(members))
    }
}

/// The fields of the one SEQUENCE that fills `value`.
fn sequence<'a>(value: &'a [u8], what: &'static str) -> Result<Reader<'a>> {
    let mut whole = Reader::new(value);
    let fields = whole.read(tag::SEQUENCE, what)?.reader();
    whole.finish(what)?;
    Ok(fields)
}
