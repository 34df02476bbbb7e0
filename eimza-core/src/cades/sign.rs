//! Making a signature in three steps: prepare, let the key's holder sign, complete.

use std::borrow::Cow;

use super::attributes;
use super::options::{ContentReference, Placement, SigningOptions};
use crate::asn1::oid;
use crate::asn1::{tag, write};
use crate::certificate::Certificate;
use crate::cms::Content;
use crate::crypto::{Curve, Digest, DigestAlgorithm, KeyType, PublicKey, SignatureAlgorithm, fixed_digest};
use crate::error::{ArgumentFault, Error, Result};

/// What is to be signed, and all that is needed to write the file once it is.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(super) certificate: Certificate,
    pub(super) options: SigningOptions,
    pub(super) message_digest: Digest,
    /// The content of an attached signature.
    content: Option<Cow<'a, [u8]>>,
    to_be_signed: Vec<u8>,
    algorithm: SignatureAlgorithm,
}

/// The first step: what has to be signed. The same content, certificate and options give the same octets.
///
/// # Errors
/// [`Error::CertificateExpired`], [`Error::CertificateNotYetValid`] (both at the signing time) and
/// [`Error::CertificateCannotSign`], unless the options allow an unsuitable certificate; [`Error::ContentMissing`] where an
/// attached signature has no octets, or the digest given is of another algorithm; [`Error::ArgumentInvalid`] where an
/// option makes no sense, or the certificate's key is bound to another digest.
pub fn prepare<'a>(content: Content<'a>, certificate: &Certificate, options: &SigningOptions) -> Result<Prepared<'a>> {
    if !options.allow_unsuitable {
        certificate.check_for_signing(options.signing_time)?;
    }
    let digest_algorithm = options.digest_for(certificate)?;
    check_options(options, digest_algorithm)?;
    let algorithm = SignatureAlgorithm::for_key(&certificate.public_key()?, digest_algorithm, options.padding)?;
    let message_digest = content.digest(digest_algorithm).ok_or(Error::ContentMissing)?;
    let inside = match options.placement {
        Placement::Attached => Some(Cow::Borrowed(content.bytes().ok_or(Error::ContentMissing)?)),
        Placement::Detached => None,
    };
    Ok(Prepared {
        to_be_signed: attributes::signed_attributes(&message_digest, certificate, options),
        certificate: certificate.clone(),
        options: options.clone(),
        message_digest,
        content: inside,
        algorithm,
    })
}

