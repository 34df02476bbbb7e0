//! Choosing one certificate of several: the conditions read as a sentence, and nothing is dropped without its reason.

use super::Certificate;
use crate::clock::Time;
use crate::error::{Error, Excluded, Exclusion, Result};

/// Certificates, or what has one (a token's entry), that are left after the conditions so far.
///
/// ```
/// # use eimza_core::{Certificate, Result, Time, certificate::Candidates};
/// # fn example(certificates: Vec<Certificate>, now: Time) -> Result<Certificate> {
/// Candidates::new(certificates).qualified().for_signing().valid_at(now).one()
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Candidates<T> {
    fitting: Vec<T>,
    excluded: Vec<Excluded>,
}

impl<T: AsRef<Certificate>> Candidates<T> {
    /// All of these.
    pub fn new(candidates: Vec<T>) -> Self {
        Self { fitting: candidates, excluded: Vec::new() }
    }

    /// Those that claim to be qualified, see [`Certificate::check_qualified`].
    #[must_use]
    pub fn qualified(self) -> Self {
        self.keep(|certificate| certificate.check_qualified().map_err(why))
    }

    /// Those whose key may sign documents.
    #[must_use]
    pub fn for_signing(self) -> Self {
        self.keep(|certificate| certificate.check_can_sign().map_err(why))
    }

    /// Those that are valid at this time.
    #[must_use]
    pub fn valid_at(self, time: Time) -> Self {
        self.keep(|certificate| certificate.check_validity(time).map_err(why))
    }

    /// Those that `issuer` made: equal names and a signature that verifies.
    #[must_use]
    pub fn issued_by(self, issuer: &Certificate) -> Self {
        self.keep(|certificate| match certificate.is_issued_by(issuer) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Exclusion::OtherIssuer),
            Err(error) => Err(why(error)),
        })
    }

    /// Those of the person with this national id (11 digits, in clear).
    #[must_use]
    pub fn of_person(self, national_id: &str) -> Self {
        self.keep(|certificate| certificate.check_person(national_id).map_err(why))
    }

    /// Those with this SHA-256, in hexadecimal; colons between octets are taken.
    #[must_use]
    pub fn with_fingerprint(self, sha256: &str) -> Self {
        let sha256 = sha256.replace(':', "");
        self.keep(|certificate| chosen(certificate.sha256().to_hex().eq_ignore_ascii_case(&sha256)))
    }

    /// Those with this subject: its whole string (RFC 4514, in clear or masked) or its common name.
    #[must_use]
    pub fn with_subject(self, subject: &str) -> Self {
        self.keep(|certificate| {
            let name = certificate.subject();
            let is_common_name = || name.common_name().is_some_and(|common_name| common_name.to_string() == subject);
            chosen(name.reveal() == subject || name.to_string() == subject || is_common_name())
        })
    }

    /// Those that the caller chooses by what it knows of them.
    #[must_use]
    pub fn chosen_by(self, is_chosen: impl Fn(&T) -> bool) -> Self {
        self.keep_candidates(|candidate| chosen(is_chosen(candidate)))
    }

    /// The only one that is left; the same certificate again counts once, the first time. None or several is an error that
    /// names them, masked.
    pub fn one(self) -> Result<T> {
        let mut subjects: Vec<String> = Vec::new();
        for candidate in &self.fitting {
            let certificate = candidate.as_ref();
            let subject = format!("{} (SHA-256 {})", certificate.subject(), fingerprint(certificate));
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        if subjects.len() > 1 {
            return Err(Error::CertificatesSeveral { subjects });
        }
        self.fitting.into_iter().next().ok_or(Error::CertificateNoneFits { seen: self.excluded })
    }

    /// Those that are left.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.fitting.iter()
    }

    /// Those that are left.
    pub fn into_vec(self) -> Vec<T> {
        self.fitting
    }

    /// Whether none is left.
    pub fn is_empty(&self) -> bool {
        self.fitting.is_empty()
    }

    /// Which ones were left out and why, as [`Error::CertificateNoneFits`] tells it.
    pub fn excluded(&self) -> &[Excluded] {
        &self.excluded
    }

    fn keep(self, check: impl Fn(&Certificate) -> Result<(), Exclusion>) -> Self {
        self.keep_candidates(|candidate| check(candidate.as_ref()))
    }

    fn keep_candidates(mut self, check: impl Fn(&T) -> Result<(), Exclusion>) -> Self {
        let mut fitting = Vec::with_capacity(self.fitting.len());
        for candidate in self.fitting {
            match check(&candidate) {
                Ok(()) => fitting.push(candidate),
                Err(why) => self.excluded.push(Excluded { subject: candidate.as_ref().subject().to_string(), why }),
            }
        }
        Self { fitting, excluded: self.excluded }
    }
}

impl<T> IntoIterator for Candidates<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.fitting.into_iter()
    }
}

impl<'a, T: AsRef<Certificate>> IntoIterator for &'a Candidates<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// With colons between octets: digits of a fingerprint must not be taken for a national id when sentences are masked.
fn fingerprint(certificate: &Certificate) -> String {
    let octets: Vec<String> = certificate.sha256().as_bytes().iter().map(|octet| format!("{octet:02x}")).collect();
    octets.join(":")
}

fn why(error: Error) -> Exclusion {
    match error {
        Error::CertificateExpired { not_after } => Exclusion::Expired { not_after },
        Error::CertificateNotYetValid { not_before } => Exclusion::NotYetValid { not_before },
        Error::CertificateNotQualified { reasons } => Exclusion::NotQualified { shortfalls: reasons },
        Error::CertificateCannotSign => Exclusion::CannotSign,
        Error::CertificateOtherPerson => Exclusion::OtherPerson,
        other => Exclusion::Failed(other.name()),
    }
}

fn chosen(is_it: bool) -> Result<(), Exclusion> {
    if is_it { Ok(()) } else { Err(Exclusion::NotChosen) }
}
