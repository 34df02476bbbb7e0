//! A locked file: one process at a time.

use std::fs::{File, TryLockError};
use std::io;
use std::time::{Duration, Instant};

/// How often a waiting caller looks whether the file is free.
const PAUSE: Duration = Duration::from_millis(5);

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
        // Where unlocking fails, the file is still closed.
        let _ = self.0.unlock();
    }
}
