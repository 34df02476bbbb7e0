//! Files: read whole, read as certificates, written whole or not at all.

use std::collections::HashSet;
use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use eimza_core::certificate::Certificate;
use eimza_core::{Error, Result};

use crate::failure::{self, Failure, usage};
use crate::output::Output;

const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The most octets of an input that is read into memory.
const LIMIT: u64 = 1 << 30;

/// Reads a file whole.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let unreadable = |source| Error::InputUnreadable { path: path.to_owned(), source };
    let mut octets = Vec::new();
    open(path)?.take(LIMIT + 1).read_to_end(&mut octets).map_err(unreadable)?;
    if octets.len() as u64 > LIMIT {
        return Err(Error::LimitExceeded { limit: "size" });
    }
    Ok(octets)
}

/// Refuses a file that is too large to be held in memory.
pub(crate) fn check_size(file: &File) -> Result<()> {
    let is_small = file.metadata().is_ok_and(|metadata| metadata.len() <= LIMIT);
    if is_small { Ok(()) } else { Err(Error::LimitExceeded { limit: "size" }) }
}

/// Opens a file to be read as a stream. A folder is refused here and not at the first read.
pub(crate) fn open(path: &Path) -> Result<File> {
    let unreadable = |source| Error::InputUnreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    Ok(file)
}

/// The first certificate of a file, DER or PEM.
pub(crate) fn certificate(path: &Path) -> failure::Result<Certificate> {
    let about = |error| Failure::from(error).about(path);
    let mut all = Certificate::read_all(&read(path).map_err(about)?).into_iter();
    all.next().unwrap_or(Err(Error::EncodingUnreadable { what: "certificate" })).map_err(about)
}

/// The certificates of a file, DER or PEM, or of every such file in a folder. What cannot be read among them is told; a
/// file of which nothing can be read is an error.
pub(crate) fn certificates(path: &Path, output: &Output) -> Result<Vec<Certificate>> {
    let is_folder = path.is_dir();
    let files = if is_folder { files_of(path)? } else { vec![path.to_owned()] };
    let mut found = Vec::new();
    for file in files {
        let octets = read(&file)?;
        let (readable, unreadable): (Vec<_>, Vec<_>) =
            Certificate::read_all(&octets).into_iter().partition(|certificate| certificate.is_ok());
        if !is_folder && readable.is_empty() {
            return unreadable.into_iter().collect();
        }
        // A folder may hold other files beside certificates.
        if !unreadable.is_empty() && octets.windows(PEM.len()).any(|window| window == PEM) {
            let (file, count) = (output.path(&file), unreadable.len());
            output.warn(
                format!("Note: {file}: {count} certificate(s) in it cannot be read."),
                format!("Not: {file}: içindeki {count} sertifika okunamıyor."),
            );
        }
        found.extend(readable.into_iter().flatten());
    }
    Ok(found)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |source| Error::InputUnreadable { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        files.push(entry.map_err(unreadable)?.path());
    }
    files.retain(|file| file.is_file());
    files.sort();
    Ok(files)
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

/// A file that is there whole, or not at all: written beside its place and moved there at the end.
///
/// A link is followed to what it names. What is no file, such as `/dev/null`, is written into and never replaced.
#[derive(Debug)]
pub(crate) struct OutFile {
    path: PathBuf,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File { named: PathBuf, neighbour: PathBuf },
    Device,
}

impl OutFile {
    /// Makes sure that a file can be made there. Nothing is left, should the command be stopped at a prompt.
    pub(crate) fn new(path: &Path) -> Result<Self> {
        let unwritable = |source| Error::OutputUnwritable { path: path.to_owned(), source };
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Err(unwritable(io::ErrorKind::IsADirectory.into())),
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Ok(Self { path: path.to_owned(), place: Place::Device }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // Such as a name that is too long.
            Err(error) => return Err(unwritable(error)),
        }
        let named = end_of_links(path);
        if named.file_name().is_none() {
            return Err(unwritable(io::ErrorKind::InvalidInput.into()));
        }
        // Short, since the name itself may be as long as names can be, and nobody else's.
        let neighbour = named.with_file_name(format!(".eimza-{:016x}.new", RandomState::new().hash_one(&named)));
        let made = File::create_new(&neighbour).and_then(|_| fs::remove_file(&neighbour));
        made.map_err(unwritable)?;
        Ok(Self { path: path.to_owned(), place: Place::File { named, neighbour } })
    }

    /// Refuses to take the place of a file that is needed, by whatever name. A device is never replaced.
    pub(crate) fn check_is_none_of(&self, inputs: &Inputs, output: &Output) -> failure::Result<()> {
        let is_device = matches!(self.place, Place::Device);
        if is_device || !inputs.need(&self.path) {
            return Ok(());
        }
        let path = output.path(&self.path);
        Err(usage(
            format!("The output would take the place of {path}, which is needed; name another one."),
            format!("Çıktı, gerekli olan {path} dosyasının yerini alırdı; başka bir ad verin."),
        ))
    }

    /// Writes everything and puts it in its place.
    pub(crate) fn finish(self, octets: &[u8]) -> Result<()> {
        let written = match &self.place {
            Place::File { named, neighbour } => replace(named, neighbour, octets),
            Place::Device => File::options().write(true).open(&self.path).and_then(|mut file| file.write_all(octets)),
        };
        written.map_err(|source| Error::OutputUnwritable { path: self.path, source })
    }
}

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

    fn need(&self, path: &Path) -> bool {
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

fn replace(named: &Path, neighbour: &Path, octets: &[u8]) -> io::Result<()> {
    let written = write(neighbour, octets).and_then(|()| {
        if let Ok(before) = fs::metadata(named) {
            // What only its owner could read stays so.
            fs::set_permissions(neighbour, before.permissions())?;
        }
        fs::rename(neighbour, named)
    });
    if written.is_err() {
        // What could not be finished must not stay; the first failure is the one to tell.
        let _ = fs::remove_file(neighbour);
    }
    written
}

fn write(path: &Path, octets: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(octets)?;
    file.sync_all()
}

/// What a link names in the end, be it there or not.
fn end_of_links(path: &Path) -> PathBuf {
    let mut named = path.to_owned();
    // As many as Linux follows.
    for _ in 0..40 {
        let Ok(next) = fs::read_link(&named) else { break };
        named = named.parent().unwrap_or(Path::new("")).join(next);
    }
    named
}
