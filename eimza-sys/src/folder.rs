//! Small files in a folder that is held open.
//!
//! A path can lead to another folder from one call to the next, and to a link that somebody has planted. What is done here
//! is done in the folder that was opened, and never follows a link at the end of a name. A new file gets a name that
//! nobody can know beforehand, and takes the place of another one only when it is whole.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::Path;

#[cfg(not(unix))]
use self::other::Descriptor;
#[cfg(unix)]
use self::unix::Descriptor;

/// How often a name is made up that is taken already. The names are random: once is likely to be enough.
const NAMES_TRIED: usize = 16;

/// A folder, held open.
#[derive(Debug)]
pub struct Folder(Descriptor);

/// For what an existing file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To be read.
    Read,
    /// To be written. Its contents stay as they are until then.
    Write,
}

/// Who may read a new file. Its owner may write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Everybody whom the process lets read what it makes: the rest is its umask's business.
    Usual,
}

impl Folder {
    /// Opens a folder.
    ///
    /// # Errors
    /// What the system says: it is not there, it is no folder, it must not be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Descriptor::open(path).map(Self)
    }

    /// Opens the folder that a file lies in, or will lie in, and says the file's name there.
    ///
    /// # Errors
    /// What [`Folder::open`] says, and where the path does not end with a name.
    pub fn around(path: &Path) -> io::Result<(Self, OsString)> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok((Self::open(folder)?, name.to_owned()))
    }

    /// Makes a file that is not there yet.
    ///
    /// # Errors
    /// [`AlreadyExists`](io::ErrorKind::AlreadyExists) where anything goes by that name, be it a link to nothing.
    pub fn create(&self, name: &OsStr, readers: Readers) -> io::Result<File> {
        self.0.create(name, readers)
    }

    /// Opens a regular file. Never waits, as it would for the other end of a pipe.
    ///
    /// # Errors
    /// What the system says, and where it is no regular file: a link is none.
    pub fn file(&self, name: &OsStr, access: Access) -> io::Result<File> {
        let file = self.0.file(name, access)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file")) }
    }

    /// Makes a file under a name that nobody can know beforehand.
    ///
    /// # Errors
    /// What the system says.
    pub fn fresh(&self, readers: Readers) -> io::Result<Fresh<'_>> {
        let mut tries = 0..NAMES_TRIED;
        loop {
            // A forked child has inherited its parent's random state, but not its number.
            let random = RandomState::new().hash_one(std::process::id());
            let name = OsString::from(format!(".eimza-{random:016x}.new"));
            match self.create(&name, readers) {
                Ok(file) => return Ok(Fresh { folder: self, name, file, is_placed: false }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries.next().is_some() => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Returns when the names in the folder are on the disk.
    ///
    /// # Errors
    /// What the system says.
    pub fn sync(&self) -> io::Result<()> {
        self.0.sync()
    }
}

/// A file that is being written. It is removed again unless it is put in its place.
#[derive(Debug)]
pub struct Fresh<'a> {
    folder: &'a Folder,
    name: OsString,
    file: File,
    is_placed: bool,
}

impl Fresh<'_> {
    /// The open file: all that is done to it (contents, owner, mode) goes through this.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Puts the file in the place of `name`, whatever was there before. Both are on the disk when this returns.
    ///
    /// # Errors
    /// What the system says. Where only the last step failed, the file is in its place, but may not survive a crash.
    pub fn put(mut self, name: &OsStr) -> io::Result<()> {
        self.file.sync_all()?;
        self.folder.0.rename(&self.name, name)?;
        self.is_placed = true;
        self.folder.sync()
    }
}

