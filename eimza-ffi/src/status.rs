//! Generated from the core's error numbers by `BLESS=1 cargo test -p eimza-ffi`: do not edit.

use std::ffi::CStr;

/// What a call came to: 0, or the stable number of an error. A number is never used again for something else.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum eimza_status {
    /// "ok"
    Ok = 0,
    /// "asn1-malformed"
    Asn1Malformed = 1001,
    /// "limit-exceeded"
    LimitExceeded = 1002,
    /// "input-unreadable"
    InputUnreadable = 1003,
    /// "output-unwritable"
    OutputUnwritable = 1004,
    /// "text-not-utf8"
    TextNotUtf8 = 1005,
    /// "algorithm-unsupported"
    AlgorithmUnsupported = 1006,
    /// "crypto-failed"
    CryptoFailed = 1007,
    /// "argument-invalid"
    ArgumentInvalid = 1008,
    /// "content-changed"
    ContentChanged = 1009,
    /// "cancelled"
    Cancelled = 1010,
    /// "internal"
    Internal = 1011,
    /// "encoding-unreadable"
    EncodingUnreadable = 1012,
    /// "time-invalid"
    TimeInvalid = 1013,
    /// "json-malformed"
    JsonMalformed = 1014,
    /// "policy-malformed"
    PolicyMalformed = 1015,
    /// "token-absent"
    TokenAbsent = 2001,
    /// "tokens-several"
    TokensSeveral = 2002,
    /// "token-unknown"
    TokenUnknown = 2003,
    /// "token-removed"
    TokenRemoved = 2004,
    /// "token-address-invalid"
    TokenAddressInvalid = 2005,
    /// "token-address-holds-pin"
    TokenAddressHoldsPin = 2006,
    /// "token-busy"
    TokenBusy = 2007,
    /// "token-cannot"
    TokenCannot = 2008,
    /// "module-missing"
    ModuleMissing = 2101,
    /// "module-unusable"
    ModuleUnusable = 2102,
    /// "module-architecture"
    ModuleArchitecture = 2103,
    /// "module-failed"
    ModuleFailed = 2104,
    /// "host-holds-login"
    HostHoldsLogin = 2105,
    /// "key-absent"
    KeyAbsent = 2106,
    /// "token-signature-invalid"
    TokenSignatureInvalid = 2107,
    /// "module-ended-process"
    ModuleEndedProcess = 2108,
    /// "module-silent"
    ModuleSilent = 2109,
    /// "token-file-malformed"
    TokenFileMalformed = 2201,
    /// "token-file-exists"
    TokenFileExists = 2202,
    /// "pkcs12-malformed"
    Pkcs12Malformed = 2203,
    /// "pkcs12-password-wrong"
    Pkcs12PasswordWrong = 2204,
    /// "pkcs12-key-absent"
    Pkcs12KeyAbsent = 2205,
    /// "try-not-given-back"
    TryNotGivenBack = 2206,
    /// "pcsc-absent"
    PcscAbsent = 2301,
    /// "pcsc-stopped"
    PcscStopped = 2302,
    /// "reader-unknown"
    ReaderUnknown = 2303,
    /// "reader-failed"
    ReaderFailed = 2304,
    /// "card-absent"
    CardAbsent = 2305,
    /// "card-unknown"
    CardUnknown = 2306,
    /// "card-failed"
    CardFailed = 2307,
    /// "card-needs-module"
    CardNeedsModule = 2308,
    /// "card-commands-unconfirmed"
    CardCommandsUnconfirmed = 2309,
    /// "card-profile-malformed"
    CardProfileMalformed = 2310,
    /// "secret-empty"
    SecretEmpty = 3001,
    /// "secret-too-long"
    SecretTooLong = 3002,
    /// "secret-characters"
    SecretCharacters = 3003,
    /// "secret-looks-like-verification-code"
    SecretLooksLikeVerificationCode = 3004,
    /// "verification-code-malformed"
    VerificationCodeMalformed = 3005,
    /// "confirmation-code-malformed"
    ConfirmationCodeMalformed = 3006,
    /// "pin-form-refused"
    PinFormRefused = 3101,
    /// "pin-incorrect"
    PinIncorrect = 3102,
    /// "pin-blocked"
    PinBlocked = 3103,
    /// "pin-final-try"
    PinFinalTry = 3104,
    /// "pin-length-unusual"
    PinLengthUnusual = 3105,
    /// "pin-not-set"
    PinNotSet = 3106,
    /// "pin-answer-lost"
    PinAnswerLost = 3107,
    /// "pin-expired"
    PinExpired = 3108,
    /// "pin-new-refused"
    PinNewRefused = 3109,
    /// "pin-needed"
    PinNeeded = 3110,
    /// "puk-incorrect"
    PukIncorrect = 3112,
    /// "puk-blocked"
    PukBlocked = 3113,
    /// "puk-final-try"
    PukFinalTry = 3114,
    /// "key-pin-needed"
    KeyPinNeeded = 3121,
    /// "key-refused-pin"
    KeyRefusedPin = 3122,
    /// "key-pin-incorrect"
    KeyPinIncorrect = 3123,
    /// "key-pin-blocked"
    KeyPinBlocked = 3124,
    /// "key-pin-final-try"
    KeyPinFinalTry = 3125,
    /// "attempt-memory-unusable"
    AttemptMemoryUnusable = 3131,
    /// "certificate-malformed"
    CertificateMalformed = 4001,
    /// "certificate-none-fits"
    CertificateNoneFits = 4002,
    /// "certificates-several"
    CertificatesSeveral = 4003,
    /// "certificate-expired"
    CertificateExpired = 4004,
    /// "certificate-not-yet-valid"
    CertificateNotYetValid = 4005,
    /// "certificate-cannot-sign"
    CertificateCannotSign = 4006,
    /// "certificate-not-qualified"
    CertificateNotQualified = 4007,
    /// "certificate-other-person"
    CertificateOtherPerson = 4008,
    /// "certificate-issuer-unknown"
    CertificateIssuerUnknown = 4009,
    /// "trust-store-malformed"
    TrustStoreMalformed = 4010,
    /// "signature-not-signed-data"
    SignatureNotSignedData = 5001,
    /// "signature-malformed"
    SignatureMalformed = 5002,
    /// "signature-absent"
    SignatureAbsent = 5003,
    /// "content-missing"
    ContentMissing = 5004,
    /// "content-differs"
    ContentDiffers = 5005,
    /// "signature-value-invalid"
    SignatureValueInvalid = 5006,
    /// "state-malformed"
    StateMalformed = 5101,
    /// "state-altered"
    StateAltered = 5102,
    /// "state-expired"
    StateExpired = 5103,
    /// "state-purpose"
    StatePurpose = 5104,
    /// "state-certificate"
    StateCertificate = 5105,
    /// "consent-text-empty"
    ConsentTextEmpty = 7001,
    /// "consent-text-too-large"
    ConsentTextTooLarge = 7002,
    /// "consent-text-hidden-character"
    ConsentTextHiddenCharacter = 7003,
    /// "code-unknown"
    CodeUnknown = 7101,
    /// "code-expired"
    CodeExpired = 7102,
    /// "code-used"
    CodeUsed = 7103,
    /// "code-other-purpose"
    CodeOtherPurpose = 7104,
    /// "code-guesses-exceeded"
    CodeGuessesExceeded = 7105,
    /// "consent-order"
    ConsentOrder = 7201,
    /// "consent-expired"
    ConsentExpired = 7202,
    /// "consent-cancelled"
    ConsentCancelled = 7203,
    /// "consent-read-too-short"
    ConsentReadTooShort = 7204,
    /// "consent-declaration-missing"
    ConsentDeclarationMissing = 7205,
    /// "consent-rejected"
    ConsentRejected = 7301,
    /// "consent-outcome-unknown"
    ConsentOutcomeUnknown = 7302,
    /// "consent-unknown"
    ConsentUnknown = 7303,
    /// "consequences-not-acknowledged"
    ConsequencesNotAcknowledged = 7305,
    /// "record-malformed"
    RecordMalformed = 7401,
    /// "receipt-invalid"
    ReceiptInvalid = 7402,
    /// "service-unreachable"
    ServiceUnreachable = 9001,
    /// "service-refused"
    ServiceRefused = 9002,
    /// "service-failed"
    ServiceFailed = 9003,
}

