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
    /// The signer's certificate was not found, or another one was meant.
    NoSigningCertificateFound "NO_SIGNING_CERTIFICATE_FOUND";
    /// The signed content was not given.
    SignedDataNotFound "SIGNED_DATA_NOT_FOUND";
    /// What the rules for signatures demand is missing.
    SigConstraintsFailure "SIG_CONSTRAINTS_FAILURE";
    /// An algorithm is too weak, or unknown, and no proof tells that the signature is old enough.
    CryptoConstraintsFailureNoPoe "CRYPTO_CONSTRAINTS_FAILURE_NO_POE";
    /// A certificate of the path breaks a demand.
    ChainConstraintsFailure "CHAIN_CONSTRAINTS_FAILURE";
    /// No path to an anchor was found, or none was looked for.
    NoCertificateChainFound "NO_CERTIFICATE_CHAIN_FOUND";
    /// Status data is missing or not fresh enough.
    TryLater "TRY_LATER";
}

impl fmt::Display for SubIndication {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
