//! Which certificates do not fit, and why.

use super::facts::shortfall;
use super::happened::at;
use crate::error::{Excluded, Exclusion, Shortfall};

/// Several certificates in one line.
pub(super) fn excluded(all: &[Excluded]) -> String {
    let lines: Vec<String> = all.iter().map(|one| format!("{}: {}", one.subject, exclusion(&one.why))).collect();
    lines.join("; ")
}

/// Several facts in one line.
pub(super) fn shortfalls(all: &[Shortfall]) -> String {
    all.iter().map(|one| shortfall(*one)).collect::<Vec<_>>().join(", ")
}

fn exclusion(why: &Exclusion) -> String {
    match why {
        Exclusion::Expired { not_after } => format!("it expired at {}", at(*not_after)),
        Exclusion::NotYetValid { not_before } => format!("it is not valid before {}", at(*not_before)),
        Exclusion::NotQualified { shortfalls: all } => format!("it is not qualified ({})", shortfalls(all)),
        Exclusion::CannotSign => "it is not for signing".into(),
        Exclusion::OtherPerson => "it belongs to another person".into(),
        Exclusion::OtherIssuer => "it was made by another issuer".into(),
        Exclusion::NotChosen => "it is not the one that was asked for".into(),
        Exclusion::Failed(name) => (*name).into(),
    }
}
