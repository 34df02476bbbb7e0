//! Values that Python names by a short str.

use eimza_core::Language;
use eimza_core::crypto::{Curve, DigestAlgorithm, KeyType};
use eimza_core::error::ArgumentFault;
use eimza_core::messages::Sentence;
use eimza_core::validation::{Indication, Level, Policy, Profile, SubIndication};
use pyo3::prelude::*;

use crate::errors::{invalid, json};

/// "sha256", "sha384", "sha512"; the others, "sha1" first, for reading what somebody else signed.
pub(crate) fn digest(name: &str) -> PyResult<DigestAlgorithm> {
    let known = DIGESTS.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| invalid("digest_algorithm", ArgumentFault::NameUnknown), |(_, algorithm)| Ok(*algorithm))
}

/// The str for a digest algorithm.
pub(crate) fn of_digest(algorithm: DigestAlgorithm) -> &'static str {
    DIGESTS.iter().find(|(_, known)| *known == algorithm).map_or("", |(name, _)| name)
}

/// The names of `hashlib`.
const DIGESTS: [(&str, DigestAlgorithm); 11] = [
    ("sha1", DigestAlgorithm::Sha1),
    ("sha224", DigestAlgorithm::Sha224),
    ("sha256", DigestAlgorithm::Sha256),
    ("sha384", DigestAlgorithm::Sha384),
    ("sha512", DigestAlgorithm::Sha512),
    ("sha512_224", DigestAlgorithm::Sha512_224),
    ("sha512_256", DigestAlgorithm::Sha512_256),
    ("sha3_224", DigestAlgorithm::Sha3_224),
    ("sha3_256", DigestAlgorithm::Sha3_256),
    ("sha3_384", DigestAlgorithm::Sha3_384),
    ("sha3_512", DigestAlgorithm::Sha3_512),
];

/// "RSA-2048", "RSA-3072", "RSA-4096", "EC P-256", "EC P-384", "EC P-521": as certificates show them.
pub(crate) fn key_type(name: &str) -> PyResult<KeyType> {
    let known = [
        KeyType::Rsa { bits: 2048 },
        KeyType::Rsa { bits: 3072 },
        KeyType::Rsa { bits: 4096 },
        KeyType::Ec(Curve::P256),
        KeyType::Ec(Curve::P384),
        KeyType::Ec(Curve::P521),
    ];
    known
        .into_iter()
        .find(|known| known.to_string() == name)
        .map_or_else(|| invalid("key", ArgumentFault::NameUnknown), Ok)
}

/// The profile of this name.
pub(crate) fn profile(name: &str) -> PyResult<Profile> {
    Profile::from_name(name).map_or_else(|| invalid("profile", ArgumentFault::NameUnknown), Ok)
}

/// "tr", "en".
pub(crate) fn language(name: &str) -> PyResult<Language> {
    match name {
        "tr" => Ok(Language::Turkish),
        "en" => Ok(Language::English),
        _ => invalid("language", ArgumentFault::NameUnknown),
    }
}

/// What happened and what to do now, in one text.
pub(crate) fn sentence(sentence: &Sentence) -> String {
    format!("{} {}", sentence.happened, sentence.remedy)
}

/// A verdict as people write it: "INDETERMINATE / TRY_LATER".
pub(crate) fn verdict(indication: Indication, why: Option<SubIndication>) -> String {
    why.map_or_else(|| indication.to_string(), |why| format!("{indication} / {why}"))
}

/// "generic", "tr-nes".
pub(crate) fn policy(name: &str) -> PyResult<Policy> {
    Policy::from_name(name).map_or_else(|| invalid("policy", ArgumentFault::NameUnknown), Ok)
}

/// The str for a level: as the report's JSON writes it.
pub(crate) fn level(level: Level) -> PyResult<String> {
    json(&level).map(|text| text.trim_matches('"').to_owned())
}
