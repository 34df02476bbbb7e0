//! What one certificate's extensions say of its place in a path, whatever stands above it.

use super::failure::BrokenRule;
use crate::asn1::oid::{self, ObjectIdentifier, dotted};
use crate::certificate::Certificate;
use crate::error::Result;

/// No extension twice, and none that is critical and unknown (RFC 5280 sections 4.2, 6.1.4 (o), 6.1.5 (f)).
pub(super) fn check(certificate: &Certificate) -> Result<(), BrokenRule> {
    let mut identifiers: Vec<&[u8]> = certificate.extensions().map(|extension| extension.identifier).collect();
    identifiers.sort_unstable();
    let twice = identifiers.windows(2).find(|pair| pair.first() == pair.last());
    if let Some(identifier) = twice.and_then(<[_]>::first) {
        return Err(BrokenRule::ExtensionMalformed { oid: dotted(identifier) });
    }
    match certificate.unknown_critical_extensions().into_iter().next() {
        Some(oid) => Err(BrokenRule::UnknownCriticalExtension { oid }),
        None => Ok(()),
    }
}

/// Whether it may issue a certificate beneath which so many other authorities stand (section 6.1.4 (k) to (n)).
pub(super) fn check_issuer(issuer: &Certificate, authorities_beneath: u32) -> Result<(), BrokenRule> {
    let constraints = readable(issuer.basic_constraints(), &oid::BASIC_CONSTRAINTS)?;
    if !constraints.is_authority {
        return Err(BrokenRule::NotAnAuthority);
    }
    if let Some(limit) = constraints.path_length.filter(|limit| authorities_beneath > *limit) {
        return Err(BrokenRule::PathTooLong { limit });
    }
    match issuer.key_usage() {
        None if issuer.extension(&oid::KEY_USAGE).is_some() => {
            Err(BrokenRule::ExtensionMalformed { oid: oid::KEY_USAGE.to_string() })
        }
        Some(usage) if !usage.key_cert_sign() => Err(BrokenRule::IssuingExcluded),
        _ => check(issuer),
    }
}

/// What was read of an extension; it has to be readable.
pub(super) fn readable<T>(read: Result<T>, extension: &ObjectIdentifier) -> Result<T, BrokenRule> {
    read.ok().ok_or_else(|| BrokenRule::ExtensionMalformed { oid: extension.to_string() })
}
