//! Content in files: a file that changes while it is read must not be signed half old and half new.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::content::digest_counted;
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, Limit, Result};

/// The most octets of a file that is read whole.
const MOST: u64 = 1 << 30;

/// Digests a file of any size by each of these algorithms in one pass, in bounded memory.
///
/// # Errors
/// [`Error::ContentChanged`] where length, time of change or the file itself differ after reading;
/// [`Error::InputUnreadable`].
pub fn digest_file(path: &Path, algorithms: &[DigestAlgorithm]) -> Result<Vec<Digest>> {
    unchanged(path, |file| digest_counted(file, algorithms))
}

/// Reads a whole file into memory, for attached signatures: at most 1 GiB, for a device may never end.
///
/// # Errors
/// [`Error::LimitExceeded`]; those of [`digest_file`].
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    read_file_of(path, MOST)
}

fn read_file_of(path: &Path, most: u64) -> Result<Vec<u8>> {
    let (octets, is_whole) = unchanged(path, |file| {
        // The room is reserved at once, because a buffer that grows takes twice as much.
        let expected = usize::try_from(file.metadata()?.len().min(most)).unwrap_or(0);
        let mut octets = Vec::with_capacity(expected.saturating_add(1));
        file.take(most.saturating_add(1)).read_to_end(&mut octets)?;
        let length = u64::try_from(octets.len()).unwrap_or(u64::MAX);
        let is_whole = length <= most;
        // The rest of a file that is too long was not read, which is no change of it.
        let length = if is_whole { length } else { file.metadata()?.len() };
        Ok(((octets, is_whole), length))
    })?;
    if is_whole { Ok(octets) } else { Err(Error::LimitExceeded { limit: Limit::Size }) }
}

/// Reads a file by `read`, which also counts the octets, and compares what the system knows of it before and after.
fn unchanged<T>(path: &Path, read: impl FnOnce(&mut File) -> io::Result<(T, u64)>) -> Result<T> {
    let unreadable = |source| Error::InputUnreadable { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unreadable)?;
    let before = file.metadata().map_err(unreadable)?;
    let (found, length) = read(&mut file).map_err(unreadable)?;
    if !before.is_file() {
        return Ok(found);
    }
    let after = file.metadata().map_err(unreadable)?;
    // The open file may be unchanged while its name leads to another file by now.
    let named = std::fs::metadata(path);
    let replaced = !named.is_ok_and(|named| is_same(&before, &named));
    if replaced || length != before.len() || !is_same(&before, &after) {
        return Err(Error::ContentChanged);
    }
    Ok(found)
}

fn is_same(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len() && before.modified().ok() == after.modified().ok() && is_same_file(before, after)
}

#[cfg(unix)]
fn is_same_file(before: &Metadata, after: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (before.dev(), before.ino()) == (after.dev(), after.ino())
}

/// Where the system has no number for a file, only length and time of change are compared.
#[cfg(not(unix))]
fn is_same_file(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file_of(name: &str, octets: &[u8]) -> std::path::PathBuf {
        let path = eimza_testkit::scratch("cades-file").join(name);
        std::fs::write(&path, octets).unwrap();
        path
    }

    #[test]
    fn a_file_is_digested_and_read() {
        let path = file_of("content", b"test");
        let digests = digest_file(&path, &[DigestAlgorithm::Sha256]).unwrap();
        assert_eq!(digests, [DigestAlgorithm::Sha256.digest(b"test")]);
        assert_eq!(read_file(&path).unwrap(), b"test");
        assert_eq!(read_file(&path.with_file_name("none")).unwrap_err().name(), "input-unreadable");
    }

    #[test]
    fn what_never_ends_is_not_read_to_its_end() {
        let path = file_of("long", b"12345");
        assert_eq!(read_file_of(&path, 5).unwrap(), b"12345");
        for endless in [path.as_path(), Path::new("/dev/zero")].into_iter().filter(|path| path.exists()) {
            assert_eq!(read_file_of(endless, 4).unwrap_err().name(), "limit-exceeded");
        }
    }

    #[test]
    fn a_change_while_reading_is_noticed() {
        let grown = file_of("grown", b"before");
        let result = unchanged(&grown, |file| {
            let mut octets = Vec::new();
            file.read_to_end(&mut octets)?;
            std::fs::OpenOptions::new().append(true).open(&grown)?.write_all(b"!")?;
            Ok(((), 6))
        });
        assert_eq!(result.unwrap_err().name(), "content-changed");

        let replaced = file_of("replaced", b"before");
        let result = unchanged(&replaced, |_| {
            std::fs::remove_file(&replaced)?;
            Ok(((), 6))
        });
        assert_eq!(result.unwrap_err().name(), "content-changed");
    }

    #[cfg(unix)]
    #[test]
    fn another_file_of_equal_length_and_time_is_noticed() {
        let path = file_of("exchanged", b"before");
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        let result = unchanged(&path, |_| {
            let other = file_of("other", b"behind");
            File::options().write(true).open(&other)?.set_modified(time)?;
            std::fs::rename(other, &path)?;
            Ok(((), 6))
        });
        assert_eq!(result.unwrap_err().name(), "content-changed");
    }
}
