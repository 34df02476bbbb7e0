//! What the demo leaves behind: signatures, texts, receipts and certificates, in a new folder that is made when all is done.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use eimza_core::consent::{ConsentText, Receipt, SignedConsent};
use eimza_core::{Error, Result, Time};

use super::stage::Stage;

/// A folder that is not there yet, and what will be in it.
pub(super) struct Folder {
    here: PathBuf,
    name: String,
    files: Vec<(PathBuf, Vec<u8>)>,
}

/// The most names that are tried, for demos in one second.
const LIMIT: u32 = 100;

impl Folder {
    /// `eimza-onay-…` below the current folder, named after the time. Whether it can be made is known at once.
    pub(super) fn new(now: Time) -> Result<Self> {
        let at = now.calendar();
        let name = format!(
            "eimza-onay-{:04}{:02}{:02}-{:02}{:02}{:02}",
            at.year, at.month, at.day, at.hour, at.minute, at.second
        );
        let folder = Self { here: std::env::current_dir().unwrap_or_default(), name, files: Vec::new() };
        let path = folder.make()?;
        fs::remove_dir(&path).map_err(|source| Error::OutputUnwritable { path, source })?;
        Ok(folder)
    }

    /// Keeps each text with its signature, the record, and the receipt: to be read, and as the service sealed it. The
    /// first signature has the name of what it gives or takes back.
    pub(super) fn keep(
        &mut self,
        below: &str,
        name: &str,
        signed: &SignedConsent,
        texts: &[ConsentText],
        receipt: &Receipt,
    ) -> Result<()> {
        for (number, (text, signature)) in texts.iter().zip(signed.signatures()).enumerate() {
            let further = if number == 0 { String::new() } else { format!("-{}", number + 1) };
            self.add(below, &format!("text{further}.txt"), text.body().as_bytes());
            self.add(below, &format!("{name}{further}.p7s"), signature);
        }
        self.add(below, "record.json", signed.record());
        self.add(below, "receipt.json", receipt.display()?.as_bytes());
        self.add(below, "receipt.p7s", receipt.sealed_form());
        Ok(())
    }

    /// Keeps what the verdict rests on, and the signatures as the service keeps them, with that inside.
    pub(super) fn keep_evidence(&mut self, stage: &Stage, session: &str) -> Result<()> {
        let status = stage.publication.first();
        status.crls.iter().for_each(|list| self.add("", "issuer.crl", list.der()));
        status.ocsps.iter().for_each(|answer| self.add("", "signer.ocsp", answer.der()));
        for signature in stage.service.signatures(session)?.unwrap_or_default() {
            self.add("", "e-onay-complete.p7s", &signature);
        }
        Ok(())
    }

    /// Keeps one file.
    pub(super) fn add(&mut self, below: &str, name: &str, octets: &[u8]) {
        self.files.push((Path::new(below).join(name), octets.to_vec()));
    }

    /// Makes the folder with everything in it, or leaves nothing.
    pub(super) fn leave(&self) -> Result<PathBuf> {
        let path = self.make()?;
        let written = self.files.iter().try_for_each(|(name, octets)| write(&path.join(name), octets));
        if written.is_err() {
            let _ = fs::remove_dir_all(&path);
        }
        written.map(|()| path)
    }

    fn make(&self) -> Result<PathBuf> {
        for number in 1..LIMIT {
            let further = if number == 1 { String::new() } else { format!("-{number}") };
            let path = self.here.join(format!("{}{further}", self.name));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(source) => return Err(Error::OutputUnwritable { path, source }),
            }
        }
        Err(Error::OutputUnwritable { path: self.here.join(&self.name), source: ErrorKind::AlreadyExists.into() })
    }
}

fn write(path: &Path, octets: &[u8]) -> Result<()> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, octets))
        .map_err(|source| Error::OutputUnwritable { path: path.to_owned(), source })
}
