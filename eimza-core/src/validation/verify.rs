//! What can be said of a signature by mathematics alone: form, digest, signature value, binding to a certificate.
//!
//! Trust, revocation and time are judged by [`Validation`](super::Validation).

mod algorithms;
mod contents;
mod ess;
mod pool;
mod signed;
mod signer;
mod to_be_signed;
mod value;

pub(super) use algorithms::signature_algorithm;
pub(crate) use ess::reference_digest;

use super::cache::Cache;
use super::check::{Check, CheckName, CheckStatus};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::Content;
use crate::cms::{AllSigners, SignedData, Signer};
use crate::error::Result;
use contents::Contents;
use pool::Pool;
use signer::{SignedInput, examine};

/// What was found of all signers of a file.
#[derive(Clone, Debug)]
pub struct Verification<'a> {
    /// Signers in their order in the file, each before those who counter-signed it.
    pub signers: Vec<SignerVerification<'a>>,
    /// For each counter-signature that cannot be read: the number of the signer that it stands in.
    pub unreadable_counter_signatures: Vec<usize>,
}

/// What was found of one signer.
#[derive(Clone, Debug)]
pub struct SignerVerification<'a> {
    /// The signer in the file.
    pub signer: Signer<'a>,
    /// The number, in [`Verification::signers`], of the one whose signature it counter-signs.
    pub parent: Option<usize>,
    /// The signer's certificate: the one whose hash is signed, else the one that the signer identifier names.
    pub certificate: Option<Certificate>,
    /// Whether that certificate stands in the file.
    pub certificate_inside: bool,
    /// When the signer claims to have signed.
    pub signing_time: Option<Time>,
    /// What was checked, in order.
    pub checks: Vec<Check>,
}

impl Verification<'_> {
    /// Whether there is a signer and everything that was checked has passed. It says nothing about trust.
    pub fn all_passed(&self) -> bool {
        !self.signers.is_empty()
            && self.unreadable_counter_signatures.is_empty()
            && self.signers.iter().all(SignerVerification::all_passed)
    }
}

impl SignerVerification<'_> {
    /// Whether everything that was checked has passed.
    pub fn all_passed(&self) -> bool {
        self.checks.iter().all(|check| check.status == CheckStatus::Passed)
    }

    /// The check of this name.
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }
}

/// Checks every signer and counter-signer.
///
/// `content` is that of a detached signature; given beside an attached one, both have to be equal. `certificates` are
/// looked through for signers whose certificate is not in the file; they are not trusted by that.
///
/// # Errors
/// [`Error::LimitExceeded`](crate::Error::LimitExceeded). What is wrong with a signature is no error but a failed check.
pub fn verify<'a>(
    signed_data: &SignedData<'a>,
    content: Option<Content<'_>>,
    certificates: &[Certificate],
) -> Result<Verification<'a>> {
    verify_with(signed_data, content, certificates, None)
}

/// The same, by a cache that remembers the certificates of other files.
pub(super) fn verify_with<'a>(
    signed_data: &SignedData<'a>,
    content: Option<Content<'_>>,
    certificates: &[Certificate],
    cache: Option<&Cache>,
) -> Result<Verification<'a>> {
    let pool = Pool::new(signed_data.certificates(), certificates, cache);
    let contents = Contents::of_file(signed_data.content, content);
    let all = AllSigners::of(signed_data)?;
    let signers = all.signers.iter().map(|(signer, parent)| {
        let signed = parent.and_then(|parent| all.signers.get(parent));
        let Some((signed, _)) = signed else {
            let input = SignedInput { content_type: Some(signed_data.content_type), contents: &contents };
            return examine(signer, *parent, &input, &pool);
        };
        let input = SignedInput { content_type: None, contents: &Contents::of_value(signed.value()) };
        examine(signer, *parent, &input, &pool)
    });
    let signers = signers.collect();
    Ok(Verification { signers, unreadable_counter_signatures: all.unreadable })
}
