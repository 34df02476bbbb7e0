//! A file that is there whole, or not at all.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use eimza_core::{Error, Result};
use eimza_sys::folder::{self, Folder, Readers};

use super::{Inputs, end_of_links};
use crate::failure::{self, usage};
use crate::output::Output;

/// A file that is there whole, or not at all: written beside its place and moved there at the end.
///
/// A link is followed to what it names. What is no file, such as `/dev/null`, is written into and never replaced. Both are
/// fixed when the command begins: nobody can put something else in their place while a PIN is asked for.
#[derive(Debug)]
pub(crate) struct OutFile {
    path: PathBuf,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File { folder: Folder, name: OsString, named: PathBuf },
    Device(Metadata),
}

impl OutFile {
    /// Makes sure that a file can be made there. Nothing is left, should the command be stopped at a prompt.
    pub(crate) fn new(path: &Path) -> Result<Self> {
        let unwritable = |source| Error::OutputUnwritable { path: path.to_owned(), source };
        let place = match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Err(unwritable(io::ErrorKind::IsADirectory.into())),
            Ok(metadata) if !metadata.is_file() => Place::Device(metadata),
            // Such as a name that is too long.
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritable(error)),
            _ => Place::file(path).map_err(unwritable)?,
        };
        Ok(Self { path: path.to_owned(), place })
    }

    /// Refuses to take the place of a file that is needed, by whatever name. A device is never replaced.
    pub(crate) fn check_is_none_of(&self, inputs: &Inputs, output: &Output) -> failure::Result<()> {
        let is_device = matches!(self.place, Place::Device(_));
        if is_device || !inputs.need(&self.path) {
            return Ok(());
        }
        let path = output.path(&self.path);
        Err(usage(
            format!("The output would take the place of {path}, which is needed; name another one."),
            format!("Çıktı, gerekli olan {path} dosyasının üzerine yazılamaz; başka bir ad verin."),
        ))
    }

    /// Writes everything and puts it in its place.
    pub(crate) fn finish(self, octets: &[u8]) -> Result<()> {
        let written = match &self.place {
            Place::File { folder, name, named } => {
                let before = fs::symlink_metadata(named).ok().filter(Metadata::is_file);
                folder.fresh(Readers::Owner).and_then(|mut fresh| {
                    fresh.file().write_all(octets)?;
                    give_rights(fresh.file(), before.as_ref())?;
                    fresh.put_unsynced(name)
                })
            }
            Place::Device(before) => write_into(&self.path, before, octets),
        };
        written.map_err(|source| Error::OutputUnwritable { path: self.path, source })
    }
}

impl Place {
    fn file(path: &Path) -> io::Result<Self> {
        let named = end_of_links(path);
        let (folder, name) = Folder::around(&named)?;
        drop(folder.fresh(Readers::Owner)?);
        Ok(Place::File { folder, name, named })
    }
}

/// What only its owner could read stays so; a new file is as the person's umask wants it. Who may not give a file away keeps
/// it.
fn give_rights(file: &File, before: Option<&Metadata>) -> io::Result<()> {
    match before {
        Some(before) => {
            let _ = folder::keep_owner(file, before);
            folder::keep_group_and_mode(file, before)
        }
        None => let_usual_readers(file),
    }
}

/// Writes into what is no file. It has to be what it was when the command began, since this may harm what it is now.
fn write_into(path: &Path, before: &Metadata, octets: &[u8]) -> io::Result<()> {
    let mut device = File::options().write(true).open(path)?;
    if !is_same(&device.metadata()?, before) {
        return Err(io::Error::other("it was exchanged meanwhile"));
    }
    device.write_all(octets)
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(one: &Metadata, _: &Metadata) -> bool {
    !one.is_file()
}

/// The person's umask as it was when the command began: a PKCS#11 module may change that of the process.
#[cfg(unix)]
static UMASK: std::sync::OnceLock<rustix::fs::Mode> = std::sync::OnceLock::new();

/// Remembers the person's umask. To be called before any other thread is started, since asking for it changes it.
#[cfg(unix)]
pub(crate) fn remember_umask() {
    UMASK.get_or_init(|| {
        let umask = rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
        rustix::process::umask(umask);
        umask
    });
}

#[cfg(unix)]
fn let_usual_readers(file: &File) -> io::Result<()> {
    use rustix::fs::{Mode, fchmod};

    let all = Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::WGRP | Mode::ROTH | Mode::WOTH;
    // Without a memory of it the file stays its owner's alone.
    let umask = UMASK.get().copied().unwrap_or(Mode::RWXG | Mode::RWXO);
    Ok(fchmod(file, all & !umask)?)
}

#[cfg(not(unix))]
pub(crate) fn remember_umask() {}

#[cfg(not(unix))]
fn let_usual_readers(_: &File) -> io::Result<()> {
    Ok(())
}
