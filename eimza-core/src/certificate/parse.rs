//! Finding the fields of a certificate (RFC 5280 section 4.1). Encodings that DER forbids are taken where they can be read.

use std::sync::OnceLock;

use super::{ExtensionParts, Parts, StatedTime};
use crate::asn1::extension::{self, Extension};
use crate::asn1::{Element, Reader, place, tag};
use crate::error::Result;

/// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }`.
pub(super) fn parts(mut der: Vec<u8>) -> Result<Parts> {
    let length = Reader::new(&der).read(tag::SEQUENCE, "certificate")?.bytes.len();
    let octets_behind = der.len() - length;
    der.truncate(length);
    let place = |slice: &[u8]| place(&der, slice);
    let mut certificate = Element::only_sequence(&der, "certificate")?.reader();
    let to_be_signed = certificate.read(tag::SEQUENCE, "tbsCertificate")?;
    let outer_algorithm = certificate.read(tag::SEQUENCE, "signatureAlgorithm")?;
    // A value with unused bits belongs to no algorithm. The certificate is shown nevertheless, and verifies with no
    // key.
    let signature = certificate.read(tag::BIT_STRING, "signatureValue")?.bit_string_octets("signatureValue");
    certificate.finish("certificate")?;

    // TBSCertificate ::= SEQUENCE { [0] version, serialNumber, signature, issuer, validity, subject,
    //                               subjectPublicKeyInfo, [1] issuerUniqueID, [2] subjectUniqueID, [3] extensions }
    let mut fields = to_be_signed.reader();
    fields.optional(tag::context(0), "version")?;
    let serial = fields.read(tag::INTEGER, "serialNumber")?;
    let inner_algorithm = fields.read(tag::SEQUENCE, "signature")?;
    let issuer = fields.read(tag::SEQUENCE, "issuer")?;
    let mut validity = fields.read(tag::SEQUENCE, "validity")?.reader();
    let subject = fields.read(tag::SEQUENCE, "subject")?;
    let public_key = fields.read(tag::SEQUENCE, "subjectPublicKeyInfo")?;
    fields.optional(tag::context_primitive(1), "issuerUniqueID")?;
    fields.optional(tag::context_primitive(2), "subjectUniqueID")?;
    let extensions = match fields.optional(tag::context(3), "extensions")? {
        Some(wrapper) => extensions(&der, &Element::only_sequence(wrapper.contents, "extensions")?)?,
        None => Vec::new(),
    };
    fields.finish("tbsCertificate")?;
    let mut time = || StatedTime::read(validity.any("validity").ok(), place);

    Ok(Parts {
        octets_behind,
        not_before: time(),
        not_after: time(),
        to_be_signed: place(to_be_signed.bytes),
        serial: place(serial.contents),
        issuer: place(issuer.bytes),
        subject: place(subject.bytes),
        public_key: place(public_key.bytes),
        inner_algorithm: place(inner_algorithm.bytes),
        outer_algorithm: place(outer_algorithm.bytes),
        signature: signature.map_or(0..0, place),
        extensions,
        sha256: OnceLock::new(),
        canonical_issuer: OnceLock::new(),
        canonical_subject: OnceLock::new(),
        der,
    })
}

/// Where the extensions of a list stand.
fn extensions(der: &[u8], list: &Element<'_>) -> Result<Vec<ExtensionParts>> {
    let parts = |extension: Extension<'_>| ExtensionParts {
        identifier: place(der, extension.identifier),
        critical: extension.critical,
        value: place(der, extension.value),
    };
    extension::all(list).map(|extension| extension.map(parts)).collect()
}

#[cfg(test)]
mod tests {
    use der::Decode;

    use super::place;
    use crate::Certificate;

    #[test]
    fn extensions_are_those_that_a_second_parser_finds() {
        for name in eimza_testkit::pki::certificate_names() {
            let octets = eimza_testkit::pki::certificate(&name);
            let Ok(theirs) = x509_cert::Certificate::from_der(&octets) else { continue };
            let theirs = theirs.tbs_certificate().extensions().map(Vec::as_slice).unwrap_or_default();
            let ours = Certificate::from_der(octets).unwrap();
            assert_eq!(ours.extensions().count(), theirs.len(), "{name}");
            for (ours, theirs) in ours.extensions().zip(theirs) {
                let values = (ours.identifier, ours.critical, ours.value);
                assert_eq!(
                    values,
                    (theirs.extn_id.as_bytes(), theirs.critical, theirs.extn_value.as_bytes()),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn a_slice_is_found_in_its_whole() {
        let whole = [1, 2, 3, 4];
        assert_eq!(place(&whole, &whole[1..3]), 1..3);
        assert_eq!(place(&whole, &whole[4..]), 4..4);
    }
}