impl Prepared<'_> {
    /// The octets that are signed: the DER of the signed attributes, tag `0x31`.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// The digest of [`to_be_signed`](Self::to_be_signed): what a token is given.
    pub fn digest(&self) -> Digest {
        self.algorithm.digest().digest(&self.to_be_signed)
    }

    /// How it has to be signed.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The signer's certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The same with the content kept inside, free of what it was borrowed from.
    pub fn into_owned(self) -> Prepared<'static> {
        Prepared {
            certificate: self.certificate,
            options: self.options,
            message_digest: self.message_digest,
            content: self.content.map(|content| Cow::Owned(content.into_owned())),
            to_be_signed: self.to_be_signed,
            algorithm: self.algorithm,
        }
    }

    /// The last step: verifies the value with the certificate and writes the file. An ECDSA value is DER.
    ///
    /// # Errors
    /// [`Error::SignatureValueInvalid`] where the value does not fit.
    pub fn complete(self, value: &[u8]) -> Result<Vec<u8>> {
        let key = self.certificate.public_key()?;
        if !self.algorithm.verify(&key, &self.digest(), value)? {
            return Err(Error::SignatureValueInvalid);
        }
        Ok(self.content_info(&self.signer_info(value)))
    }

    /// `SignerInfo`, version 1 with issuer and serial number (RFC 5652 section 5.3).
    fn signer_info(&self, value: &[u8]) -> Vec<u8> {
        let issuer_and_serial =
            write::sequence(&[self.certificate.issuer_der(), &write::tlv(tag::INTEGER, self.certificate.serial())]);
        let attributes = self.to_be_signed.get(1..).unwrap_or_default();
        write::sequence(&[
            &write::integer(1),
            &issuer_and_serial,
            &self.algorithm.digest().identifier(),
            &[tag::context(0)],
            attributes,
            &self.algorithm.identifier(),
            &write::octet_string(value),
        ])
    }

    /// `ContentInfo` with `SignedData`, version 1: X.509 certificates only, id-data, one SignerInfo of version 1
    /// (section 5.1).
    fn content_info(&self, signer_info: &[u8]) -> Vec<u8> {
        let mut certificates = vec![self.certificate.der().to_vec()];
        for further in &self.options.chain {
            if !certificates.iter().any(|certificate| certificate == further.der()) {
                certificates.push(further.der().to_vec());
            }
        }
        let behind = [write::set_of(tag::context(0), certificates), write::tlv(tag::SET, signer_info)].concat();

        // From the innermost element to the outermost, so that a large content is copied once, into its place.
        let content = self.content.as_deref();
        let inside = content.map_or(0, |content| content.len());
        let mut front = Vec::new();
        if content.is_some() {
            front = write::front(tag::OCTET_STRING, &front, inside);
            front = write::front(tag::context(0), &front, inside);
        }
        front = [write::oid(&oid::DATA), front].concat();
        front = write::front(tag::SEQUENCE, &front, inside);
        front = [write::integer(1), write::tlv(tag::SET, &self.algorithm.digest().identifier()), front].concat();
        front = write::front(tag::SEQUENCE, &front, inside + behind.len());
        front = write::front(tag::context(0), &front, inside + behind.len());
        front = [write::oid(&oid::SIGNED_DATA), front].concat();
        front = write::front(tag::SEQUENCE, &front, inside + behind.len());
        [&front, content.unwrap_or_default(), &behind].concat()
    }
}

impl SigningOptions {
    /// The digest that a signature with this certificate takes: the one by which detached content is to be digested.
    pub fn digest_for(&self, certificate: &Certificate) -> Result<DigestAlgorithm> {
        match self.digest {
            Some(chosen) => Ok(chosen),
            None => Ok(fitting_digest(&certificate.public_key()?)),
        }
    }
}

/// The digest that the key is bound to, else the one whose strength is the key's.
fn fitting_digest(key: &PublicKey<'_>) -> DigestAlgorithm {
    fixed_digest(key).unwrap_or(match key.key_type {
        KeyType::Ec(Curve::P384) => DigestAlgorithm::Sha384,
        KeyType::Ec(Curve::P521) => DigestAlgorithm::Sha512,
        KeyType::Ec(Curve::P256) | KeyType::Rsa { .. } | KeyType::Other(_) => DigestAlgorithm::Sha256,
    })
}

fn check_options(options: &SigningOptions, digest: DigestAlgorithm) -> Result<()> {
    let refused = |argument, reason| Err(Error::ArgumentInvalid { argument, reason });
    if digest == DigestAlgorithm::Sha1 {
        return refused("digest", ArgumentFault::DigestWeak);
    }
    if !digest.is_for_signing() {
        return refused("digest", ArgumentFault::DigestNotForSigning);
    }
    if options.mime_type.as_deref() == Some("") {
        return refused("mime_type", ArgumentFault::Empty);
    }
    if options.content_identifier.as_deref() == Some(&[]) {
        return refused("content_identifier", ArgumentFault::Empty);
    }
    if options.content_hints.as_ref().is_some_and(|hints| hints.description.as_deref() == Some("")) {
        return refused("content_hints", ArgumentFault::Empty);
    }
    let is_empty =
        |reference: &ContentReference| reference.content_identifier.is_empty() || reference.signature_value.is_empty();
    if options.content_reference.as_ref().is_some_and(is_empty) {
        return refused("content_reference", ArgumentFault::Empty);
    }
    Ok(())
}