impl eimza_status {
    /// The number of an error.
    pub(crate) fn of(error: &eimza_core::Error) -> Self {
        match error.code() {
            1001 => Self::Asn1Malformed,
            1002 => Self::LimitExceeded,
            1003 => Self::InputUnreadable,
            1004 => Self::OutputUnwritable,
            1005 => Self::TextNotUtf8,
            1006 => Self::AlgorithmUnsupported,
            1007 => Self::CryptoFailed,
            1008 => Self::ArgumentInvalid,
            1009 => Self::ContentChanged,
            1010 => Self::Cancelled,
            1011 => Self::Internal,
            1012 => Self::EncodingUnreadable,
            1013 => Self::TimeInvalid,
            1014 => Self::JsonMalformed,
            1015 => Self::PolicyMalformed,
            2001 => Self::TokenAbsent,
            2002 => Self::TokensSeveral,
            2003 => Self::TokenUnknown,
            2004 => Self::TokenRemoved,
            2005 => Self::TokenAddressInvalid,
            2006 => Self::TokenAddressHoldsPin,
            2007 => Self::TokenBusy,
            2008 => Self::TokenCannot,
            2101 => Self::ModuleMissing,
            2102 => Self::ModuleUnusable,
            2103 => Self::ModuleArchitecture,
            2104 => Self::ModuleFailed,
            2105 => Self::HostHoldsLogin,
            2106 => Self::KeyAbsent,
            2107 => Self::TokenSignatureInvalid,
            2108 => Self::ModuleEndedProcess,
            2109 => Self::ModuleSilent,
            2201 => Self::TokenFileMalformed,
            2202 => Self::TokenFileExists,
            2203 => Self::Pkcs12Malformed,
            2204 => Self::Pkcs12PasswordWrong,
            2205 => Self::Pkcs12KeyAbsent,
            2206 => Self::TryNotGivenBack,
            2301 => Self::PcscAbsent,
            2302 => Self::PcscStopped,
            2303 => Self::ReaderUnknown,
            2304 => Self::ReaderFailed,
            2305 => Self::CardAbsent,
            2306 => Self::CardUnknown,
            2307 => Self::CardFailed,
            2308 => Self::CardNeedsModule,
            2309 => Self::CardCommandsUnconfirmed,
            2310 => Self::CardProfileMalformed,
            3001 => Self::SecretEmpty,
            3002 => Self::SecretTooLong,
            3003 => Self::SecretCharacters,
            3004 => Self::SecretLooksLikeVerificationCode,
            3005 => Self::VerificationCodeMalformed,
            3006 => Self::ConfirmationCodeMalformed,
            3101 => Self::PinFormRefused,
            3102 => Self::PinIncorrect,
            3103 => Self::PinBlocked,
            3104 => Self::PinFinalTry,
            3105 => Self::PinLengthUnusual,
            3106 => Self::PinNotSet,
            3107 => Self::PinAnswerLost,
            3108 => Self::PinExpired,
            3109 => Self::PinNewRefused,
            3110 => Self::PinNeeded,
            3112 => Self::PukIncorrect,
            3113 => Self::PukBlocked,
            3114 => Self::PukFinalTry,
            3121 => Self::KeyPinNeeded,
            3122 => Self::KeyRefusedPin,
            3123 => Self::KeyPinIncorrect,
            3124 => Self::KeyPinBlocked,
            3125 => Self::KeyPinFinalTry,
            3131 => Self::AttemptMemoryUnusable,
            4001 => Self::CertificateMalformed,
            4002 => Self::CertificateNoneFits,
            4003 => Self::CertificatesSeveral,
            4004 => Self::CertificateExpired,
            4005 => Self::CertificateNotYetValid,
            4006 => Self::CertificateCannotSign,
            4007 => Self::CertificateNotQualified,
            4008 => Self::CertificateOtherPerson,
            4009 => Self::CertificateIssuerUnknown,
            4010 => Self::TrustStoreMalformed,
            5001 => Self::SignatureNotSignedData,
            5002 => Self::SignatureMalformed,
            5003 => Self::SignatureAbsent,
            5004 => Self::ContentMissing,
            5005 => Self::ContentDiffers,
            5006 => Self::SignatureValueInvalid,
            5101 => Self::StateMalformed,
            5102 => Self::StateAltered,
            5103 => Self::StateExpired,
            5104 => Self::StatePurpose,
            5105 => Self::StateCertificate,
            7001 => Self::ConsentTextEmpty,
            7002 => Self::ConsentTextTooLarge,
            7003 => Self::ConsentTextHiddenCharacter,
            7101 => Self::CodeUnknown,
            7102 => Self::CodeExpired,
            7103 => Self::CodeUsed,
            7104 => Self::CodeOtherPurpose,
            7105 => Self::CodeGuessesExceeded,
            7201 => Self::ConsentOrder,
            7202 => Self::ConsentExpired,
            7203 => Self::ConsentCancelled,
            7204 => Self::ConsentReadTooShort,
            7205 => Self::ConsentDeclarationMissing,
            7301 => Self::ConsentRejected,
            7302 => Self::ConsentOutcomeUnknown,
            7303 => Self::ConsentUnknown,
            7305 => Self::ConsequencesNotAcknowledged,
            7401 => Self::RecordMalformed,
            7402 => Self::ReceiptInvalid,
            9001 => Self::ServiceUnreachable,
            9002 => Self::ServiceRefused,
            9003 => Self::ServiceFailed,
            // A test keeps this list complete.
            _ => Self::Internal,
        }
    }
}

