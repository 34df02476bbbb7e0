//! References and values.

use serde::Deserialize;

/// What is wrong with references and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LongTerm {
    /// In which of the four attributes.
    pub list: List,
    /// About whom.
    pub about: About,
    /// What.
    pub fault: ListFault,
}

/// One of the four attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// complete-certificate-references.
    CertificateReferences,
    /// complete-revocation-references.
    RevocationReferences,
    /// certificate-values.
    CertificateValues,
    /// revocation-values.
    RevocationValues,
}

/// A certificate of the signer's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// The signer's.
    Signer,
    /// The sub-CA's.
    SubCa,
    /// The root's.
    Root,
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListFault {
    /// It is missing.
    Missing,
    /// It names something else.
    Wrong,
}
