//! What a command reads, so that no output takes its place.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{end_of_links, files_of, read};

/// What a command reads: looked at once, however many outputs there are.
#[derive(Debug)]
pub(crate) struct Inputs {
    given: HashSet<Identity>,
    in_folders: HashSet<Identity>,
}

impl Inputs {
    /// The files and folders that are given, and what lies in the folders.
    pub(crate) fn new(paths: &[PathBuf]) -> Self {
        let files = paths.iter().flat_map(|path| files_of(path).unwrap_or_default());
        Self {
            given: paths.iter().flat_map(|path| identities(path)).collect(),
            in_folders: files.flat_map(|file| identities(&file)).collect(),
        }
    }

    /// Whether this is one of them, by whatever name.
    pub(super) fn need(&self, path: &Path) -> bool {
        let identities = identities(path);
        let is_among = |known: &HashSet<Identity>| identities.iter().any(|identity| known.contains(identity));
        is_among(&self.given) || (is_among(&self.in_folders) && is_data(path))
    }
}

/// What makes two names those of one file.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Identity {
    /// Where it lies or would lie, without links.
    Place(PathBuf),
    /// Device and inode: hard links.
    #[cfg(unix)]
    Node(u64, u64),
}

fn identities(path: &Path) -> Vec<Identity> {
    place(path).map(Identity::Place).into_iter().chain(node(path)).collect()
}

fn place(path: &Path) -> Option<PathBuf> {
    let named = end_of_links(path);
    let folder = named.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(named.file_name()?))
}

#[cfg(unix)]
fn node(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|metadata| Identity::Node(metadata.dev(), metadata.ino())).ok()
}

#[cfg(not(unix))]
fn node(_: &Path) -> Option<Identity> {
    None
}

/// Whether a file of a folder is one that is read from there: PEM, or DER as long as certificates and CRLs are. No text
/// begins like such DER.
fn is_data(path: &Path) -> bool {
    const BEGINNING: &[u8] = b"-----BEGIN ";
    read(path).is_ok_and(|octets| {
        matches!(octets.as_slice(), [0x30, 0x80..=0x84, ..])
            || octets.windows(BEGINNING.len()).any(|window| window == BEGINNING)
    })
}