/// The stable name of a number.
pub(crate) fn status_name(status: u32) -> &'static CStr {
    match status {
        0 => c"ok",
        1001 => c"asn1-malformed",
        1002 => c"limit-exceeded",
        1003 => c"input-unreadable",
        1004 => c"output-unwritable",
        1005 => c"text-not-utf8",
        1006 => c"algorithm-unsupported",
        1007 => c"crypto-failed",
        1008 => c"argument-invalid",
        1009 => c"content-changed",
        1010 => c"cancelled",
        1011 => c"internal",
        1012 => c"encoding-unreadable",
        1013 => c"time-invalid",
        1014 => c"json-malformed",
        1015 => c"policy-malformed",
        2001 => c"token-absent",
        2002 => c"tokens-several",
        2003 => c"token-unknown",
        2004 => c"token-removed",
        2005 => c"token-address-invalid",
        2006 => c"token-address-holds-pin",
        2007 => c"token-busy",
        2008 => c"token-cannot",
        2101 => c"module-missing",
        2102 => c"module-unusable",
        2103 => c"module-architecture",
        2104 => c"module-failed",
        2105 => c"host-holds-login",
        2106 => c"key-absent",
        2107 => c"token-signature-invalid",
        2108 => c"module-ended-process",
        2109 => c"module-silent",
        2201 => c"token-file-malformed",
        2202 => c"token-file-exists",
        2203 => c"pkcs12-malformed",
        2204 => c"pkcs12-password-wrong",
        2205 => c"pkcs12-key-absent",
        2206 => c"try-not-given-back",
        2301 => c"pcsc-absent",
        2302 => c"pcsc-stopped",
        2303 => c"reader-unknown",
        2304 => c"reader-failed",
        2305 => c"card-absent",
        2306 => c"card-unknown",
        2307 => c"card-failed",
        2308 => c"card-needs-module",
        2309 => c"card-commands-unconfirmed",
        2310 => c"card-profile-malformed",
        3001 => c"secret-empty",
        3002 => c"secret-too-long",
        3003 => c"secret-characters",
        3004 => c"secret-looks-like-verification-code",
        3005 => c"verification-code-malformed",
        3006 => c"confirmation-code-malformed",
        3101 => c"pin-form-refused",
        3102 => c"pin-incorrect",
        3103 => c"pin-blocked",
        3104 => c"pin-final-try",
        3105 => c"pin-length-unusual",
        3106 => c"pin-not-set",
        3107 => c"pin-answer-lost",
        3108 => c"pin-expired",
        3109 => c"pin-new-refused",
        3110 => c"pin-needed",
        3112 => c"puk-incorrect",
        3113 => c"puk-blocked",
        3114 => c"puk-final-try",
        3121 => c"key-pin-needed",
        3122 => c"key-refused-pin",
        3123 => c"key-pin-incorrect",
        3124 => c"key-pin-blocked",
        3125 => c"key-pin-final-try",
        3131 => c"attempt-memory-unusable",
        4001 => c"certificate-malformed",
        4002 => c"certificate-none-fits",
        4003 => c"certificates-several",
        4004 => c"certificate-expired",
        4005 => c"certificate-not-yet-valid",
        4006 => c"certificate-cannot-sign",
        4007 => c"certificate-not-qualified",
        4008 => c"certificate-other-person",
        4009 => c"certificate-issuer-unknown",
        4010 => c"trust-store-malformed",
        5001 => c"signature-not-signed-data",
        5002 => c"signature-malformed",
        5003 => c"signature-absent",
        5004 => c"content-missing",
        5005 => c"content-differs",
        5006 => c"signature-value-invalid",
        5101 => c"state-malformed",
        5102 => c"state-altered",
        5103 => c"state-expired",
        5104 => c"state-purpose",
        5105 => c"state-certificate",
        7001 => c"consent-text-empty",
        7002 => c"consent-text-too-large",
        7003 => c"consent-text-hidden-character",
        7101 => c"code-unknown",
        7102 => c"code-expired",
        7103 => c"code-used",
        7104 => c"code-other-purpose",
        7105 => c"code-guesses-exceeded",
        7201 => c"consent-order",
        7202 => c"consent-expired",
        7203 => c"consent-cancelled",
        7204 => c"consent-read-too-short",
        7205 => c"consent-declaration-missing",
        7301 => c"consent-rejected",
        7302 => c"consent-outcome-unknown",
        7303 => c"consent-unknown",
        7305 => c"consequences-not-acknowledged",
        7401 => c"record-malformed",
        7402 => c"receipt-invalid",
        9001 => c"service-unreachable",
        9002 => c"service-refused",
        9003 => c"service-failed",
        _ => c"unknown",
    }
}
