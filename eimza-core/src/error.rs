//! The one error type: a variant names what went wrong and carries the facts.
//!
//! Every variant has a stable number and a stable name ([`Error::code`], [`Error::name`]); the thousands of a number
//! are its chapter, in the order in which data walks through the library:
//!
//! | numbers | chapter |
//! | --- | --- |
//! | 1000 | input, output, encodings, arguments |
//! | 2000 | token |
//! | 3000 | secrets; 3100: what a PIN or PUK attempt came to |
//! | 4000 | certificate |
//! | 5000 | signature |
//! | 7000 | consent |
//! | 9000 | services |
//!
//! A fact that is none of a number, a time or a path is an enum, by chapter: [`Limit`], [`Rejection`] …
//!
//! What a person reads is in [`messages`](crate::messages): what happened and what to do now, in Turkish and English,
//! `Display` and `Debug` among it.
//! No variant carries a secret, and none carries a national id in clear.

mod card;
mod certificate;
mod code;
mod consent;
mod facts;
mod input;
mod secret;
mod signature;
mod token;

use std::path::PathBuf;

pub use card::CardOperation;
pub use certificate::{CertificateField, Excluded, Exclusion, Shortfall, TrustStoreFault};
pub use code::CODES;
pub use consent::{MissingStep, ReceiptPart, RecordPart, Refusal, Rejected, Rejection};
pub use input::{ArgumentFault, CryptoOperation, JsonForm, Limit};
pub use secret::SecretKind;
pub use signature::SignatureFault;
pub use token::{AddressFault, Pkcs12Fault, Processor, TokenFileFault, TokenOperation};

use crate::time::Time;

