//! Files: read whole, read as certificates, written whole or not at all.

mod inputs;
mod out_file;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use eimza_core::certificate::Certificate;
use eimza_core::error::Limit;
use eimza_core::{Error, Result};

use crate::failure::{self, Failure};
use crate::output::Output;
pub(crate) use inputs::Inputs;
pub(crate) use out_file::{OutFile, remember_umask};

const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The most octets of an input that is read into memory.
const LIMIT: u64 = CONTENT_LIMIT + (16 << 20);

/// The most octets of a content that lies inside of a signature. The rest of a signature has room beside it.
const CONTENT_LIMIT: u64 = 1 << 30;

/// Reads a file whole.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let unreadable = |source| Error::InputUnreadable { path: path.to_owned(), source };
    let mut octets = Vec::new();
    open(path)?.take(LIMIT + 1).read_to_end(&mut octets).map_err(unreadable)?;
    if octets.len() as u64 > LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::Size });
    }
    Ok(octets)
}

/// Refuses a file that is too large to be held in memory.
pub(crate) fn check_size(file: &File) -> Result<()> {
    let is_small = file.metadata().is_ok_and(|metadata| metadata.len() <= CONTENT_LIMIT);
    if is_small { Ok(()) } else { Err(Error::LimitExceeded { limit: Limit::Size }) }
}

/// Opens a file to be read as a stream. A folder is refused here and not at the first read.
pub(crate) fn open(path: &Path) -> Result<File> {
    let unreadable = |source| Error::InputUnreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    Ok(file)
}

/// The first certificate of a file, DER or PEM.
pub(crate) fn certificate(path: &Path) -> failure::Result<Certificate> {
    let about = |error| Failure::from(error).about(path);
    let mut all = Certificate::read_all(&read(path).map_err(about)?).into_iter();
    all.next().unwrap_or(Err(Error::EncodingUnreadable { what: "CERTIFICATE" })).map_err(about)
}

/// The certificates of a file, DER or PEM, or of every such file in a folder. What cannot be read among them is told; a
/// file of which nothing can be read is an error.
pub(crate) fn certificates(path: &Path, output: &Output) -> Result<Vec<Certificate>> {
    let is_folder = path.is_dir();
    let files = if is_folder { files_of(path)? } else { vec![path.to_owned()] };
    let mut found = Vec::new();
    for file in files {
        let octets = read(&file)?;
        let (readable, unreadable): (Vec<_>, Vec<_>) =
            Certificate::read_all(&octets).into_iter().partition(|certificate| certificate.is_ok());
        if !is_folder && readable.is_empty() {
            return unreadable.into_iter().collect();
        }
        // A folder may hold other files beside certificates.
        if !unreadable.is_empty() && octets.windows(PEM.len()).any(|window| window == PEM) {
            let (file, count) = (output.path(&file), unreadable.len());
            output.warn(
                format!("Note: {file}: {count} certificate(s) in it cannot be read."),
                format!("Not: {file}: içindeki {count} sertifika okunamıyor."),
            );
        }
        found.extend(readable.into_iter().flatten());
    }
    Ok(found)
}

/// The files of a folder, by name.
pub(crate) fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |source| Error::InputUnreadable { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        files.push(entry.map_err(unreadable)?.path());
    }
    files.retain(|file| file.is_file());
    files.sort();
    Ok(files)
}

/// What a link names in the end, be it there or not.
fn end_of_links(path: &Path) -> PathBuf {
    let mut named = path.to_owned();
    // As many as Linux follows.
    for _ in 0..40 {
        let Ok(next) = fs::read_link(&named) else { break };
        named = named.parent().unwrap_or(Path::new("")).join(next);
    }
    named
}
