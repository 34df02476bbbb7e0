//! The verdict over a file (ETSI EN 319 102-1): is the signature valid, whose is it, since when, and why not.
//!
//! [`Validation`] judges a file by a time, anchors and rules, all of which are arguments. [`verify()`] says what mathematics
//! alone says; [`CertificateValidation`] judges one certificate (RFC 5280 section 6).
//!
//! ```
//! # use eimza_core::{Certificate, Clock, SystemClock};
//! use eimza_core::validation::{Anchors, Indication, TrustedFor, Validation};
//!
//! # fn example(root: Certificate, file: &[u8], status: eimza_core::revocation::StatusData) -> eimza_core::Result<()> {
//! let anchors = Anchors::new().trust(root, TrustedFor::Everything);
//! let report = Validation::new(SystemClock::new().now(), &anchors).status(&status).of(file)?;
//! assert_eq!(report.indication, Indication::TotalPassed);
//! # Ok(())
//! # }
//! ```

mod algorithms;
mod anchors;
mod cache;
mod certificate;
mod chain;
mod check;
mod grounds;
mod indication;
mod judge;
mod level;
mod path;
mod policy;
mod references;
mod report;
mod time_stamp;
mod verify;

pub use algorithms::{AlgorithmPolicy, Weakness};
pub use anchors::{Anchors, TrustedFor};
pub use cache::Cache;
pub use certificate::{CertificateReport, CertificateValidation};
pub use check::{Check, CheckName, CheckStatus, Reason};
pub use grounds::Grounds;
pub use indication::{Indication, SubIndication};
pub use level::{Level, Profile};
pub use path::{BrokenRule, CertificatePath, Exceeded, PathFailure};
pub use policy::{Policy, SignerDemand, StampTime};
pub use references::{
    CertificateReference, CrlReference, Needed, OcspReference, ReferenceFault, RevocationReferences, RevocationValues,
    certificate_values, check_references, revocation_values,
};
pub use report::{Report, SignatureReport, SignerReport};
pub use time_stamp::{Coverage, CoveredValue, ImprintFault, Stamped, TimeStamp, TimeStampKind};
pub use verify::{SignerVerification, Verification, verify};

use crate::certificate::Certificate;
use crate::clock::Time;
use crate::cms::{Content, ContentInfo, SignedData, decode};
use crate::error::{Error, Result};
use crate::revocation::StatusData;
use verify::verify_with;

/// How files are judged: by which time, anchors and rules, and with what is known besides the file.
///
/// Time and anchors cannot be left out; everything else has a default. A verdict depends on nothing else: the same
/// arguments give the same report, years later too.
#[derive(Clone, Debug)]
pub struct Validation<'a> {
    now: Time,
    anchors: &'a Anchors,
    content: Option<Content<'a>>,
    certificates: &'a [Certificate],
    status: Option<&'a StatusData>,
    policy: Policy,
    profile: Option<Profile>,
    existed_since: Option<Time>,
    ignores_enclosed_status: bool,
    cache: Option<&'a Cache>,
}

impl<'a> Validation<'a> {
    /// Judges as of this time, trusting these anchors, by the Turkish rules.
    pub fn new(now: Time, anchors: &'a Anchors) -> Self {
        Self {
            now,
            anchors,
            content: None,
            certificates: &[],
            status: None,
            policy: Policy::default(),
            profile: None,
            existed_since: None,
            ignores_enclosed_status: false,
            cache: None,
        }
    }

    /// The content of a detached signature; its digests by [`SignedData::digests_needed`] do.
    pub fn content(mut self, content: Content<'a>) -> Self {
        self.content = Some(content);
        self
    }

    /// Further certificates, for signers and for paths. They are not trusted by that.
    pub fn certificates(mut self, certificates: &'a [Certificate]) -> Self {
        self.certificates = certificates;
        self
    }

    /// CRLs and OCSP answers beside those in the file.
    pub fn status(mut self, status: &'a StatusData) -> Self {
        self.status = Some(status);
        self
    }

    /// The rules to judge by.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The usage profile of BTK's guide that is demanded.
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// The caller's own proof that the file existed at this time, such as an archive's record. The report names it.
    pub fn existed_since(mut self, time: Time) -> Self {
        self.existed_since = Some(time);
        self
    }

    /// Leaves CRLs and OCSP answers aside that stand in the file: whoever made the file chose them. What was given by
    /// [`Validation::status`] is then all that counts.
    pub fn ignoring_enclosed_status(mut self) -> Self {
        self.ignores_enclosed_status = true;
        self
    }

    /// Remembers issuers' signatures from one file to the next.
    pub fn cache(mut self, cache: &'a Cache) -> Self {
        self.cache = Some(cache);
        self
    }

    /// Judges every signature of a file in DER, BER, PEM or base64.
    ///
    /// A ContentInfo that is no SignedData, or that breaks its form, is `TOTAL-FAILED` / `FORMAT_FAILURE` with an empty list.
    ///
    /// # Errors
    /// Where the file is no ContentInfo at all, or goes beyond a limit.
    pub fn of(&self, file: &[u8]) -> Result<Report> {
        let octets = decode(file)?;
        match SignedData::inside_of(ContentInfo::read(&octets)?) {
            Ok(signed_data) => self.of_signed_data(&signed_data),
            Err(limit @ Error::LimitExceeded { .. }) => Err(limit),
            Err(_) => Ok(Report::format_failure()),
        }
    }

    /// Judges every signature of a file that was read before.
    ///
    /// # Errors
    /// [`Error::LimitExceeded`].
    pub fn of_signed_data(&self, signed_data: &SignedData<'_>) -> Result<Report> {
        if signed_data.signers().is_empty() {
            return Ok(Report::format_failure());
        }
        let found = verify_with(signed_data, self.content, self.certificates, self.cache)?;
        Ok(judge::report(signed_data, &found, self))
    }
}
