//! The verdict over one certificate (RFC 5280 section 6, EN 319 102-1 section 5.2.6).

use super::indication::{Indication, SubIndication};
use super::path::{Budget, CertificatePath, CertificatePool, PathFailure, PathInputs, PathSearch, Uncached};
use crate::asn1::oid::ObjectIdentifier;
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::error::{Error, Result};

/// What certificates are judged by: made once, it judges any number of them.
///
/// ```
/// # use eimza_core::{Certificate, Time};
/// use eimza_core::validation::CertificateValidation;
///
/// # fn example(root: Certificate, issuing: Certificate, signer: Certificate, now: Time) {
/// let validation = CertificateValidation::at(now).trust([root]).with_certificates([issuing]).without_revocation();
/// let report = validation.validate(&signer);
/// println!("{} {:?}", report.indication, report.path);
/// # }
/// ```
#[derive(Debug)]
pub struct CertificateValidation {
    inputs: PathInputs,
    anchors: CertificatePool,
    certificates: CertificatePool,
    needs_revocation: bool,
}

impl CertificateValidation {
    /// Judges by what holds at this time. Nothing is trusted yet, any policy is as good as none, and revocation counts.
    pub fn at(time: Time) -> Self {
        Self {
            inputs: PathInputs::at(time),
            anchors: CertificatePool::default(),
            certificates: CertificatePool::default(),
            needs_revocation: true,
        }
    }

    /// Certificates that are trusted: their own dates, extensions and signatures do not matter.
    pub fn trust(mut self, anchors: impl IntoIterator<Item = Certificate>) -> Self {
        self.anchors.extend(anchors);
        self
    }

    /// Further certificates that paths may be built of. They are not trusted by that.
    pub fn with_certificates(mut self, certificates: impl IntoIterator<Item = Certificate>) -> Self {
        self.certificates.extend(certificates);
        self
    }

    /// A policy that is acceptable, by its object identifier; without any, all of them are (user-initial-policy-set).
    ///
    /// # Errors
    /// [`Error::ArgumentInvalid`] where it is no object identifier.
    pub fn accept_policy(mut self, policy: &str) -> Result<Self> {
        const INVALID: Error = Error::ArgumentInvalid { argument: "policy", reason: "not an object identifier" };
        self.inputs.policies.push(ObjectIdentifier::new(policy).ok().ok_or(INVALID)?);
        Ok(self)
    }

    /// One of the acceptable policies has to hold for the whole path (initial-explicit-policy).
    pub fn require_explicit_policy(mut self) -> Self {
        self.inputs.require_explicit_policy = true;
        self
    }

    /// No authority may call its policy equal to another one's (initial-policy-mapping-inhibit).
    pub fn inhibit_policy_mapping(mut self) -> Self {
        self.inputs.inhibit_policy_mapping = true;
        self
    }

    /// anyPolicy in a certificate stands for no policy (initial-any-policy-inhibit).
    pub fn inhibit_any_policy(mut self) -> Self {
        self.inputs.inhibit_any_policy = true;
        self
    }

    /// Does not ask whether a certificate was revoked.
    pub fn without_revocation(mut self) -> Self {
        self.needs_revocation = false;
        self
    }

    /// Judges one certificate.
    pub fn validate(&self, certificate: &Certificate) -> CertificateReport {
        let candidates = [&self.certificates];
        let mut search =
            PathSearch::new(certificate, &self.anchors, &candidates, &self.inputs, &Uncached, Budget::default());
        match search.next_path() {
            Some(path) => CertificateReport::found(&path, self.needs_revocation),
            None => CertificateReport::not_found(search.into_failure()),
        }
    }
}

/// The verdict over a certificate. Serialised, it is the JSON of `eimza certificate validate`.
#[derive(Clone, Debug, serde::Serialize)]
pub struct CertificateReport {
    /// The verdict.
    pub indication: Indication,
    /// Why.
    pub sub_indication: Option<SubIndication>,
    /// The subjects of the path, from the certificate to the anchor, RFC 4514, national ids masked; empty where there is no
    /// valid path.
    pub path: Vec<String>,
    /// The acceptable policies that hold for the whole path, by their object identifiers.
    pub policies: Vec<String>,
    /// The certificates of the path.
    #[serde(skip)]
    pub certificates: Vec<Certificate>,
    /// Why there is no valid path.
    #[serde(skip)]
    pub failure: Option<PathFailure>,
}

impl CertificateReport {
    /// The same report with national ids in clear. Only where a person asked for it.
    pub fn revealed(mut self) -> Self {
        self.path = self.certificates.iter().map(|certificate| certificate.subject().reveal()).collect();
        self
    }

    fn found(path: &CertificatePath, needs_revocation: bool) -> Self {
        let missing = needs_revocation && path.certificates().len() > 1;
        Self {
            indication: if missing { Indication::Indeterminate } else { Indication::TotalPassed },
            sub_indication: missing.then_some(SubIndication::TryLater),
            path: path.certificates().iter().map(|certificate| certificate.subject().to_string()).collect(),
            policies: path.policies(),
            certificates: path.certificates().to_vec(),
            failure: None,
        }
    }

    fn not_found(failure: Option<PathFailure>) -> Self {
        let sub_indication = failure.as_ref().map(|failure| failure.rule.sub_indication());
        Self {
            indication: Indication::Indeterminate,
            sub_indication: sub_indication.or(Some(SubIndication::NoCertificateChainFound)),
            path: Vec::new(),
            policies: Vec::new(),
            certificates: Vec::new(),
            failure,
        }
    }
}
