//! What a scenario may say. Everything that it leaves out is as it should be.

mod long_term;
mod signature;
mod stamp;

use serde::Deserialize;

use crate::key::KeyKind;

pub use long_term::{About, List, ListFault, LongTerm};
pub use signature::{Altered, PolicyOddity, Reference, Signature, SigningTime};
pub use stamp::{AlteredStamp, Hierarchy, Stamp};

/// A signature with all that belongs to it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Plan {
    /// Who signs.
    pub signer: Actor,
    /// Who issued the signer's certificate.
    pub sub_ca: Actor,
    /// The root above, which is trusted.
    pub root: Actor,
    /// Who signs besides, everything in order.
    pub second_signer: Option<SecondSigner>,
    /// What is signed, and how.
    pub signature: Signature,
    /// The signature-time-stamp.
    pub signature_stamp: Stamp,
    /// The CAdES-C-time-stamp.
    pub c_stamp: Stamp,
    /// The archive-time-stamp, the first where there are two.
    pub archive_stamp: Stamp,
    /// Whether there is a second archive-time-stamp, everything in order.
    pub archived_again: bool,
    /// What is wrong with references and values.
    pub long_term: Option<LongTerm>,
    /// Whether nobody trusts the root. Its certificate stands in the file all the same.
    pub smuggled_root: bool,
    /// Whether another content is given to the verifier, beside the one that stands in the file or instead of it.
    pub another_content: bool,
    /// Whether everything was taken away that is not signed.
    pub stripped: bool,
    /// Whether the status of signer and authority was issued a day later, after the grace period of P2 and P3.
    pub status_a_day_later: bool,
    /// The year in which everything happens, where it is not 2026.
    pub year: Option<u16>,
}

/// Somebody who has a certificate.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Actor {
    /// What kind of key.
    pub key: KeyKind,
    /// What is odd about the certificate.
    pub certificate: Oddity,
    /// What is known of its revocation.
    pub status: Status,
}

/// What is odd about a certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oddity {
    /// Nothing.
    #[default]
    None,
    /// It had ended when it was used.
    Ended,
    /// It ends soon after it was used.
    EndsSoon,
    /// It begins after it was used.
    BeginsLater,
    /// The issuer's signature is not the issuer's.
    Forged,
    /// Key usage without nonRepudiation.
    WithoutNonRepudiation,
    /// The policy without the text of its notice.
    WithoutNotice,
    /// Without ETSI's statement of compliance.
    WithoutEtsiStatement,
    /// Without BTK's statement.
    WithoutBtkStatement,
    /// With a money limit of 0.
    MoneyLimitOfZero,
    /// With a restriction of its use.
    UsageLimit,
    /// A company's seal (Mali Mühür).
    Seal,
    /// An issuer that is no authority: a person's certificate.
    NotAnAuthority,
    /// With a critical extension that nobody knows.
    UnknownExtension,
    /// A responder whose certificate does not say that it may answer.
    WithoutPurpose,
}

/// What is known of a certificate's revocation, and by what.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Status {
    /// By a CRL or an OCSP answer; the level says by which where this does not.
    pub by: Option<Source>,
    /// What is wrong with that.
    pub fault: Option<StatusFault>,
    /// Whether the certificate is revoked.
    pub revoked: Option<When>,
    /// What is odd about the certificate of the OCSP responder.
    pub responder: Oddity,
    /// Whether the responder is revoked, although it carries ocsp-nocheck. Its authority says so, and nothing else.
    pub responder_revoked: Option<When>,
}

/// Where status comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A CRL of the issuer.
    Crl,
    /// An answer of a responder that the issuer appointed.
    Ocsp,
}

/// What is wrong with a CRL or an OCSP answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusFault {
    /// Its next update was due before the time that counts.
    Stale,
    /// Its signature does not hold.
    Forged,
    /// It is about another certificate.
    OfAnother,
    /// It is for attribute certificates only.
    OfAnotherScope,
    /// It comes from somebody who has the issuer's name and another key.
    ByNamesake,
    /// It comes from a responder of another authority.
    ByAnotherAuthority,
    /// Beside it stands an older one, still fresh, from before the revocation.
    Replayed,
    /// It stands in no file; the verifier is given it.
    Outside,
    /// It is nowhere.
    Nowhere,
}

/// When something was revoked, beside the time of its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Half an hour before.
    Before,
    /// A quarter of an hour after.
    After,
}

/// How the second signer signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondSigner {
    /// The same content.
    Parallel,
    /// The first signature.
    Counter,
}
