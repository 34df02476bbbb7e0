//! What the check came to, for the receipt.

use serde::{Deserialize, Serialize};

use crate::validation::{CheckStatus, Indication, Report, SubIndication};

/// What the service checked of the signatures, and what it left to later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The verdict by EN 319 102-1, over all signatures.
    pub indication: Indication,
    /// Why it is not more than that.
    pub sub_indication: Option<SubIndication>,
    /// Names of the checks that every signature passed.
    pub passed: Vec<String>,
    /// Names of the checks that were not made, or came to nothing.
    pub not_checked: Vec<String>,
}

impl Verdict {
    /// The verdict over the first signature; every further one is added to it.
    pub(super) fn of(report: &Report) -> Self {
        let named = |status| {
            let checks = report.signatures.iter().flat_map(|signature| &signature.checks);
            checks.filter(|check| check.status == status).map(|check| check.name.to_string()).collect()
        };
        Self {
            indication: report.indication,
            sub_indication: report.sub_indication,
            passed: named(CheckStatus::Passed),
            not_checked: named(CheckStatus::Undetermined),
        }
    }

    /// The worse indication, what both passed, and what either left open.
    pub(super) fn and(mut self, other: Self) -> Self {
        if other.indication < self.indication {
            (self.indication, self.sub_indication) = (other.indication, other.sub_indication);
        }
        self.passed.retain(|name| other.passed.contains(name));
        let further = other.not_checked.into_iter().filter(|name| !self.not_checked.contains(name));
        let further: Vec<String> = further.collect();
        self.not_checked.extend(further);
        self
    }

    /// A check that the receiving side made by itself has passed.
    pub(super) fn with_passed(mut self, name: &str) -> Self {
        self.not_checked.retain(|open| open != name);
        if !self.passed.iter().any(|passed| passed == name) {
            self.passed.push(name.to_owned());
        }
        self
    }
}
