//! Writing the signed attributes of CAdES-BES (RFC 5652 section 11, RFC 5035, RFC 5126 section 5, EN 319 122-1 section 5).

use super::options::{ContentHints, ContentReference, SigningOptions};
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{tag, write};
use crate::certificate::Certificate;
use crate::crypto::{Digest, DigestAlgorithm};

/// The DER of the attributes as SET OF, tag `0x31`: what is signed.
pub(super) fn signed_attributes(digest: &Digest, certificate: &Certificate, options: &SigningOptions) -> Vec<u8> {
    let mut attributes = vec![
        attribute(&oid::CONTENT_TYPE, &write::oid(&oid::DATA)),
        attribute(&oid::MESSAGE_DIGEST, &write::octet_string(digest.as_bytes())),
        attribute(&oid::SIGNING_TIME, &write::time(options.signing_time)),
        attribute(&oid::SIGNING_CERTIFICATE_V2, &signing_certificate(certificate, digest.algorithm())),
    ];
    if let Some(commitment) = options.commitment {
        attributes.push(attribute(&oid::COMMITMENT_TYPE, &write::sequence(&[&write::oid(&commitment.oid())])));
    }
    if let Some(mime_type) = &options.mime_type {
        attributes.push(attribute(&oid::MIME_TYPE, &write::utf8_string(mime_type)));
    }
    if let Some(identifier) = &options.content_identifier {
        attributes.push(attribute(&oid::CONTENT_IDENTIFIER, &write::octet_string(identifier)));
    }
    if let Some(hints) = &options.content_hints {
        attributes.push(attribute(&oid::CONTENT_HINTS, &content_hints(hints)));
    }
    if let Some(reference) = &options.content_reference {
        attributes.push(attribute(&oid::CONTENT_REFERENCE, &content_reference(reference)));
    }
    write::set_of(tag::SET, attributes)
}

/// `Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }`, with one value.
fn attribute(identifier: &ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::oid(identifier), &write::tlv(tag::SET, value)])
}

/// `SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2 { hashAlgorithm DEFAULT sha256, certHash,
/// issuerSerial { GeneralNames, serial } } }` (RFC 5035 section 3); DER leaves the default out.
fn signing_certificate(certificate: &Certificate, digest: DigestAlgorithm) -> Vec<u8> {
    let algorithm = if digest == DigestAlgorithm::Sha256 { Vec::new() } else { digest.identifier() };
    let hash = write::octet_string(digest.digest(certificate.der()).as_bytes());
    // GeneralName: directoryName [4], explicit since Name is a CHOICE.
    let names = write::sequence(&[&write::tlv(tag::context(4), certificate.issuer_der())]);
    let issuer_serial = write::sequence(&[&names, &write::tlv(tag::INTEGER, certificate.serial())]);
    let reference = write::sequence(&[&algorithm, &hash, &issuer_serial]);
    write::sequence(&[&write::sequence(&[&reference])])
}

/// `ContentHints ::= SEQUENCE { contentDescription UTF8String OPTIONAL, contentType }` (RFC 2634 section 2.9).
fn content_hints(hints: &ContentHints) -> Vec<u8> {
    let description = hints.description.as_deref().map(write::utf8_string).unwrap_or_default();
    write::sequence(&[&description, &write::oid(&oid::DATA)])
}

/// `ContentReference ::= SEQUENCE { contentType, signedContentIdentifier, originatorSignatureValue }` (RFC 2634
/// section 2.11).
fn content_reference(reference: &ContentReference) -> Vec<u8> {
    write::sequence(&[
        &write::oid(&oid::DATA),
        &write::octet_string(&reference.content_identifier),
        &write::octet_string(&reference.signature_value),
    ])
}
