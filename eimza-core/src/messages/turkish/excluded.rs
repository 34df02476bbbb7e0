//! Which certificates do not fit, and why, in Turkish.

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
        Exclusion::Expired { not_after } => format!("süresi doldu; bitiş: {}", at(*not_after)),
        Exclusion::NotYetValid { not_before } => format!("henüz geçerli değil; başlangıç: {}", at(*not_before)),
        Exclusion::NotQualified { shortfalls: all } => format!("nitelikli değil ({})", shortfalls(all)),
        Exclusion::CannotSign => "imza atmak için verilmemiş".into(),
        Exclusion::OtherPerson => "başka bir kişiye ait".into(),
        Exclusion::OtherIssuer => "başka bir kuruluşça verilmiş".into(),
        Exclusion::NotChosen => "seçilen sertifika değil".into(),
        Exclusion::Failed(name) => (*name).into(),
    }
}
