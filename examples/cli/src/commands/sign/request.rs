//! How the signature is wished, from the options of the command line.

use std::convert::Infallible;
use std::path::PathBuf;

use clap::Args;
use eimza_core::cades::{Commitment, ContentHints, Placement, SigningOptions};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::Token;
use eimza_core::{Certificate, Time};

use crate::arguments::{ComesLater, Expected};
use crate::commands::{chain, later};
use crate::failure::{Failure, Result};
use crate::files;
use crate::output::Output;

/// How the signature is wished.
#[derive(Args, Debug)]
pub(super) struct Wishes {
    /// Leave the content out of the signature
    #[arg(long)]
    detached: bool,
    /// BTK profile: p1 (p2, p3 and p4 come with a later version)
    #[arg(long, value_name = "PROFILE", value_parser = ["p1", "p2", "p3", "p4"])]
    profile: Option<String>,
    /// CAdES level: b (t, lt and lta come with a later version)
    #[arg(long, value_name = "LEVEL", value_parser = ["b", "t", "lt", "lta"], conflicts_with = "profile")]
    level: Option<String>,
    /// The digest: sha256, sha384 or sha512 (default: fitting the key)
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    digest: Option<DigestAlgorithm>,
    /// RSA-PSS instead of PKCS#1 v1.5
    #[arg(long)]
    pss: bool,
    /// Put the signer's chain into the signature: from --certs, else from the token
    #[arg(long)]
    chain: bool,
    /// Certificates for --chain, DER or PEM, or a folder of them (repeatable)
    #[arg(long, value_name = "PATH")]
    certs: Vec<PathBuf>,
    /// What the signer commits to: approval, origin, receipt or creation
    #[arg(long, value_name = "COMMITMENT", value_parser = commitment)]
    commitment: Option<Commitment>,
    /// What the content is, for programs: its MIME type, such as text/plain
    #[arg(long, value_name = "TYPE")]
    mime_type: Option<String>,
    /// What the content is, for people
    #[arg(long, value_name = "TEXT")]
    content_hints: Option<String>,
    /// The signing time, for tests (RFC 3339; default: now)
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<Time>,
    /// Take a certificate that is expired, not yet valid or not meant for signing
    #[arg(long)]
    allow_unsuitable: bool,
}

/// Options of later work: they are told apart from unknown ones, and refused whatever else is missing.
#[derive(Args, Debug)]
pub(super) struct Later {
    #[arg(long, hide = true, value_parser = of_later)]
    tsa: Option<Infallible>,
    #[arg(long, hide = true, value_parser = of_later)]
    tsa_auth: Option<Infallible>,
    #[arg(long, hide = true, value_parser = of_later)]
    tsa_secret_from: Option<Infallible>,
    #[arg(long, hide = true, value_parser = of_later)]
    add_to: Option<Infallible>,
    #[arg(long, hide = true, value_parser = of_later)]
    trust: Option<Infallible>,
    #[arg(long, hide = true, value_parser = of_later)]
    crl: Option<Infallible>,
    #[arg(long, hide = true, value_parser = of_later)]
    ocsp: Option<Infallible>,
    #[arg(long, hide = true, num_args = 0, default_missing_value = "", value_parser = of_later)]
    online: Option<Infallible>,
}

impl Wishes {
    /// The files and folders of --certs.
    pub(super) fn certs(&self) -> &[PathBuf] {
        &self.certs
    }

    /// As the library takes them, without the chain.
    pub(super) fn options(&self, now: Time) -> Result<SigningOptions> {
        for (option, value, known) in [("--profile", &self.profile, "p1"), ("--level", &self.level, "b")] {
            if let Some(value) = value.as_ref().filter(|value| *value != known) {
                return Err(later(&format!("{option} {value}")));
            }
        }
        Ok(SigningOptions {
            digest: self.digest,
            padding: if self.pss { Padding::Pss } else { Padding::Pkcs1 },
            placement: if self.detached { Placement::Detached } else { Placement::Attached },
            commitment: self.commitment,
            mime_type: self.mime_type.clone(),
            content_hints: self.content_hints.clone().map(|text| ContentHints { description: Some(text) }),
            allow_unsuitable: self.allow_unsuitable,
            ..SigningOptions::new(self.at.unwrap_or(now))
        })
    }

    /// The options with the signer's chain, where it is wished.
    pub(super) fn with_chain(
        &self,
        options: SigningOptions,
        token: &Token,
        signer: &Certificate,
        output: &Output,
    ) -> Result<SigningOptions> {
        let mut given = Vec::new();
        for path in &self.certs {
            let found = files::certificates(path, output);
            given.extend(found.map_err(|error| Failure::from(error).about(path).of_an_option())?);
        }
        if !self.chain {
            return Ok(options);
        }
        let chain =
            if self.certs.is_empty() { chain::on_token(token, signer, output)? } else { chain::named(signer, &given)? };
        Ok(SigningOptions { chain, ..options })
    }
}

fn of_later(_: &str) -> std::result::Result<Infallible, ComesLater> {
    Err(ComesLater)
}

fn digest(value: &str) -> std::result::Result<DigestAlgorithm, Expected> {
    match value {
        "sha256" => Ok(DigestAlgorithm::Sha256),
        "sha384" => Ok(DigestAlgorithm::Sha384),
        "sha512" => Ok(DigestAlgorithm::Sha512),
        _ => Err(Expected("sha256, sha384 or sha512", "sha256, sha384 ya da sha512")),
    }
}

fn commitment(value: &str) -> std::result::Result<Commitment, Expected> {
    const EXPECTED: Expected =
        Expected("approval, origin, receipt or creation", "approval, origin, receipt ya da creation");
    Commitment::from_name(value).ok_or(EXPECTED)
}

/// A time of the command line.
pub(crate) fn time(value: &str) -> std::result::Result<Time, Expected> {
    const EXPECTED: Expected = Expected(
        "a time by RFC 3339, such as 2026-06-15T12:00:30Z",
        "RFC 3339'a göre bir zaman, örneğin 2026-06-15T12:00:30Z",
    );
    // The library's error would repeat the value.
    Time::parse(value).ok().ok_or(EXPECTED)
}
