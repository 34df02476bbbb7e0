//! Indications and sub-indications of ETSI EN 319 102-1, section 5.1.3.

use std::fmt;

/// The verdict, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Indication {
    /// It is no valid signature.
    #[serde(rename = "TOTAL-FAILED")]
    TotalFailed,
    /// It cannot be told.
    #[serde(rename = "INDETERMINATE")]
    Indeterminate,
    /// It is a valid signature.
    #[serde(rename = "TOTAL-PASSED")]
    TotalPassed,
}

impl Indication {
    /// The name in the standard.
    pub fn name(self) -> &'static str {
        match self {
            Indication::TotalFailed => "TOTAL-FAILED",
            Indication::Indeterminate => "INDETERMINATE",
            Indication::TotalPassed => "TOTAL-PASSED",
        }
    }
}

impl fmt::Display for Indication {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

macro_rules! sub_indications {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)+) => {
        /// Why a signature failed, or what stands in the way of a verdict; the gravest first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum SubIndication {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)+
        }

        impl SubIndication {
            /// All of them, the gravest first.
            pub const ALL: &'static [Self] = &[$(SubIndication::$variant),+];

            /// The name in the standard.
            pub fn name(self) -> &'static str {
                match self { $(SubIndication::$variant => $name),+ }
            }
        }
    };
}

sub_indications! {
    /// The form breaks a rule.
    FormatFailure "FORMAT_FAILURE";
    /// The content is not the one that was signed.
    HashFailure "HASH_FAILURE";
    /// The signature value does not fit.
    SigCryptoFailure "SIG_CRYPTO_FAILURE";
    /// The certificate was revoked when it signed.
    Revoked "REVOKED";
    /// The certificate had expired when it signed.
    Expired "EXPIRED";
    /// The certificate was not valid yet when it signed.
    NotYetValid "NOT_YET_VALID";
    /// The signer's certificate was not found, or another one was meant.
    NoSigningCertificateFound "NO_SIGNING_CERTIFICATE_FOUND";
    /// The signed content was not given.
    SignedDataNotFound "SIGNED_DATA_NOT_FOUND";
    /// What the rules for signatures demand is missing.
    SigConstraintsFailure "SIG_CONSTRAINTS_FAILURE";
    /// The times of the time-stamps contradict each other or the signing time.
    TimestampOrderFailure "TIMESTAMP_ORDER_FAILURE";
    /// An algorithm was too weak at the time of its use.
    CryptoConstraintsFailure "CRYPTO_CONSTRAINTS_FAILURE";
    /// An algorithm is too weak, or unknown, and no proof tells that the signature is old enough.
    CryptoConstraintsFailureNoPoe "CRYPTO_CONSTRAINTS_FAILURE_NO_POE";
    /// A certificate of the path breaks a demand.
    ChainConstraintsFailure "CHAIN_CONSTRAINTS_FAILURE";
    /// The path cannot be judged for another reason.
    CertificateChainGeneralFailure "CERTIFICATE_CHAIN_GENERAL_FAILURE";
    /// No path to an anchor was found, or none was looked for.
    NoCertificateChainFound "NO_CERTIFICATE_CHAIN_FOUND";
    /// The certificate is revoked, and no proof tells that the signature was made before.
    RevokedNoPoe "REVOKED_NO_POE";
    /// An authority's certificate is revoked, and no proof tells that the signature was made before.
    RevokedCaNoPoe "REVOKED_CA_NO_POE";
    /// The certificate is outside of its validity and was not revoked; no proof tells that it signed inside.
    OutOfBoundsNotRevoked "OUT_OF_BOUNDS_NOT_REVOKED";
    /// The certificate is outside of its validity, and no proof tells that it signed inside.
    OutOfBoundsNoPoe "OUT_OF_BOUNDS_NO_POE";
    /// The certificate behind status data is outside of its validity, and no proof tells that the data is older.
    RevocationOutOfBoundsNoPoe "REVOCATION_OUT_OF_BOUNDS_NO_POE";
    /// The signature policy is not known here.
    SignaturePolicyNotAvailable "SIGNATURE_POLICY_NOT_AVAILABLE";
    /// The signature policy cannot be applied.
    PolicyProcessingError "POLICY_PROCESSING_ERROR";
    /// No proof tells that the signature existed at the time that decides.
    NoPoe "NO_POE";
    /// Status data is missing or not fresh enough.
    TryLater "TRY_LATER";
}

impl SubIndication {
    /// The indication that it stands beside (EN 319 102-1 section 5.1.3).
    pub fn indication(self) -> Indication {
        match self {
            SubIndication::FormatFailure
            | SubIndication::HashFailure
            | SubIndication::SigCryptoFailure
            | SubIndication::Revoked => Indication::TotalFailed,
            _ => Indication::Indeterminate,
        }
    }
}

impl fmt::Display for SubIndication {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
