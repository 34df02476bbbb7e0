//! What a CRL or an OCSP answer says of itself, unverified.

use crate::asn1::oid::dotted;
use crate::asn1::{Element, Reader, tag};
use crate::clock::Time;
use crate::cms::Attribute;
use crate::cms::revocation_info::RevocationInfo;
use crate::hex;
use crate::personal::Personal;
use crate::revocation::{Crl, Ocsp, ResponderId};

/// A CRL, an OCSP answer or other revocation data. Nothing in it is verified. What cannot be read is `None`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RevocationView {
    /// `crl`, `ocsp`, or the object identifier of another format.
    pub format: String,
    /// Who issued it: the CRL's issuer, the responder; a responder that is named by its key in hexadecimal.
    pub issuer: Option<Personal<String>>,
    /// When an OCSP answer was signed.
    pub produced_at: Option<Time>,
    /// Since when it is known what it says; the earliest time of an OCSP answer about several certificates.
    pub this_update: Option<Time>,
    /// When more is known at the latest; the earliest such time of an OCSP answer about several certificates.
    pub next_update: Option<Time>,
    /// How many certificates a CRL revokes, or an OCSP answer is about.
    pub entries: Option<usize>,
    /// All of its octets.
    pub size: usize,
}

impl RevocationView {
    /// One member of `crls`: `CertificateList`, or `[1] { OID, … }` (RFC 5652 section 10.2.1).
    pub(super) fn of_member(member: &[u8]) -> Self {
        match RevocationInfo::of(member) {
            Some(RevocationInfo::Crl(crl)) => Self::crl(crl),
            Some(RevocationInfo::Ocsp(answer)) => Self { size: member.len(), ..Self::ocsp(answer) },
            Some(RevocationInfo::Other(format)) => Self::unread(&dotted(format), member),
            None => Self::unread("crl", member),
        }
    }

    /// Those of a `revocation-values` attribute (ETSI TS 101 733 section 6.3.4).
    ///
    /// ```asn1
    /// RevocationValues ::= SEQUENCE {
    ///     crlVals [0] SEQUENCE OF CertificateList OPTIONAL, ocspVals [1] SEQUENCE OF BasicOCSPResponse OPTIONAL,
    ///     otherRevVals [2] OtherRevVals OPTIONAL }
    /// ```
    pub(super) fn all_of_values(attribute: &Attribute<'_>) -> Vec<Self> {
        let Some(value) = attribute.only_value() else { return Vec::new() };
        let mut views = Vec::new();
        for list in elements(value.reader()) {
            let view = match list.tag {
                CRL_VALUES => Self::crl,
                OCSP_VALUES => Self::ocsp,
                _ => continue,
            };
            let members = elements(list.reader()).next().map(|members| members.reader());
            views.extend(members.into_iter().flat_map(elements).map(|member| view(member.bytes)));
        }
        views
    }

    fn crl(der: &[u8]) -> Self {
        let Ok(crl) = Crl::from_der(der) else { return Self::unread("crl", der) };
        Self {
            issuer: Some(crl.issuer().personal()),
            this_update: Some(crl.this_update()),
            next_update: crl.next_update(),
            entries: Some(crl.entry_count()),
            ..Self::unread("crl", der)
        }
    }

    fn ocsp(der: &[u8]) -> Self {
        let Ok(ocsp) = Ocsp::from_der(der) else { return Self::unread("ocsp", der) };
        let responder = |id| match id {
            ResponderId::Name(name) => name.personal(),
            ResponderId::KeyHash(hash) => Personal::harmless(hex::encode(hash)),
        };
        Self {
            issuer: ocsp.responder().map(responder),
            produced_at: ocsp.produced_at(),
            this_update: ocsp.responses().map(|single| single.this_update).min(),
            next_update: ocsp.responses().filter_map(|single| single.next_update).min(),
            entries: Some(ocsp.responses().count()),
            ..Self::unread("ocsp", der)
        }
    }

    fn unread(format: &str, octets: &[u8]) -> Self {
        let (issuer, produced_at, this_update, next_update, entries) = (None, None, None, None, None);
        Self { format: format.to_owned(), issuer, produced_at, this_update, next_update, entries, size: octets.len() }
    }
}

/// The elements as far as they can be read.
fn elements<'a>(mut reader: Reader<'a>) -> impl Iterator<Item = Element<'a>> {
    std::iter::from_fn(move || if reader.is_empty() { None } else { reader.any("revocation values").ok() })
}

const CRL_VALUES: u8 = tag::context(0);
const OCSP_VALUES: u8 = tag::context(1);
