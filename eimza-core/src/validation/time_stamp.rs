//! Time-stamps of a signature: which there are, and what each covers (EN 319 122-1 section 5, RFC 5126 section 6).
//!
//! A token is a signed file of its own, and [`verify`](super::verify()) looks at it as at any other. Here its imprint
//! is compared with the parts of the signature it stands in: these parts existed when the token was made (EN 319 102-1
//! section 5.6.2.3).

mod archive;
mod coverage;
mod hash_index;
mod pieces;
mod references;

pub use coverage::{Coverage, CoveredValue, ImprintFault};

use crate::asn1::oid::{self, ObjectIdentifier};
use crate::cms::{Content, SignedData, Signer, TimeStampToken};
use crate::crypto::Digest;
use crate::error::{Error, Limit, Result};

/// The most time-stamps of one signer: each hashes the file once more.
const TIME_STAMP_LIMIT: usize = 64;

/// What a time-stamp is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeStampKind {
    /// content-time-stamp, a signed attribute: the content.
    Content,
    /// signature-time-stamp: the signature value.
    Signature,
    /// CAdES-C-time-stamp: the signature value, its stamps and the references.
    CadesC,
    /// time-stamped-certs-crls-references: the references.
    References,
    /// archive-time-stamp of the first kind, which is only recognised.
    ArchiveV1,
    /// archive-time-stamp v2: the whole file as it was.
    ArchiveV2,
    /// archive-time-stamp v3: what its hash index lists.
    ArchiveV3,
}

impl TimeStampKind {
    /// Whether it is over the whole file as it was.
    pub fn is_archive(self) -> bool {
        matches!(self, Self::ArchiveV1 | Self::ArchiveV2 | Self::ArchiveV3)
    }

    /// The kinds in unsigned attributes.
    const UNSIGNED: [(ObjectIdentifier, Self); 6] = [
        (oid::SIGNATURE_TIME_STAMP, Self::Signature),
        (oid::CADES_C_TIME_STAMP, Self::CadesC),
        (oid::REFERENCES_TIME_STAMP, Self::References),
        (oid::ARCHIVE_TIME_STAMP_V1, Self::ArchiveV1),
        (oid::ARCHIVE_TIME_STAMP_V2, Self::ArchiveV2),
        (oid::ARCHIVE_TIME_STAMP_V3, Self::ArchiveV3),
    ];
}

/// One token where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeStamp<'a> {
    /// What it is over.
    pub kind: TimeStampKind,
    /// Its octets; whether they are a token is not known yet.
    pub octets: &'a [u8],
}

impl<'a> TimeStamp<'a> {
    /// All of a signer: content-time-stamps of the signed attributes, then the others in the order of the unsigned ones. One
    /// that stands on the wrong side counts for nothing.
    ///
    /// # Errors
    /// [`Error::LimitExceeded`].
    pub fn all(signer: &Signer<'a>) -> Result<Vec<Self>> {
        let signed = signer.signed_attributes().into_iter().flat_map(|set| set.all(oid::CONTENT_TIME_STAMP));
        let content = signed.map(|attribute| (TimeStampKind::Content, attribute));
        let unsigned = signer.unsigned_attributes().into_iter().flat_map(|set| set.iter()).filter_map(|attribute| {
            let known = TimeStampKind::UNSIGNED.iter().find(|(identifier, _)| attribute.is(identifier));
            known.map(|(_, kind)| (*kind, attribute))
        });
        let all =
            content.chain(unsigned).flat_map(|(kind, attribute)| attribute.values().map(move |value| (kind, value)));
        let found: Vec<Self> = all.take(TIME_STAMP_LIMIT + 1).map(|(kind, octets)| Self { kind, octets }).collect();
        if found.len() > TIME_STAMP_LIMIT { Err(Error::LimitExceeded { limit: Limit::TimeStamps }) } else { Ok(found) }
    }

    /// Reads it as a token.
    ///
    /// # Errors
    /// Those of [`TimeStampToken::read`].
    pub fn token(&self) -> Result<TimeStampToken<'a>> {
        TimeStampToken::read(self.octets)
    }
}

/// A signature in its file: what its time-stamps are about.
#[derive(Clone, Copy, Debug)]
pub struct Stamped<'s, 'a> {
    /// The file.
    pub signed_data: &'s SignedData<'a>,
    /// The signer.
    pub signer: &'s Signer<'a>,
    /// The content where it does not stand in the file. Archive time-stamps v2 need its octets, the others its digest. For a
    /// counter-signer it is what is counter-signed: the value of that signature (RFC 5652 section 11.4).
    pub content: Option<Content<'s>>,
}

impl<'a> Stamped<'_, 'a> {
    /// What the token covers; only where its imprint is that of these parts.
    pub fn covered_by(&self, kind: TimeStampKind, token: &TimeStampToken<'_>) -> Result<Coverage<'a>, ImprintFault> {
        let imprint = token.info().imprint.ok_or(ImprintFault::AlgorithmUnsupported)?;
        match kind {
            TimeStampKind::Content => self.content(&imprint),
            TimeStampKind::Signature => {
                let own = imprint.algorithm().digest(self.signer.value());
                if own == imprint { Ok(Coverage::of_signature()) } else { Err(ImprintFault::Differs) }
            }
            TimeStampKind::CadesC => references::with_signature(self.signer, &imprint),
            TimeStampKind::References => references::alone(self.signer, &imprint),
            TimeStampKind::ArchiveV1 => Err(ImprintFault::NotComputed),
            // RFC 5126 section 6.4.1 defines it for the signers of a file alone.
            TimeStampKind::ArchiveV2 if self.is_counter_signer() => Err(ImprintFault::NotComputed),
            TimeStampKind::ArchiveV2 => archive::v2(self, &imprint, token.info().time),
            TimeStampKind::ArchiveV3 => archive::v3(self, &imprint, token),
        }
    }

    /// Whether the signer signed another signature of the file: it is not among the file's own signers.
    fn is_counter_signer(&self) -> bool {
        !self.signed_data.signers().iter().any(|own| std::ptr::eq(own.bytes(), self.signer.bytes()))
    }

    fn content(&self, imprint: &Digest) -> Result<Coverage<'a>, ImprintFault> {
        let own = pieces::content_digest(self, imprint.algorithm())?;
        if own == *imprint { Ok(Coverage::of_content()) } else { Err(ImprintFault::Differs) }
    }
}
