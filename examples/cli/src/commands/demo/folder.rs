//! What the demo leaves behind: signature, text and receipt, in a new folder.

use std::fs;
use std::path::{Path, PathBuf};

use eimza_core::consent::{ConsentText, Receipt, SignedConsent};
use eimza_core::{Error, Result, Time};

/// A folder that was not there before.
pub(super) struct Folder {
    path: PathBuf,
}

/// So many demos in one second are enough.
const LIMIT: u32 = 100;

impl Folder {
    /// Makes `eimza-onay-…` below the current folder, named after the time.
    pub(super) fn new(now: Time) -> Result<Self> {
        let here = std::env::current_dir().unwrap_or_default();
        let at = now.calendar();
        let name = format!(
            "eimza-onay-{:04}{:02}{:02}-{:02}{:02}{:02}",
            at.year, at.month, at.day, at.hour, at.minute, at.second
        );
        for number in 1..LIMIT {
            let name = if number == 1 { name.clone() } else { format!("{name}-{number}") };
            let path = here.join(name);
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(Error::OutputUnwritable { path, source }),
            }
        }
        Err(Error::OutputUnwritable { path: here.join(name), source: std::io::ErrorKind::AlreadyExists.into() })
    }

    /// A folder inside of this one.
    pub(super) fn below(&self, name: &str) -> Result<Self> {
        let path = self.path.join(name);
        fs::create_dir(&path).map_err(|source| Error::OutputUnwritable { path: path.clone(), source })?;
        Ok(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves each text with its signature, the record, and the receipt: to be read, and as the service sealed it.
    pub(super) fn keep(
        &self,
        name: &str,
        signed: &SignedConsent,
        texts: &[ConsentText],
        receipt: &Receipt,
    ) -> Result<()> {
        for (number, (text, signature)) in texts.iter().zip(signed.signatures()).enumerate() {
            let name = if number == 0 { name.to_owned() } else { format!("{name}-{}", number + 1) };
            self.write(&format!("{name}.txt"), text.body().as_bytes())?;
            self.write(&format!("{name}.p7s"), signature)?;
        }
        self.write("record.json", signed.record())?;
        self.write("receipt.json", receipt.display()?.as_bytes())?;
        self.write("receipt.cms", receipt.sealed_form())
    }

    pub(super) fn write(&self, name: &str, octets: &[u8]) -> Result<()> {
        let path = self.path.join(name);
        fs::write(&path, octets).map_err(|source| Error::OutputUnwritable { path, source })
    }
}
