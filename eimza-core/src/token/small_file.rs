//! Small files that several processes share: read without waiting for a pipe or reading without end, and locked.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(5);

/// All octets of a regular file; `None` where there are more than `limit`.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    check_is_file(path)?;
    let mut octets = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut octets)?;
    Ok(u64::try_from(octets.len()).is_ok_and(|length| length <= limit).then_some(octets))
}

/// A pipe in a file's place would be waited for without end.
pub(super) fn check_is_file(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_file() { Ok(()) } else { Err(io::Error::other("not a regular file")) }
}

/// The file beside this one whose name ends so: another file's neighbour it never is, as it could be if the ending took
/// the place of another.
pub(super) fn neighbour(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// The lock, until this is dropped or the process ends.
pub(super) struct FileLock(File);

impl FileLock {
    /// Waits for whoever has it; `None` where that takes too long.
    pub(super) fn wait(file: File, patience: Duration) -> io::Result<Option<Self>> {
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Self(file))),
                Err(TryLockError::WouldBlock) if began.elapsed() < patience => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(source)) => return Err(source),
            }
        }
    }
}

impl Drop for FileLock {
    /// Closing is not enough: a child that was forked meanwhile has the file open too, and with it the lock.
    fn drop(&mut self) {
        // What cannot be unlocked is still closed.
        let _ = self.0.unlock();
    }
}
