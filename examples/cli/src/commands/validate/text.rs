//! A verdict for people.

use std::path::Path;

use eimza_core::validation::{Report, SignatureReport};

use crate::output::Output;

pub(super) fn text(path: &Path, report: &Report, output: &Output) -> String {
    let mut lines = vec![format!("{}: {}", output.path(path), verdict(report.indication, report.sub_indication))];
    report.signatures.iter().for_each(|signature| add(&mut lines, signature, output));
    lines.join("\n")
}

fn add(lines: &mut Vec<String>, signature: &SignatureReport, output: &Output) {
    let verdict = verdict(signature.indication, signature.sub_indication);
    let parent = signature.parent.as_ref().map(|parent| format!(" → {parent}")).unwrap_or_default();
    lines.push(format!("  {}{parent}: {verdict}", signature.id));
    match &signature.signer {
        Some(signer) => {
            let name = signer.common_name.as_deref().unwrap_or("-");
            let id = signer.national_id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
            lines.push(format!("    {} {}{id}", output.pick("signer:", "imzacı:"), output.shown(name)));
        }
        None => lines.push(output.pick("    signer: not found", "    imzacı: bulunamadı").to_owned()),
    }
    if let Some(time) = signature.signing_time {
        lines.push(format!("    {} {time}", output.pick("claimed time:", "beyan edilen zaman:")));
    }
    for check in &signature.checks {
        let reason = check.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        lines.push(format!("    {:<22} {}{reason}", check.name, check.status.name()));
    }
}

fn verdict(
    indication: eimza_core::validation::Indication,
    sub_indication: Option<eimza_core::validation::SubIndication>,
) -> String {
    match sub_indication {
        Some(sub_indication) => format!("{indication} / {}", sub_indication.name()),
        None => indication.to_string(),
    }
}
