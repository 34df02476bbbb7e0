//! Reading CMS SignedData (RFC 5652 section 5.1): DER or BER, every octet where it stands, nothing copied.

use std::borrow::Cow;

use super::inside::ContentInside;
use super::signer::Signer;
use crate::asn1::{Element, Reader, oid, tag};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Limit, Result, SignatureFault};

/// The most signers, counter-signers included, that are looked at.
pub(super) const SIGNER_LIMIT: usize = 1_000;

/// The most attribute values of all signers together, counter-signers included.
pub(super) const FILE_ATTRIBUTE_LIMIT: usize = 20_000;

/// The most members of `certificates` and of `crls`.
const MEMBER_LIMIT: usize = 10_000;

/// A file with signatures. It borrows the octets that it was read from; they are never changed.
#[derive(Clone, Debug)]
pub struct SignedData<'a> {
    input: &'a [u8],
    pub(crate) content_info: Element<'a>,
    pub(crate) version: Option<u32>,
    digest_algorithms: Element<'a>,
    pub(crate) encapsulated: Element<'a>,
    /// The contents octets of eContentType.
    pub(crate) content_type: &'a [u8],
    pub(crate) content: Option<ContentInside<'a>>,
    pub(crate) certificates: Option<Element<'a>>,
    pub(crate) crls: Option<Element<'a>>,
    signers: Vec<Signer<'a>>,
}

impl<'a> SignedData<'a> {
    /// Reads a ContentInfo with SignedData; see [`decode`](super::decode) for PEM and base64.
    ///
    /// # Errors
    /// [`Error::Asn1Malformed`] where it is no ContentInfo; [`Error::SignatureNotSignedData`] where it holds something
    /// else; [`Error::SignatureMalformed`] where other octets than zeros stand behind it; [`Error::LimitExceeded`].
    pub fn read(input: &'a [u8]) -> Result<Self> {
        Self::inside_of(ContentInfo::read(input)?)
    }

    /// The SignedData in a ContentInfo.
    pub(crate) fn inside_of(outer: ContentInfo<'a>) -> Result<Self> {
        let (ContentInfo { input, element: content_info }, signed_data) = (outer, outer.signed_data()?);
        let mut fields = signed_data.reader();
        let version = fields.read(tag::INTEGER, "SignedData version")?.small_integer();
        let digest_algorithms = fields.read(tag::SET, "digestAlgorithms")?;
        let encapsulated = fields.read(tag::SEQUENCE, "encapContentInfo")?;
        let (content_type, content) = self::encapsulated(&encapsulated)?;
        let certificates = fields.optional(tag::context(0), "certificates")?;
        let crls = fields.optional(tag::context(1), "crls")?;
        let signer_infos = fields.read(tag::SET, "signerInfos")?;
        fields.finish("SignedData")?;
        check_members(&digest_algorithms, "digestAlgorithms", Limit::DigestAlgorithms)?;
        certificates.iter().try_for_each(|set| check_members(set, "certificates", Limit::Certificates))?;
        crls.iter().try_for_each(|set| check_members(set, "crls", Limit::RevocationData))?;
        Ok(Self {
            input,
            content_info,
            version,
            digest_algorithms,
            encapsulated,
            content_type,
            content,
            certificates,
            crls,
            signers: signers(&signer_infos)?,
        })
    }

    /// The octets as they came, padding included.
    pub fn bytes(&self) -> &'a [u8] {
        self.input
    }

    /// How many zeros stand behind the ContentInfo, as in containers of fixed size.
    pub fn padding(&self) -> usize {
        self.input.len() - self.content_info.bytes.len()
    }

    /// The signers in their order in the file.
    pub fn signers(&self) -> &[Signer<'a>] {
        &self.signers
    }

    /// The octets of each X.509 certificate, in their order; they are parsed by whoever needs them.
    pub fn certificates(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        members(self.certificates).filter(|member| member.tag == tag::SEQUENCE).map(|member| member.bytes)
    }

    /// The octets of attribute certificates and other members of `certificates` that are no X.509 certificates.
    pub fn other_certificates(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        members(self.certificates).filter(|member| member.tag != tag::SEQUENCE).map(|member| member.bytes)
    }

    /// The octets of each member of `crls`: a CertificateList, or `[1]` with another format.
    pub fn revocation_data(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        members(self.crls).map(|member| member.bytes)
    }

    /// Whether the content stands inside; one of no octets is there all the same.
    pub fn is_attached(&self) -> bool {
        self.content.is_some()
    }

    /// The content inside. A copy is made only where it stands in several pieces. What is no OCTET STRING, as in PKCS#7
    /// files, is given as it stands there, with its header.
    pub fn content(&self) -> Result<Option<Cow<'a, [u8]>>> {
        self.content.map(|content| content.octets()).transpose()
    }

    /// The algorithms by which a detached content has to be digested, each once.
    pub fn digests_needed(&self) -> Vec<DigestAlgorithm> {
        let mut needed = Vec::new();
        for algorithm in self.signers.iter().filter_map(Signer::digest_algorithm) {
            if !needed.contains(&algorithm) {
                needed.push(algorithm);
            }
        }
        needed
    }

    /// `digestAlgorithms` as it stands there: protected by nothing.
    pub(crate) fn digest_algorithms(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        members(Some(self.digest_algorithms))
    }
}

