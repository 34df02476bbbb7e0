//! A token file on the disk: never half-written, changed by one process at a time, and never followed through links.
//!
//! Everything is done in a folder that is held open, and to files through their descriptors: another user who may write
//! to the folder cannot redirect any of it.

use std::ffi::{OsStr, OsString};
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use eimza_sys::folder::{self, Access, Folder, Fresh, Readers};

use super::file::SIZE_LIMIT;
use crate::error::{Error, Limit, Result};
use crate::token::file_lock::FileLock;

/// How long another process may take over its attempt.
const PATIENCE: Duration = Duration::from_secs(30);

/// Writes a new file; never over another one.
pub(super) fn create(path: &Path, octets: &[u8]) -> Result<()> {
    let write = || {
        let (folder, name) = Folder::around(path)?;
        let mut fresh = folder.fresh_named(&name, Readers::Owner)?;
        fresh.file().write_all(octets)?;
        fresh.file().sync_all()?;
        folder.sync()?;
        fresh.keep();
        Ok(())
    };
    write().map_err(|source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => Error::TokenFileExists { path: path.to_owned() },
        _ => Error::OutputUnwritable { path: path.to_owned(), source },
    })
}

/// The octets of a file as it stands. Waits for nobody: a file is replaced as a whole.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    let opened = Folder::around(path).and_then(|(folder, name)| folder.file(&name, Access::Read));
    read_all(opened, path)
}

/// The right to change a token file. It ends when this is dropped, or with the process.
pub(super) struct HeldFile<'a> {
    path: &'a Path,
    folder: Folder,
    name: OsString,
    /// The lock lies in a neighbour that is never replaced: a lock on the token file itself would go with the old file.
    #[expect(dead_code, reason = "dropping it unlocks")]
    lock: FileLock,
}

/// A token file that is written beside the old one, on the disk already, and waits to take its place.
pub(super) struct Draft<'a> {
    held: &'a HeldFile<'a>,
    fresh: Fresh<'a>,
    octets: Vec<u8>,
}

/// Why a draft did not come to its place.
pub(super) enum NotPut {
    /// The old file is in its place.
    Unchanged(Error),
    /// The draft is in its place, and a crash may bring the old file back.
    Unsynced(Error),
}

impl<'a> HeldFile<'a> {
    /// Waits for the right to change the token. A folder that cannot be written to the disk is refused here: it could
    /// lose a try that was counted.
    pub(super) fn wait(path: &'a Path) -> Result<Self> {
        let unwritable = |source| Error::OutputUnwritable { path: path.to_owned(), source };
        let (folder, name) = Folder::around(path).map_err(unwritable)?;
        folder.sync().map_err(unwritable)?;
        let lock = lock(&folder, &name, path)?;
        Ok(Self { path, folder, name, lock })
    }

    pub(super) fn read(&self) -> Result<Vec<u8>> {
        read_all(self.folder.file(&self.name, Access::Read), self.path)
    }

    /// Writes a file that may take the token's place. It belongs to the same user, and others may do the same with it.
    pub(super) fn draft(&self, octets: Vec<u8>) -> Result<Draft<'_>> {
        let write = || {
            let before = self.folder.file(&self.name, Access::Read)?.metadata()?;
            let mut fresh = self.folder.fresh(Readers::Owner)?;
            folder::keep_owner(fresh.file(), &before)?;
            folder::keep_group_and_mode(fresh.file(), &before)?;
            fresh.file().write_all(&octets)?;
            fresh.file().sync_all()?;
            Ok(fresh)
        };
        let fresh = write().map_err(|source| self.unwritable(source))?;
        Ok(Draft { held: self, fresh, octets })
    }

    fn unwritable(&self, source: io::Error) -> Error {
        Error::OutputUnwritable { path: self.path.to_owned(), source }
    }
}

impl Draft<'_> {
    /// Writes other contents, unless they are the same. Their room on the disk is taken already where they are no longer.
    pub(super) fn rewrite(&mut self, octets: Vec<u8>) -> Result<()> {
        if self.octets == octets {
            return Ok(());
        }
        let file = self.fresh.file();
        let written = file.rewind().and_then(|()| file.write_all(&octets));
        written.and_then(|()| file.set_len(octets.len() as u64)).map_err(|source| self.held.unwritable(source))?;
        self.octets = octets;
        Ok(())
    }

    /// Puts the draft in the token's place; it is on the disk when this returns.
    pub(super) fn put(self) -> std::result::Result<(), NotPut> {
        let held = self.held;
        self.fresh.put_unsynced(&held.name).map_err(|source| NotPut::Unchanged(held.unwritable(source)))?;
        held.folder.sync().map_err(|source| NotPut::Unsynced(held.unwritable(source)))
    }
}

fn lock(folder: &Folder, name: &OsStr, path: &Path) -> Result<FileLock> {
    let mut lock_name = name.to_owned();
    lock_name.push(".lock");
    let unwritable = |source| Error::OutputUnwritable { path: path.with_file_name(&lock_name), source };
    let opened = folder.file(name, Access::Read).and_then(|token| token.metadata());
    let file = opened.and_then(|token| lock_file(folder, &lock_name, &token)).map_err(unwritable)?;
    FileLock::wait(file, PATIENCE).map_err(unwritable)?.ok_or(Error::TokenBusy)
}

/// The new file is given to the token's owner, who would be locked out otherwise. A user who may not do that may not
/// replace the token.
fn lock_file(folder: &Folder, name: &OsStr, token: &Metadata) -> io::Result<File> {
    match folder.fresh_named(name, Readers::Owner) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => folder.file(name, Access::Write),
        Err(error) => Err(error),
        Ok(mut fresh) => {
            folder::keep_owner(fresh.file(), token)?;
            Ok(fresh.keep())
        }
    }
}

fn read_all(opened: io::Result<File>, path: &Path) -> Result<Vec<u8>> {
    let unreadable = |source| Error::InputUnreadable { path: PathBuf::from(path), source };
    let mut octets = Vec::new();
    opened.and_then(|file| file.take(SIZE_LIMIT + 1).read_to_end(&mut octets)).map_err(unreadable)?;
    if u64::try_from(octets.len()).is_ok_and(|length| length <= SIZE_LIMIT) {
        Ok(octets)
    } else {
        Err(Error::LimitExceeded { limit: Limit::Size })
    }
}
