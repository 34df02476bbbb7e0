//! Where a token file lies: whole on the disk, never half, and changed by one process at a time.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use super::ADDRESS_PREFIX;
use super::file::{SIZE_LIMIT, TokenFile};
use crate::error::{Error, Result};
use crate::token::small_file::{self, FileLock, check_is_file, neighbour};

/// How long another process may take over its attempt.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) enum Store {
    File(PathBuf),
    Memory(Mutex<Vec<u8>>),
}

/// The right to change the token. It ends when this is dropped, or with the process.
pub(super) enum Held<'a> {
    /// The lock lies in a neighbour that is never replaced: a lock on the token file itself would go with the old file.
    File(&'a Path, #[expect(dead_code, reason = "dropping it unlocks")] FileLock),
    /// Within a process the guard gives turns. The mutex is never held while a secret is tried: others may look, and a
    /// child that is forked meanwhile would find it locked for ever.
    Memory(&'a Mutex<Vec<u8>>),
}

impl Store {
    pub(super) fn in_memory(token: &TokenFile) -> Result<Self> {
        Ok(Store::Memory(Mutex::new(octets_of(token)?)))
    }

    /// Writes a new file; never over another one.
    pub(super) fn create(path: PathBuf, token: &TokenFile) -> Result<Self> {
        let unwritable = |path: &Path, source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => Error::TokenFileExists { path: path.to_owned() },
            _ => Error::OutputUnwritable { path: path.to_owned(), source },
        };
        let octets = octets_of(token)?;
        let file = new_file(&path).map_err(|source| unwritable(&path, source))?;
        if let Err(source) = fill(file, &path, &octets) {
            // Nothing half-written stays; the first failure is the one to tell.
            let _ = fs::remove_file(&path);
            return Err(unwritable(&path, source));
        }
        Self::open(path)
    }

    /// The file under its real name, so that two ways to it share one lock.
    pub(super) fn open(path: PathBuf) -> Result<Self> {
        match path.canonicalize() {
            Ok(real) => Ok(Store::File(real)),
            Err(source) => Err(Error::InputUnreadable { path, source }),
        }
    }

    pub(super) fn address(&self) -> String {
        match self {
            Store::File(path) => format!("{ADDRESS_PREFIX}{}", path.display()),
            Store::Memory(_) => "memory:".into(),
        }
    }

    /// The token as it stands. Waits for nobody: a file is replaced as a whole.
    pub(super) fn read(&self) -> Result<TokenFile> {
        match self {
            Store::File(path) => read(path),
            Store::Memory(octets) => TokenFile::read(&ours(octets)),
        }
    }

    /// Waits for the right to change the token.
    pub(super) fn hold(&self) -> Result<Held<'_>> {
        match self {
            Store::File(path) => Ok(Held::File(path, lock(path)?)),
            Store::Memory(octets) => Ok(Held::Memory(octets)),
        }
    }
}

impl Held<'_> {
    pub(super) fn read(&self) -> Result<TokenFile> {
        match self {
            Held::File(path, _) => read(path),
            Held::Memory(octets) => TokenFile::read(&ours(octets)),
        }
    }

    /// Puts the token in the old one's place; it is on the disk when this returns.
    pub(super) fn write(&self, token: &TokenFile) -> Result<()> {
        let octets = octets_of(token)?;
        match self {
            Held::File(path, _) => {
                replace(path, &octets).map_err(|source| Error::OutputUnwritable { path: path.to_path_buf(), source })
            }
            Held::Memory(held) => {
                *ours(held) = octets;
                Ok(())
            }
        }
    }
}

/// What is written must be read again.
fn octets_of(token: &TokenFile) -> Result<Vec<u8>> {
    let octets = token.to_der();
    if u64::try_from(octets.len()).is_ok_and(|length| length <= SIZE_LIMIT) {
        Ok(octets)
    } else {
        Err(Error::LimitExceeded { limit: "size" })
    }
}

fn ours(octets: &Mutex<Vec<u8>>) -> MutexGuard<'_, Vec<u8>> {
    octets.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn read(path: &Path) -> Result<TokenFile> {
    let unreadable = |source| Error::InputUnreadable { path: path.to_owned(), source };
    let octets = small_file::read(path, SIZE_LIMIT).map_err(unreadable)?;
    TokenFile::read(&octets.ok_or(Error::LimitExceeded { limit: "size" })?)
}

fn lock(path: &Path) -> Result<FileLock> {
    let neighbour = neighbour(path, ".lock");
    let unwritable = |source| Error::OutputUnwritable { path: neighbour.clone(), source };
    let file = lock_file(path, &neighbour).map_err(unwritable)?;
    FileLock::wait(file, PATIENCE).map_err(unwritable)?.ok_or(Error::TokenBusy)
}

/// Whoever makes it gives it to the token's owner, who would be locked out otherwise.
fn lock_file(path: &Path, neighbour: &Path) -> io::Result<File> {
    match new_file(neighbour) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            check_is_file(neighbour)?;
            private_options().open(neighbour)
        }
        Err(error) => Err(error),
        Ok(file) => match keep_owner(path, neighbour) {
            Ok(()) => Ok(file),
            Err(error) => {
                // Who may not do that may not replace the token either; the first failure is the one to tell.
                let _ = fs::remove_file(neighbour);
                Err(error)
            }
        },
    }
}

/// Called with the lock held: the neighbour's name is this process' alone. What is there under it was left by one that
/// was ended half-way.
fn replace(path: &Path, octets: &[u8]) -> io::Result<()> {
    let fresh = neighbour(path, ".eimza-new");
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = new_file(&fresh)?;
    file.write_all(octets)?;
    keep_owner(path, &fresh)?;
    #[cfg(unix)]
    fs::set_permissions(&fresh, fs::metadata(path)?.permissions())?;
    file.sync_all()?;
    drop(file);
    fs::rename(&fresh, path)?;
    sync_folder(path)
}

/// Whose token it was, his it stays, whoever presents the PIN.
#[cfg(unix)]
fn keep_owner(path: &Path, fresh: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let (old, new) = (fs::metadata(path)?, fs::metadata(fresh)?);
    if (old.uid(), old.gid()) == (new.uid(), new.gid()) {
        return Ok(());
    }
    chown(fresh, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

fn fill(mut file: File, path: &Path, octets: &[u8]) -> io::Result<()> {
    file.write_all(octets)?;
    file.sync_all()?;
    sync_folder(path)
}

fn new_file(path: &Path) -> io::Result<File> {
    private_options().create_new(true).open(path)
}

/// For its owner only.
fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A rename is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
