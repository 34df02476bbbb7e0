//! One value of every error, for tests, which compare the list with `CODES`.
//!
//! Facts that come from outside hold a national id here and there, since that is what paths and labels do.

use std::io;
use std::path::PathBuf;

use crate::clock::Time;
use crate::error::{
    AddressFault, ArgumentFault, Cause, CertificateField, CryptoOperation, Error, Excluded, Exclusion, JsonForm, Limit,
    MissingStep, Pkcs12Fault, Processor, ReceiptPart, RecordPart, Refusal, Rejection, Shortfall, SignatureFault,
    TokenFileFault, TokenOperation, TrustStoreFault,
};
use crate::secret::SecretKind;

/// 15:00:30 on 15 June 2026 in Istanbul.
pub(super) fn moment() -> Time {
    Time::parse("2026-06-15T12:00:30Z").unwrap()
}

pub(super) fn samples() -> Vec<Error> {
    let path = || PathBuf::from("/home/10000000146/belge.txt");
    let module = || PathBuf::from("/usr/lib/libakisp11.so");
    let cause = || -> Cause { Box::new(io::Error::other("broken pipe")) };
    let why = Exclusion::Expired { not_after: moment() };
    let excluded = Excluded { subject: "TEST KİŞİ 10000000146".into(), why };
    vec![
        Error::Asn1Malformed { what: "TBSCertificate", offset: 4 },
        Error::LimitExceeded { limit: Limit::Depth },
        Error::InputUnreadable { path: path(), source: io::ErrorKind::NotFound.into() },
        Error::OutputUnwritable { path: path(), source: io::ErrorKind::PermissionDenied.into() },
        Error::TextNotUtf8 { offset: 17 },
        Error::AlgorithmUnsupported { algorithm: "1.2.840.10040.4.3".into() },
        Error::CryptoFailed { operation: CryptoOperation::Signing },
        Error::ArgumentInvalid { argument: "texts", reason: ArgumentFault::Empty },
        Error::ContentChanged,
        Error::Cancelled,
        Error::Internal { what: "cades/sign.rs", source: None },
        Error::EncodingUnreadable { what: "a PEM certificate" },
        Error::TimeInvalid { given: "2026-06-15".into() },
        Error::JsonMalformed { what: JsonForm::Receipt, source: serde_json::from_str::<u8>("x").unwrap_err() },
        Error::PolicyMalformed { line: 3, text: "grace = 1".into(), source: cause() },
        Error::TokenAbsent,
        Error::TokensSeveral { tokens: vec!["10000000146SIGN0".into(), "SoftHSM".into()] },
        Error::TokenUnknown { address: "pkcs11:serial=10000000146".into() },
        Error::TokenRemoved,
        Error::TokenAddressInvalid { reason: AddressFault::PercentAlone },
        Error::TokenAddressHoldsPin,
        Error::TokenBusy,
        Error::TokenCannot { operation: TokenOperation::UnblockPin },
        Error::ModuleMissing { path: module() },
        Error::ModuleUnusable { path: module(), source: cause() },
        Error::ModuleArchitecture { path: module(), found: Processor::X86, needed: Processor::X86_64 },
        Error::ModuleFailed { function: "C_Sign", value: "CKR_DEVICE_ERROR".into() },
        Error::HostHoldsLogin,
        Error::KeyAbsent,
        Error::TokenSignatureInvalid,
        Error::ModuleEndedProcess,
        Error::ModuleSilent { seconds: 20 },
        Error::TokenFileMalformed { reason: TokenFileFault::UnknownVersion },
        Error::TokenFileExists { path: path() },
        Error::Pkcs12Malformed { reason: Pkcs12Fault::Unprotected },
        Error::Pkcs12PasswordWrong,
        Error::Pkcs12KeyAbsent,
        Error::TryNotGivenBack { source: cause() },
        Error::SecretEmpty { secret: SecretKind::Pin },
        Error::SecretTooLong { secret: SecretKind::Password, limit: 1024 },
        Error::SecretCharacters { secret: SecretKind::Puk },
        Error::SecretLooksLikeVerificationCode { secret: SecretKind::Puk },
        Error::VerificationCodeMalformed,
        Error::ConfirmationCodeMalformed,
        Error::PinFormRefused { secret: SecretKind::Puk },
        Error::PinIncorrect { tries_left: Some(2) },
        Error::PinBlocked,
        Error::PinFinalTry,
        Error::PinLengthUnusual { secret: SecretKind::Pin, min: 6, max: 8 },
        Error::PinNotSet,
        Error::PinAnswerLost { source: Some(cause()) },
        Error::PinExpired,
        Error::PinNewRefused,
        Error::PukIncorrect { tries_left: Some(1) },
        Error::PukBlocked,
        Error::PukFinalTry,
        Error::PinNeeded,
        Error::KeyPinNeeded,
        Error::KeyRefusedPin,
        Error::KeyPinIncorrect { tries_left: None },
        Error::KeyPinBlocked,
        Error::KeyPinFinalTry,
        Error::AttemptMemoryUnusable { path: path(), source: io::Error::other("disk full") },
        Error::CertificateMalformed { field: CertificateField::NotAfter },
        Error::CertificateNoneFits { seen: vec![excluded] },
        Error::CertificatesSeveral { subjects: vec!["TEST KİŞİ 1".into(), "TEST KİŞİ 2".into()] },
        Error::CertificateExpired { not_after: moment() },
        Error::CertificateNotYetValid { not_before: moment() },
        Error::CertificateCannotSign,
        Error::CertificateNotQualified {
            reasons: vec![Shortfall::ComplianceMissing, Shortfall::TurkishStatementMissing],
        },
        Error::CertificateOtherPerson,
        Error::CertificateIssuerUnknown,
        Error::TrustStoreMalformed { reason: TrustStoreFault::NotXml },
        Error::SignatureNotSignedData,
        Error::SignatureMalformed { what: SignatureFault::OctetsBehind },
        Error::SignatureAbsent,
        Error::ContentMissing,
        Error::ContentDiffers,
        Error::SignatureValueInvalid,
        Error::StateMalformed,
        Error::StateAltered,
        Error::StateExpired { expiry: moment() },
        Error::StatePurpose,
        Error::StateCertificate,
        Error::ConsentTextEmpty,
        Error::ConsentTextTooLarge { limit: 1_048_576 },
        Error::ConsentTextHiddenCharacter { offset: 12, character: 0x202E },
        Error::CodeUnknown,
        Error::CodeExpired,
        Error::CodeUsed,
        Error::CodeOtherPurpose,
        Error::CodeGuessesExceeded,
        Error::ConsentOrder { missing: MissingStep::Read },
        Error::ConsentExpired,
        Error::ConsentCancelled,
        Error::ConsentReadTooShort { seconds: 8 },
        Error::ConsentDeclarationMissing { index: 0 },
        Error::ConsentRejected { reason: Rejection::Text },
        Error::ConsentOutcomeUnknown { source: Some(cause()) },
        Error::ConsentUnknown,
        Error::ConsentRevoked { since: moment() },
        Error::ConsequencesNotAcknowledged,
        Error::RecordMalformed { field: RecordPart::Nonce },
        Error::ReceiptInvalid { what: ReceiptPart::Seal },
        Error::ServiceUnreachable { source: cause() },
        Error::ServiceRefused { reason: Refusal::Said("Maintenance until 10:00.".into()) },
        Error::ServiceFailed { source: cause() },
    ]
}
