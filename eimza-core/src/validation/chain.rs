//! One certificate at one time: its path to an anchor, and the status of every certificate in it.

mod material;
mod meter;
mod proofs;
mod status;
#[cfg(test)]
mod tests;

use super::check::{Check, CheckName, CheckStatus, Reason};
use super::indication::SubIndication;
use super::path::{Budget, CertificatePath, CertificatePool, IssuerSignatures, PathFailure, PathInputs, PathSearch};
use super::policy::Policy;
use crate::certificate::Certificate;
use crate::clock::Time;

pub(super) use material::Material;
pub(super) use meter::Meter;
pub(super) use proofs::{Place, Proofs};
pub(super) use status::{CrlSigners, StatusFailure, StatusKind, Used};

/// The most paths whose status is looked at for one certificate.
const PATH_LIMIT: usize = 16;

/// What certificates are judged by.
#[derive(Clone, Copy)]
pub(super) struct Chains<'a> {
    /// The time of the judgement.
    pub(super) now: Time,
    pub(super) policy: &'a Policy,
    pub(super) anchors: &'a CertificatePool,
    pub(super) material: &'a Material,
    /// Who verifies issuers' signatures, and what all of it may cost.
    pub(super) meter: &'a Meter<'a>,
    /// What was found of signers of CRLs before.
    pub(super) crl_signers: &'a CrlSigners,
    /// Which status data may answer.
    pub(super) status_kind: StatusKind,
    /// Whether a revocation of a responder counts although its issuer says that it need not be asked for.
    pub(super) asks_every_responder: bool,
    /// What tells of responders.
    pub(super) about_responders: &'a Material,
    /// Since when parts of the material are proven to exist.
    pub(super) proofs: &'a Proofs,
}

/// What is known of a certificate at a time.
pub(super) struct Chain {
    /// The path that fits best; `None` where there is no valid one.
    pub(super) path: Option<CertificatePath>,
    /// Why there is no valid path.
    pub(super) path_failure: Option<PathFailure>,
    /// What the rules have against the path although RFC 5280 has nothing.
    pub(super) flaw: Option<Flaw>,
    /// Why the status of a certificate in the path stands against it.
    pub(super) status_failure: Option<StatusFailure>,
    /// The status data that the judgement rests on.
    pub(super) used: Used,
}

impl Chains<'_> {
    /// Judges a certificate for a time: the first path in which nothing is revoked and everything is known, else the best
    /// of the others.
    pub(super) fn judge(&self, certificate: &Certificate, inputs: &PathInputs) -> Chain {
        let candidates = self.material.certificates();
        let mut search = PathSearch::new(certificate, self.anchors, &candidates, inputs, self.meter, Budget::default());
        let mut best: Option<Chain> = None;
        for _ in 0..PATH_LIMIT {
            let Some(path) = search.next_path() else { break };
            let chain = self.with_status(path, inputs.at);
            if chain.holds() {
                return chain;
            }
            if best.as_ref().is_none_or(|best| chain.shortcomings() < best.shortcomings()) {
                best = Some(chain);
            }
        }
        best.unwrap_or_else(|| Chain {
            path: None,
            path_failure: search.into_failure(),
            flaw: None,
            status_failure: None,
            used: Used::default(),
        })
    }

    /// What the policy asks of a path beyond RFC 5280.
    pub(super) fn check_rules(&self, path: &[Certificate], at: Time) -> Result<(), Flaw> {
        if let (true, Some(anchor)) = (self.policy.anchors_must_verify, path.last())
            && anchor.is_self_issued()
            && !self.meter.is_signed_by(anchor, anchor).unwrap_or(false)
        {
            return Err(Flaw::AnchorDamaged);
        }
        let algorithms = &self.policy.algorithms;
        let is_strong = path.windows(2).all(|pair| {
            let [certificate, issuer] = pair else { return true };
            algorithms.check_issuance(certificate, issuer, at).is_ok()
        });
        if is_strong { Ok(()) } else { Err(Flaw::TooWeak) }
    }

    /// The same, the status told by data of this kind.
    pub(super) fn by_status_of(self, status_kind: StatusKind) -> Self {
        Self { status_kind, ..self }
    }

    /// thisUpdate of the data about the first certificate, where the status of every certificate of the path is good.
    pub(super) fn good_as_of(&self, path: &[Certificate], at: Time) -> Option<Time> {
        let mut used = Used::default();
        self.check_status(path, at, &mut used).ok().and(used.leaf_as_of)
    }

    fn with_status(&self, path: CertificatePath, at: Time) -> Chain {
        let mut used = Used::default();
        let flaw = self.check_rules(path.certificates(), at).err();
        let status_failure = self.check_status(path.certificates(), at, &mut used).err();
        Chain { path: Some(path), path_failure: None, flaw, status_failure, used }
    }
}

/// What the rules have against a path; the less grave first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flaw {
    /// A certificate was signed by an algorithm or a key that could not be relied on.
    TooWeak,
    /// The anchor's signature over itself does not hold.
    AnchorDamaged,
}

impl Chain {
    /// Whether there is a valid path whose certificates all have a good status.
    pub(super) fn holds(&self) -> bool {
        self.path.is_some() && self.flaw.is_none() && self.status_failure.is_none()
    }

    fn shortcomings(&self) -> (Option<Flaw>, Option<StatusFailure>) {
        (self.flaw, self.status_failure)
    }

    /// The certificates of the path, the anchor last.
    pub(super) fn certificates(&self) -> &[Certificate] {
        self.path.as_ref().map(CertificatePath::certificates).unwrap_or_default()
    }

    /// The checks where there is no certificate to judge.
    pub(super) fn not_judged() -> [Check; 2] {
        [CheckName::Path, CheckName::Revocation]
            .map(|name| Check::without_weight(name, CheckStatus::Undetermined, Reason::NotChecked))
    }

    /// The two checks that stand in a report.
    pub(super) fn checks(&self) -> [Check; 2] {
        [self.path_check(), self.status_check()]
    }

    fn path_check(&self) -> Check {
        const NAME: CheckName = CheckName::Path;
        match (&self.path, &self.path_failure) {
            (Some(_), _) => match self.flaw {
                None => Check::passed(NAME),
                Some(Flaw::TooWeak) => {
                    Check::failed(NAME, Reason::ChainTooWeak, SubIndication::CryptoConstraintsFailureNoPoe)
                }
                Some(Flaw::AnchorDamaged) => {
                    Check::failed(NAME, Reason::AnchorSignatureInvalid, SubIndication::CertificateChainGeneralFailure)
                }
            },
            (None, Some(failure)) => Check {
                name: NAME,
                status: if failure.rule.is_certain() { CheckStatus::Failed } else { CheckStatus::Undetermined },
                reason: Some(Reason::from(&failure.rule)),
                sub_indication: Some(failure.rule.sub_indication()),
            },
            (None, None) => Check::undetermined(NAME, Reason::IssuerUnknown, SubIndication::NoCertificateChainFound),
        }
    }

    fn status_check(&self) -> Check {
        const NAME: CheckName = CheckName::Revocation;
        match &self.status_failure {
            _ if self.path.is_none() => Check::without_weight(NAME, CheckStatus::Undetermined, Reason::NotChecked),
            None => Check::passed(NAME),
            Some(failure) => failure.check(NAME),
        }
    }
}
