//! What the check came to, for the receipt: the verdict, and what it rests on.

use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::consent::Moment;
use crate::validation::{CheckName, CheckStatus, Indication, Level, Policy, Reason, SignatureReport, SubIndication};

/// The verdict over all signatures of a submission. Digests are lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The verdict by EN 319 102-1: that of the worst signature.
    pub indication: Indication,
    /// Why it is not more than that.
    pub sub_indication: Option<SubIndication>,
    /// The rules by which was judged.
    pub policy: String,
    /// When it was come to, by the service's clock.
    pub judged_at: Moment,
    /// The lowest level that is proven of a signature.
    pub level: Level,
    /// The time for which the existence of every signature is proven: without time-stamps, its arrival at the service.
    pub best_signature_time: Option<Moment>,
    /// SHA-256 of the anchor at which the signer's chain ends.
    pub anchor_sha256: Option<String>,
    /// SHA-256 of each CRL that counted.
    pub crls_sha256: Vec<String>,
    /// SHA-256 of each OCSP answer that counted.
    pub ocsps_sha256: Vec<String>,
    /// The checks that every signature passed.
    pub passed: Vec<CheckName>,
    /// What could not be told of a signature.
    pub missing: Vec<Missing>,
}

/// A check that could not be made, and what it lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The check.
    pub check: CheckName,
    /// What it lacks.
    pub reason: Reason,
}

impl Verdict {
    /// The verdict over the first signature; every further one is added to it.
    pub(super) fn of(signature: &SignatureReport, policy: &Policy, judged_at: Time) -> Self {
        let grounds = &signature.grounds;
        let passed = signature.checks.iter().filter(|check| check.status == CheckStatus::Passed);
        let open = signature.checks.iter().filter(|check| check.status == CheckStatus::Undetermined);
        let missing = |reason: Option<Reason>| reason.unwrap_or(Reason::NotChecked);
        Self {
            indication: signature.indication,
            sub_indication: signature.sub_indication,
            policy: policy.name.clone(),
            judged_at: judged_at.into(),
            level: signature.level,
            best_signature_time: signature.best_signature_time.map(Moment::from),
            anchor_sha256: grounds.anchor().map(|anchor| anchor.sha256().to_hex()),
            crls_sha256: grounds.crls.iter().map(|crl| crl.sha256().to_hex()).collect(),
            ocsps_sha256: grounds.ocsps.iter().map(|answer| answer.sha256().to_hex()).collect(),
            passed: passed.map(|check| check.name).collect(),
            missing: open.map(|check| Missing { check: check.name, reason: missing(check.reason) }).collect(),
        }
    }

    /// The worse indication, the lower level, what both passed and rest on, and what either left open.
    pub(super) fn and(mut self, other: Self) -> Self {
        if other.indication < self.indication {
            (self.indication, self.sub_indication) = (other.indication, other.sub_indication);
        }
        self.level = self.level.min(other.level);
        self.best_signature_time = match (self.best_signature_time, other.best_signature_time) {
            (Some(one), Some(other)) => Some(if one.utc < other.utc { other } else { one }),
            _ => None,
        };
        self.passed.retain(|name| other.passed.contains(name));
        add_new(&mut self.crls_sha256, other.crls_sha256);
        add_new(&mut self.ocsps_sha256, other.ocsps_sha256);
        add_new(&mut self.missing, other.missing);
        self
    }

    /// Whether every signature is TOTAL-PASSED.
    pub fn is_passed(&self) -> bool {
        self.indication == Indication::TotalPassed
    }

    /// Its moments.
    pub(in crate::consent) fn moments(&self) -> impl Iterator<Item = &Moment> {
        std::iter::once(&self.judged_at).chain(&self.best_signature_time)
    }

    /// Its digests.
    pub(in crate::consent) fn digests(&self) -> impl Iterator<Item = &String> {
        self.anchor_sha256.iter().chain(&self.crls_sha256).chain(&self.ocsps_sha256)
    }
}

fn add_new<T: PartialEq>(all: &mut Vec<T>, further: Vec<T>) {
    for one in further {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}
