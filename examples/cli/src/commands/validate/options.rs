//! The options of `validate`. What this version cannot honour is refused; what could only lead to a better verdict than
//! it gives is read and changes nothing.

use std::path::{Path, PathBuf};

use clap::Args;
use eimza_core::validation::{Policy, Profile};
use eimza_core::{Certificate, Time};

use super::report::{Place, Wish, places, wish};
use crate::arguments::Expected;
use crate::commands::later;
use crate::commands::sign::request::time;
use crate::failure::{Failure, Result};
use crate::files::{self, Inputs};
use crate::output::Output;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The signed content of every detached signature
    #[arg(long, value_name = "FILE")]
    content: Option<PathBuf>,
    /// Trust anchors (repeatable); paths are not validated yet, so nothing passes by them
    #[arg(long, value_name = "PATH")]
    trust: Vec<PathBuf>,
    /// The built-in Turkish roots; paths are not validated yet, so nothing passes by them
    #[arg(long)]
    trust_turkish_roots: bool,
    /// Further certificates, not trusted (repeatable)
    #[arg(long, value_name = "PATH")]
    certs: Vec<PathBuf>,
    /// CRLs (repeatable); revocation is not checked yet
    #[arg(long, value_name = "PATH")]
    crl: Vec<PathBuf>,
    /// OCSP responses (repeatable); revocation is not checked yet
    #[arg(long, value_name = "PATH")]
    ocsp: Vec<PathBuf>,
    /// The validation time (RFC 3339; default: now); nothing that depends on it is checked yet
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<Time>,
    /// Fetch nothing: the default
    #[arg(long, conflicts_with = "online")]
    offline: bool,
    #[arg(long, hide = true)]
    online: bool,
    #[arg(long, hide = true)]
    allow_private_addresses: bool,
    /// The rules: generic, where counter-signatures do not count, or tr-nes (the default; that the certificate is a
    /// qualified one is reported, and demanded once paths are validated). One's own come with a later version
    #[arg(long, value_name = "generic|tr-nes")]
    policy: Option<String>,
    /// What tr-nes lets pass besides: seal, usage-limit; neither is demanded yet, so it changes nothing
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = ["seal", "usage-limit"])]
    accept: Vec<String>,
    /// Demand this BTK profile: p1, p2, p3 or p4
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    profile: Option<Profile>,
    /// Also write a report: json=PATH or text=PATH; with several signatures PATH is a folder
    #[arg(long, value_name = "FORMAT=PATH", value_parser = wish)]
    report: Option<Wish>,
}

impl Options {
    /// Refuses what cannot be honoured; reads the certificates among which signers are looked for.
    pub(super) fn check(&self, output: &Output) -> Result<Vec<Certificate>> {
        if self.online {
            return Err(later("--online"));
        }
        if self.allow_private_addresses {
            return Err(later("--allow-private-addresses"));
        }
        self.policy()?;
        for path in self.crl.iter().chain(&self.ocsp) {
            if !path.is_dir() {
                files::open(path).map_err(|error| of_option(error, path))?;
            }
        }
        let mut certificates = Vec::new();
        for path in self.certs.iter().chain(&self.trust) {
            certificates.extend(files::certificates(path, output).map_err(|error| of_option(error, path))?);
        }
        Ok(certificates)
    }

    /// Says which of the given options change nothing yet, so that no verdict is taken to rest on them.
    pub(super) fn warn(&self, output: &Output) {
        let given = [
            ("--at", self.at.is_some()),
            ("--trust", !self.trust.is_empty()),
            ("--trust-turkish-roots", self.trust_turkish_roots),
            ("--crl", !self.crl.is_empty()),
            ("--ocsp", !self.ocsp.is_empty()),
            ("--accept", !self.accept.is_empty()),
        ];
        let idle: Vec<_> = given.into_iter().filter_map(|(name, is_given)| is_given.then_some(name)).collect();
        if !idle.is_empty() {
            let names = idle.join(", ");
            output.warn(
                format!(
                    "Note: the verdict does not take {names} into account yet: paths and revocation are not checked."
                ),
                format!("Not: karar şu seçenekleri henüz dikkate almaz: {names}; zincir ve iptal denetlenmiyor."),
            );
        }
    }

    pub(super) fn content(&self) -> Option<&Path> {
        self.content.as_deref()
    }

    /// Where the reports over these signatures go; none where none is wished. No input is written over.
    pub(super) fn reports(&self, signatures: &[PathBuf], output: &Output) -> Result<Vec<Place>> {
        let Some(wish) = &self.report else { return Ok(Vec::new()) };
        let inputs = [signatures, self.content.as_slice(), &self.trust, &self.certs, &self.crl, &self.ocsp].concat();
        places(wish, signatures, &Inputs::new(&inputs), output)
    }

    /// The rules; none of one's own yet.
    pub(super) fn policy(&self) -> Result<Policy> {
        let Some(name) = &self.policy else { return Ok(Policy::default()) };
        Policy::from_name(name).ok_or_else(|| later("--policy FILE"))
    }

    pub(super) fn profile(&self) -> Option<Profile> {
        self.profile
    }
}

fn of_option(error: eimza_core::Error, path: &Path) -> Failure {
    Failure::from(error).about(path).of_an_option()
}

fn profile(value: &str) -> std::result::Result<Profile, Expected> {
    Profile::from_name(value).ok_or(Expected("p1, p2, p3 or p4", "p1, p2, p3 ya da p4"))
}
