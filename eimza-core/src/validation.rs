//! The verdict over a file (ETSI EN 319 102-1): what mathematics says now, what path, revocation and time say later.
//!
//! Until the path to an anchor is looked at, nothing is `TOTAL-PASSED`: a signature whose mathematics holds is
//! `INDETERMINATE`, and the sub-indication says what was not checked.

mod certificate;
mod check;
mod indication;
mod judge;
mod level;
pub(crate) mod path;
mod policy;
mod references;
mod report;
mod time_stamp;
mod verify;

pub use certificate::{CertificateReport, CertificateValidation};
pub use check::{Check, CheckName, CheckStatus, Reason};
pub use indication::{Indication, SubIndication};
pub use level::{Level, Profile};
pub use path::{BrokenRule, CertificatePath, Exceeded, PathFailure};
pub use policy::Policy;
pub use references::{
    CertificateReference, CrlReference, Needed, OcspReference, ReferenceFault, RevocationReferences, RevocationValues,
    certificate_values, check_references, revocation_values,
};
pub use report::{Report, SignatureReport, SignerReport};
pub use time_stamp::{Coverage, CoveredValue, ImprintFault, Stamped, TimeStamp, TimeStampKind};
pub use verify::{SignerVerification, Verification, verify};

use crate::certificate::Certificate;
use crate::cms::{Content, SignedData, decode, is_content_info};
use crate::error::{Error, Result};

/// What is known besides the file itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The content of a detached signature; its digests by [`SignedData::digests_needed`] do.
    pub content: Option<Content<'a>>,
    /// Further certificates, among which the signers' are looked for. They are not trusted by that.
    pub certificates: &'a [Certificate],
    /// The profile that is demanded.
    pub profile: Option<Profile>,
    /// The rules to judge by.
    pub policy: Policy,
}

/// Judges every signature of a file in DER, BER, PEM or base64.
///
/// A ContentInfo that is no SignedData, or that breaks its form, is `TOTAL-FAILED` / `FORMAT_FAILURE` with an empty list.
///
/// # Errors
/// Where the file is no ContentInfo at all, or goes beyond a limit.
pub fn validate(file: &[u8], given: &Given<'_>) -> Result<Report> {
    let octets = decode(file)?;
    is_content_info(&octets)?;
    let signed_data = match SignedData::read(&octets) {
        Ok(signed_data) => signed_data,
        Err(limit @ Error::LimitExceeded { .. }) => return Err(limit),
        Err(_) => return Ok(Report::format_failure()),
    };
    if signed_data.signers().is_empty() {
        return Ok(Report::format_failure());
    }
    let found = verify(&signed_data, given.content, given.certificates)?;
    Ok(judge::report(&signed_data, &found, given))
}
