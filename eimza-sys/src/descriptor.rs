//! A file that whoever started the program has opened for it.

use std::fs::File;
use std::io;

/// A duplicate of an open descriptor: what is read from it is what comes next there, whether it is a file, a pipe or a
/// socket. The descriptor itself stays open.
///
/// # Errors
/// Where no such descriptor is open, and on systems that have none.
#[cfg(unix)]
pub fn duplicate(number: u32) -> io::Result<File> {
    use std::os::fd::{BorrowedFd, RawFd};

    let number = RawFd::try_from(number).map_err(io::Error::other)?;
    // SAFETY: a RawFd made from an unsigned number is never -1. It is borrowed for one call, which answers with an error
    // where nothing is open by that number, and it is neither read nor closed here.
    let descriptor = unsafe { BorrowedFd::borrow_raw(number) };
    descriptor.try_clone_to_owned().map(File::from)
}

/// See above: elsewhere there are no descriptors.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn duplicate(_: u32) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}
