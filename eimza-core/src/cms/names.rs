//! Names of attributes and content types, as the standards write them.

use crate::asn1::oid::{self, ObjectIdentifier};

/// The name of an object identifier; `None` where it is not known.
pub(super) fn name(identifier: &[u8]) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| known.as_bytes() == identifier).map(|(_, name)| *name)
}

/// The name of a commitment (RFC 5126 section 5.11.1), as the command's options write it.
pub(super) fn commitment(identifier: &[u8]) -> Option<&'static str> {
    COMMITMENTS.iter().find(|(known, _)| known.as_bytes() == identifier).map(|(_, name)| *name)
}

const COMMITMENTS: [(ObjectIdentifier, &str); 6] = [
    (oid::PROOF_OF_ORIGIN, "origin"),
    (oid::PROOF_OF_RECEIPT, "receipt"),
    (known("1.2.840.113549.1.9.16.6.3"), "delivery"),
    (known("1.2.840.113549.1.9.16.6.4"), "sender"),
    (oid::PROOF_OF_APPROVAL, "approval"),
    (oid::PROOF_OF_CREATION, "creation"),
];

/// The time-stamps among attributes.
pub(super) const TIME_STAMPS: [ObjectIdentifier; 7] = [
    oid::CONTENT_TIME_STAMP,
    oid::SIGNATURE_TIME_STAMP,
    oid::CADES_C_TIME_STAMP,
    oid::REFERENCES_TIME_STAMP,
    oid::ARCHIVE_TIME_STAMP_V1,
    oid::ARCHIVE_TIME_STAMP_V2,
    oid::ARCHIVE_TIME_STAMP_V3,
];

const fn known(dotted: &'static str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

const NAMES: [(ObjectIdentifier, &str); 39] = [
    (oid::DATA, "data"),
    (oid::SIGNED_DATA, "signed-data"),
    (known("1.2.840.113549.1.9.16.1.4"), "tst-info"),
    (oid::CONTENT_TYPE, "content-type"),
    (oid::MESSAGE_DIGEST, "message-digest"),
    (oid::SIGNING_TIME, "signing-time"),
    (oid::COUNTER_SIGNATURE, "counter-signature"),
    (oid::ALGORITHM_PROTECTION, "cms-algorithm-protection"),
    (known("1.2.840.113549.1.9.15"), "smime-capabilities"),
    (oid::CONTENT_HINTS, "content-hints"),
    (oid::CONTENT_IDENTIFIER, "content-identifier"),
    (oid::CONTENT_REFERENCE, "content-reference"),
    (oid::SIGNING_CERTIFICATE, "signing-certificate"),
    (oid::SIGNING_CERTIFICATE_V2, "signing-certificate-v2"),
    (oid::SIGNATURE_TIME_STAMP, "signature-time-stamp"),
    (oid::SIGNATURE_POLICY, "signature-policy-identifier"),
    (oid::COMMITMENT_TYPE, "commitment-type-indication"),
    (known("1.2.840.113549.1.9.16.2.17"), "signer-location"),
    (known("1.2.840.113549.1.9.16.2.18"), "signer-attributes"),
    (oid::CONTENT_TIME_STAMP, "content-time-stamp"),
    (oid::COMPLETE_CERTIFICATE_REFERENCES, "complete-certificate-references"),
    (oid::COMPLETE_REVOCATION_REFERENCES, "complete-revocation-references"),
    (oid::CERTIFICATE_VALUES, "certificate-values"),
    (oid::REVOCATION_VALUES, "revocation-values"),
    (oid::CADES_C_TIME_STAMP, "cades-c-time-stamp"),
    (oid::REFERENCES_TIME_STAMP, "time-stamped-certs-crls-references"),
    (oid::ARCHIVE_TIME_STAMP_V1, "archive-time-stamp-v1"),
    (oid::ARCHIVE_TIME_STAMP_V2, "archive-time-stamp-v2"),
    (oid::ARCHIVE_TIME_STAMP_V3, "archive-time-stamp-v3"),
    (known("1.2.840.113549.1.9.16.2.44"), "attribute-certificate-references"),
    (known("1.2.840.113549.1.9.16.2.45"), "attribute-revocation-references"),
    (oid::EVIDENCE_RECORD_INTERNAL, "evidence-record-internal"),
    (oid::EVIDENCE_RECORD_EXTERNAL, "evidence-record-external"),
    (oid::MIME_TYPE, "mime-type"),
    (known("0.4.0.1733.2.2"), "long-term-validation"),
    (known("0.4.0.1733.2.5"), "ats-hash-index"),
    (known("0.4.0.19122.1.1"), "signer-attributes-v2"),
    (known("0.4.0.19122.1.3"), "signature-policy-store"),
    (known("0.4.0.19122.1.5"), "ats-hash-index-v3"),
];
