//! The one writer that adds to a file: unsigned attributes, certificates, revocation data. Every octet that is there stays as
//! it is and in its order; only the lengths of what encloses an addition are written anew, definite where they were not.

use super::attribute::{Attribute, Attributes};
use super::read::SignedData;
use super::revocation_info::RevocationInfo;
use super::signer::Signer;
use crate::asn1::{Element, oid, tag, write};
use crate::error::{ArgumentFault, Error, Result};

/// What is added to a file.
#[derive(Clone, Debug, Default)]
pub struct Additions {
    unsigned: Vec<(usize, Vec<u8>)>,
    certificates: Vec<Vec<u8>>,
    revocation_data: Vec<Vec<u8>>,
}

impl Additions {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// An unsigned attribute, in DER, for the signer with this number in the file.
    pub fn unsigned_attribute(mut self, signer: usize, attribute: impl Into<Vec<u8>>) -> Self {
        self.unsigned.push((signer, attribute.into()));
        self
    }

    /// A certificate, in DER.
    pub fn certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.certificates.push(certificate.into());
        self
    }

    /// A CertificateList in DER, or another format with its `[1]` (RFC 5652 section 10.2.1).
    pub fn revocation_data(mut self, member: impl Into<Vec<u8>>) -> Self {
        self.revocation_data.push(member.into());
        self
    }
}

impl SignedData<'_> {
    /// The file with these additions, each behind what is there.
    ///
    /// # Errors
    /// [`Error::ArgumentInvalid`] where there is no such signer, where an addition is not what it is added as, and where
    /// certificates or revocation data would be added beneath an archive-time-stamp v2, which covers both sets whole.
    pub fn with(&self, additions: &Additions) -> Result<Vec<u8>> {
        self.check(additions)?;
        let mut fields = inside(&self.content_info)?.reader();
        let mut parts = vec![
            version(&fields.read(tag::INTEGER, "SignedData version")?, additions),
            fields.read(tag::SET, "digestAlgorithms")?.bytes.to_vec(),
            fields.read(tag::SEQUENCE, "encapContentInfo")?.bytes.to_vec(),
        ];
        parts.push(extended(fields.optional(tag::context(0), "certificates")?, 0, &additions.certificates));
        parts.push(extended(fields.optional(tag::context(1), "crls")?, 1, &additions.revocation_data));
        let signers =
            self.signers().iter().enumerate().map(|(number, signer)| with_attributes(signer, number, additions));
        parts.push(write::tlv(tag::SET, &signers.collect::<Vec<_>>().concat()));
        let signed_data = write::tlv(tag::SEQUENCE, &parts.concat());
        let explicit = write::tlv(tag::context(0), &signed_data);
        let mut file = write::tlv(tag::SEQUENCE, &[write::oid(&oid::SIGNED_DATA), explicit].concat());
        file.extend(std::iter::repeat_n(0, self.padding()));
        Ok(file)
    }

    fn check(&self, additions: &Additions) -> Result<()> {
        let invalid = |reason| Error::ArgumentInvalid { argument: "additions", reason };
        if additions.unsigned.iter().any(|(signer, _)| *signer >= self.signers().len()) {
            return Err(invalid(ArgumentFault::NoSuchSigner));
        }
        let attributes = additions.unsigned.iter().map(|(_, attribute)| attribute);
        if !attributes.clone().all(|attribute| is_attribute(attribute)) {
            return Err(invalid(ArgumentFault::NoAttribute));
        }
        let members = additions.certificates.iter().chain(&additions.revocation_data);
        if !members.clone().all(|member| Element::only(member, "addition").is_ok()) {
            return Err(invalid(ArgumentFault::NotOneElement));
        }
        let covers_sets = |signer: &Signer<'_>| {
            signer.unsigned_attributes().is_some_and(|set| set.first(&oid::ARCHIVE_TIME_STAMP_V2).is_some())
        };
        if members.count() > 0 && self.signers().iter().any(covers_sets) {
            return Err(invalid(ArgumentFault::CoveredByArchive));
        }
        Ok(())
    }
}

/// The SignedData inside of a ContentInfo.
fn inside<'a>(content_info: &Element<'a>) -> Result<Element<'a>> {
    let mut fields = content_info.reader();
    fields.oid("contentType")?;
    fields.read(tag::context(0), "content")?.reader().read(tag::SEQUENCE, "SignedData")
}

/// The version: 5 from the moment on that another format than a CRL is among the revocation data, or another one than a
/// certificate among the certificates (RFC 5652 section 5.1). Nothing that is signed or stamped covers it.
fn version(there: &Element<'_>, additions: &Additions) -> Vec<u8> {
    const WITH_OTHERS: u8 = 5;
    let is_other_certificate = |member: &Vec<u8>| member.first() == Some(&tag::context(3));
    let has_others = additions.revocation_data.iter().any(|member| RevocationInfo::is_other(member))
        || additions.certificates.iter().any(is_other_certificate);
    if !has_others || there.small_integer().is_some_and(|version| version >= WITH_OTHERS.into()) {
        return there.bytes.to_vec();
    }
    write::tlv(tag::INTEGER, &[WITH_OTHERS])
}

/// A set with members added; as it stands where there are none.
fn extended(set: Option<Element<'_>>, number: u8, added: &[Vec<u8>]) -> Vec<u8> {
    match (set, added.is_empty()) {
        (set, true) => set.map(|set| set.bytes.to_vec()).unwrap_or_default(),
        (set, false) => {
            let there = set.map(|set| set.contents).unwrap_or_default();
            write::tlv(tag::context(number), &[there, &added.concat()].concat())
        }
    }
}

/// The SignerInfo with its further unsigned attributes; as it stands where there are none.
fn with_attributes(signer: &Signer<'_>, number: usize, additions: &Additions) -> Vec<u8> {
    let added =
        additions.unsigned.iter().filter(|(signer, _)| *signer == number).map(|(_, attribute)| attribute.as_slice());
    let added = added.collect::<Vec<_>>().concat();
    if added.is_empty() {
        return signer.bytes().to_vec();
    }
    let there = signer.unsigned_attributes();
    let (whole, contents) = there.map_or((&[][..], &[][..]), |set: Attributes<'_>| (set.bytes(), set.0.contents));
    let fields = signer.element.contents;
    let before = fields.get(..fields.len().saturating_sub(whole.len())).unwrap_or_default();
    let unsigned = write::tlv(tag::context(1), &[contents, &added].concat());
    write::tlv(tag::SEQUENCE, &[before, &unsigned].concat())
}

fn is_attribute(octets: &[u8]) -> bool {
    let read =
        Element::only(octets, "attribute").and_then(|one| Attribute::read(&mut crate::asn1::Reader::new(one.bytes)));
    read.is_ok()
}
