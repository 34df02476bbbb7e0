//! Where a token is kept: in a file, or in memory.

use std::path::PathBuf;
use std::sync::Mutex;

use super::address;
use super::disk::{self, Draft, HeldFile, NotPut};
use super::file::{SIZE_LIMIT, TokenFile};
use crate::error::{Error, Limit, Result};
use crate::token::brief;

pub(super) enum Store {
    File(PathBuf),
    Memory(Mutex<Vec<u8>>),
}

/// The right to change the token. It ends when this is dropped, or with the process.
pub(super) enum Held<'a> {
    File(HeldFile<'a>),
    /// Within a process the guard gives turns. The mutex is never held while a secret is tried: others may look, and a
    /// child that is forked meanwhile would find it locked for ever.
    Memory(&'a Mutex<Vec<u8>>),
}

/// The token as it may be next: all that can be known to fail has been done already.
pub(super) enum Next<'a> {
    File(Draft<'a>),
    Memory(&'a Mutex<Vec<u8>>, Vec<u8>),
}

impl Store {
    pub(super) fn in_memory(token: &TokenFile) -> Result<Self> {
        Ok(Store::Memory(Mutex::new(octets_of(token)?)))
    }

    /// Writes a new file; never over another one.
    pub(super) fn create(path: PathBuf, token: &TokenFile) -> Result<Self> {
        disk::create(&path, &octets_of(token)?)?;
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
            Store::File(path) => address(path),
            Store::Memory(_) => "memory:".into(),
        }
    }

    /// The token as it stands. Waits for nobody: a file is replaced as a whole.
    pub(super) fn read(&self) -> Result<TokenFile> {
        match self {
            Store::File(path) => TokenFile::read(&disk::read(path)?),
            Store::Memory(octets) => TokenFile::read(&brief::lock(octets)),
        }
    }

    /// Waits for the right to change the token.
    pub(super) fn hold(&self) -> Result<Held<'_>> {
        match self {
            Store::File(path) => Ok(Held::File(HeldFile::wait(path)?)),
            Store::Memory(octets) => Ok(Held::Memory(octets)),
        }
    }
}

impl Held<'_> {
    pub(super) fn read(&self) -> Result<TokenFile> {
        match self {
            Held::File(held) => TokenFile::read(&held.read()?),
            Held::Memory(octets) => TokenFile::read(&brief::lock(octets)),
        }
    }

    /// Prepares the token as it may be next; it stays as it is.
    pub(super) fn prepare(&self, token: &TokenFile) -> Result<Next<'_>> {
        let octets = octets_of(token)?;
        match self {
            Held::File(held) => Ok(Next::File(held.draft(octets)?)),
            Held::Memory(held) => Ok(Next::Memory(held, octets)),
        }
    }
}

impl Next<'_> {
    /// Prepares other contents instead.
    pub(super) fn change(&mut self, token: &TokenFile) -> Result<()> {
        let changed = octets_of(token)?;
        match self {
            Next::File(draft) => draft.rewrite(changed),
            Next::Memory(_, octets) => {
                *octets = changed;
                Ok(())
            }
        }
    }

    /// Puts the token in the old one's place; it is on the disk when this returns.
    pub(super) fn put(self) -> std::result::Result<(), NotPut> {
        match self {
            Next::File(draft) => draft.put(),
            Next::Memory(held, octets) => {
                *brief::lock(held) = octets;
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
        Err(Error::LimitExceeded { limit: Limit::Size })
    }
}
