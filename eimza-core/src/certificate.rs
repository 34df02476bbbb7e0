//! Certificates: parsed once, every original byte kept, shared cheaply between threads.
//!
//! A certificate that is odd but readable is shown, not refused. The checks say afterwards what it may be used for.
//!
#![cfg_attr(feature = "software", doc = "```")]
#![cfg_attr(not(feature = "software"), doc = "```ignore")]
//! # use std::time::Duration;
//! # use eimza_core::crypto::{Curve, KeyType};
//! # use eimza_core::token::software::{Creation, SoftwareToken, TestIssuer, TestPerson, Validity};
//! # use eimza_core::{Clock, Pin, Puk, SystemClock};
//! # let now = SystemClock::new().now();
//! # let year = Duration::from_secs(365 * 24 * 60 * 60);
//! # let validity = Validity { not_before: now.before(year), not_after: now.after(year) };
//! # let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
//! # let keys = vec![TestIssuer::new(validity)?.issue(&person, &KeyType::Ec(Curve::P256), validity)?];
//! # let token = SoftwareToken::in_memory(Creation::new("test", keys, Pin::new("271828")?, Puk::new("31415926")?))?;
//! # let der = token.certificates()?.qualified().one()?.certificate.der().to_vec();
//! use eimza_core::Certificate;
//!
//! let certificate = Certificate::from_der(der)?;
//! assert_eq!(certificate.national_id().map(|id| id.to_string()).as_deref(), Some("100******46"));
//! assert!(certificate.qualified() && certificate.can_sign());
//! # Ok::<(), eimza_core::Error>(())
//! ```

mod address;
mod basic_constraints;
mod check;
mod details;
mod filter;
mod general_name;
mod issuer_serial;
mod key_identifier;
mod kind;
mod list;
mod name;
mod name_constraints;
mod note;
mod parse;
mod person;
mod policy;
mod policy_constraints;
mod qualified;
mod renewal;
mod soundness;
mod statements;
mod summary;
mod usage;
mod validity;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use eimza_sys::fork;

use crate::asn1::extension::Extension;
use crate::asn1::oid::ObjectIdentifier;
use crate::asn1::{Element, pem};
use crate::crypto::{Digest, DigestAlgorithm, PublicKey, SignatureAlgorithm};
use crate::error::Result;

pub use crate::error::{Excluded, Exclusion, Shortfall};
pub use details::Details;
pub use filter::Candidates;
pub(crate) use general_name::GeneralName;
pub use kind::Kind;
pub use name::Name;
pub(crate) use name_constraints::NameConstraints;
pub use note::Note;
pub use person::{NationalId, TaxId};
pub use policy::CertificatePolicy;
pub use statements::{LimitValue, Statements};
pub use summary::Summary;
pub use usage::KeyUsage;
use validity::StatedTime;

const PEM_LABEL: &str = "CERTIFICATE";

/// An X.509 certificate (RFC 5280 section 4). Cloning shares it.
#[derive(Clone)]
pub struct Certificate(Arc<Parts>);

/// Where the fields stand in the octets.
struct Parts {
    der: Vec<u8>,
    to_be_signed: Range<usize>,
    serial: Range<usize>,
    issuer: Range<usize>,
    subject: Range<usize>,
    public_key: Range<usize>,
    inner_algorithm: Range<usize>,
    outer_algorithm: Range<usize>,
    signature: Range<usize>,
    /// How many octets stood behind the certificate; they are not in `der`.
    octets_behind: usize,
    not_before: StatedTime,
    not_after: StatedTime,
    extensions: Vec<ExtensionParts>,
    /// Computed once: a file may name one large certificate a thousand times.
    sha256: OnceLock<Digest>,
    canonical_issuer: OnceLock<Vec<u8>>,
    canonical_subject: OnceLock<Vec<u8>>,
}

struct ExtensionParts {
    identifier: Range<usize>,
    critical: bool,
    value: Range<usize>,
}

impl Certificate {
    /// Reads one certificate in DER. What stands behind it is left out, which [`Certificate::notes`] tells.
    pub fn from_der(der: impl Into<Vec<u8>>) -> Result<Self> {
        parse::parts(der.into()).map(|parts| Self(Arc::new(parts)))
    }

    /// Reads every certificate of a file, DER or PEM, in its order: one that cannot be read hides no other. Where
    /// there is none at all, [`EncodingUnreadable`](crate::Error::EncodingUnreadable) is the only one.
    ///
    /// Collected into a `Result`, they are all or none.
    pub fn read_all(file: &[u8]) -> Vec<Result<Self>> {
        pem::documents(file, PEM_LABEL).into_iter().map(|der| Self::from_der(der?)).collect()
    }

    /// The octets as they came, without what stood behind the certificate.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The octets in PEM (RFC 7468), for programs that read nothing else.
    pub fn to_pem(&self) -> String {
        pem::encode(PEM_LABEL, self.der())
    }

