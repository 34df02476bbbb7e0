//! A verdict for people.

use std::path::Path;

use eimza_core::messages::{self, Sentence};
use eimza_core::validation::{Check, Indication, Report, SignatureReport, SubIndication};

use crate::output::Output;

pub(super) fn text(path: &Path, report: &Report, output: &Output) -> String {
    let mut lines = vec![format!("{}: {}", output.path(path), verdict(report.indication, report.sub_indication))];
    // What the verdict means is said of each signature; of a file without any it is said here.
    if report.signatures.is_empty() {
        lines.extend(sentence("  ", &report.sentence(output.language)));
    }
    report.signatures.iter().for_each(|signature| add(&mut lines, signature, output));
    lines.join("\n")
}

fn add(lines: &mut Vec<String>, signature: &SignatureReport, output: &Output) {
    let verdict = verdict(signature.indication, signature.sub_indication);
    let parent = signature.parent.as_ref().map(|parent| format!(" → {parent}")).unwrap_or_default();
    lines.push(format!("  {}{parent}: {verdict}", signature.id));
    lines.extend(sentence("    ", &signature.sentence(output.language)));
    if signature.sub_indication == Some(SubIndication::SignedDataNotFound) {
        lines.push(output.pick("    Here: --content FILE.", "    Burada: --content DOSYA.").to_owned());
    }
    match &signature.signer {
        Some(signer) => {
            let name = signer.common_name.as_ref().map_or("-".into(), ToString::to_string);
            let id = signer.national_id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
            lines.push(format!("    {} {}{id}", output.pick("signer:", "imzacı:"), output.shown(&name)));
        }
        None => lines.push(output.pick("    signer: not found", "    imzacı: bulunamadı").to_owned()),
    }
    if let Some(time) = signature.signing_time {
        let time = messages::time(time, output.language);
        lines.push(format!("    {} {time}", output.pick("claimed time:", "beyan edilen zaman:")));
    }
    lines.extend(signature.checks.iter().map(|check| line(check, output)));
}

/// What it means, and what to do.
fn sentence(indent: &str, sentence: &Sentence) -> [String; 2] {
    [format!("{indent}{}", sentence.happened), format!("{indent}{}", sentence.remedy)]
}

pub(in crate::commands) fn line(check: &Check, output: &Output) -> String {
    let name = messages::check_name(check.name, output.language);
    let status = messages::check_status(check.status, output.language);
    let reason = check.reason.map(|reason| messages::check_reason(reason, output.language));
    let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("    {name:<28} {status}{reason}")
}

pub(in crate::commands) fn verdict(indication: Indication, why: Option<SubIndication>) -> String {
    match why {
        Some(why) => format!("{indication} / {why}"),
        None => indication.to_string(),
    }
}
