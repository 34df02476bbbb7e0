//! OCSP answers (RFC 6960 section 4.2): read once, shared between threads.

mod parse;
mod responder;
mod single;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use responder::ResponderId;
pub use single::{CertificateStatus, SingleResponse};

use super::signed::Signed;
use crate::asn1::{Element, pem, tag};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::{Digest, DigestAlgorithm, SignatureAlgorithm};
use crate::error::Result;

const PEM_LABEL: &str = "OCSP RESPONSE";

/// An OCSP answer, or the word of a responder that it has none. Cloning shares it.
#[derive(Clone)]
pub struct Ocsp(Arc<Parts>);

struct Parts {
    der: Vec<u8>,
    status: ResponseStatus,
    basic: Option<Basic>,
}

/// BasicOCSPResponse: where its fields stand in the octets.
struct Basic {
    whole: Range<usize>,
    signed: Signed,
    responder: Range<usize>,
    produced_at: Time,
    responses: Range<usize>,
    nonce: Option<Range<usize>>,
    has_unknown_critical: bool,
    certificates: Vec<Certificate>,
    /// The responder that was found to be appointed, and SubjectPublicKeyInfo of the key that has appointed it.
    appointed: OnceLock<(Certificate, Vec<u8>)>,
}

/// `OCSPResponseStatus ::= ENUMERATED`; protected by nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseStatus {
    /// There is an answer.
    Successful,
    /// The request was not understood.
    MalformedRequest,
    /// The responder has a fault of its own.
    InternalError,
    /// The responder is busy.
    TryLater,
    /// The request has to be signed.
    SigRequired,
    /// Whoever asked may not, or the responder does not know the certificate.
    Unauthorized,
    /// A number that RFC 6960 does not know.
    Other,
}

impl ResponseStatus {
    const ALL: [(u32, &'static str, Self); 6] = [
        (0, "successful", Self::Successful),
        (1, "malformedRequest", Self::MalformedRequest),
        (2, "internalError", Self::InternalError),
        (3, "tryLater", Self::TryLater),
        (5, "sigRequired", Self::SigRequired),
        (6, "unauthorized", Self::Unauthorized),
    ];

    /// The name in RFC 6960.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, _, status)| *status == self).map_or("other", |(_, name, _)| name)
    }

    fn read(element: &Element<'_>) -> Self {
        let number = element.small_integer();
        Self::ALL.iter().find(|(known, _, _)| Some(*known) == number).map_or(Self::Other, |(_, _, status)| *status)
    }
}

impl Ocsp {
    /// Reads an OCSPResponse or a BasicOCSPResponse in DER; nothing may stand behind it. A responder's refusal can be read
    /// too: it says nothing about any certificate.
    ///
    /// # Errors
    /// [`Error::Asn1Malformed`](crate::Error::Asn1Malformed); [`Error::LimitExceeded`](crate::Error::LimitExceeded).
    pub fn from_der(der: impl Into<Vec<u8>>) -> Result<Self> {
        parse::parts(der.into()).map(|parts| Self(Arc::new(parts)))
    }

    /// Reads every answer of a file, DER or PEM, in its order: one that cannot be read hides no other. Where there is none
    /// at all, [`Error::EncodingUnreadable`](crate::Error::EncodingUnreadable) is the only one.
    pub fn read_all(file: &[u8]) -> Vec<Result<Self>> {
        pem::documents(file, PEM_LABEL).into_iter().map(|der| Self::from_der(der?)).collect()
    }

    /// The octets as they came.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The octets of the BasicOCSPResponse: what references hash and what revocation values hold.
    pub fn basic_der(&self) -> Option<&[u8]> {
        self.0.basic.as_ref().map(|basic| self.at(&basic.whole))
    }

    /// SHA-256 over the octets as they came.
    pub fn sha256(&self) -> Digest {
        DigestAlgorithm::Sha256.digest(self.der())
    }

    /// Whether the responder answered at all.
    pub fn response_status(&self) -> ResponseStatus {
        self.0.status
    }

