//! `--report FORMAT=PATH`: the verdict in a file besides.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::commands::later;
use crate::failure::{Failure, Result, usage};
use crate::files::Output;

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
pub(super) fn wish(value: &str) -> std::result::Result<Wish, &'static str> {
    const EXPECTED: &str = "html=PATH, json=PATH or text=PATH";
    let (format, path) = value.split_once('=').filter(|(_, path)| !path.is_empty()).ok_or(EXPECTED)?;
    let format = match format {
        "html" => Format::Html,
        "json" => Format::Json,
        "text" => Format::Text,
        _ => return Err(EXPECTED),
    };
    Ok(Wish { format, path: path.into() })
}

/// Writes the reports of one run, no two into one file.
pub(super) struct Reports<'a> {
    wish: &'a Wish,
    written: Vec<PathBuf>,
}

impl<'a> Reports<'a> {
    /// Fails before anything is judged where the reports could not be written.
    pub(super) fn new(wish: &'a Wish, signatures: usize) -> Result<Self> {
        if wish.format == Format::Html {
            return Err(later("--report html"));
        }
        if signatures > 1 && !wish.path.is_dir() {
            return Err(usage(
                "With several signatures the report's path must be a folder that is there.",
                "Birden çok imzada raporun yolu, var olan bir klasör olmalı.",
            ));
        }
        Ok(Self { wish, written: Vec::new() })
    }

    /// Writes the report over one signature.
    pub(super) fn write(&mut self, signature: &Path, json: &str, text: &str) -> Result<()> {
        let path = self.path(signature);
        let octets = if self.wish.format == Format::Json { json } else { text };
        let written = Output::new(&path).and_then(|output| output.finish(format!("{octets}\n").as_bytes()));
        self.written.push(path);
        written.map_err(Failure::from)
    }

    fn path(&self, signature: &Path) -> PathBuf {
        if !self.wish.path.is_dir() {
            return self.wish.path.clone();
        }
        let extension = if self.wish.format == Format::Json { "json" } else { "txt" };
        let named = |suffix: String| {
            let mut name: OsString = signature.file_name().unwrap_or_default().to_owned();
            name.push(format!("{suffix}.{extension}"));
            self.wish.path.join(name)
        };
        // Signatures of equal names from several folders.
        let mut path = named(String::new());
        let mut number = 2;
        while self.written.contains(&path) {
            path = named(format!("-{number}"));
            number += 1;
        }
        path
    }
}