/// What this library's functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The failure of another library or of the system, kept as the source of ours.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// What went wrong.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    // 1: input, output, encodings, arguments
    /// The bytes are not the ASN.1 that they should be.
    Asn1Malformed {
        /// The structure or field that was being read, by its name in the standard; the same in every language.
        what: &'static str,
        /// Where in the input, in octets, as far as it is known.
        offset: usize,
    },
    /// The input goes beyond a limit that protects against hostile data.
    LimitExceeded {
        /// The limit.
        limit: Limit,
    },
    /// A file or stream cannot be read.
    InputUnreadable {
        /// The file, empty where it has no name.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file cannot be written; what was there before is untouched.
    OutputUnwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text is not UTF-8.
    TextNotUtf8 {
        /// The first octet that does not fit.
        offset: usize,
    },
    /// An algorithm that this library cannot compute. It is never a verdict that something is forged.
    AlgorithmUnsupported {
        /// Its name or object identifier.
        algorithm: String,
    },
    /// The cryptographic library refused an operation.
    CryptoFailed {
        /// The operation.
        operation: CryptoOperation,
    },
    /// An argument that makes no sense.
    ArgumentInvalid {
        /// Which one.
        argument: &'static str,
        /// Why.
        reason: ArgumentFault,
    },
    /// The content changed while it was being read.
    ContentChanged,
    /// The caller cancelled the operation before it took effect.
    Cancelled,
    /// A fault of this library. It was caught before it had consequences.
    Internal {
        /// Where, for those who mend it.
        what: &'static str,
        /// What failed beneath it.
        source: Option<Cause>,
    },
    /// PEM or base64 text that cannot be decoded.
    EncodingUnreadable {
        /// What was expected.
        what: &'static str,
    },
    /// A time that is not RFC 3339, or that lies outside of what can be represented.
    TimeInvalid {
        /// As it was given.
        given: String,
        /// The reader's finding, where it has one.
        source: Option<Cause>,
    },
    /// JSON that cannot be read as what it should be.
    JsonMalformed {
        /// What was expected.
        what: JsonForm,
        /// The parser's finding.
        source: serde_json::Error,
    },
    /// A file of validation rules (TOML) cannot be read, or holds what is no rule.
    PolicyMalformed {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
        /// The reader's finding.
        source: Cause,
    },

    // 2: token
    /// No usable token was found.
    TokenAbsent,
    /// Several tokens are usable and none was named.
    TokensSeveral {
        /// Their addresses, national ids masked.
        tokens: Vec<String>,
    },
    /// No token with this address.
    TokenUnknown {
        /// The address as given.
        address: String,
    },
    /// The token was taken out, or another one was put in its place.
    TokenRemoved,
    /// The token address cannot be read (RFC 7512).
    TokenAddressInvalid {
        /// Why.
        reason: AddressFault,
    },
    /// The token address holds a PIN or tells where one lies; neither is ever taken from an address.
    TokenAddressHoldsPin,
    /// Another program or another part of this one holds the token.
    TokenBusy,
    /// The token cannot do this.
    TokenCannot {
        /// The operation.
        operation: TokenOperation,
    },
    /// The PKCS#11 module file is not there.
    ModuleMissing {
        /// The file.
        path: PathBuf,
    },
    /// The file is not a PKCS#11 module, or it cannot be loaded.
    ModuleUnusable {
        /// The file.
        path: PathBuf,
        /// What the loader said.
        source: Cause,
    },
    /// The module was built for another processor.
    ModuleArchitecture {
        /// The file.
        path: PathBuf,
        /// What it was built for.
        found: Processor,
        /// What this process needs.
        needed: Processor,
    },
    /// A PKCS#11 call failed in a way that has no name of its own here.
    ModuleFailed {
        /// The PKCS#11 function.
        function: &'static str,
        /// Its return value, as PKCS#11 names it.
        value: String,
    },
    /// The host application is logged in to the token; a PIN could not be checked.
    HostHoldsLogin,
    /// The certificate's private key is not on the token.
    KeyAbsent,
    /// The signature that the token returned does not fit the certificate.
    TokenSignatureInvalid,
    /// A PKCS#11 module ended the process that it was used in. Programs say this that use modules in a process of their
    /// own, as the command does.
    ModuleEndedProcess,
    /// A PKCS#11 module did not answer in the time that a program gave it. It was asked nothing that spends a try.
    ModuleSilent {
        /// How many seconds it had.
        seconds: u64,
    },
    /// The file is not a software token that this version reads.
    TokenFileMalformed {
        /// What is wrong with it.
        reason: TokenFileFault,
    },
    /// There is a file already where the token should be created.
    TokenFileExists {
        /// The file.
        path: PathBuf,
    },
    /// The PKCS#12 file cannot be read as one.
    Pkcs12Malformed {
        /// What is wrong with it.
        reason: Pkcs12Fault,
    },
    /// The password of the PKCS#12 file is wrong (or the file was altered).
    Pkcs12PasswordWrong,
    /// The PKCS#12 file holds no private key, or no certificate for it.
    Pkcs12KeyAbsent,
    /// A try of a software token was counted, and the file could not be written to give it back. The PIN or PUK was not
    /// refused.
    TryNotGivenBack {
        /// Why the file could not be written.
        source: Cause,
    },

    /// The system has no PC/SC, by which readers are reached.
    PcscAbsent,
    /// The system's service for smart cards does not run.
    PcscStopped,
    /// There is no reader of this name.
    ReaderUnknown {
        /// The name as given.
        reader: String,
    },
    /// The reader, or the card in it, could not be reached.
    ReaderFailed {
        /// The reader's name.
        reader: String,
        /// What PC/SC said.
        source: Cause,
    },
    /// There is no card in the reader.
    CardAbsent {
        /// The reader's name.
        reader: String,
    },
    /// The card is of no kind that is known here. The module of its maker may still serve.
    CardUnknown {
        /// The card's answer to reset, hexadecimal.
        atr: String,
    },
    /// The card refused a command in a way that has no name of its own here.
    CardFailed {
        /// What was asked of it.
        operation: CardOperation,
        /// Its status word (ISO 7816-4 section 5.6).
        status: u16,
    },
    /// The card wants its commands protected (secure messaging), which only the module of its maker can do.
    CardNeedsModule,
    /// How this card does that is known from one source only, and the caller did not permit it. Nothing was sent.
    CardCommandsUnconfirmed {
        /// What was asked of it.
        operation: CardOperation,
    },
    /// A page that describes a kind of card (TOML) cannot be read.
    CardProfileMalformed {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
        /// The reader's finding.
        source: Cause,
    },

    // 3: secrets
    /// Nothing was entered.
    SecretEmpty {
        /// What is missing.
        secret: SecretKind,
    },
    /// More was entered than any token takes.
    SecretTooLong {
        /// What is too long.
        secret: SecretKind,
        /// The most that is taken, in octets.
        limit: usize,
    },
    /// The secret has characters that it cannot have.
    SecretCharacters {
        /// Which secret.
        secret: SecretKind,
    },
    /// A PIN or PUK of exactly 15 digits: probably the portal's verification code.
    SecretLooksLikeVerificationCode {
        /// What it was entered as.
        secret: SecretKind,
    },
    /// A verification code has exactly 15 digits.
    VerificationCodeMalformed,
    /// A confirmation code has 4 to 10 digits.
    ConfirmationCodeMalformed,

    // 3.1: what an attempt came to
    /// The token took the PIN or PUK for one that it cannot have; whether that counted as a try its state tells.
    PinFormRefused {
        /// Which secret.
        secret: SecretKind,
    },
    /// The token refused the PIN.
    PinIncorrect {
        /// Tries that are left, where the token tells.
        tries_left: Option<u8>,
    },
    /// The PIN can no longer be tried.
    PinBlocked,
    /// Only one try is left (or nobody can tell), and the caller did not permit to spend it.
    PinFinalTry,
    /// The PIN's length is outside of what the token reports, and the caller did not insist.
    PinLengthUnusual {
        /// Which secret.
        secret: SecretKind,
        /// The least that the token reports.
        min: usize,
        /// The most that the token reports.
        max: usize,
    },
    /// The token has no PIN yet.
    PinNotSet,
    /// The token's answer to an attempt was lost: it may have counted.
    PinAnswerLost {
        /// What broke.
        source: Option<Cause>,
    },
    /// The token wants the PIN changed before it can be used.
    PinExpired,
    /// The token does not accept the new PIN.
    PinNewRefused,
    /// The token refused the PUK.
    PukIncorrect {
        /// Tries that are left, where the token tells.
        tries_left: Option<u8>,
    },
    /// The PUK can no longer be tried: the token cannot be unblocked any more.
    PukBlocked,
    /// A PUK try whose number nobody can tell, or the last one, and the caller did not permit to spend it.
    PukFinalTry,
    /// The token wants its PIN, and none was entered. Nothing was sent.
    PinNeeded,
    /// The key asks for a PIN of its own at each use, and only the token's PIN was entered. Nothing was sent.
    KeyPinNeeded,
    /// The token accepted the PIN, and the key refused it: it may have a PIN of its own.
    KeyRefusedPin,
    /// The key refused the PIN that was entered for it.
    KeyPinIncorrect {
        /// Tries that are left, where the token tells.
        tries_left: Option<u8>,
    },
    /// The key's own PIN can no longer be tried.
    KeyPinBlocked,
    /// Only one try of the key's own PIN may be left, and the caller did not permit to spend it.
    KeyPinFinalTry,
    /// The memory of failed attempts cannot be read or written, and the token does not tell how many tries are left.
    AttemptMemoryUnusable {
        /// Where it lies or would lie.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },

    // 4: certificate
    /// The bytes are not a certificate.
    CertificateMalformed {
        /// The field that cannot be read.
        field: CertificateField,
    },
    /// No certificate fits.
    CertificateNoneFits {
        /// Each one that was seen, and why it does not fit.
        seen: Vec<Excluded>,
    },
    /// Several certificates fit and none was chosen.
    CertificatesSeveral {
        /// Their subjects, masked.
        subjects: Vec<String>,
    },
    /// The certificate has ended.
    CertificateExpired {
        /// When it ended.
        not_after: Time,
    },
    /// The certificate is not valid yet.
    CertificateNotYetValid {
        /// When it begins.
        not_before: Time,
    },
    /// The certificate's key usage excludes signing.
    CertificateCannotSign,
    /// The certificate is no qualified one (NES).
    CertificateNotQualified {
        /// What it lacks.
        reasons: Vec<Shortfall>,
    },
    /// The certificate belongs to another person.
    CertificateOtherPerson,
    /// The certificate was not issued by an issuer that is accepted here.
    CertificateIssuerUnknown,
    /// The trust store (`SertifikaDeposu.xml`) cannot be read.
    TrustStoreMalformed {
        /// Why.
        reason: TrustStoreFault,
        /// The reader's finding, where it has one.
        source: Option<Cause>,
    },

    // 5: signature
    /// The message is no CMS SignedData.
    SignatureNotSignedData,
    /// The CMS structure breaks a rule.
    SignatureMalformed {
        /// The rule or field.
        what: SignatureFault,
    },
    /// The message holds no signature.
    SignatureAbsent,
    /// The signed content is needed and was not given.
    ContentMissing,
    /// The content is not the one that was signed, or to be signed.
    ContentDiffers,
    /// The signature value does not fit what was to be signed.
    SignatureValueInvalid,
    /// The saved signing state cannot be read.
    StateMalformed,
    /// The saved signing state was altered, or sealed under another key.
    StateAltered,
    /// The saved signing state is too old.
    StateExpired {
        /// When it ended.
        expiry: Time,
    },
    /// The saved signing state was made for something else.
    StatePurpose,
    /// The saved signing state was made for another certificate.
    StateCertificate,

    // 7: consent
    /// A consent text is empty.
    ConsentTextEmpty,
    /// A consent text is longer than a person could read.
    ConsentTextTooLarge {
        /// The most that is taken, in octets.
        limit: usize,
    },
    /// A consent text has characters that could hide what is signed.
    ConsentTextHiddenCharacter {
        /// Where, in octets.
        offset: usize,
        /// The character's Unicode number.
        character: u32,
    },
    /// No such verification code.
    CodeUnknown,
    /// The verification code has ended.
    CodeExpired,
    /// The verification code was used already.
    CodeUsed,
    /// The verification code is for something else.
    CodeOtherPurpose,
    /// Too many wrong codes; no more are taken for a while.
    CodeGuessesExceeded,
    /// A step is missing before this one.
    ConsentOrder {
        /// What has to happen first.
        missing: MissingStep,
    },
    /// The time for this consent has run out.
    ConsentExpired,
    /// The consent was cancelled.
    ConsentCancelled,
    /// The text was shown for less time than is demanded.
    ConsentReadTooShort {
        /// Seconds that are still due.
        seconds: u64,
    },
    /// A declaration that has to be ticked is not.
    ConsentDeclarationMissing {
        /// Its number, from 0.
        index: usize,
    },
    /// What was handed in was not accepted: a consent, a revocation, or something of another session.
    ConsentRejected {
        /// The check that failed.
        reason: Rejection,
        /// What failed beneath it, where that is known.
        source: Option<Cause>,
    },
    /// The service's answer was lost: ask for the status.
    ConsentOutcomeUnknown {
        /// What became of the answer, where it is known.
        source: Option<Cause>,
    },
    /// There is no such consent.
    ConsentUnknown,
    /// The notice of what a revocation brings was not acknowledged.
    ConsequencesNotAcknowledged,
    /// A consent's request has not the form that it must have, or its record cannot be read or is not in its canonical
    /// form.
    RecordMalformed {
        /// The field.
        field: RecordPart,
    },
    /// The receipt does not hold.
    ReceiptInvalid {
        /// What does not fit.
        what: ReceiptPart,
    },

    // 9: services
    /// The service cannot be reached.
    ServiceUnreachable {
        /// What the network said.
        source: Cause,
    },
    /// The service refused the request.
    ServiceRefused {
        /// Why.
        reason: Refusal,
    },
    /// The connection to the service failed: the answer makes no sense, or the application's own client has a fault.
    ServiceFailed {
        /// What it failed with.
        source: Cause,
    },
}

impl Error {
    /// Tries that are left after a refused PIN or PUK, where the token told.
    pub fn tries_left(&self) -> Option<u8> {
        match self {
            Error::PinIncorrect { tries_left } | Error::PukIncorrect { tries_left } => *tries_left,
            Error::PinBlocked | Error::PukBlocked => Some(0),
            _ => None,
        }
    }
}
