//! What an archive-time-stamp v3 lists (EN 319 122-1 section 5.5.2).

use std::collections::HashSet;

use super::coverage::{Coverage, CoveredValue, ImprintFault};
use super::pieces::first;
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag};
use crate::cms::{Attribute, TimeStampToken};
use crate::crypto::{DigestAlgorithm, Hasher};
use crate::error::{Error, Limit, Result as Read};

/// The most hashes of one list.
const HASH_LIMIT: usize = 20_000;

/// ```asn1
/// ATSHashIndexV3 ::= SEQUENCE {
///     hashIndAlgorithm AlgorithmIdentifier, certificatesHashIndex SEQUENCE OF OCTET STRING,
///     crlsHashIndex SEQUENCE OF OCTET STRING, unsignedAttrValuesHashIndex SEQUENCE OF OCTET STRING }
/// ```
/// The older form lists whole unsigned attributes, and its algorithm has the default SHA-256.
pub(super) struct HashIndex<'a> {
    /// All octets of the value.
    pub(super) bytes: &'a [u8],
    pub(super) algorithm: DigestAlgorithm,
    certificates: HashSet<&'a [u8]>,
    revocation_data: HashSet<&'a [u8]>,
    unsigned: HashSet<&'a [u8]>,
    /// Whether single values are listed rather than whole attributes.
    lists_values: bool,
}

const KINDS: [(ObjectIdentifier, bool); 3] =
    [(oid::HASH_INDEX_V3, true), (oid::HASH_INDEX_V2, false), (oid::HASH_INDEX_V1, false)];

impl<'a> HashIndex<'a> {
    /// The one index of the token, an unsigned attribute of its own signer.
    pub(super) fn of(token: &TimeStampToken<'a>) -> Result<Self, ImprintFault> {
        let unsigned = token.signer().unsigned_attributes();
        let mut found = unsigned.into_iter().flat_map(|set| set.iter()).filter_map(|attribute| {
            KINDS.iter().find(|(identifier, _)| attribute.is(identifier)).map(|(_, values)| (attribute, *values))
        });
        let (attribute, lists_values) = found.next().ok_or(ImprintFault::IndexMissing)?;
        if found.next().is_some() {
            return Err(ImprintFault::IndexRepeated);
        }
        let mut values = attribute.elements();
        let value = values.next().ok_or(ImprintFault::IndexMalformed)?;
        if values.next().is_some() {
            return Err(ImprintFault::IndexRepeated);
        }
        match Self::read(&value, lists_values) {
            Ok(index) => Ok(index),
            Err(Error::AlgorithmUnsupported { .. }) => Err(ImprintFault::AlgorithmUnsupported),
            Err(_) => Err(ImprintFault::IndexMalformed),
        }
    }

    fn read(value: &Element<'a>, lists_values: bool) -> Read<Self> {
        const WHAT: &str = "hash index";
        let mut whole = crate::asn1::Reader::new(value.bytes);
        let mut fields = whole.read(tag::SEQUENCE, WHAT)?.reader();
        // A list holds OCTET STRINGs, an AlgorithmIdentifier begins with an object identifier.
        let mut ahead = fields.clone();
        let begins_with = ahead.read(tag::SEQUENCE, WHAT)?.reader().peek_tag();
        let algorithm = if begins_with == Some(tag::OBJECT_IDENTIFIER) {
            let stated = fields.read(tag::SEQUENCE, WHAT)?;
            let unsupported = || Error::AlgorithmUnsupported { algorithm: oid::dotted(stated.contents) };
            DigestAlgorithm::from_identifier(&stated).ok_or_else(unsupported)?
        } else if lists_values {
            return Err(Error::Asn1Malformed { what: WHAT, offset: 0 });
        } else {
            DigestAlgorithm::Sha256
        };
        let mut list = || hashes(&fields.read(tag::SEQUENCE, WHAT)?);
        let (certificates, revocation_data, unsigned) = (list()?, list()?, list()?);
        fields.finish(WHAT)?;
        Ok(Self { bytes: value.bytes, algorithm, certificates, revocation_data, unsigned, lists_values })
    }

    /// Those of these certificates that are listed; all that is listed must be among them.
    pub(super) fn certificates<'f>(
        &self,
        members: impl Iterator<Item = &'f [u8]>,
    ) -> Result<Vec<&'f [u8]>, ImprintFault> {
        self.listed(&self.certificates, members.map(|member| (member, vec![member])))
    }

    /// The same for members of `crls`.
    pub(super) fn revocation_data<'f>(
        &self,
        members: impl Iterator<Item = &'f [u8]>,
    ) -> Result<Vec<&'f [u8]>, ImprintFault> {
        self.listed(&self.revocation_data, members.map(|member| (member, vec![member])))
    }

    /// The same for unsigned attributes: single values, or all values of those that are listed whole.
    pub(super) fn unsigned<'f>(
        &self,
        attributes: impl Iterator<Item = Attribute<'f>>,
    ) -> Result<Vec<CoveredValue<'f>>, ImprintFault> {
        let items = attributes.flat_map(|attribute| {
            let values = Coverage::values(&[attribute]);
            if !self.lists_values {
                return vec![(values, vec![attribute.bytes()])];
            }
            let kind = first(&attribute.element);
            values.into_iter().map(|one| (vec![one], vec![kind, one.value])).collect()
        });
        Ok(self.listed(&self.unsigned, items)?.concat())
    }

    /// The items whose pieces have a listed hash.
    fn listed<'p, T>(
        &self,
        list: &HashSet<&[u8]>,
        items: impl Iterator<Item = (T, Vec<&'p [u8]>)>,
    ) -> Result<Vec<T>, ImprintFault> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        for (item, pieces) in items {
            let mut hasher = Hasher::new(self.algorithm);
            pieces.iter().for_each(|piece| hasher.update(piece));
            let digest = hasher.finish();
            if let Some(hash) = list.get(digest.as_bytes()) {
                seen.insert(*hash);
                found.push(item);
            }
        }
        if seen.len() == list.len() { Ok(found) } else { Err(ImprintFault::IndexOfOthers) }
    }
}

fn hashes<'a>(list: &Element<'a>) -> Read<HashSet<&'a [u8]>> {
    let mut reader = list.reader();
    let mut hashes = HashSet::new();
    while !reader.is_empty() {
        hashes.insert(reader.read(tag::OCTET_STRING, "hash index")?.contents);
        if hashes.len() > HASH_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::HashIndex });
        }
    }
    Ok(hashes)
}
