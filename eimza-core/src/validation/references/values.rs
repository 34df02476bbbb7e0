//! The values of references.

use super::{members, only_value};
use crate::asn1::{Element, oid, tag};
use crate::cms::Signer;
use crate::error::{Limit, Result};

/// `CertificateValues ::= SEQUENCE OF Certificate`: the octets of each; `None` where the signature has no such attribute.
///
/// # Errors
/// Where the attribute breaks its form.
pub fn certificate_values<'a>(signer: &Signer<'a>) -> Result<Option<Vec<&'a [u8]>>> {
    let Some(list) = only_value(signer, oid::CERTIFICATE_VALUES)? else { return Ok(None) };
    Ok(Some(members(&list, Limit::CertificateValues)?.iter().map(|member| member.bytes).collect()))
}

/// ```asn1
/// RevocationValues ::= SEQUENCE {
///     crlVals [0] EXPLICIT SEQUENCE OF CertificateList OPTIONAL,
///     ocspVals [1] EXPLICIT SEQUENCE OF BasicOCSPResponse OPTIONAL,
///     otherRevVals [2] EXPLICIT OtherRevVals OPTIONAL }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RevocationValues<'a> {
    /// The octets of each CRL.
    pub crls: Vec<&'a [u8]>,
    /// The octets of each BasicOCSPResponse.
    pub ocsps: Vec<&'a [u8]>,
    /// Whether there is something else, which is not looked into.
    pub has_others: bool,
}

/// The revocation values; `None` where the signature has no such attribute.
///
/// # Errors
/// Where the attribute breaks its form.
pub fn revocation_values<'a>(signer: &Signer<'a>) -> Result<Option<RevocationValues<'a>>> {
    const WHAT: &str = "revocation values";
    let Some(value) = only_value(signer, oid::REVOCATION_VALUES)? else { return Ok(None) };
    let mut fields = value.reader();
    let mut list = |number| -> Result<Vec<&'a [u8]>> {
        let Some(wrapper) = fields.optional(tag::context(number), WHAT)? else { return Ok(Vec::new()) };
        let list = Element::only_sequence(wrapper.contents, WHAT)?;
        Ok(members(&list, Limit::RevocationValues)?.iter().map(|member| member.bytes).collect())
    };
    let (crls, ocsps) = (list(0)?, list(1)?);
    let has_others = fields.optional(tag::context(2), WHAT)?.is_some();
    fields.finish(WHAT)?;
    Ok(Some(RevocationValues { crls, ocsps, has_others }))
}