    /// SHA-256 over the octets: the certificate's fingerprint.
    pub fn sha256(&self) -> Digest {
        *fork::get_or_init(&self.0.sha256, || DigestAlgorithm::Sha256.digest(self.der()))
    }

    /// The serial number's octets as encoded, two's complement.
    pub fn serial(&self) -> &[u8] {
        self.at(&self.0.serial)
    }

    /// The issuer's Name as it stands there, in DER.
    pub fn issuer_der(&self) -> &[u8] {
        self.at(&self.0.issuer)
    }

    /// The subject's Name as it stands there, in DER.
    pub fn subject_der(&self) -> &[u8] {
        self.at(&self.0.subject)
    }

    /// Who issued it.
    pub fn issuer(&self) -> Name<'_> {
        Name::new(self.issuer_der())
    }

    /// Whose it is.
    pub fn subject(&self) -> Name<'_> {
        Name::new(self.subject_der())
    }

    /// The public key. An unknown algorithm is no error; damaged key octets are.
    pub fn public_key(&self) -> Result<PublicKey<'_>> {
        PublicKey::from_spki(self.at(&self.0.public_key))
    }

    /// SubjectPublicKeyInfo as it stands there.
    pub fn public_key_der(&self) -> &[u8] {
        self.at(&self.0.public_key)
    }

    /// Where SubjectPublicKeyInfo stands in the octets.
    pub(crate) fn public_key_place(&self) -> Range<usize> {
        self.0.public_key.clone()
    }

    /// Whether `issuer` made this certificate: equal names (RFC 5280 section 7.1) and a signature that verifies.
    ///
    /// It does not say whether `issuer` may issue certificates: the validation of the path does.
    pub fn is_issued_by(&self, issuer: &Certificate) -> Result<bool> {
        Ok(self.names_as_issuer(issuer) && self.is_signed_by(&issuer.public_key()?)?)
    }

    /// Whether the signature over this certificate is this key's.
    pub(crate) fn is_signed_by(&self, key: &PublicKey<'_>) -> Result<bool> {
        let inner = self.algorithm(&self.0.inner_algorithm)?;
        let outer = self.algorithm(&self.0.outer_algorithm)?;
        if inner != outer {
            return Ok(false);
        }
        let digest = outer.digest().digest(self.at(&self.0.to_be_signed));
        outer.verify(key, &digest, self.at(&self.0.signature))
    }

    /// Octets that every encoding of the issuer's name has in common.
    pub(crate) fn canonical_issuer(&self) -> &[u8] {
        fork::get_or_init(&self.0.canonical_issuer, || self.issuer().canonical()).as_slice()
    }

    /// Octets that every encoding of the subject's name has in common.
    pub(crate) fn canonical_subject(&self) -> &[u8] {
        fork::get_or_init(&self.0.canonical_subject, || self.subject().canonical()).as_slice()
    }

    /// Whether this is the name of its issuer (RFC 5280 section 7.1).
    pub(crate) fn names_issuer(&self, name: &Name<'_>) -> bool {
        self.issuer_der() == name.der() || self.canonical_issuer() == name.canonical()
    }

    /// Whether the name of its issuer is the other one's subject.
    pub(crate) fn names_as_issuer(&self, issuer: &Certificate) -> bool {
        self.issuer_der() == issuer.subject_der() || self.canonical_issuer() == issuer.canonical_subject()
    }

    /// Whether issuer and subject have the same name (section 6.1).
    pub(crate) fn is_self_issued(&self) -> bool {
        self.names_as_issuer(self)
    }

    /// The value of an extension, the first one where several have this name.
    pub(crate) fn extension(&self, identifier: &ObjectIdentifier) -> Option<Extension<'_>> {
        self.extensions().find(|extension| extension.identifier == identifier.as_bytes())
    }

    /// All extensions in their order.
    pub(crate) fn extensions(&self) -> impl Iterator<Item = Extension<'_>> {
        self.0.extensions.iter().map(|extension| Extension {
            identifier: self.at(&extension.identifier),
            critical: extension.critical,
            value: self.at(&extension.value),
        })
    }

    /// The algorithm of the issuer's signature.
    pub(crate) fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        self.algorithm(&self.0.outer_algorithm)
    }

    fn algorithm(&self, range: &Range<usize>) -> Result<SignatureAlgorithm> {
        let identifier = Element::only(self.at(range), "signature algorithm")?;
        SignatureAlgorithm::from_identifier(&identifier, None)
    }

    fn at(&self, range: &Range<usize>) -> &[u8] {
        self.0.der.get(range.clone()).unwrap_or_default()
    }
}

impl AsRef<Certificate> for Certificate {
    fn as_ref(&self) -> &Certificate {
        self
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    /// The fingerprint only: names hold national ids.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Certificate({})", self.sha256().to_hex())
    }
}
