//! What verdicts are given besides the file: certificates and status data in files and folders.

use std::path::{Path, PathBuf};

use clap::Args;
use eimza_core::Certificate;
use eimza_core::revocation::StatusData;

use crate::failure::{Failure, Result};
use crate::files;
use crate::output::Output;

/// CRLs and OCSP answers, as options.
#[derive(Args, Debug)]
pub(crate) struct Status {
    /// CRLs in DER or PEM (repeatable); a folder means every file in it
    #[arg(long, value_name = "PATH")]
    crl: Vec<PathBuf>,
    /// OCSP responses in DER or PEM (repeatable); a folder means every file in it
    #[arg(long, value_name = "PATH")]
    ocsp: Vec<PathBuf>,
}

impl Status {
    /// Reads them all.
    pub(crate) fn read(&self) -> Result<StatusData> {
        let mut status = StatusData::new();
        read_each(&self.crl, |file| status.add_crls(file))?;
        read_each(&self.ocsp, |file| status.add_ocsps(file))?;
        Ok(status)
    }

    /// Every path that was named.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        [self.crl.as_slice(), &self.ocsp].concat()
    }
}

/// The certificates of all these files and folders.
pub(crate) fn certificates(paths: &[PathBuf], output: &Output) -> Result<Vec<Certificate>> {
    let mut certificates = Vec::new();
    for path in paths {
        certificates.extend(files::certificates(path, output).map_err(|error| of_option(error, path))?);
    }
    Ok(certificates)
}

fn read_each(paths: &[PathBuf], mut add: impl FnMut(&[u8]) -> eimza_core::Result<()>) -> Result<()> {
    for path in paths {
        if !path.is_dir() {
            files::read(path).and_then(|octets| add(&octets)).map_err(|error| of_option(error, path))?;
            continue;
        }
        for file in files::files_of(path).map_err(|error| of_option(error, path))? {
            let octets = files::read(&file).map_err(|error| of_option(error, &file))?;
            // A folder may hold other files besides; what is no status data is passed over.
            let _ = add(&octets);
        }
    }
    Ok(())
}

pub(crate) fn of_option(error: eimza_core::Error, path: &Path) -> Failure {
    Failure::from(error).about(path).of_an_option()
}
