//! References to CRLs and OCSP answers.

use super::hash::{Digests, OtherHash};
use super::{fields, members, only_value};
use crate::asn1::{Element, oid, tag};
use crate::certificate::Name;
use crate::clock::Time;
use crate::cms::Signer;
use crate::error::{Error, Limit, Result};
use crate::revocation::{Crl, Ocsp};

const WHAT: &str = "revocation reference";

/// ```asn1
/// CrlOcspRef ::= SEQUENCE {
///     crlids [0] EXPLICIT SEQUENCE { crls SEQUENCE OF CrlValidatedID } OPTIONAL,
///     ocspids [1] EXPLICIT SEQUENCE { ocspResponses SEQUENCE OF OcspResponsesID } OPTIONAL,
///     otherRev [2] EXPLICIT OtherRevRefs OPTIONAL }
/// ```
/// One stands there for the signer, then one for each certificate reference; it is empty for a certificate without status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RevocationReferences<'a> {
    /// The CRLs.
    pub crls: Vec<CrlReference<'a>>,
    /// The OCSP answers.
    pub ocsps: Vec<OcspReference<'a>>,
    /// Whether there is something else, which is not looked into.
    pub has_others: bool,
}

/// `CrlValidatedID ::= SEQUENCE { crlHash OtherHash, crlIdentifier CrlIdentifier OPTIONAL }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrlReference<'a> {
    hash: OtherHash<'a>,
    identifier: Option<CrlIdentifier<'a>>,
}

/// `CrlIdentifier ::= SEQUENCE { crlissuer Name, crlIssuedTime UTCTime, crlNumber INTEGER OPTIONAL }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CrlIdentifier<'a> {
    issuer: Name<'a>,
    issued_at: Time,
    number: Option<&'a [u8]>,
}

/// `OcspResponsesID ::= SEQUENCE { ocspIdentifier SEQUENCE { ocspResponderID ResponderID, producedAt GeneralizedTime },
/// ocspRepHash OtherHash OPTIONAL }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OcspReference<'a> {
    responder: &'a [u8],
    produced_at: Time,
    hash: Option<OtherHash<'a>>,
}

impl<'a> RevocationReferences<'a> {
    /// `CompleteRevocationRefs ::= SEQUENCE OF CrlOcspRef`; `None` where the signature has no such attribute.
    ///
    /// # Errors
    /// Where the attribute breaks its form.
    pub fn all(signer: &Signer<'a>) -> Result<Option<Vec<Self>>> {
        let Some(list) = only_value(signer, oid::COMPLETE_REVOCATION_REFERENCES)? else { return Ok(None) };
        members(&list, Limit::RevocationReferences)?.iter().map(Self::read).collect::<Result<_>>().map(Some)
    }

    fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = fields(element, WHAT)?;
        let crls = fields.optional(tag::context(0), WHAT)?;
        let ocsps = fields.optional(tag::context(1), WHAT)?;
        let others = fields.optional(tag::context(2), WHAT)?;
        fields.finish(WHAT)?;
        // Each list stands in a SEQUENCE of its own, which has that one field.
        let listed = |wrapper: Element<'a>| -> Result<Vec<Element<'a>>> {
            let list = Element::only_sequence(Element::only_sequence(wrapper.contents, WHAT)?.contents, WHAT)?;
            members(&list, Limit::RevocationReferences)
        };
        let crls = crls.map(listed).transpose()?.unwrap_or_default();
        let ocsps = ocsps.map(listed).transpose()?.unwrap_or_default();
        Ok(Self {
            crls: crls.iter().map(CrlReference::read).collect::<Result<_>>()?,
            ocsps: ocsps.iter().map(OcspReference::read).collect::<Result<_>>()?,
            has_others: others.is_some(),
        })
    }
}

impl<'a> CrlReference<'a> {
    fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = fields(element, WHAT)?;
        let hash = OtherHash::read(&fields.any(WHAT)?)?;
        let identifier =
            fields.optional(tag::SEQUENCE, WHAT)?.map(|stated| CrlIdentifier::read(&stated)).transpose()?;
        fields.finish(WHAT)?;
        Ok(Self { hash, identifier })
    }

    /// Whether it names this CRL: by its hash, and by what else is stated of it.
    pub fn names(&self, crl: &Crl) -> bool {
        self.fits(crl, &Digests::default())
    }

    pub(super) fn fits(&self, crl: &Crl, digests: &Digests) -> bool {
        self.identifier.is_none_or(|identifier| identifier.fits(crl)) && self.hash.is_of(crl.der(), digests)
    }
}

impl<'a> CrlIdentifier<'a> {
    fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = element.reader();
        let issuer = Name::new(fields.read(tag::SEQUENCE, WHAT)?.bytes);
        let issued_at = fields.any(WHAT)?.time().ok_or(Error::Asn1Malformed { what: WHAT, offset: 0 })?;
        let number = fields.optional(tag::INTEGER, WHAT)?.map(|number| number.contents);
        fields.finish(WHAT)?;
        Ok(Self { issuer, issued_at, number })
    }

    fn fits(&self, crl: &Crl) -> bool {
        self.issuer.is_same(&crl.issuer())
            && self.issued_at == crl.this_update()
            && self.number.is_none_or(|number| crl.number() == Some(number))
    }
}

impl<'a> OcspReference<'a> {
    fn read(element: &Element<'a>) -> Result<Self> {
        let mut fields = fields(element, WHAT)?;
        let mut identifier = fields.read(tag::SEQUENCE, WHAT)?.reader();
        let responder = identifier.any(WHAT)?.bytes;
        let produced_at = identifier.any(WHAT)?.time().ok_or(Error::Asn1Malformed { what: WHAT, offset: 0 })?;
        identifier.finish(WHAT)?;
        let hash = if fields.is_empty() { None } else { Some(OtherHash::read(&fields.any(WHAT)?)?) };
        fields.finish(WHAT)?;
        Ok(Self { responder, produced_at, hash })
    }

    /// Whether it names this answer: by responder, time, and where it is stated, the hash of the BasicOCSPResponse (of the
    /// OCSPResponse too, as some programs do).
    pub fn names(&self, answer: &Ocsp) -> bool {
        self.fits(answer, &Digests::default(), &Digests::default())
    }

    /// `basic` are digests of the BasicOCSPResponse, `whole` of all octets.
    pub(super) fn fits(&self, answer: &Ocsp, basic: &Digests, whole: &Digests) -> bool {
        let is_hash = |hash: OtherHash<'_>| {
            answer.basic_der().is_some_and(|octets| hash.is_of(octets, basic)) || hash.is_of(answer.der(), whole)
        };
        answer.responder_der() == Some(self.responder)
            && answer.produced_at() == Some(self.produced_at)
            && self.hash.is_none_or(is_hash)
    }

    /// Whether the answer is named by a hash at all.
    pub fn has_hash(&self) -> bool {
        self.hash.is_some()
    }
}
