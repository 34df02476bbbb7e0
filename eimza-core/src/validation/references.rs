//! References to certificates and status data, and their values (RFC 5126 sections 6.2 and 6.3, EN 319 122-1 annex A.1).
//!
//! They are unsigned and untrusted: a time-stamp may say since when they exist, and strict profiles want that references,
//! values and what was used for the verdict fit one another.

mod certificates;
mod compare;
mod hash;
mod revocation;
mod values;

pub use certificates::CertificateReference;
pub(in crate::validation) use compare::References;
pub use compare::{Needed, ReferenceFault, check_references};
pub use revocation::{CrlReference, OcspReference, RevocationReferences};
pub use values::{RevocationValues, certificate_values, revocation_values};

use crate::asn1::Element;
use crate::asn1::oid::ObjectIdentifier;
use crate::cms::Signer;
use crate::error::{Error, Limit, Result, SignatureFault};

/// The most references or values of one list: each is compared with each.
const MEMBER_LIMIT: usize = 256;

/// The one value of an unsigned attribute; `None` where there is no such attribute.
///
/// # Errors
/// [`Error::SignatureMalformed`] where it is there several times, or has another number of values than one.
fn only_value<'a>(signer: &Signer<'a>, identifier: ObjectIdentifier) -> Result<Option<Element<'a>>> {
    let mut all = signer.unsigned_attributes().into_iter().flat_map(|set| set.all(identifier));
    match (all.next(), all.next()) {
        (None, _) => Ok(None),
        (Some(attribute), None) if attribute.only_value().is_some() => Ok(attribute.only_value()),
        _ => Err(Error::SignatureMalformed { what: SignatureFault::ReferencesRepeated }),
    }
}

const MEMBER: &str = "reference or value";

/// The members of a SEQUENCE OF.
fn members<'a>(list: &Element<'a>, limit: Limit) -> Result<Vec<Element<'a>>> {
    let mut reader = list.reader();
    let mut members = Vec::new();
    while !reader.is_empty() {
        if members.len() == MEMBER_LIMIT {
            return Err(Error::LimitExceeded { limit });
        }
        members.push(reader.any(MEMBER)?);
    }
    Ok(members)
}
