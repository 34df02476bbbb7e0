//! The verdict over one certificate (RFC 5280 section 6, EN 319 102-1 section 5.2.6).

use super::chain::{Chain, Chains, CrlSigners, Material, Meter, Proofs, StatusKind};
use super::check::Check;
use super::indication::{Indication, SubIndication};
use super::path::{CertificatePath, CertificatePool, PathFailure, PathInputs, Uncached};
use super::policy::Policy;
use crate::asn1::oid::ObjectIdentifier;
use crate::certificate::{Certificate, NameConstraints};
use crate::clock::Time;
use crate::error::{ArgumentFault, Error, Result};
use crate::personal::Personal;
use crate::revocation::StatusData;

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
#[derive(Clone, Debug)]
pub struct CertificateValidation {
    inputs: PathInputs,
    anchors: CertificatePool,
    material: Material,
    policy: Policy,
    now: Time,
    needs_revocation: bool,
}

impl CertificateValidation {
    /// Judges by what holds at this time. Nothing is trusted yet, any policy is as good as none, and revocation counts.
    pub fn at(time: Time) -> Self {
        Self {
            inputs: PathInputs::at(time),
            anchors: CertificatePool::default(),
            material: Material::default(),
            policy: Policy::generic(),
            now: time,
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
        let certificates: Vec<Certificate> = certificates.into_iter().collect();
        self.material = self.material.with_given(&certificates, None);
        self
    }

    /// CRLs and OCSP answers.
    pub fn with_status(mut self, status: &StatusData) -> Self {
        self.material = self.material.with_given(&[], Some(status));
        self
    }

    /// The time of the judgement, where it is later than the time that is asked about: status data may be as new.
    pub fn judged_at(mut self, now: Time) -> Self {
        self.now = now;
        self
    }

    /// A policy that is acceptable, by its object identifier; without any, all of them are (user-initial-policy-set).
    ///
    /// # Errors
    /// [`Error::ArgumentInvalid`] where it is no object identifier.
    pub fn accept_policy(mut self, policy: &str) -> Result<Self> {
        const INVALID: Error = Error::ArgumentInvalid { argument: "policy", reason: ArgumentFault::NotIdentifier };
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

    /// Which names are permitted and which excluded from the beginning (initial-permitted-subtrees,
    /// initial-excluded-subtrees), as `NameConstraints` in DER (section 4.2.1.10). Given several times, each has its say.
    ///
    /// # Errors
    /// [`Error::Asn1Malformed`] where it is none.
    pub fn constrain_names(mut self, name_constraints: &[u8]) -> Result<Self> {
        let read = NameConstraints::read(name_constraints)?;
        read.permitted.chain(read.excluded).try_for_each(|base| base.map(drop))?;
        self.inputs.subtrees.push(name_constraints.to_vec());
        Ok(self)
    }

    /// Does not ask whether a certificate was revoked.
    pub fn without_revocation(mut self) -> Self {
        self.needs_revocation = false;
        self
    }

    /// Judges one certificate.
    pub fn validate(&self, certificate: &Certificate) -> CertificateReport {
        let chains = Chains {
            now: self.now.max(self.inputs.at),
            policy: &self.policy,
            anchors: &self.anchors,
            material: &self.material,
            meter: &Meter::new(&Uncached),
            crl_signers: &CrlSigners::default(),
            status_kind: StatusKind::Any,
            asks_every_responder: false,
            proofs: &Proofs::default(),
            about_responders: &self.material,
        };
        CertificateReport::of(&chains.judge(certificate, &self.inputs), self.needs_revocation)
    }
}

/// The verdict over a certificate. Serialised, it is the JSON of `eimza certificate validate`.
#[derive(Clone, Debug, serde::Serialize)]
pub struct CertificateReport {
    /// The verdict.
    pub indication: Indication,
    /// Why.
    pub sub_indication: Option<SubIndication>,
    /// The subjects of the path, from the certificate to the anchor, RFC 4514; empty where there is no
    /// valid path.
    pub path: Vec<Personal<String>>,
    /// The acceptable policies that hold for the whole path, by their object identifiers.
    pub policies: Vec<String>,
    /// What was checked: the path, and unless it was not asked for, the status of each certificate in it.
    #[serde(skip)]
    pub checks: Vec<Check>,
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
        self.path.iter_mut().for_each(Personal::show);
        self
    }

    fn of(chain: &Chain, needs_revocation: bool) -> Self {
        let [path, status] = chain.checks();
        let checks: Vec<Check> = [Some(path), needs_revocation.then_some(status)].into_iter().flatten().collect();
        let sub_indication = checks.iter().find_map(|check| check.sub_indication);
        let certificates = chain.certificates().to_vec();
        Self {
            indication: sub_indication.map_or(Indication::TotalPassed, SubIndication::indication),
            sub_indication,
            path: certificates.iter().map(|certificate| certificate.subject().personal()).collect(),
            policies: chain.path.as_ref().map(CertificatePath::policies).unwrap_or_default(),
            checks,
            certificates,
            failure: chain.path_failure.clone(),
        }
    }
}
