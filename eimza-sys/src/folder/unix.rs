//! Folders by their descriptor, owners and modes by that of the file.

use std::ffi::OsStr;
use std::fs::{File, Metadata, Permissions};
use std::io;
#[cfg(any(target_os = "linux", target_os = "android"))]
use std::os::fd::AsRawFd;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;

use rustix::fs::{AtFlags, Mode, OFlags, fsync, open, openat, renameat, unlinkat};
#[cfg(any(target_os = "linux", target_os = "android"))]
use rustix::fs::{CWD, linkat};
#[cfg(any(target_os = "linux", target_os = "android"))]
use rustix::io::Errno;

use super::{Access, Readers};

#[derive(Debug)]
pub(super) struct Descriptor {
    opened: OwnedFd,
    is_readable: bool,
}

impl Descriptor {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
        match open(path, flags | OFlags::RDONLY, Mode::empty()) {
            #[cfg(any(target_os = "linux", target_os = "android"))]
            Err(Errno::ACCESS) => {
                Ok(Self { opened: open(path, flags | OFlags::PATH, Mode::empty())?, is_readable: false })
            }
            opened => Ok(Self { opened: opened?, is_readable: true }),
        }
    }

    pub(super) fn create(&self, name: &OsStr, readers: Readers) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(openat(&self.opened, name, flags, mode(readers))?.into())
    }

    /// A file without a name, which ends with its last descriptor; `None` where the system, or this file system, has no
    /// such files, or would not give it a name later.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(super) fn nameless(&self, readers: Readers) -> io::Result<Option<File>> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        match openat(&self.opened, ".", flags, mode(readers)) {
            Ok(file) => {
                let file = File::from(file);
                let (own, named) = (file.metadata()?, std::fs::metadata(descriptor_path(&file)));
                let is_same = |named: Metadata| (named.dev(), named.ino()) == (own.dev(), own.ino());
                Ok(named.is_ok_and(is_same).then_some(file))
            }
            // Systems before Linux 3.11 take it for the folder.
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL | Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    pub(super) fn nameless(&self, _: Readers) -> io::Result<Option<File>> {
        Ok(None)
    }

    /// Gives a name to a file without one.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(super) fn link(&self, file: &File, name: &OsStr) -> io::Result<()> {
        Ok(linkat(CWD, descriptor_path(file), &self.opened, name, AtFlags::SYMLINK_FOLLOW)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    pub(super) fn link(&self, _: &File, _: &OsStr) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn file(&self, name: &OsStr, access: Access) -> io::Result<File> {
        let access = match access {
            Access::Read => OFlags::RDONLY,
            Access::Write => OFlags::RDWR,
        };
        let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        Ok(openat(&self.opened, name, flags, Mode::empty())?.into())
    }

    pub(super) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(renameat(&self.opened, from, &self.opened, to)?)
    }

    pub(super) fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.opened, name, AtFlags::empty())?)
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        if self.is_readable { Ok(fsync(&self.opened)?) } else { Err(io::ErrorKind::PermissionDenied.into()) }
    }
}

fn mode(readers: Readers) -> Mode {
    match readers {
        Readers::Owner => Mode::RUSR | Mode::WUSR,
        Readers::Usual => Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::WGRP | Mode::ROTH | Mode::WOTH,
    }
}

/// The name by which the system knows an open file.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn descriptor_path(file: &File) -> String {
    format!("/proc/self/fd/{}", file.as_raw_fd())
}

/// Gives a file to the user whom the one before belonged to.
///
/// # Errors
/// Where it is not the caller's to give away.
pub fn keep_owner(file: &File, before: &Metadata) -> io::Result<()> {
    if file.metadata()?.uid() == before.uid() { Ok(()) } else { fchown(file, Some(before.uid()), None) }
}

/// Gives a file the group and the mode that the one before had. Where it cannot be given to that group, the group that it
/// has may do nothing with it: it is not the one that was meant.
///
/// # Errors
/// What the system says.
pub fn keep_group_and_mode(file: &File, before: &Metadata) -> io::Result<()> {
    const GROUP: u32 = 0o070;
    // A program that takes over its file's user or group is nothing that is made here.
    const ALL: u32 = 0o777;
    let has_group = file.metadata()?.gid() == before.gid() || fchown(file, None, Some(before.gid())).is_ok();
    let hidden = if has_group { 0 } else { GROUP };
    file.set_permissions(Permissions::from_mode(before.mode() & ALL & !hidden))
}
