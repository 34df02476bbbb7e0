//! What a time-stamp covers: these parts of the file existed when it was made.

use crate::asn1::oid::dotted;
use crate::cms::Attribute;
use crate::crypto::DigestAlgorithm;

/// The parts of a file and of one signer that a token covers, as slices of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage<'a> {
    /// Whether the content is among them.
    pub content: bool,
    /// Whether the signature value is among them.
    pub signature: bool,
    /// Whether the signed attributes are among them.
    pub signed_attributes: bool,
    /// The members of `certificates`.
    pub certificates: Vec<&'a [u8]>,
    /// The members of `crls`: CRLs, and with their `[1]` OCSP answers.
    pub revocation_data: Vec<&'a [u8]>,
    /// The values of unsigned attributes.
    pub unsigned_values: Vec<CoveredValue<'a>>,
    /// The algorithm of the hash index of an archive-time-stamp v3: it should be that of the imprint, and counts for what
    /// the index lists.
    pub index_algorithm: Option<DigestAlgorithm>,
}

/// One value of an unsigned attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoveredValue<'a> {
    pub(crate) identifier: &'a [u8],
    /// The octets of the value.
    pub value: &'a [u8],
}

impl CoveredValue<'_> {
    /// The object identifier of the attribute, dotted.
    pub fn attribute(&self) -> String {
        dotted(self.identifier)
    }
}

impl<'a> Coverage<'a> {
    pub(super) fn of_content() -> Self {
        Self { content: true, ..Self::default() }
    }

    pub(super) fn of_signature() -> Self {
        Self { signature: true, ..Self::default() }
    }

    /// All values of these attributes.
    pub(super) fn values(attributes: &[Attribute<'a>]) -> Vec<CoveredValue<'a>> {
        let values = |attribute: &Attribute<'a>| {
            let identifier = attribute.identifier;
            attribute.values().map(move |value| CoveredValue { identifier, value })
        };
        attributes.iter().flat_map(values).collect()
    }
}

/// Why a token covers nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImprintFault {
    /// Its imprint is that of something else.
    Differs,
    /// The content is needed and was not given.
    ContentMissing,
    /// The imprint, or the hash index, is by an algorithm that is not computed here.
    AlgorithmUnsupported,
    /// The token of an archive-time-stamp v3 has no hash index.
    IndexMissing,
    /// The token has several hash indexes.
    IndexRepeated,
    /// The hash index cannot be read.
    IndexMalformed,
    /// The hash index lists what is not in the file.
    IndexOfOthers,
    /// A kind that is recognised and not computed.
    NotComputed,
}

impl ImprintFault {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Differs => "imprint-differs",
            Self::ContentMissing => "content-missing",
            Self::AlgorithmUnsupported => "algorithm-unsupported",
            Self::IndexMissing => "hash-index-missing",
            Self::IndexRepeated => "hash-index-repeated",
            Self::IndexMalformed => "hash-index-malformed",
            Self::IndexOfOthers => "hash-index-of-others",
            Self::NotComputed => "not-computed",
        }
    }
}
