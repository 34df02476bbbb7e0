//! `eimza certificate validate`: the path of one certificate, by the inputs of RFC 5280 section 6.1.1.

use std::path::{Path, PathBuf};

use clap::Args;
use eimza_core::validation::{CertificateReport, CertificateValidation};
use eimza_core::{Clock, SystemClock, Time};

use crate::commands::later;
use crate::commands::sign::request::time;
use crate::commands::validate;
use crate::failure::Result;
use crate::files;
use crate::output::Output;
use crate::trust::{self, Status};

#[derive(Args, Debug)]
pub(crate) struct Validate {
    /// The certificate, DER or PEM; the first one of several
    #[arg(value_name = "CERTIFICATE")]
    certificate: PathBuf,
    /// Trust anchors: files or folders (repeatable); nothing is trusted that is not named
    #[arg(long, value_name = "PATH")]
    trust: Vec<PathBuf>,
    /// Further certificates for paths, not trusted (repeatable)
    #[arg(long, value_name = "PATH")]
    certs: Vec<PathBuf>,
    #[command(flatten)]
    status: Status,
    /// The validation time (RFC 3339; default: now)
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<Time>,
    /// Fetch nothing: the default
    #[arg(long, conflicts_with = "online")]
    offline: bool,
    #[arg(long, hide = true)]
    online: bool,
    /// An acceptable policy (repeatable; default: any)
    #[arg(long, value_name = "OID")]
    policy_oid: Vec<String>,
    /// Demand that an acceptable policy holds for the whole path
    #[arg(long)]
    require_explicit_policy: bool,
    /// Let no authority map policies
    #[arg(long)]
    inhibit_policy_mapping: bool,
    /// Let anyPolicy stand for no policy
    #[arg(long)]
    inhibit_any_policy: bool,
    /// Do not ask whether a certificate was revoked
    #[arg(long)]
    no_revocation: bool,
}

pub(crate) fn run(arguments: &Validate, output: &Output) -> Result<u8> {
    if arguments.online {
        return Err(later("--online"));
    }
    let validation = arguments.validation(output)?;
    let certificate = files::certificate(&arguments.certificate)?;
    let report = validation.validate(&certificate);
    let report = if output.reveals { report.revealed() } else { report };
    output.result(&report, || text(&arguments.certificate, &report, output));
    Ok(validate::code(report.indication))
}

impl Validate {
    fn validation(&self, output: &Output) -> Result<CertificateValidation> {
        let now = SystemClock::new().now();
        let mut validation = CertificateValidation::at(self.at.unwrap_or(now))
            .judged_at(now)
            .trust(trust::certificates(&self.trust, output)?)
            .with_certificates(trust::certificates(&self.certs, output)?)
            .with_status(&self.status.read()?);
        for policy in &self.policy_oid {
            validation = validation.accept_policy(policy)?;
        }
        if self.require_explicit_policy {
            validation = validation.require_explicit_policy();
        }
        if self.inhibit_policy_mapping {
            validation = validation.inhibit_policy_mapping();
        }
        if self.inhibit_any_policy {
            validation = validation.inhibit_any_policy();
        }
        Ok(if self.no_revocation { validation.without_revocation() } else { validation })
    }
}

fn text(path: &Path, report: &CertificateReport, output: &Output) -> String {
    let verdict = validate::text::verdict(report.indication, report.sub_indication);
    let mut lines = vec![format!("{}: {verdict}", output.path(path))];
    lines.extend(report.checks.iter().map(|check| validate::text::line(check, output)));
    if let Some(failure) = &report.failure {
        let subject = failure.certificate.subject();
        let subject = if output.reveals { subject.reveal() } else { subject.to_string() };
        lines.push(format!("    {} {}", output.pick("certificate:", "sertifika:"), output.shown(&subject)));
    }
    lines.extend(report.path.iter().map(|subject| format!("  → {}", output.shown(&subject.to_string()))));
    if !report.policies.is_empty() {
        lines.push(format!("  {} {}", output.pick("policies:", "ilkeler:"), report.policies.join(", ")));
    }
    lines.join("\n")
}
