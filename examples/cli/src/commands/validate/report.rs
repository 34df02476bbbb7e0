//! `--report FORMAT=PATH`: the verdict in a file besides.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::arguments::Expected;
use crate::commands::later;
use crate::failure::{Result, usage};
use crate::files::{Inputs, OutFile};
use crate::output::Output;

/// In which form, and where.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    format: Format,
    path: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Html,
    Json,
    Text,
}

/// Reads the option's value.
pub(super) fn wish(value: &str) -> std::result::Result<Wish, Expected> {
    const EXPECTED: Expected = Expected("json=PATH or text=PATH", "json=YOL ya da text=YOL");
    let (format, path) = value.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or(EXPECTED)?;
    let format = match format {
        "html" => Format::Html,
        "json" => Format::Json,
        "text" => Format::Text,
        _ => return Err(EXPECTED),
    };
    Ok(Wish { format, path: path.into() })
}

/// The place of one report.
pub(super) struct Place {
    format: Format,
    out: eimza_core::Result<OutFile>,
}

/// A place for each signature, no two the same. Nothing is written yet; what cannot be written to is told by
/// [`Place::write`], since a verdict does not wait for it.
pub(super) fn places(wish: &Wish, signatures: &[PathBuf], inputs: &Inputs, output: &Output) -> Result<Vec<Place>> {
    if wish.format == Format::Html {
        return Err(later("--report html"));
    }
    if signatures.len() > 1 && !wish.path.is_dir() {
        return Err(usage(
            "With several signatures the report's path must be a folder that is there.",
            "Birden çok imzada raporun yolu, var olan bir klasör olmalı.",
        ));
    }
    let mut places = Vec::new();
    for path in paths(wish, signatures) {
        let out = OutFile::new(&path);
        if let Ok(out) = &out {
            out.check_is_none_of(inputs, output)?;
        }
        places.push(Place { format: wish.format, out });
    }
    Ok(places)
}

fn paths(wish: &Wish, signatures: &[PathBuf]) -> Vec<PathBuf> {
    if !wish.path.is_dir() {
        return vec![wish.path.clone()];
    }
    let extension = if wish.format == Format::Json { "json" } else { "txt" };
    let (mut paths, mut taken) = (Vec::new(), HashSet::new());
    for signature in signatures {
        let named = |suffix: String| {
            let mut name: OsString = signature.file_name().unwrap_or_default().to_owned();
            name.push(format!("{suffix}.{extension}"));
            wish.path.join(name)
        };
        // Signatures of equal names from several folders.
        let mut path = named(String::new());
        let mut number = 2;
        while !taken.insert(path.clone()) {
            path = named(format!("-{number}"));
            number += 1;
        }
        paths.push(path);
    }
    paths
}

impl Place {
    /// Writes the report.
    pub(super) fn write(self, json: &str, text: &str) -> eimza_core::Result<()> {
        let octets = if self.format == Format::Json { json } else { text };
        self.out?.finish(format!("{octets}\n").as_bytes())
    }
}
