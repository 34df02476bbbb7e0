//! A time-stamp, and who makes it.

use serde::Deserialize;

use super::Actor;
use crate::hash::Hash;

/// A time-stamp.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stamp {
    /// The unit that makes it.
    pub unit: Actor,
    /// Under which root.
    pub under: Hierarchy,
    /// The digest algorithm, where it is not the one that fits the key.
    pub hash: Option<Hash>,
    /// What is altered after it was made.
    pub altered: Option<AlteredStamp>,
}

/// The root above the unit of a time-stamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hierarchy {
    /// A root for the time-stamps of this kind, which is trusted.
    #[default]
    Own,
    /// The root of the signer.
    Signers,
    /// A root of somebody else, which is trusted too.
    Second,
    /// A trusted root whose signature over itself does not hold.
    Damaged,
    /// A root that stands neither in the file nor among the trusted ones.
    Nowhere,
}

/// A part of a time-stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlteredStamp {
    /// It is over something else.
    Imprint,
    /// It is over the content, as a content-time-stamp is.
    OfContent,
    /// The value of its signature.
    Token,
    /// Its time, an hour earlier than its unit signed.
    Time,
}
