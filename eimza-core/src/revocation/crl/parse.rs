//! Finding the fields of a CRL (RFC 5280 section 5.1).

use std::sync::{Mutex, OnceLock};

use super::extensions::Extensions;
use super::index::Index;
use super::{Parts, Signed};
use crate::asn1::{Element, place, tag};
use crate::certificate::Name;
use crate::clock::Time;
use crate::error::{Error, Limit, Result};

/// The largest CRL that is read, in octets: places in it are kept as 32-bit numbers.
const SIZE_LIMIT: usize = 1 << 30;

/// ```asn1
/// CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue BIT STRING }
/// TBSCertList ::= SEQUENCE {
///     version INTEGER OPTIONAL, signature AlgorithmIdentifier, issuer Name, thisUpdate Time, nextUpdate Time OPTIONAL,
///     revokedCertificates SEQUENCE OF SEQUENCE { … } OPTIONAL, crlExtensions [0] EXPLICIT Extensions OPTIONAL }
/// ```
pub(super) fn parts(der: Vec<u8>) -> Result<Parts> {
    const WHAT: &str = "CRL";
    if der.len() > SIZE_LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::Size });
    }
    let place = |slice: &[u8]| place(&der, slice);
    let mut list = Element::only_sequence(&der, WHAT)?.reader();
    let to_be_signed = list.read(tag::SEQUENCE, "tbsCertList")?;
    let outer_algorithm = list.read(tag::SEQUENCE, "signatureAlgorithm")?;
    // A value with unused bits belongs to no algorithm. The CRL can be shown, and verifies with no key.
    let value = list.read(tag::BIT_STRING, "signatureValue")?.bit_string_octets("signatureValue");
    list.finish(WHAT)?;

    let mut fields = to_be_signed.reader();
    fields.optional(tag::INTEGER, "version")?;
    let inner_algorithm = fields.read(tag::SEQUENCE, "signature")?;
    let issuer = fields.read(tag::SEQUENCE, "issuer")?;
    let this_update = time(&fields.any("thisUpdate")?, "thisUpdate")?;
    let next_update = match fields.peek_tag() {
        Some(tag::UTC_TIME | tag::GENERALIZED_TIME) => Some(time(&fields.any("nextUpdate")?, "nextUpdate")?),
        _ => None,
    };
    let revoked = fields.optional(tag::SEQUENCE, "revokedCertificates")?;
    let extensions = match fields.optional(tag::context(0), "crlExtensions")? {
        Some(wrapper) => {
            let list = Element::only_sequence(wrapper.contents, "crlExtensions")?;
            Extensions::read(&der, &list, &Name::new(issuer.bytes))?
        }
        None => Extensions::default(),
    };
    fields.finish("tbsCertList")?;

    let listed = revoked.map(|list| list.contents).unwrap_or_default();
    let is_indirect = extensions.scope.as_ref().is_some_and(|scope| scope.is_indirect);
    Ok(Parts {
        signed: Signed {
            to_be_signed: place(to_be_signed.bytes),
            inner_algorithm: Some(place(inner_algorithm.bytes)),
            outer_algorithm: place(outer_algorithm.bytes),
            value: value.map_or(0..0, place),
            digest: OnceLock::new(),
            verified_by: OnceLock::new(),
            refused_by: Mutex::default(),
        },
        issuer: place(issuer.bytes),
        canonical_issuer: OnceLock::new(),
        this_update,
        next_update,
        entries: place(listed),
        index: Index::of(listed, is_indirect)?,
        extensions,
        sha256: OnceLock::new(),
        der,
    })
}

fn time(element: &Element<'_>, what: &'static str) -> Result<Time> {
    element.time().ok_or(Error::Asn1Malformed { what, offset: 0 })
}
