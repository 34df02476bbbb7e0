//! Folders by their path, where there are no descriptors of folders.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::{Access, Readers};

/// Elsewhere a folder is its path.
#[derive(Debug)]
pub(super) struct Descriptor(PathBuf);

impl Descriptor {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        if path.is_dir() { Ok(Self(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    pub(super) fn create(&self, name: &OsStr, _: Readers) -> io::Result<File> {
        File::options().read(true).write(true).create_new(true).open(self.0.join(name))
    }

    pub(super) fn file(&self, name: &OsStr, access: Access) -> io::Result<File> {
        let path = self.0.join(name);
        if !fs::symlink_metadata(&path)?.is_file() {
            return Err(io::Error::other("not a regular file"));
        }
        File::options().read(true).write(access == Access::Write).open(path)
    }

    /// There are none here.
    pub(super) fn nameless(&self, _: Readers) -> io::Result<Option<File>> {
        Ok(None)
    }

    pub(super) fn link(&self, _: &File, _: &OsStr) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.0.join(from), self.0.join(to))
    }

    pub(super) fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

/// A file's owner comes from its folder here.
///
/// # Errors
/// Never.
pub fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Who may read a file comes from its folder here.
///
/// # Errors
/// Never.
pub fn keep_group_and_mode(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
