//! Is this certificate fit for the purpose? Each answer is an error that names what is missing.

use super::{Certificate, Kind, Shortfall};
use crate::clock::Time;
use crate::error::{Error, Result};

impl Certificate {
    /// Fails if its key may not sign documents.
    pub fn check_can_sign(&self) -> Result<()> {
        if self.can_sign() { Ok(()) } else { Err(Error::CertificateCannotSign) }
    }

    /// Fails unless it may sign documents at this time: usage and validity, not trust.
    pub fn check_for_signing(&self, at: Time) -> Result<()> {
        self.check_can_sign()?;
        self.check_validity(at)
    }

    /// Fails with the reasons unless it claims to be qualified and, being a person's, may sign with nonRepudiation.
    ///
    /// A company's seal has digitalSignature only; nonRepudiation is not asked of it.
    pub fn check_qualified(&self) -> Result<()> {
        let mut shortfalls = self.shortfalls();
        let binds = self.key_usage().is_some_and(|usage| usage.non_repudiation());
        if self.kind() == Kind::Nes && !binds {
            shortfalls.push(Shortfall::NonRepudiationMissing);
        }
        if shortfalls.is_empty() {
            return Ok(());
        }
        Err(Error::CertificateNotQualified { reasons: shortfalls.into_iter().map(Shortfall::name).collect() })
    }

    /// Fails unless its subject has this national id (11 digits, in clear).
    pub fn check_person(&self, national_id: &str) -> Result<()> {
        match self.national_id() {
            Some(found) if found.reveal() == national_id => Ok(()),
            _ => Err(Error::CertificateOtherPerson),
        }
    }
}
