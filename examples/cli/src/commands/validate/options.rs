//! The options of `validate`, read into what the library judges by.

use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use clap::Args;
use eimza_core::crypto::{Digest, DigestAlgorithm};
use eimza_core::validation::{Anchors, Policy, Profile, TrustedFor};
use eimza_core::{Certificate, Error, Time};

use super::report::{Place, Wish, places, wish};
use crate::arguments::Expected;
use crate::commands::later;
use crate::commands::sign::request::time;
use crate::failure::Result;
use crate::files::{self, Inputs};
use crate::output::Output;
use crate::trust::{self, Status};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The signed content of every detached signature
    #[arg(long, value_name = "FILE")]
    content: Option<PathBuf>,
    /// Trust anchors for signers and time-stamps (repeatable); nothing is trusted that is not named
    #[arg(long, value_name = "PATH")]
    trust: Vec<PathBuf>,
    /// Trust anchors for signers only (repeatable)
    #[arg(long, value_name = "PATH")]
    trust_signer: Vec<PathBuf>,
    /// Trust anchors for time-stamps only (repeatable)
    #[arg(long, value_name = "PATH")]
    trust_tsa: Vec<PathBuf>,
    /// A SertifikaDeposu.xml: only entries in the built-in table or named by --pin-sha256
    #[arg(long, value_name = "FILE")]
    trust_store: Option<PathBuf>,
    /// The SHA-256 of an entry of --trust-store that is trusted for everything (repeatable)
    #[arg(long, value_name = "HASH", value_parser = sha256, requires = "trust_store")]
    pin_sha256: Vec<Digest>,
    /// The built-in table of Turkish roots, each for its purpose
    #[arg(long)]
    trust_turkish_roots: bool,
    /// Further certificates for paths, not trusted (repeatable)
    #[arg(long, value_name = "PATH")]
    certs: Vec<PathBuf>,
    #[command(flatten)]
    status: Status,
    /// The caller's own proof that the file existed then, such as an archive's record (RFC 3339)
    #[arg(long, value_name = "TIME", value_parser = time)]
    existed_since: Option<Time>,
    /// The validation time (RFC 3339; default: now)
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<Time>,
    /// Fetch nothing: the default
    #[arg(long, conflicts_with = "online")]
    offline: bool,
    #[arg(long, hide = true)]
    online: bool,
    #[arg(long, hide = true)]
    allow_private_addresses: bool,
    /// The rules: generic, tr-nes (the default): a Turkish qualified certificate, and counter-signatures count; or one's own (TOML)
    #[arg(long, value_name = "generic|tr-nes|FILE")]
    policy: Option<String>,
    /// What tr-nes lets pass besides: seal, usage-limit
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
    /// Refuses what this version cannot honour.
    pub(super) fn check(&self) -> Result<()> {
        if self.online {
            return Err(later("--online"));
        }
        if self.allow_private_addresses {
            return Err(later("--allow-private-addresses"));
        }
        Ok(())
    }

    /// Whom to trust.
    pub(super) fn anchors(&self, output: &Output) -> Result<Anchors> {
        let given = [
            (&self.trust, TrustedFor::Everything),
            (&self.trust_signer, TrustedFor::Signers),
            (&self.trust_tsa, TrustedFor::TimeStamps),
        ];
        let mut anchors = Anchors::new();
        for (paths, trusted_for) in given {
            for anchor in trust::certificates(paths, output)? {
                anchors = anchors.trust(anchor, trusted_for);
            }
        }
        if let Some(path) = &self.trust_store {
            anchors = files::read(path)
                .and_then(|xml| anchors.trust_store(&xml, &self.pin_sha256))
                .map_err(|error| trust::of_option(error, path))?;
        }
        Ok(if self.trust_turkish_roots { anchors.trust_turkish_roots() } else { anchors })
    }

    /// Further certificates.
    pub(super) fn certificates(&self, output: &Output) -> Result<Vec<Certificate>> {
        trust::certificates(&self.certs, output)
    }

    /// CRLs and OCSP answers.
    pub(super) fn status(&self) -> &Status {
        &self.status
    }

    pub(super) fn at(&self) -> Option<Time> {
        self.at
    }

    pub(super) fn existed_since(&self) -> Option<Time> {
        self.existed_since
    }

    pub(super) fn content(&self) -> Option<&Path> {
        self.content.as_deref()
    }

    /// Where the reports over these signatures go; none where none is wished. No input is written over.
    pub(super) fn reports(&self, signatures: &[PathBuf], output: &Output) -> Result<Vec<Place>> {
        let Some(wish) = &self.report else { return Ok(Vec::new()) };
        let policy: Vec<PathBuf> = self.policy.iter().map(PathBuf::from).collect();
        let store = self.trust_store.as_slice();
        let trusted = [&self.trust, &self.trust_signer, &self.trust_tsa, store, &self.certs, &policy].concat();
        let inputs = [signatures, self.content.as_slice(), &trusted, &self.status.paths()].concat();
        places(wish, signatures, &Inputs::new(&inputs), output)
    }

    /// The rules.
    pub(super) fn policy(&self) -> Result<Policy> {
        let mut policy = match &self.policy {
            None => Policy::default(),
            Some(given) => match Policy::from_name(given) {
                Some(policy) => policy,
                None => own_policy(Path::new(given))?,
            },
        };
        policy.accept_seals |= self.accept.iter().any(|what| what == "seal");
        policy.accept_usage_limit |= self.accept.iter().any(|what| what == "usage-limit");
        Ok(policy)
    }

    pub(super) fn profile(&self) -> Option<Profile> {
        self.profile
    }
}

fn own_policy(path: &Path) -> Result<Policy> {
    let read = || Policy::from_toml(&String::from_utf8(files::read(path)?).map_err(not_utf8)?);
    read().map_err(|error| trust::of_option(error, path))
}

fn not_utf8(error: FromUtf8Error) -> Error {
    Error::TextNotUtf8 { offset: error.utf8_error().valid_up_to() }
}

fn sha256(value: &str) -> std::result::Result<Digest, Expected> {
    Digest::from_hex(DigestAlgorithm::Sha256, value).ok_or(Expected("64 hexadecimal digits", "64 onaltılık rakam"))
}

fn profile(value: &str) -> std::result::Result<Profile, Expected> {
    Profile::from_name(value).ok_or(Expected("p1, p2, p3 or p4", "p1, p2, p3 ya da p4"))
}
