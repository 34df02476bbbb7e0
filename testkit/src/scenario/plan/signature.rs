//! What is signed, and how.

use serde::Deserialize;

use crate::hash::Hash;

/// What is signed, and how.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Signature {
    /// The digest algorithm, where it is not the one that fits the key.
    pub hash: Option<Hash>,
    /// The digest algorithm of the reference to the certificate, where it is another one.
    pub reference_hash: Option<Hash>,
    /// The kind of that reference.
    pub reference: Reference,
    /// What is altered after signing.
    pub altered: Option<Altered>,
    /// What is signed although it is wrong.
    pub signed_wrong: Option<Altered>,
    /// Every attribute that may be signed.
    pub every_attribute: bool,
    /// The claimed signing time, where it is not shortly before the time-stamp.
    pub signing_time: SigningTime,
    /// What is odd about the policy of P2 to P4.
    pub policy: PolicyOddity,
}

/// The kind of the signed reference to the certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reference {
    /// By SHA-1 alone (RFC 2634 section 5.4).
    V1,
    /// By any digest algorithm (RFC 5035 section 3).
    #[default]
    V2,
}

/// A part of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Altered {
    /// The hash of the certificate in the reference to it.
    SigningCertificate,
    /// The digest of the content.
    MessageDigest,
    /// The signature value.
    Value,
}

/// What the signer claims about the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SigningTime {
    /// A minute before the time-stamp.
    #[default]
    Usual,
    /// Nothing.
    Absent,
    /// Three hours before the time-stamp.
    ThreeHoursBefore,
    /// Four minutes after the time-stamp: clocks differ.
    FourMinutesAfter,
    /// Ten minutes after the time-stamp.
    TenMinutesAfter,
}

/// What is odd about the signature policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyOddity {
    /// Nothing.
    #[default]
    None,
    /// Another identifier.
    AnotherIdentifier,
    /// Another hash.
    AnotherHash,
    /// With a notice for the user.
    UserNotice,
}
