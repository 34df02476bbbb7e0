//! `eimza validate`: the verdict over signatures.

mod options;
mod report;
pub(super) mod text;

use std::path::{Path, PathBuf};

use clap::Args;
use eimza_core::cms::{self, Content, SignedData};
use eimza_core::crypto::{Digest, DigestAlgorithm};
use eimza_core::error::JsonForm;
use eimza_core::validation::{Cache, Indication, Report, Validation};
use eimza_core::{Clock, Error, SystemClock};
use serde_json::{Map, Value};

use super::other_kind;
use crate::failure::{Failure, Result};
use crate::output::{self, Output};
use crate::{exit, files};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The signatures, each DER, BER, PEM or base64
    #[arg(required = true)]
    signatures: Vec<PathBuf>,
    #[command(flatten)]
    options: options::Options,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    let options = &arguments.options;
    options.check()?;
    let mut places = options.reports(&arguments.signatures, output)?.into_iter();
    let (anchors, certificates, status) =
        (options.anchors(output)?, options.certificates(output)?, options.status().read()?);
    let cache = Cache::new();
    let now = options.at().unwrap_or_else(|| SystemClock::new().now());
    let mut validation = Validation::new(now, &anchors).certificates(&certificates).status(&status).cache(&cache);
    validation = validation.policy(options.policy()?);
    if let Some(profile) = options.profile() {
        validation = validation.profile(profile);
    }
    if let Some(time) = options.existed_since() {
        validation = validation.existed_since(time);
    }
    let mut content = options.content().map(DetachedContent::open).transpose()?;
    let (mut worst, mut reports) = (Vec::new(), Vec::new());
    for signature in &arguments.signatures {
        let place = places.next();
        match judged(signature, content.as_mut(), &validation, output) {
            Ok(report) => {
                worst.push(code(report.indication));
                let json = json(signature, &report, output)?;
                output.result(&json, || text::text(signature, &report, output));
                if let Some(place) = place {
                    reports.push((place, Value::Object(json).to_string(), text::text(signature, &report, output)));
                }
            }
            // One that cannot be judged is never counted as good, whatever hindered it.
            Err(failure) => worst.push(match output.failed(&failure.about(signature)) {
                hindered @ (exit::INTERNAL | exit::USAGE) => hindered,
                _ => exit::INPUT,
            }),
        }
    }
    // Behind all verdicts, so that each of these keeps its line. Where these are lost, nothing is written.
    if !output::is_lost() {
        let unwritten = reports.into_iter().filter_map(|(place, json, text)| place.write(&json, &text).err());
        worst.extend(unwritten.map(|error| output.failed(&error.into())));
    }
    // From the worst to the best.
    let by_gravity = [exit::INTERNAL, exit::USAGE, exit::OUTPUT, exit::INPUT, exit::FAILED, exit::INDETERMINATE];
    Ok(by_gravity.into_iter().find(|code| worst.contains(code)).unwrap_or(exit::DONE))
}

fn judged(
    path: &Path,
    content: Option<&mut DetachedContent<'_>>,
    validation: &Validation<'_>,
    output: &Output,
) -> Result<Report> {
    let file = files::read(path)?;
    let no_signature = |error: Error| Failure::from(error).hinted_if(other_kind::instead_of_signature(&file));
    let octets = cms::decode(&file).map_err(no_signature)?;
    let needed = SignedData::read(&octets).map(|signed_data| signed_data.digests_needed()).unwrap_or_default();
    let digests = content.map(|content| content.digests(&needed)).transpose()?;
    let report = match digests {
        Some(digests) => validation.clone().content(Content::Digests(digests)).of(&octets),
        None => validation.of(&octets),
    };
    let report = report.map_err(no_signature)?;
    Ok(if output.reveals { report.revealed() } else { report })
}

/// The exit code of one verdict.
pub(super) fn code(indication: Indication) -> u8 {
    match indication {
        Indication::TotalPassed => exit::DONE,
        Indication::TotalFailed => exit::FAILED,
        Indication::Indeterminate => exit::INDETERMINATE,
    }
}

fn json(path: &Path, report: &Report, output: &Output) -> Result<Map<String, Value>> {
    let mut json = Map::new();
    json.insert("file".into(), output.path(path).into());
    let report =
        serde_json::to_value(report).map_err(|source| Error::JsonMalformed { what: JsonForm::Report, source })?;
    json.extend(report.as_object().cloned().unwrap_or_default());
    Ok(json)
}

/// The content of detached signatures, of any size: read once for each algorithm that is met.
struct DetachedContent<'a> {
    path: &'a Path,
    digests: Vec<Digest>,
}

impl<'a> DetachedContent<'a> {
    fn open(path: &'a Path) -> Result<Self> {
        files::open(path).map_err(|error| Failure::from(error).about(path).of_an_option())?;
        Ok(Self { path, digests: Vec::new() })
    }

    fn digests(&mut self, needed: &[DigestAlgorithm]) -> Result<&[Digest]> {
        let is_missing = |algorithm: &DigestAlgorithm| self.digests.iter().all(|known| known.algorithm() != *algorithm);
        let missing: Vec<DigestAlgorithm> = needed.iter().copied().filter(is_missing).collect();
        if !missing.is_empty() {
            let read = cms::digest_file(self.path, &missing);
            self.digests.extend(read.map_err(|error| Failure::from(error).of_an_option())?);
        }
        Ok(&self.digests)
    }
}
