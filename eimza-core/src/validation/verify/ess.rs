//! The signed reference to the signer's certificate (RFC 2634 section 5.4, RFC 5035 sections 3 to 5).

use crate::asn1::{Element, oid, tag};
use crate::certificate::Certificate;
use crate::cms::Signer;
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, Result, SignatureFault};

/// The first entry of signing-certificate or signing-certificate-v2: it names the signer's certificate.
#[derive(Clone, Copy)]
pub(super) struct Reference<'a> {
    /// `None` for an algorithm that is not computed here.
    pub(super) algorithm: Option<DigestAlgorithm>,
    hash: &'a [u8],
    issuer_serial: Option<Element<'a>>,
}

impl<'a> Reference<'a> {
    /// `SigningCertificate ::= SEQUENCE { certs SEQUENCE OF ESSCertID { certHash, issuerSerial OPTIONAL }, … }`, SHA-1.
    pub(super) fn first_v1(value: &Element<'a>) -> Result<Self> {
        Self::read(&first_entry(value)?, Some(DigestAlgorithm::Sha1))
    }

    /// `SigningCertificateV2`: the same with `hashAlgorithm AlgorithmIdentifier DEFAULT sha256` in front.
    pub(super) fn first_v2(value: &Element<'a>) -> Result<Self> {
        let entry = first_entry(value)?;
        let mut fields = entry.reader();
        let algorithm = match fields.optional(tag::SEQUENCE, "hash algorithm")? {
            Some(identifier) => DigestAlgorithm::from_identifier(&identifier),
            None => Some(DigestAlgorithm::Sha256),
        };
        Self::read(&Element { contents: fields.rest(), ..entry }, algorithm)
    }

    fn read(entry: &Element<'a>, algorithm: Option<DigestAlgorithm>) -> Result<Self> {
        let mut fields = entry.reader();
        let hash = fields.read(tag::OCTET_STRING, "certificate hash")?.contents;
        let issuer_serial = fields.optional(tag::SEQUENCE, "issuerSerial")?;
        fields.finish("certificate reference")?;
        if algorithm.is_some_and(|algorithm| algorithm.length() != hash.len()) {
            return Err(Error::SignatureMalformed { what: SignatureFault::CertificateHash });
        }
        Ok(Self { algorithm, hash, issuer_serial })
    }

    /// The digest of the certificate; `None` for an algorithm that is not computed here.
    pub(super) fn digest(&self) -> Option<Digest> {
        Digest::from_octets(self.algorithm?, self.hash)
    }

    /// Whether issuerSerial, where it is stated, is the certificate's.
    pub(super) fn issuer_serial_fits(&self, certificate: &Certificate) -> bool {
        self.issuer_serial.is_none_or(|stated| certificate.is_of_issuer_serial(&stated))
    }
}

/// The digest algorithm by which signing-certificate-v2 names the certificate; `None` where it names none.
pub(crate) fn reference_digest(signer: &Signer<'_>) -> Option<DigestAlgorithm> {
    let value = signer.signed_attributes()?.first(&oid::SIGNING_CERTIFICATE_V2)?.only_value()?;
    Reference::first_v2(&value).ok()?.algorithm
}

fn first_entry<'a>(value: &Element<'a>) -> Result<Element<'a>> {
    const WHAT: &str = "signing-certificate";
    if value.tag != tag::SEQUENCE {
        return Err(Error::SignatureMalformed { what: SignatureFault::SigningCertificate });
    }
    value.reader().read(tag::SEQUENCE, WHAT)?.reader().read(tag::SEQUENCE, WHAT)
}
