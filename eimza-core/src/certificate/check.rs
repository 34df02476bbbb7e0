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

    /// Fails with the reasons unless it is [`qualified`](Certificate::qualified).
    pub fn check_qualified(&self) -> Result<()> {
        none_of(self.shortfalls())
    }

    /// Fails with the reasons unless a consent can be given with it: a person's qualified certificate, whatever else it
    /// says of itself, with nonRepudiation and without a restriction of its use, that can be judged as a whole.
    pub(crate) fn check_for_consent(&self) -> Result<()> {
        let lacking = [
            (self.kind() != Kind::Nes, Shortfall::NotPersonal),
            (!self.binds(), Shortfall::NonRepudiationMissing),
            (self.has_usage_limit(), Shortfall::UsageRestricted),
        ];
        let mut shortfalls = self.shortfalls();
        shortfalls.extend(self.unsoundness());
        for (lacks, shortfall) in lacking {
            if lacks && !shortfalls.contains(&shortfall) {
                shortfalls.push(shortfall);
            }
        }
        none_of(shortfalls)
    }

    /// Fails unless its subject has this national id (11 digits, in clear).
    pub fn check_person(&self, national_id: &str) -> Result<()> {
        match self.national_id() {
            Some(found) if found.reveal().to_string() == national_id => Ok(()),
            _ => Err(Error::CertificateOtherPerson),
        }
    }

    /// Whether its key may sign what cannot be disowned later.
    pub(super) fn binds(&self) -> bool {
        self.key_usage().is_some_and(|usage| usage.non_repudiation())
    }
}

fn none_of(shortfalls: Vec<Shortfall>) -> Result<()> {
    if shortfalls.is_empty() {
        return Ok(());
    }
    Err(Error::CertificateNotQualified { reasons: shortfalls })
}
