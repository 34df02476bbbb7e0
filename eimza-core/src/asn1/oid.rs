//! Object identifiers, by chapter. Data is compared with their contents octets; nothing is decoded for that.

pub(crate) use const_oid::ObjectIdentifier;

/// The most octets of an identifier that are shown.
const SHOWN: usize = 48;

/// The dotted form of contents octets; hexadecimal where they are no identifier that fits, cut where they are too many.
pub(crate) fn dotted(octets: &[u8]) -> String {
    let hexadecimal = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    if let Some((shown, [_, ..])) = octets.split_at_checked(SHOWN) {
        return format!("{}…", hexadecimal(shown));
    }
    ObjectIdentifier::from_bytes(octets).map_or_else(|_| hexadecimal(octets), |identifier| identifier.to_string())
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident = $dotted:literal;)+) => {
        $($(#[$doc])* pub(crate) const $name: ObjectIdentifier = ObjectIdentifier::new_unwrap($dotted);)+
    };
}

identifiers! {
    // content types (RFC 5652)
    DATA = "1.2.840.113549.1.7.1";
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    TIME_STAMP_INFO = "1.2.840.113549.1.9.16.1.4";

    // attributes (RFC 5652, 6211, 5035, 5126; EN 319 122-1)
    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    SIGNING_TIME = "1.2.840.113549.1.9.5";
    COUNTER_SIGNATURE = "1.2.840.113549.1.9.6";
    ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
    CONTENT_HINTS = "1.2.840.113549.1.9.16.2.4";
    CONTENT_IDENTIFIER = "1.2.840.113549.1.9.16.2.7";
    CONTENT_REFERENCE = "1.2.840.113549.1.9.16.2.10";
    SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14";
    SIGNATURE_POLICY = "1.2.840.113549.1.9.16.2.15";
    COMMITMENT_TYPE = "1.2.840.113549.1.9.16.2.16";
    CONTENT_TIME_STAMP = "1.2.840.113549.1.9.16.2.20";
    COMPLETE_CERTIFICATE_REFERENCES = "1.2.840.113549.1.9.16.2.21";
    COMPLETE_REVOCATION_REFERENCES = "1.2.840.113549.1.9.16.2.22";
    CERTIFICATE_VALUES = "1.2.840.113549.1.9.16.2.23";
    REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24";
    CADES_C_TIME_STAMP = "1.2.840.113549.1.9.16.2.25";
    REFERENCES_TIME_STAMP = "1.2.840.113549.1.9.16.2.26";
    ARCHIVE_TIME_STAMP_V1 = "1.2.840.113549.1.9.16.2.27";
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    ARCHIVE_TIME_STAMP_V2 = "1.2.840.113549.1.9.16.2.48";
    EVIDENCE_RECORD_INTERNAL = "1.2.840.113549.1.9.16.2.49";
    EVIDENCE_RECORD_EXTERNAL = "1.2.840.113549.1.9.16.2.50";
    MIME_TYPE = "0.4.0.1733.2.1";
    ARCHIVE_TIME_STAMP_V3 = "0.4.0.1733.2.4";
    HASH_INDEX_V1 = "0.4.0.1733.2.5";
    HASH_INDEX_V2 = "0.4.0.19122.1.4";
    HASH_INDEX_V3 = "0.4.0.19122.1.5";

    // commitment types (RFC 5126 section 5.11.1)
    PROOF_OF_ORIGIN = "1.2.840.113549.1.9.16.6.1";
    PROOF_OF_RECEIPT = "1.2.840.113549.1.9.16.6.2";
    PROOF_OF_APPROVAL = "1.2.840.113549.1.9.16.6.5";
    PROOF_OF_CREATION = "1.2.840.113549.1.9.16.6.6";

    // digests
    SHA1 = "1.3.14.3.2.26";
    SHA256 = "2.16.840.1.101.3.4.2.1";
    SHA384 = "2.16.840.1.101.3.4.2.2";
    SHA512 = "2.16.840.1.101.3.4.2.3";
    SHA224 = "2.16.840.1.101.3.4.2.4";
    SHA512_224 = "2.16.840.1.101.3.4.2.5";
    SHA512_256 = "2.16.840.1.101.3.4.2.6";
    SHA3_224 = "2.16.840.1.101.3.4.2.7";
    SHA3_256 = "2.16.840.1.101.3.4.2.8";
    SHA3_384 = "2.16.840.1.101.3.4.2.9";
    SHA3_512 = "2.16.840.1.101.3.4.2.10";
    MGF1 = "1.2.840.113549.1.1.8";

    // keys and signatures
    RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    SHA1_WITH_RSA = "1.2.840.113549.1.1.5";
    SHA256_WITH_RSA = "1.2.840.113549.1.1.11";
    SHA384_WITH_RSA = "1.2.840.113549.1.1.12";
    SHA512_WITH_RSA = "1.2.840.113549.1.1.13";
    SHA224_WITH_RSA = "1.2.840.113549.1.1.14";
    SHA512_224_WITH_RSA = "1.2.840.113549.1.1.15";
    SHA512_256_WITH_RSA = "1.2.840.113549.1.1.16";
    SHA3_224_WITH_RSA = "2.16.840.1.101.3.4.3.13";
    SHA3_256_WITH_RSA = "2.16.840.1.101.3.4.3.14";
    SHA3_384_WITH_RSA = "2.16.840.1.101.3.4.3.15";
    SHA3_512_WITH_RSA = "2.16.840.1.101.3.4.3.16";
    /// Of the OIW, which some old programs write.
    SHA1_WITH_RSA_OLD = "1.3.14.3.2.29";
    RSA_PSS = "1.2.840.113549.1.1.10";
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    PRIME_FIELD = "1.2.840.10045.1.1";
    ECDSA_WITH_SHA1 = "1.2.840.10045.4.1";
    ECDSA_WITH_SHA224 = "1.2.840.10045.4.3.1";
    ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3";
    ECDSA_WITH_SHA512 = "1.2.840.10045.4.3.4";
    ECDSA_WITH_SHA3_224 = "2.16.840.1.101.3.4.3.9";
    ECDSA_WITH_SHA3_256 = "2.16.840.1.101.3.4.3.10";
    ECDSA_WITH_SHA3_384 = "2.16.840.1.101.3.4.3.11";
    ECDSA_WITH_SHA3_512 = "2.16.840.1.101.3.4.3.12";
    P256 = "1.2.840.10045.3.1.7";
    P384 = "1.3.132.0.34";
    P521 = "1.3.132.0.35";

    // certificate extensions (RFC 5280, RFC 3739)
    SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    KEY_USAGE = "2.5.29.15";
    SUBJECT_ALT_NAME = "2.5.29.17";
    ISSUER_ALT_NAME = "2.5.29.18";
    BASIC_CONSTRAINTS = "2.5.29.19";
    NAME_CONSTRAINTS = "2.5.29.30";
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    CERTIFICATE_POLICIES = "2.5.29.32";
    ANY_POLICY = "2.5.29.32.0";
    POLICY_MAPPINGS = "2.5.29.33";
    AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    POLICY_CONSTRAINTS = "2.5.29.36";
    EXTENDED_KEY_USAGE = "2.5.29.37";
    FRESHEST_CRL = "2.5.29.46";
    INHIBIT_ANY_POLICY = "2.5.29.54";
    AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    QC_STATEMENTS = "1.3.6.1.5.5.7.1.3";
    ACCESS_OCSP = "1.3.6.1.5.5.7.48.1";
    ACCESS_CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
    POLICY_USER_NOTICE = "1.3.6.1.5.5.7.2.2";
    POLICY_CPS = "1.3.6.1.5.5.7.2.1";
    EKU_TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    EKU_OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    // CRLs and their entries (RFC 5280 section 5, X.509)
    CRL_NUMBER = "2.5.29.20";
    CRL_REASON = "2.5.29.21";
    INVALIDITY_DATE = "2.5.29.24";
    DELTA_CRL = "2.5.29.27";
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    CERTIFICATE_ISSUER = "2.5.29.29";
    EXPIRED_CERTIFICATES = "2.5.29.60";

    // OCSP (RFC 6960 section 4.4)
    OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2";
    OCSP_CRL_REFERENCE = "1.3.6.1.5.5.7.48.1.3";
    OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    OCSP_ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
    OCSP_EXTENDED_REVOKE = "1.3.6.1.5.5.7.48.1.9";

    // revocation data inside SignedData (RFC 5940, RFC 6960)
    REVOCATION_OCSP = "1.3.6.1.5.5.7.16.2";
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";

    // qualified certificates (EN 319 412-5; BTK)
    QC_COMPLIANCE = "0.4.0.1862.1.1";
    QC_LIMIT_VALUE = "0.4.0.1862.1.2";
    QC_TURKISH_NES = "2.16.792.1.61.0.1.5070.1.1";
    QC_TURKISH_SEAL = "2.16.792.1.61.0.1.5070.2.1";
    QC_USAGE_LIMIT = "2.16.792.1.2.1.1.5.7.2.9999";
    QC_USAGE_LIMIT_CORPORATE = "2.16.792.1.61.0.1.5070.1.3";
    QC_USAGE_LIMIT_SEAL = "2.16.792.1.61.0.1.5070.2.2";
    EKU_MALI_MUHUR_SIGNING = "2.16.792.1.2.1.1.5.7.50.1";
    EKU_MALI_MUHUR_ENCRYPTION = "2.16.792.1.2.1.1.5.7.50.2";
    POLICY_MALI_MUHUR = "2.16.792.1.2.1.1.5.7.4.1";
    POLICY_NES_KAMU_SM = "2.16.792.1.2.1.1.5.7.1.1";
    POLICY_NES_KAMU_SM_MOBILE = "2.16.792.1.2.1.1.5.7.1.8";
    POLICY_NES_E_GUVEN = "2.16.792.3.0.1.1.2.1";
    POLICY_NES_TURKTRUST = "2.16.792.3.0.3.1.1.1";
    POLICY_NES_E_TUGRA = "2.16.792.3.0.4.1.1.1";
    POLICY_NES_E_IMZA_TR = "2.16.792.3.0.10.10.2.1";

    // names (X.520)
    COMMON_NAME = "2.5.4.3";
    SERIAL_NUMBER = "2.5.4.5";
    ORGANIZATION = "2.5.4.10";
    EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_shown_whole_as_far_as_they_are_short() {
        assert_eq!(dotted(RSA_ENCRYPTION.as_bytes()), "1.2.840.113549.1.1.1");
        assert_eq!(dotted(&[0xff; SHOWN]), "ff".repeat(SHOWN));
        for length in [SHOWN + 1, 1_000_000] {
            assert_eq!(dotted(&vec![3; length]), format!("{}…", "03".repeat(SHOWN)));
        }
    }
}
