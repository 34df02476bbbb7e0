//! What a card says of itself (ISO 7816-15 section 8.11).

use crate::asn1::{Element, Reader, tag};
use crate::error::Result;

/// Mechanisms of PKCS#11 by which algorithms are named.
const RSA_PKCS: &[u8] = &[0x01];
const RSA_RAW: &[u8] = &[0x03];
const RSA_PSS: &[u8] = &[0x0d];
const ECDSA: &[u8] = &[0x10, 0x41];

/// The most algorithms that are looked at.
const ALGORITHM_LIMIT: usize = 64;

/// `TokenInfo ::= SEQUENCE { version INTEGER, serialNumber OCTET STRING, manufacturerID UTF8String OPTIONAL, label [0]
/// UTF8String OPTIONAL, tokenflags BIT STRING, seInfo SEQUENCE OPTIONAL, recordInfo [1] OPTIONAL, supportedAlgorithms [2]
/// OPTIONAL, … }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct TokenInformation {
    pub(in super::super) serial: Vec<u8>,
    pub(in super::super) manufacturer: String,
    pub(in super::super) label: String,
    pub(in super::super) algorithms: Vec<OfferedAlgorithm>,
}

/// An algorithm, and by which number commands choose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct OfferedAlgorithm {
    pub(in super::super) scheme: Scheme,
    pub(in super::super) reference: u8,
}

/// What a card computes of what it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum Scheme {
    /// RSA over a block that was padded already.
    RsaPadded,
    /// RSA over a DigestInfo, which the card pads (RFC 8017 section 9.2).
    RsaPkcs1,
    /// RSA-PSS over a digest (RFC 8017 section 9.1).
    RsaPss,
    /// ECDSA over a digest.
    Ecdsa,
}

impl TokenInformation {
    pub(in super::super) fn read(file: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(file).read(tag::SEQUENCE, "TokenInfo")?.reader();
        reader.read(tag::INTEGER, "version")?;
        let serial = reader.read(tag::OCTET_STRING, "serialNumber")?.octets()?.into_owned();
        let text = |element: Option<Element<'_>>| {
            element.map(|element| String::from_utf8_lossy(element.contents).into_owned()).unwrap_or_default()
        };
        let manufacturer = text(reader.optional(tag::UTF8_STRING, "manufacturerID")?);
        let label = text(reader.optional(tag::context_primitive(0), "label")?);
        let mut algorithms = Vec::new();
        while let Some(found) = reader.peek_tag() {
            let element = reader.any("TokenInfo")?;
            if found == tag::context(2) {
                algorithms = offered(&element);
            }
        }
        Ok(Self { serial, manufacturer, label, algorithms })
    }
}

fn offered(list: &Element<'_>) -> Vec<OfferedAlgorithm> {
    let mut reader = list.reader();
    let entries = std::iter::from_fn(|| reader.any("AlgorithmInfo").ok()).take(ALGORITHM_LIMIT);
    entries.filter_map(|entry| algorithm(&entry).ok().flatten()).collect()
}

/// `AlgorithmInfo ::= SEQUENCE { reference INTEGER, algorithm INTEGER, parameters ANY, supportedOperations BIT STRING,
/// objId OBJECT IDENTIFIER OPTIONAL, algRef INTEGER OPTIONAL }`.
fn algorithm(entry: &Element<'_>) -> Result<Option<OfferedAlgorithm>> {
    let mut reader = entry.reader();
    reader.read(tag::INTEGER, "reference")?;
    let scheme = match reader.read(tag::INTEGER, "algorithm")?.contents {
        RSA_PKCS => Scheme::RsaPkcs1,
        RSA_RAW => Scheme::RsaPadded,
        RSA_PSS => Scheme::RsaPss,
        ECDSA => Scheme::Ecdsa,
        _ => return Ok(None),
    };
    reader.any("parameters")?;
    reader.read(tag::BIT_STRING, "supportedOperations")?;
    reader.optional(tag::OBJECT_IDENTIFIER, "objId")?;
    let number = reader.optional(tag::INTEGER, "algRef")?;
    let reference = number.as_ref().and_then(super::object::reference);
    Ok(reference.map(|reference| OfferedAlgorithm { scheme, reference }))
}