/// `ContentInfo ::= SEQUENCE { contentType, [0] EXPLICIT content }` (RFC 5652 section 3), whatever is in it.
#[derive(Clone, Copy)]
pub(crate) struct ContentInfo<'a> {
    input: &'a [u8],
    element: Element<'a>,
}

impl<'a> ContentInfo<'a> {
    /// Reads what begins as a ContentInfo: a SEQUENCE that begins with an object identifier and ends within the input.
    pub(crate) fn read(input: &'a [u8]) -> Result<Self> {
        let element = Reader::new(input).read(tag::SEQUENCE, "ContentInfo")?;
        element.reader().oid("contentType")?;
        Ok(Self { input, element })
    }

    fn signed_data(&self) -> Result<Element<'a>> {
        let behind = self.input.get(self.element.bytes.len()..).unwrap_or_default();
        if behind.iter().any(|&octet| octet != 0) {
            return Err(Error::SignatureMalformed { what: SignatureFault::OctetsBehind });
        }
        let mut fields = self.element.reader();
        if fields.oid("contentType")? != oid::SIGNED_DATA.as_bytes() {
            return Err(Error::SignatureNotSignedData);
        }
        let explicit = fields.read(tag::context(0), "content")?;
        fields.finish("ContentInfo")?;
        let mut inside = explicit.reader();
        let signed_data = inside.read(tag::SEQUENCE, "SignedData")?;
        inside.finish("SignedData")?;
        Ok(signed_data)
    }
}

/// `EncapsulatedContentInfo ::= SEQUENCE { eContentType, [0] EXPLICIT OCTET STRING OPTIONAL }`.
fn encapsulated<'a>(element: &Element<'a>) -> Result<(&'a [u8], Option<ContentInside<'a>>)> {
    const WHAT: &str = "encapContentInfo";
    let mut fields = element.reader();
    let content_type = fields.oid("eContentType")?;
    let explicit = fields.optional(tag::context(0), "eContent")?;
    fields.finish(WHAT)?;
    Ok((content_type, explicit.map(|explicit| ContentInside::read(&explicit)).transpose()?))
}

fn signers<'a>(signer_infos: &Element<'a>) -> Result<Vec<Signer<'a>>> {
    let mut reader = signer_infos.reader();
    let mut signers = Vec::with_capacity(1);
    let mut attributes = 0;
    while !reader.is_empty() {
        if signers.len() == SIGNER_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::Signers });
        }
        let signer = Signer::read(reader.any("SignerInfo")?)?;
        attributes += signer.value_count();
        if attributes > FILE_ATTRIBUTE_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::Attributes });
        }
        signers.push(signer);
    }
    Ok(signers)
}

/// Walks over a set once, so that later walks cannot fail.
fn check_members(set: &Element<'_>, what: &'static str, limit: Limit) -> Result<()> {
    let mut reader = set.reader();
    let mut count = 0;
    while !reader.is_empty() {
        reader.any(what)?;
        count += 1;
        if count > MEMBER_LIMIT {
            return Err(Error::LimitExceeded { limit });
        }
    }
    Ok(())
}

fn members<'a>(set: Option<Element<'a>>) -> impl Iterator<Item = Element<'a>> + use<'a> {
    let mut reader = Reader::new(set.map_or(&[], |set| set.contents));
    std::iter::from_fn(move || if reader.is_empty() { None } else { reader.any("member").ok() })
}
