//! Certificate revocation lists (RFC 5280 section 5): read once, looked up fast, shared between threads.

mod entry;
mod extensions;
mod index;
mod parse;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use eimza_sys::fork;

pub use entry::CrlEntry;

use super::question::Period;
use super::scope::IssuingDistributionPoint;
use super::serial;
use super::signed::Signed;
use crate::asn1::{Reader, pem, tag};
use crate::certificate::{Certificate, Name};
use crate::clock::Time;
use crate::crypto::{Digest, DigestAlgorithm, SignatureAlgorithm};
use crate::error::Result;
use extensions::Extensions;
use index::Index;

const PEM_LABEL: &str = "X509 CRL";

/// A CRL. Cloning shares it.
#[derive(Clone)]
pub struct Crl(Arc<Parts>);

/// Where the fields stand in the octets.
struct Parts {
    der: Vec<u8>,
    signed: Signed,
    issuer: Range<usize>,
    /// Computed once: one CRL is asked about every certificate of every file.
    canonical_issuer: OnceLock<Vec<u8>>,
    this_update: Time,
    next_update: Option<Time>,
    entries: Range<usize>,
    index: Index,
    extensions: Extensions,
    sha256: OnceLock<Digest>,
}

impl Crl {
    /// Reads one CRL in DER; nothing may stand behind it. Every entry is walked over once, for the look-up.
    ///
    /// # Errors
    /// [`Error::Asn1Malformed`](crate::Error::Asn1Malformed); [`Error::LimitExceeded`](crate::Error::LimitExceeded) from
    /// 1 GiB on.
    pub fn from_der(der: impl Into<Vec<u8>>) -> Result<Self> {
        parse::parts(der.into()).map(|parts| Self(Arc::new(parts)))
    }

    /// Reads every CRL of a file, DER or PEM, in its order: one that cannot be read hides no other. Where there is none at
    /// all, [`Error::EncodingUnreadable`](crate::Error::EncodingUnreadable) is the only one.
    pub fn read_all(file: &[u8]) -> Vec<Result<Self>> {
        pem::documents(file, PEM_LABEL).into_iter().map(|der| Self::from_der(der?)).collect()
    }

    /// The octets as they came.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// SHA-256 over the octets.
    pub fn sha256(&self) -> Digest {
        *self.0.sha256.get_or_init(|| DigestAlgorithm::Sha256.digest(self.der()))
    }

    /// Who issued it.
    pub fn issuer(&self) -> Name<'_> {
        Name::new(self.at(&self.0.issuer))
    }

    /// Octets that every encoding of the issuer's name has in common.
    pub(crate) fn canonical_issuer(&self) -> &[u8] {
        fork::get_or_init(&self.0.canonical_issuer, || self.issuer().canonical()).as_slice()
    }

    /// Whether its issuer has the name of this certificate's subject.
    pub(crate) fn is_in_name_of(&self, signer: &Certificate) -> bool {
        self.at(&self.0.issuer) == signer.subject_der() || self.canonical_issuer() == signer.canonical_subject()
    }

    /// Whether its issuer has the name of this certificate's issuer.
    pub(crate) fn is_in_name_of_issuer_of(&self, certificate: &Certificate) -> bool {
        self.at(&self.0.issuer) == certificate.issuer_der() || self.canonical_issuer() == certificate.canonical_issuer()
    }

    /// When it was issued.
    pub fn this_update(&self) -> Time {
        self.0.this_update
    }

    /// When the next one is due at the latest.
    pub fn next_update(&self) -> Option<Time> {
        self.0.next_update
    }

    /// The contents octets of its number (section 5.2.3).
    pub fn number(&self) -> Option<&[u8]> {
        self.0.extensions.number.as_ref().map(|place| self.at(place))
    }

    /// The number of the complete CRL that a delta CRL builds on; `None` for a complete one (section 5.2.4).
    pub fn base_number(&self) -> Option<&[u8]> {
        self.0.extensions.base_number.as_ref().map(|place| self.at(place))
    }

    /// Since when certificates are kept in it after they have ended (X.509 section 9.5.2.6, expiredCertsOnCRL).
    pub fn keeps_ended_since(&self) -> Option<Time> {
        self.0.extensions.keeps_ended_since
    }

    /// How many certificates it lists.
    pub fn entry_count(&self) -> usize {
        self.0.index.len()
    }

    /// The algorithm of its signature.
    ///
    /// # Errors
    /// [`Error::AlgorithmUnsupported`](crate::Error::AlgorithmUnsupported);
    /// [`Error::Asn1Malformed`](crate::Error::Asn1Malformed) where it is stated twice in different ways.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        self.0.signed.algorithm(self.der())
    }

    /// Whether the signature is by this certificate's key: mathematics alone. Once it is known to be, nothing is computed
    /// again.
    pub fn is_signed_by(&self, signer: &Certificate) -> Result<bool> {
        self.0.signed.is_by(self.der(), signer)
    }

    /// The entries for a certificate of this issuer, by the contents octets of its serial number.
    pub fn entries(&self, issuer: &Name<'_>, serial: &[u8]) -> impl Iterator<Item = Result<CrlEntry<'_>>> {
        let listed = self.at(&self.0.entries);
        let places = self.0.index.places(serial);
        let of_this_certificate = move |place: &usize| {
            let mut reader = Reader::new(listed.get(*place..).unwrap_or_default());
            let stated = reader.read(tag::SEQUENCE, "CRL entry").and_then(|entry| entry::serial(&entry));
            stated.is_ok_and(|stated| serial::is_same(stated, serial))
        };
        let issuer = *issuer;
        let of_this_issuer = move |place: &usize| match self.0.index.issuer(*place) {
            Some(names) => entry::names_issuer(listed.get(names).unwrap_or_default(), &issuer),
            None => self.issuer().is_same(&issuer),
        };
        places.filter(of_this_certificate).filter(of_this_issuer).map(move |place| {
            let mut reader = Reader::new(listed.get(place..).unwrap_or_default());
            CrlEntry::read(&reader.read(tag::SEQUENCE, "CRL entry")?)
        })
    }

    pub(super) fn period(&self) -> Period {
        Period { this_update: self.this_update(), next_update: self.next_update() }
    }

    pub(super) fn scope(&self) -> Option<&IssuingDistributionPoint> {
        self.0.extensions.scope.as_ref()
    }

    /// Whether it has a critical extension, its own or an entry's, that is not known here.
    pub(super) fn has_unknown_critical_extension(&self) -> bool {
        self.0.extensions.has_unknown_critical || self.0.index.has_unknown_critical
    }

    /// Whether this delta CRL completes `base`: same issuer, scope and key, numbers that follow (section 5.2.4).
    pub(super) fn extends(&self, base: &Self) -> bool {
        let (Some(needed), Some(own), Some(there)) = (self.base_number(), self.number(), base.number()) else {
            return false;
        };
        let authority = |crl: &Self| crl.0.extensions.authority_key.clone().map(|place| crl.at(&place).to_vec());
        self.canonical_issuer() == base.canonical_issuer()
            && self.scope() == base.scope()
            && authority(self) == authority(base)
            && serial::is_not_above(needed, there)
            && serial::is_not_above(there, own)
    }

    fn at(&self, range: &Range<usize>) -> &[u8] {
        self.0.der.get(range.clone()).unwrap_or_default()
    }
}

impl PartialEq for Crl {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Crl {}

impl fmt::Debug for Crl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Crl({}, {}, {} entries)", self.issuer(), self.this_update(), self.entry_count())
    }
}
