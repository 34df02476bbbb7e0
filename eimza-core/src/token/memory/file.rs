//! A memory that outlives the process, for commands that run once per attempt.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use eimza_sys::folder::{Access, Folder, Readers};

use super::counts::Counts;
use super::lines::{self, Lines};
use super::{AttemptMemory, Outcome, Recollection};
use crate::error::{Error, Result};
use crate::token::TokenPin;
use crate::token::file_lock::FileLock;
use crate::token::turn::Turn;

/// The most octets of the file: far more than a person's tokens need.
const SIZE_LIMIT: u64 = 1024 * 1024;

/// How long another process may keep the file locked.
const PATIENCE: Duration = Duration::from_secs(2);

/// Remembers failures in a small file, and what happened in this process besides.
#[derive(Debug)]
pub struct FileMemory {
    path: PathBuf,
    counts: Counts,
}

impl FileMemory {
    /// A memory in this file; it is made at the first attempt. Where it cannot be written or read, attempts that need it
    /// are refused unless the caller permits the last try; what happens then is remembered as long as the process lives.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), counts: Counts::default() }
    }

    fn unusable(&self, source: io::Error) -> Error {
        Error::AttemptMemoryUnusable { path: self.path.clone(), source }
    }
}

impl AttemptMemory for FileMemory {
    fn recall(&self, pin: &TokenPin) -> Result<Recollection> {
        let written = match folder(&self.path) {
            // Nothing was remembered yet.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Lines::new()),
            opened => opened.and_then(|(folder, name)| read(&folder, name)),
        };
        Ok(self.counts.worst(&written.map_err(|source| self.unusable(source))?, pin))
    }

    fn begin(&self, pin: &TokenPin, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()> {
        let failed = |source| self.unusable(source);
        let alone = Alone::with(&self.path).map_err(failed)?;
        let written = alone.read().map_err(failed)?;
        permit(self.counts.worst(&written, pin))?;
        let counted = self.counts.counted(&written, pin, Outcome::Begun);
        alone.write(written, &counted).map_err(failed)?;
        self.counts.keep(counted, false);
        Ok(())
    }

    fn record(&self, pin: &TokenPin, outcome: Outcome) {
        let alone = Alone::with(&self.path);
        let read = alone.and_then(|alone| alone.read().map(|written| (alone, written)));
        let counted = self.counts.counted(read.as_ref().map_or(&Lines::new(), |(_, written)| written), pin, outcome);
        let noted = read.and_then(|(alone, written)| alone.write(written, &counted));
        if let Err(error) = &noted {
            tracing::warn!(%error, "the memory of failed attempts cannot be written");
        }
        self.counts.keep(counted, noted.is_err());
    }
}

/// The folder of the memory, held open while nobody else writes: no thread of this process, and no other process.
struct Alone<'a> {
    folder: Folder,
    name: &'a OsStr,
    _here: Turn,
    _lock: FileLock,
}

/// Makes a folder for its owner alone, whatever the umask is: a module may have changed that.
fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

impl<'a> Alone<'a> {
    fn with(path: &'a Path) -> io::Result<Self> {
        let here = Turn::take(vec!["attempt memory".into()], None).map_err(io::Error::other)?;
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        let (folder, name) = folder(path)?;
        let lock = FileLock::wait(lock_file(&folder, name)?, PATIENCE)?.ok_or(ErrorKind::TimedOut)?;
        Ok(Self { folder, name, _here: here, _lock: lock })
    }

    fn read(&self) -> io::Result<Lines> {
        read(&self.folder, self.name)
    }

    /// Writes a whole new file and puts it in the old one's place.
    fn write(&self, written: Lines, counted: &Lines) -> io::Result<()> {
        let text = lines::write(&lines::updated(written, counted));
        if u64::try_from(text.len()).is_ok_and(|length| length > SIZE_LIMIT) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let mut fresh = self.folder.fresh(Readers::Usual)?;
        fresh.file().write_all(text.as_bytes())?;
        fresh.put(self.name)
    }
}

fn folder(path: &Path) -> io::Result<(Folder, &OsStr)> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    let (folder, _) = Folder::around(path)?;
    Ok((folder, name))
}

/// What is written; nothing where there is no file yet. A file of another kind is an error, and stays as it is.
fn read(folder: &Folder, name: &OsStr) -> io::Result<Lines> {
    let file = match folder.file(name, Access::Read) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Lines::new()),
        file => file?,
    };
    let mut octets = Vec::new();
    file.take(SIZE_LIMIT.saturating_add(1)).read_to_end(&mut octets)?;
    if u64::try_from(octets.len()).is_ok_and(|length| length > SIZE_LIMIT) {
        return Err(ErrorKind::FileTooLarge.into());
    }
    lines::read(&octets).ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "not a memory of attempts"))
}

/// What root has made is read only for others; that is enough to lock it.
fn lock_file(folder: &Folder, name: &OsStr) -> io::Result<File> {
    let mut name = name.to_owned();
    name.push(".lock");
    match folder.create(&name, Readers::Usual) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        made => return made,
    }
    folder.file(&name, Access::Write).or_else(|_| folder.file(&name, Access::Read))
}

#[cfg(test)]
mod tests;
