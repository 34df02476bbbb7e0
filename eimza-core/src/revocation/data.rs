//! Status data as it comes in files: CRLs and OCSP answers.

use super::{Crl, Ocsp};
use crate::error::Result;

/// CRLs and OCSP answers that a caller has. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct StatusData {
    /// The CRLs.
    pub crls: Vec<Crl>,
    /// The OCSP answers.
    pub ocsps: Vec<Ocsp>,
}

impl StatusData {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds every CRL of a file in DER or PEM.
    ///
    /// # Errors
    /// The first one that cannot be read; nothing was added then.
    pub fn add_crls(&mut self, file: &[u8]) -> Result<()> {
        let crls: Vec<Crl> = Crl::read_all(file).into_iter().collect::<Result<_>>()?;
        self.crls.extend(crls);
        Ok(())
    }

    /// Adds every OCSP answer of a file in DER or PEM.
    ///
    /// # Errors
    /// The first one that cannot be read; nothing was added then.
    pub fn add_ocsps(&mut self, file: &[u8]) -> Result<()> {
        let ocsps: Vec<Ocsp> = Ocsp::read_all(file).into_iter().collect::<Result<_>>()?;
        self.ocsps.extend(ocsps);
        Ok(())
    }
}
