//! Whether a certificate can be judged by what it says: each extension once, each critical one known, each known one
//! readable to its end (RFC 5280 section 4.2), algorithms that are strong enough.
//!
//! A certificate is shown as far as it can be read. A decision needs all of it.

use super::usage::{KeyUsage, is_known};
use super::{Certificate, Extension, Shortfall};
use super::{basic_constraints, list};
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag};
use crate::crypto::{DigestAlgorithm, KeyType};

/// The shortest RSA key whose signatures are accepted.
const LEAST_RSA_BITS: usize = 2048;

impl Certificate {
    /// What keeps the certificate from being judged.
    pub(super) fn unsoundness(&self) -> Vec<Shortfall> {
        let extensions: Vec<Extension<'_>> = self.extensions().collect();
        let mut identifiers: Vec<&[u8]> = extensions.iter().map(|extension| extension.identifier).collect();
        identifiers.sort_unstable();
        let found = [
            (identifiers.windows(2).any(|pair| pair.first() == pair.last()), Shortfall::ExtensionRepeated),
            (!self.unknown_critical_extensions().is_empty(), Shortfall::ExtensionUnknown),
            (!extensions.iter().all(is_readable), Shortfall::ExtensionUnreadable),
            (!self.has_strong_key(), Shortfall::KeyWeak),
            (!self.has_strong_signature(), Shortfall::SignatureWeak),
        ];
        found.into_iter().filter(|(is_found, _)| *is_found).map(|(_, shortfall)| shortfall).collect()
    }

    fn has_strong_key(&self) -> bool {
        match self.public_key().map(|key| key.key_type) {
            Ok(KeyType::Rsa { bits }) => bits >= LEAST_RSA_BITS,
            Ok(KeyType::Ec(_)) => true,
            Ok(KeyType::Other(_)) | Err(_) => false,
        }
    }

    fn has_strong_signature(&self) -> bool {
        let algorithm = self.algorithm(&self.0.outer_algorithm);
        algorithm.is_ok_and(|algorithm| algorithm.digest() != DigestAlgorithm::Sha1)
    }
}

/// Lists whose members are of several kinds.
const MIXED: [ObjectIdentifier; 5] = [
    oid::AUTHORITY_KEY_IDENTIFIER,
    oid::SUBJECT_ALT_NAME,
    oid::ISSUER_ALT_NAME,
    oid::NAME_CONSTRAINTS,
    oid::POLICY_CONSTRAINTS,
];

/// Whether the value is what its section says, to its last octet. The value of an extension that is neither known nor
/// critical is not looked at.
fn is_readable(extension: &Extension<'_>) -> bool {
    if !is_known(extension.identifier) {
        return true;
    }
    let is = |known: ObjectIdentifier| known.as_bytes() == extension.identifier;
    let value = extension.value;
    if is(oid::KEY_USAGE) {
        KeyUsage::read(value).is_some()
    } else if is(oid::SUBJECT_KEY_IDENTIFIER) {
        Element::only(value, "key identifier").is_ok_and(|identifier| identifier.tag == tag::OCTET_STRING)
    } else if is(oid::BASIC_CONSTRAINTS) {
        basic_constraints::read(value).is_ok()
    } else if MIXED.iter().any(|list| is(*list)) {
        list::all(value, |_| true)
    } else if is(oid::INHIBIT_ANY_POLICY) {
        Element::only(value, "inhibit anyPolicy").is_ok_and(|number| number.tag == tag::INTEGER)
    } else if is(oid::EXTENDED_KEY_USAGE) {
        list::all(value, |purpose| purpose.tag == tag::OBJECT_IDENTIFIER)
    } else if is(oid::CRL_DISTRIBUTION_POINTS) || is(oid::FRESHEST_CRL) {
        list::all(value, |point| point.tag == tag::SEQUENCE && list::all(point.bytes, |_| true))
    } else {
        // CertificatePolicies, PolicyMappings, AuthorityInfoAccess, QCStatements: lists of SEQUENCEs that begin with an OBJECT IDENTIFIER.
        list::all(value, |member| member.tag == tag::SEQUENCE && member.reader().oid("member").is_ok())
    }
}
