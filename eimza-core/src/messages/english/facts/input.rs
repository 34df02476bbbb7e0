//! The facts of errors about input, output, encodings and arguments.

use crate::error::{ArgumentFault, CryptoOperation, JsonForm, Limit};

pub(in crate::messages) fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::Depth => "depth",
        Limit::Size => "size",
        Limit::Signers => "signers",
        Limit::Attributes => "attributes",
        Limit::DigestAlgorithms => "digest algorithms",
        Limit::Certificates => "certificates",
        Limit::RevocationData => "revocation data",
        Limit::Extensions => "extensions",
        Limit::Chain => "chain",
        Limit::CertificateReferences => "certificate references",
        Limit::RevocationReferences => "revocation references",
        Limit::CertificateValues => "certificate values",
        Limit::RevocationValues => "revocation values",
        Limit::TimeStamps => "time-stamps",
        Limit::IssuerSignatures => "issuers' signatures",
        Limit::HashIndex => "hash index",
        Limit::OcspResponses => "OCSP responses",
        Limit::SignatureValue => "signature value",
        Limit::KeySize => "key size",
        Limit::Iterations => "iterations",
        Limit::Salt => "salt",
        Limit::Bags => "bags",
        Limit::TokenObjects => "objects on a token",
        Limit::RecordSize => "record size",
        Limit::ReceiptSize => "receipt size",
        Limit::MessageSize => "message size",
        Limit::Texts => "texts",
    }
}

pub(in crate::messages) fn crypto_operation(operation: CryptoOperation) -> &'static str {
    match operation {
        CryptoOperation::Seal => "seal",
        CryptoOperation::Random => "drawing random octets",
        CryptoOperation::VerificationCode => "drawing a verification code",
        CryptoOperation::PrivateKey => "private key",
        CryptoOperation::PublicKey => "public key",
        CryptoOperation::KeyGeneration => "key generation",
        CryptoOperation::Signing => "signing",
        CryptoOperation::Digest => "digest",
        CryptoOperation::AesCbc => "AES-CBC",
    }
}

pub(in crate::messages) fn argument_fault(fault: ArgumentFault) -> &'static str {
    match fault {
        ArgumentFault::Null => "it is NULL",
        ArgumentFault::Empty => "it is empty",
        ArgumentFault::NameUnknown => "its name is not known",
        ArgumentFault::NoSuchOne => "there is no such one",
        ArgumentFault::UsedAlready => "it was used already",
        ArgumentFault::LongerThanMemory => "it is longer than memory can be",
        ArgumentFault::LongerThan1024 => "it is longer than 1024 octets",
        ArgumentFault::Not32Octets => "it must have 32 octets",
        ArgumentFault::Not11Digits => "it must have eleven digits",
        ArgumentFault::NotSha256 => "a SHA-256 has 64 hexadecimal digits",
        ArgumentFault::DigestLength => "its length does not fit the algorithm",
        ArgumentFault::DigestOfAnother => "it is not that of the algorithm",
        ArgumentFault::DigestWeak => "SHA-1 is too weak for new signatures",
        ArgumentFault::DigestNotForSigning => "new signatures are made with SHA-256, SHA-384 or SHA-512",
        ArgumentFault::KeyBoundToAnother => "the key is bound to another one",
        ArgumentFault::NotIdentifier => "not an object identifier",
        ArgumentFault::Before1970 => "it lies before 1970",
        ArgumentFault::NoTimeZone => "it has no time zone",
        ArgumentFault::IterationsOutside => "it must be 1000 to 10000000",
        ArgumentFault::OtherSubmission => "it is not the submission that was checked",
        ArgumentFault::OtherCertificate => "it is for another certificate",
        ArgumentFault::NothingToSign => "there is nothing to sign",
        ArgumentFault::NoSuchSigner => "there is no signer with this number",
        ArgumentFault::NoAttribute => "what is added as an attribute is none",
        ArgumentFault::NotOneElement => "an addition is not one element of ASN.1",
        ArgumentFault::CoveredByArchive => "an archive-time-stamp v2 covers certificates and revocation data whole",
        ArgumentFault::EnteredApart => "old and new are both typed into the application, or both on the device",
        ArgumentFault::NoKeypad => "a file has no keypad",
        ArgumentFault::NoTrustStore => "no trust store is given",
        ArgumentFault::RulesGiven => "policy_toml holds the rules",
        ArgumentFault::NotOffered => "the service offers no such consent",
        ArgumentFault::NoCode => "it has no code",
        ArgumentFault::NoReceipt => "it has no receipt",
        ArgumentFault::NotRejected => "it was not rejected",
        ArgumentFault::NoOutcome => "it needs a receipt or a rejection",
        ArgumentFault::NoAnswer => "the service gave none",
        ArgumentFault::OwnPortal => "it has its own portal",
    }
}

pub(in crate::messages) fn json_form(form: JsonForm) -> &'static str {
    match form {
        JsonForm::Page => "page",
        JsonForm::Summary => "summary",
        JsonForm::Inspection => "inspection",
        JsonForm::Report => "report",
        JsonForm::ConsentRecord => "consent record",
        JsonForm::Receipt => "receipt",
        JsonForm::Request => "request",
        JsonForm::Kind => "kind",
        JsonForm::Offer => "offer",
        JsonForm::Documents => "documents",
        JsonForm::Declarations => "declarations",
        JsonForm::Rejection => "rejection",
        JsonForm::IssuedCode => "issued code",
        JsonForm::RedeemedCode => "redeemed code",
        JsonForm::Submission => "submission",
        JsonForm::Status => "status",
    }
}
