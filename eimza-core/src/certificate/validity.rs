//! From when until when a certificate is valid (RFC 5280 section 4.1.2.5), also where it says so in an unusual way.

use std::ops::Range;

use super::Certificate;
use crate::asn1::Element;
use crate::clock::Time;
use crate::error::{CertificateField, Error, Result};
use crate::shown_text;

/// One end of the validity as it stands in the certificate.
pub(super) struct StatedTime {
    /// `None` where no moment can be told.
    pub(super) time: Option<Time>,
    /// Whether it is written as RFC 5280 demands.
    pub(super) is_usual: bool,
    text: Range<usize>,
}

impl StatedTime {
    /// `None`: there is nothing where the time should stand.
    pub(super) fn read(element: Option<Element<'_>>, place: impl Fn(&[u8]) -> Range<usize>) -> Self {
        let Some(element) = element else { return Self { time: None, is_usual: false, text: 0..0 } };
        // RFC 5280 forbids fractions of a second. Other programs accept them.
        let is_usual = element.time().is_some() && !element.contents.contains(&b'.');
        Self { time: element.time_in_any_form(), is_usual, text: place(element.contents) }
    }
}

impl Certificate {
    /// When it begins; `None` where no moment can be told from what stands there.
    pub fn not_before(&self) -> Option<Time> {
        self.0.not_before.time
    }

    /// When it ends, the last second in which it is valid; `None` where no moment can be told from what stands there.
    pub fn not_after(&self) -> Option<Time> {
        self.0.not_after.time
    }

    /// What stands there as the begin where it tells no moment, national ids masked.
    pub fn not_before_text(&self) -> Option<String> {
        self.text(&self.0.not_before)
    }

    /// What stands there as the end where it tells no moment, national ids masked.
    pub fn not_after_text(&self) -> Option<String> {
        self.text(&self.0.not_after)
    }

    /// Fails with the date if the certificate is not valid at this time, and where no date can be told.
    pub fn check_validity(&self, at: Time) -> Result<()> {
        let not_before = self.not_before().ok_or(Error::CertificateMalformed { field: CertificateField::NotBefore })?;
        let not_after = self.not_after().ok_or(Error::CertificateMalformed { field: CertificateField::NotAfter })?;
        if at < not_before {
            return Err(Error::CertificateNotYetValid { not_before });
        }
        if at > not_after {
            return Err(Error::CertificateExpired { not_after });
        }
        Ok(())
    }

    fn text(&self, stated: &StatedTime) -> Option<String> {
        let octets = self.at(&stated.text);
        let shown = octets.get(..TEXT_LIMIT).unwrap_or(octets);
        stated.time.is_none().then(|| shown_text::shown(&String::from_utf8_lossy(shown)))
    }
}

/// The most octets of a time that are shown.
const TEXT_LIMIT: usize = 64;
