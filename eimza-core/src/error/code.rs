//! The stable number and name of every error. A number is never used again for something else.

use super::Error;

macro_rules! codes {
    ($($number:literal $name:literal $variant:ident;)+) => {
        /// Every number and name, in rising order.
        pub const CODES: &[(u16, &str)] = &[$(($number, $name)),+];

        impl Error {
            /// The stable number: C status code, `code` of Python's exceptions and of the command's JSON.
            pub fn code(&self) -> u16 {
                match self { $(Error::$variant { .. } => $number),+ }
            }

            /// The stable name, in lower case with hyphens.
            pub fn name(&self) -> &'static str {
                match self { $(Error::$variant { .. } => $name),+ }
            }
        }
    };
}

/// Numbers of errors that are gone, which stand for nothing else again: 7304 (`consent-revoked`).
#[cfg(test)]
const RESERVED: &[u16] = &[7304];

codes! {
    1001 "asn1-malformed" Asn1Malformed;
    1002 "limit-exceeded" LimitExceeded;
    1003 "input-unreadable" InputUnreadable;
    1004 "output-unwritable" OutputUnwritable;
    1005 "text-not-utf8" TextNotUtf8;
    1006 "algorithm-unsupported" AlgorithmUnsupported;
    1007 "crypto-failed" CryptoFailed;
    1008 "argument-invalid" ArgumentInvalid;
    1009 "content-changed" ContentChanged;
    1010 "cancelled" Cancelled;
    1011 "internal" Internal;
    1012 "encoding-unreadable" EncodingUnreadable;
    1013 "time-invalid" TimeInvalid;
    1014 "json-malformed" JsonMalformed;
    1015 "policy-malformed" PolicyMalformed;
    2001 "token-absent" TokenAbsent;
    2002 "tokens-several" TokensSeveral;
    2003 "token-unknown" TokenUnknown;
    2004 "token-removed" TokenRemoved;
    2005 "token-address-invalid" TokenAddressInvalid;
    2006 "token-address-holds-pin" TokenAddressHoldsPin;
    2007 "token-busy" TokenBusy;
    2008 "token-cannot" TokenCannot;
    2101 "module-missing" ModuleMissing;
    2102 "module-unusable" ModuleUnusable;
    2103 "module-architecture" ModuleArchitecture;
    2104 "module-failed" ModuleFailed;
    2105 "host-holds-login" HostHoldsLogin;
    2106 "key-absent" KeyAbsent;
    2107 "token-signature-invalid" TokenSignatureInvalid;
    2108 "module-ended-process" ModuleEndedProcess;
    2109 "module-silent" ModuleSilent;
    2201 "token-file-malformed" TokenFileMalformed;
    2202 "token-file-exists" TokenFileExists;
    2203 "pkcs12-malformed" Pkcs12Malformed;
    2204 "pkcs12-password-wrong" Pkcs12PasswordWrong;
    2205 "pkcs12-key-absent" Pkcs12KeyAbsent;
    2206 "try-not-given-back" TryNotGivenBack;
    2301 "pcsc-absent" PcscAbsent;
    2302 "pcsc-stopped" PcscStopped;
    2303 "reader-unknown" ReaderUnknown;
    2304 "reader-failed" ReaderFailed;
    2305 "card-absent" CardAbsent;
    2306 "card-unknown" CardUnknown;
    2307 "card-failed" CardFailed;
    2308 "card-needs-module" CardNeedsModule;
    2309 "card-commands-unconfirmed" CardCommandsUnconfirmed;
    2310 "card-profile-malformed" CardProfileMalformed;
    3001 "secret-empty" SecretEmpty;
    3002 "secret-too-long" SecretTooLong;
    3003 "secret-characters" SecretCharacters;
    3004 "secret-looks-like-verification-code" SecretLooksLikeVerificationCode;
    3005 "verification-code-malformed" VerificationCodeMalformed;
    3006 "confirmation-code-malformed" ConfirmationCodeMalformed;
    3101 "pin-form-refused" PinFormRefused;
    3102 "pin-incorrect" PinIncorrect;
    3103 "pin-blocked" PinBlocked;
    3104 "pin-final-try" PinFinalTry;
    3105 "pin-length-unusual" PinLengthUnusual;
    3106 "pin-not-set" PinNotSet;
    3107 "pin-answer-lost" PinAnswerLost;
    3108 "pin-expired" PinExpired;
    3109 "pin-new-refused" PinNewRefused;
    3110 "pin-needed" PinNeeded;
    3112 "puk-incorrect" PukIncorrect;
    3113 "puk-blocked" PukBlocked;
    3114 "puk-final-try" PukFinalTry;
    3121 "key-pin-needed" KeyPinNeeded;
    3122 "key-refused-pin" KeyRefusedPin;
    3123 "key-pin-incorrect" KeyPinIncorrect;
    3124 "key-pin-blocked" KeyPinBlocked;
    3125 "key-pin-final-try" KeyPinFinalTry;
    3131 "attempt-memory-unusable" AttemptMemoryUnusable;
    4001 "certificate-malformed" CertificateMalformed;
    4002 "certificate-none-fits" CertificateNoneFits;
    4003 "certificates-several" CertificatesSeveral;
    4004 "certificate-expired" CertificateExpired;
    4005 "certificate-not-yet-valid" CertificateNotYetValid;
    4006 "certificate-cannot-sign" CertificateCannotSign;
    4007 "certificate-not-qualified" CertificateNotQualified;
    4008 "certificate-other-person" CertificateOtherPerson;
    4009 "certificate-issuer-unknown" CertificateIssuerUnknown;
    4010 "trust-store-malformed" TrustStoreMalformed;
    5001 "signature-not-signed-data" SignatureNotSignedData;
    5002 "signature-malformed" SignatureMalformed;
    5003 "signature-absent" SignatureAbsent;
    5004 "content-missing" ContentMissing;
    5005 "content-differs" ContentDiffers;
    5006 "signature-value-invalid" SignatureValueInvalid;
    5101 "state-malformed" StateMalformed;
    5102 "state-altered" StateAltered;
    5103 "state-expired" StateExpired;
    5104 "state-purpose" StatePurpose;
    5105 "state-certificate" StateCertificate;
    7001 "consent-text-empty" ConsentTextEmpty;
    7002 "consent-text-too-large" ConsentTextTooLarge;
    7003 "consent-text-hidden-character" ConsentTextHiddenCharacter;
    7101 "code-unknown" CodeUnknown;
    7102 "code-expired" CodeExpired;
    7103 "code-used" CodeUsed;
    7104 "code-other-purpose" CodeOtherPurpose;
    7105 "code-guesses-exceeded" CodeGuessesExceeded;
    7201 "consent-order" ConsentOrder;
    7202 "consent-expired" ConsentExpired;
    7203 "consent-cancelled" ConsentCancelled;
    7204 "consent-read-too-short" ConsentReadTooShort;
    7205 "consent-declaration-missing" ConsentDeclarationMissing;
    7301 "consent-rejected" ConsentRejected;
    7302 "consent-outcome-unknown" ConsentOutcomeUnknown;
    7303 "consent-unknown" ConsentUnknown;
    7305 "consequences-not-acknowledged" ConsequencesNotAcknowledged;
    7401 "record-malformed" RecordMalformed;
    7402 "receipt-invalid" ReceiptInvalid;
    9001 "service-unreachable" ServiceUnreachable;
    9002 "service-refused" ServiceRefused;
    9003 "service-failed" ServiceFailed;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_names_are_unique() {
        for pair in CODES.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{pair:?}");
        }
        assert!(CODES.iter().all(|(number, _)| !RESERVED.contains(number)));
        let names: std::collections::HashSet<_> = CODES.iter().map(|code| code.1).collect();
        assert_eq!(names.len(), CODES.len());
    }

    #[test]
    fn numbers_promised_to_scripts_stay() {
        assert_eq!(Error::PinIncorrect { tries_left: None }.code(), 3102);
        assert_eq!(Error::PinIncorrect { tries_left: None }.name(), "pin-incorrect");
    }
}
