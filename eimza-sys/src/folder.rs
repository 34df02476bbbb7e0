//! Small files in a folder that is held open.
//!
//! A path can lead to another folder from one call to the next, and to a link that somebody has planted. What is done here
//! is done in the folder that was opened, and never follows a link at the end of a name. A new file has no name at all, or one
//! that nobody can know beforehand, and takes the place of another one only when it is whole.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::Path;

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use other as system;
#[cfg(unix)]
use unix as system;

pub use system::{keep_group_and_mode, keep_owner};

use system::Descriptor;

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
    /// Everybody whom the process lets read what it makes: the umask decides.
    Usual,
}

impl Folder {
    /// Opens a folder. One that may not be read can be written to, and not be [synced](Folder::sync).
    ///
    /// # Errors
    /// What the system says: it is not there, it is no folder.
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

    /// Makes a file that is not there yet, and that is removed again unless it is kept.
    ///
    /// # Errors
    /// As for [`Folder::create`].
    pub fn fresh_named(&self, name: &OsStr, readers: Readers) -> io::Result<Fresh<'_>> {
        let file = self.create(name, readers)?;
        Ok(Fresh { file, name: Unkept { folder: self, name: Some(name.to_owned()) } })
    }

    /// Makes a file to be put in another one's place: without a name, so that nothing is left of it when the process is
    /// killed; where there are no such files, under a name that nobody can know beforehand.
    ///
    /// # Errors
    /// What the system says.
    pub fn fresh(&self, readers: Readers) -> io::Result<Fresh<'_>> {
        match self.0.nameless(readers)? {
            Some(file) => Ok(Fresh { file, name: Unkept { folder: self, name: None } }),
            None => under_a_new_name(|name| self.fresh_named(name, readers)),
        }
    }

    /// Returns when the names in the folder are on the disk.
    ///
    /// # Errors
    /// What the system says, and where the folder may not be read.
    pub fn sync(&self) -> io::Result<()> {
        self.0.sync()
    }
}

/// Tries names that nobody can know beforehand.
fn under_a_new_name<T>(make: impl Fn(&OsStr) -> io::Result<T>) -> io::Result<T> {
    let mut tries = 0..NAMES_TRIED;
    loop {
        // A forked child has inherited its parent's random state, but not its number.
        let random = RandomState::new().hash_one(std::process::id());
        match make(format!(".eimza-{random:016x}.new").as_ref()) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries.next().is_some() => {}
            made => return made,
        }
    }
}

/// A file that was just made. It is removed again unless it is kept or put in a place.
#[derive(Debug)]
pub struct Fresh<'a> {
    file: File,
    name: Unkept<'a>,
}

impl Fresh<'_> {
    /// The open file: all that is done to it (contents, owner, mode) goes through this.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Leaves the file under the name that it was made with ([`Folder::fresh_named`]).
    pub fn keep(mut self) -> File {
        self.name.name = None;
        self.file
    }

    /// Puts the file in the place of `name`, whatever was there before. Both are on the disk when this returns.
    ///
    /// # Errors
    /// What the system says. Where only the last step failed, the file is in its place, but may not survive a crash.
    pub fn put(self, name: &OsStr) -> io::Result<()> {
        let folder = self.name.folder;
        self.put_unsynced(name)?;
        folder.sync()
    }

    /// Puts the file in the place of `name`, whatever was there before. Its contents are on the disk when this returns, its
    /// name may not be.
    ///
    /// # Errors
    /// What the system says. What was in the place before is untouched then.
    pub fn put_unsynced(mut self, name: &OsStr) -> io::Result<()> {
        self.file.sync_all()?;
        let folder = &self.name.folder.0;
        let own_name = match self.name.name.take() {
            Some(own_name) => own_name,
            None => under_a_new_name(|new| folder.link(&self.file, new).map(|()| new.to_owned()))?,
        };
        // It is removed again where the next step fails.
        let own_name = self.name.name.insert(own_name);
        folder.rename(own_name, name)?;
        self.name.name = None;
        Ok(())
    }
}

/// The name of a file that is removed unless it is kept; a file may have none.
#[derive(Debug)]
struct Unkept<'a> {
    folder: &'a Folder,
    name: Option<OsString>,
}

impl Drop for Unkept<'_> {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            // A file that cannot be removed stays. It holds nothing that is used.
            let _ = self.folder.0.remove(name);
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

    /// Whoever kills the process leaves nothing behind.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_fresh_file_has_no_name_until_it_is_put_in_its_place() {
        let path = scratch("nameless");
        let folder = Folder::open(&path).unwrap();
        let is_offered = folder.0.nameless(Readers::Owner).unwrap().is_some();
        let fresh = folder.fresh(Readers::Owner).unwrap();
        assert_eq!(fs::read_dir(&path).unwrap().count(), usize::from(!is_offered));
        // What was there goes with the name.
        fs::write(path.join("file"), "before").unwrap();
        fresh.put(OsStr::new("file")).unwrap();
        assert_eq!((fs::read(path.join("file")).unwrap().len(), fs::read_dir(&path).unwrap().count()), (0, 1));
        // A file never takes the place of a folder: it is gone then.
        fs::create_dir(path.join("folder")).unwrap();
        assert!(folder.fresh(Readers::Owner).unwrap().put(OsStr::new("folder")).is_err());
        assert_eq!(fs::read_dir(&path).unwrap().count(), 2);
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn a_file_that_is_not_kept_is_removed() {
        let path = scratch("kept");
        let (folder, name) = Folder::around(&path.join("file")).unwrap();
        drop(folder.fresh_named(&name, Readers::Owner).unwrap());
        assert!(!path.join("file").exists());
        folder.fresh_named(&name, Readers::Owner).unwrap().keep().write_all(b"kept").unwrap();
        assert_eq!(fs::read(path.join("file")).unwrap(), b"kept");
        fs::remove_dir_all(path).unwrap();
    }

    /// Somebody puts a link in the place of a file that is being written.
    #[cfg(unix)]
    #[test]
    fn the_mode_of_another_file_is_never_changed() {
        use std::os::unix::fs::PermissionsExt;

        let path = scratch("mode");
        fs::write(path.join("precious"), "precious").unwrap();
        fs::set_permissions(path.join("precious"), fs::Permissions::from_mode(0o400)).unwrap();
        fs::write(path.join("before"), "").unwrap();
        let before = fs::metadata(path.join("before")).unwrap();
        let folder = Folder::open(&path).unwrap();
        let mut fresh = folder.fresh_named(OsStr::new("fresh"), Readers::Owner).unwrap();
        fs::remove_file(path.join("fresh")).unwrap();
        std::os::unix::fs::symlink("precious", path.join("fresh")).unwrap();
        keep_owner(fresh.file(), &before).unwrap();
        keep_group_and_mode(fresh.file(), &before).unwrap();
        assert_eq!(fresh.file().metadata().unwrap().permissions().mode(), before.permissions().mode());
        drop(fresh);
        assert_eq!(fs::metadata(path.join("precious")).unwrap().permissions().mode() & 0o777, 0o400);
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
