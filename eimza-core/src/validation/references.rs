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

use crate::asn1::oid::ObjectIdentifier;
use crate::asn1::{Element, Reader};
use crate::cms::Signer;
use crate::error::{Error, Limit, Result, SignatureFault};

/// The most references or values of one list: each is compared with each.
const MEMBER_LIMIT: usize = 256;

/// The one value of an unsigned attribute, a SEQUENCE; `None` where there is no such attribute.
///
/// # Errors
/// [`Error::SignatureMalformed`] where it is there several times, has another number of values than one, or is none.
fn only_value<'a>(signer: &Signer<'a>, identifier: ObjectIdentifier) -> Result<Option<Element<'a>>> {
    let mut all = signer.unsigned_attributes().into_iter().flat_map(|set| set.all(identifier));
    let value = match (all.next(), all.next()) {
        (None, _) => return Ok(None),
        (Some(attribute), None) => attribute.only_value(),
        _ => None,
    };
    let value = value.ok_or(Error::SignatureMalformed { what: SignatureFault::ReferencesRepeated })?;
    Element::only_sequence(value.bytes, MEMBER).map(Some)
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

/// The fields of a member that is a SEQUENCE.
fn fields<'a>(member: &Element<'a>, what: &'static str) -> Result<Reader<'a>> {
    Element::only_sequence(member.bytes, what).map(|sequence| sequence.reader())
}