    /// Who says to have answered.
    pub fn responder(&self) -> Option<ResponderId<'_>> {
        ResponderId::read(&Element::only(self.at(&self.0.basic.as_ref()?.responder), "responder").ok()?).ok()
    }

    /// The octets of the ResponderID as they stand there.
    pub fn responder_der(&self) -> Option<&[u8]> {
        self.0.basic.as_ref().map(|basic| self.at(&basic.responder))
    }

    /// When the answer was signed.
    pub fn produced_at(&self) -> Option<Time> {
        self.0.basic.as_ref().map(|basic| basic.produced_at)
    }

    /// What is said of single certificates.
    pub fn responses(&self) -> impl Iterator<Item = SingleResponse<'_>> {
        let mut reader = crate::asn1::Reader::new(self.0.basic.as_ref().map_or(&[], |basic| self.at(&basic.responses)));
        std::iter::from_fn(move || SingleResponse::read(&reader.read(tag::SEQUENCE, "single response").ok()?).ok())
    }

    /// The certificates that came with the answer; those that cannot be read are left out.
    pub fn certificates(&self) -> &[Certificate] {
        self.0.basic.as_ref().map_or(&[], |basic| &basic.certificates)
    }

    /// Whether the answer repeats the nonce of the request (section 4.4.1); `None` where it has none.
    pub fn repeats_nonce(&self, sent: &[u8]) -> Option<bool> {
        let stated = self.at(self.0.basic.as_ref()?.nonce.as_ref()?);
        // RFC 8954 wants an OCTET STRING inside of the extension's; older responders leave it out.
        let inner = Element::only(stated, "nonce").ok().filter(|inner| inner.tag == tag::OCTET_STRING);
        Some(stated == sent || inner.is_some_and(|inner| inner.contents == sent))
    }

    /// The algorithm of its signature.
    ///
    /// # Errors
    /// [`Error::AlgorithmUnsupported`](crate::Error::AlgorithmUnsupported);
    /// [`Error::SignatureAbsent`](crate::Error::SignatureAbsent) for a refusal.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        self.signed()?.algorithm(self.der())
    }

    /// Whether the signature is by this certificate's key: mathematics alone. Once it is known to be, nothing is computed
    /// again.
    pub fn is_signed_by(&self, signer: &Certificate) -> Result<bool> {
        self.signed()?.is_by(self.der(), signer)
    }

    /// Whether this issuer has made the certificate of a responder. Once it is known of one, nothing is computed again.
    pub(super) fn is_appointed(&self, responder: &Certificate, issuer: &Certificate) -> Result<bool> {
        let known = self.0.basic.as_ref().map(|basic| &basic.appointed);
        let is_this = |(known, key): &(Certificate, Vec<u8>)| known == responder && key == issuer.public_key_der();
        if known.and_then(OnceLock::get).is_some_and(is_this) {
            return Ok(responder.names_as_issuer(issuer));
        }
        let is_appointed = responder.is_issued_by(issuer)?;
        if let (true, Some(known)) = (is_appointed, known) {
            known.get_or_init(|| (responder.clone(), issuer.public_key_der().to_vec()));
        }
        Ok(is_appointed)
    }

    /// Whether the answer as a whole has a critical extension that is not known here.
    pub(super) fn has_unknown_critical_extension(&self) -> bool {
        self.0.basic.as_ref().is_some_and(|basic| basic.has_unknown_critical)
    }

    fn signed(&self) -> Result<&Signed> {
        self.0.basic.as_ref().map(|basic| &basic.signed).ok_or(crate::Error::SignatureAbsent)
    }

    fn at(&self, range: &Range<usize>) -> &[u8] {
        self.0.der.get(range.clone()).unwrap_or_default()
    }
}

impl PartialEq for Ocsp {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Ocsp {}

impl fmt::Debug for Ocsp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Ocsp({}, {:?})", self.response_status().name(), self.produced_at())
    }
}