impl Drop for Fresh<'_> {
    fn drop(&mut self) {
        if !self.is_placed {
            // What cannot be removed stays: it is no longer of use, and harms nobody.
            let _ = self.folder.0.remove(&self.name);
        }
    }
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::io;
    use std::os::fd::OwnedFd;
    use std::path::Path;

    use rustix::fs::{AtFlags, Mode, OFlags, fsync, open, openat, renameat, unlinkat};

    use super::{Access, Readers};

    #[derive(Debug)]
    pub(super) struct Descriptor(OwnedFd);

    impl Descriptor {
        pub(super) fn open(path: &Path) -> io::Result<Self> {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            Ok(Self(open(path, flags, Mode::empty())?))
        }

        pub(super) fn create(&self, name: &OsStr, readers: Readers) -> io::Result<File> {
            let mode = match readers {
                Readers::Owner => Mode::RUSR | Mode::WUSR,
                Readers::Usual => Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::WGRP | Mode::ROTH | Mode::WOTH,
            };
            let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            Ok(openat(&self.0, name, flags, mode)?.into())
        }

        pub(super) fn file(&self, name: &OsStr, access: Access) -> io::Result<File> {
            let access = match access {
                Access::Read => OFlags::RDONLY,
                Access::Write => OFlags::RDWR,
            };
            let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
            Ok(openat(&self.0, name, flags, Mode::empty())?.into())
        }

        pub(super) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
            Ok(renameat(&self.0, from, &self.0, to)?)
        }

        pub(super) fn remove(&self, name: &OsStr) -> io::Result<()> {
            Ok(unlinkat(&self.0, name, AtFlags::empty())?)
        }

        pub(super) fn sync(&self) -> io::Result<()> {
            Ok(fsync(&self.0)?)
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::ffi::OsStr;
    use std::fs::{self, File};
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
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::{env, fs};

    use super::*;

    fn scratch(name: &str) -> std::path::PathBuf {
        let folder = env::temp_dir().join(format!("eimza-folder-{name}-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        folder
    }

    #[test]
    fn a_fresh_file_takes_its_place_whole_or_leaves_nothing() {
        let path = scratch("fresh");
        let (folder, name) = Folder::around(&path.join("file")).unwrap();
        drop(folder.fresh(Readers::Owner).unwrap());
        assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
        for text in ["one", "other"] {
            let mut fresh = folder.fresh(Readers::Owner).unwrap();
            fresh.file().write_all(text.as_bytes()).unwrap();
            fresh.put(&name).unwrap();
            let mut read = String::new();
            folder.file(&name, Access::Read).unwrap().read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
        assert_eq!(fs::read_dir(&path).unwrap().count(), 1);
        fs::remove_dir_all(path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_neither_followed_nor_replaced() {
        let path = scratch("link");
        fs::write(path.join("precious"), "precious").unwrap();
        std::os::unix::fs::symlink("precious", path.join("link")).unwrap();
        std::os::unix::fs::symlink("nothing", path.join("dangling")).unwrap();
        let folder = Folder::open(&path).unwrap();
        for name in ["link", "dangling"] {
            let name = OsStr::new(name);
            assert_eq!(folder.create(name, Readers::Owner).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
            assert!(folder.file(name, Access::Write).is_err());
            assert!(folder.file(name, Access::Read).is_err());
        }
        assert_eq!(fs::read_to_string(path.join("precious")).unwrap(), "precious");
        fs::remove_dir_all(path).unwrap();
    }

    /// Somebody exchanges the folder while a file in it is being written.
    #[cfg(unix)]
    #[test]
    fn what_is_done_is_done_in_the_folder_that_was_opened() {
        let path = scratch("exchanged");
        let (ours, theirs) = (path.join("ours"), path.join("theirs"));
        fs::create_dir(&ours).unwrap();
        fs::create_dir(&theirs).unwrap();
        fs::write(theirs.join("file"), "theirs").unwrap();
        let folder = Folder::open(&ours).unwrap();
        let mut fresh = folder.fresh(Readers::Owner).unwrap();
        fresh.file().write_all(b"ours").unwrap();
        fs::rename(&ours, path.join("moved")).unwrap();
        std::os::unix::fs::symlink("theirs", &ours).unwrap();
        fresh.put(OsStr::new("file")).unwrap();
        assert_eq!(fs::read_to_string(theirs.join("file")).unwrap(), "theirs");
        assert_eq!(fs::read_to_string(path.join("moved/file")).unwrap(), "ours");
        fs::remove_dir_all(path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_without_waiting() {
        let path = scratch("pipe");
        assert!(std::process::Command::new("mkfifo").arg(path.join("pipe")).status().unwrap().success());
        let folder = Folder::open(&path).unwrap();
        assert!(folder.file(OsStr::new("pipe"), Access::Read).is_err());
        assert!(folder.file(OsStr::new("pipe"), Access::Write).is_err());
        fs::remove_dir_all(path).unwrap();
    }
}
