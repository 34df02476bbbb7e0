//! Members of `crls` in a SignedData (RFC 5652 section 10.2.1, RFC 5940).

use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag};

/// ```asn1
/// RevocationInfoChoice ::= CHOICE {
///     crl CertificateList,
///     other [1] IMPLICIT SEQUENCE { otherRevInfoFormat OBJECT IDENTIFIER, otherRevInfo ANY } }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RevocationInfo<'a> {
    /// A CRL.
    Crl(&'a [u8]),
    /// An OCSPResponse or a BasicOCSPResponse.
    Ocsp(&'a [u8]),
    /// Another format, by its object identifier.
    Other(&'a [u8]),
}

/// id-ri-ocsp-response (RFC 5940) and id-pkix-ocsp-basic, which is met too.
const OCSP: [ObjectIdentifier; 2] = [oid::REVOCATION_OCSP, oid::OCSP_BASIC];

/// The tag of another format than a CRL.
const OTHER: u8 = tag::context(1);

impl<'a> RevocationInfo<'a> {
    /// What a member is; `None` where it cannot be read. What is inside of it is not looked at.
    pub(crate) fn of(member: &'a [u8]) -> Option<Self> {
        let element = Element::only(member, "revocation data").ok()?;
        if element.tag == tag::SEQUENCE {
            return Some(Self::Crl(member));
        }
        let mut fields = element.reader();
        let format = fields.oid("revocation format").ok()?;
        if OCSP.iter().any(|known| known.as_bytes() == format) {
            return fields.any("revocation data").ok().map(|answer| Self::Ocsp(answer.bytes));
        }
        Some(Self::Other(format))
    }

    /// Whether a member is of another format than a CRL, which SignedData's version tells.
    pub(crate) fn is_other(member: &[u8]) -> bool {
        member.first() == Some(&OTHER)
    }
}
