//! What can be said of a signature by mathematics alone: form, digest, signature value, binding to a certificate.
//!
//! Whom to trust, revocation and time are the business of validation.

mod algorithms;
mod check;
mod contents;
mod ess;
mod pool;
mod signed;
mod signer;
mod to_be_signed;

pub use check::{Check, CheckStatus, Fault};

use super::content::Content;
use super::read::{SIGNER_LIMIT, SignedData};
use super::signer::Signer;
use crate::asn1::oid;
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::error::{Error, Result};
use contents::Contents;
use pool::Pool;
use signer::{Subject, examine};

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
    pub fn check(&self, name: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }
}

/// Checks every signer and counter-signer.
///
/// `content` is that of a detached signature; given beside an attached one, both have to be equal. `certificates` are
/// looked through for signers whose certificate is not in the file; they are not trusted by that.
///
/// # Errors
/// [`Error::LimitExceeded`]. What is wrong with a signature is no error but a failed check.
pub fn verify<'a>(
    signed_data: &SignedData<'a>,
    content: Option<Content<'_>>,
    certificates: &[Certificate],
) -> Result<Verification<'a>> {
    let pool = Pool::new(signed_data.certificates(), certificates);
    let contents = Contents::of_file(signed_data.content, content);
    let mut found = Verification { signers: Vec::new(), unreadable_counter_signatures: Vec::new() };
    for signer in signed_data.signers() {
        let subject = Subject { content_type: Some(signed_data.content_type), contents: &contents };
        add(&mut found, examine(signer, None, &subject, &pool))?;
        counter_signers(&mut found, &pool)?;
    }
    Ok(found)
}

/// Follows the counter-signatures of the newest signer, and theirs in turn (RFC 5652 section 11.4).
fn counter_signers(found: &mut Verification<'_>, pool: &Pool<'_>) -> Result<()> {
    let mut parent = found.signers.len() - 1;
    while let Some(signed) = found.signers.get(parent).map(|verification| verification.signer.clone()) {
        let unsigned = signed.unsigned_attributes();
        let contents = Contents::of_value(signed.value());
        let attributes = unsigned.iter().flat_map(|unsigned| unsigned.all(oid::COUNTER_SIGNATURE));
        for value in attributes.flat_map(|attribute| attribute.elements()) {
            match Signer::read(value) {
                Ok(signer) => {
                    let subject = Subject { content_type: None, contents: &contents };
                    add(found, examine(&signer, Some(parent), &subject, pool))?;
                }
                Err(_) if found.unreadable_counter_signatures.len() < SIGNER_LIMIT => {
                    found.unreadable_counter_signatures.push(parent);
                }
                Err(_) => return Err(Error::LimitExceeded { limit: "signers" }),
            }
        }
        parent += 1;
    }
    Ok(())
}

fn add<'a>(found: &mut Verification<'a>, signer: SignerVerification<'a>) -> Result<()> {
    if found.signers.len() == SIGNER_LIMIT {
        return Err(Error::LimitExceeded { limit: "signers" });
    }
    found.signers.push(signer);
    Ok(())
}
