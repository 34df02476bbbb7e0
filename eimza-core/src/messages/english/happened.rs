//! What happened, with the facts. One arm per error, in the order of `error.rs`.

use std::io;
use std::path::Path;

use super::excluded::{excluded, shortfalls};
use super::facts;
use crate::clock::Time;
use crate::error::Error;
use crate::secret::SecretKind;

pub(in crate::messages) fn happened(error: &Error) -> String {
    match error {
        // 1: input, output, encodings, arguments
        Error::Asn1Malformed { what, offset } => {
            format!("The data is damaged or of another kind: {what} cannot be read at byte {offset}.")
        }
        Error::LimitExceeded { limit } => {
            format!("The input goes beyond a limit that protects against hostile data ({}).", facts::limit(*limit))
        }
        Error::InputUnreadable { path, source } => format!("{} cannot be read{}.", the_file(path), because(source)),
        Error::OutputUnwritable { path, source } => {
            format!(
                "{} cannot be written{}; what was there before is untouched.",
                the_file(path),
                because_of_place(source)
            )
        }
        Error::TextNotUtf8 { offset } => format!("The text is not UTF-8: byte {offset} does not fit."),
        Error::AlgorithmUnsupported { algorithm } => format!(
            "The algorithm {algorithm} cannot be computed here; this does not mean that anything is forged or invalid."
        ),
        Error::CryptoFailed { operation } => format!("The cryptographic library refused an operation ({}).", facts::crypto_operation(*operation)),
        Error::ArgumentInvalid { argument, reason } => {
            format!("The argument “{argument}” cannot be used: {}.", facts::argument_fault(*reason))
        }
        Error::ContentChanged => "The content changed while it was being read.".into(),
        Error::Cancelled => "The operation was cancelled before it took effect.".into(),
        Error::Internal { what, .. } => format!("A fault of this library was caught before it could do harm ({what})."),
        Error::EncodingUnreadable { what } => {
            format!("The PEM or base64 text cannot be decoded (expected: {what}).")
        }
        Error::TimeInvalid { given, .. } => format!("“{given}” is not a time that can be read (RFC 3339)."),
        Error::JsonMalformed { what, source } => {
            format!("The JSON cannot be read as {} (line {}, column {}).", facts::json_form(*what), source.line(), source.column())
        }
        Error::PolicyMalformed { line, text, .. } => {
            format!("The validation rules (TOML) cannot be read at line {line}: “{text}”.")
        }

        // 2: token
        Error::TokenAbsent => "No usable card or token was found.".into(),
        Error::TokensSeveral { tokens } => {
            format!("Several tokens are connected and none was chosen: {}.", tokens.join("; "))
        }
        Error::TokenUnknown { address } => format!("No token has the address “{address}”."),
        Error::TokenRemoved => "The token was taken out, or another one was put in its place.".into(),
        Error::TokenAddressInvalid { reason } => {
            format!("The token address cannot be read (RFC 7512): {}.", facts::address_fault(*reason))
        }
        Error::TokenAddressHoldsPin => "The token address holds a PIN or tells where one lies; it was not used.".into(),
        Error::TokenBusy => "The token is in use by another program or by another part of this one.".into(),
        Error::TokenCannot { operation } => format!("This token does not offer the operation ({}).", facts::token_operation(*operation)),
        Error::ModuleMissing { path } => format!("The PKCS#11 module {} is not there.", path.display()),
        Error::ModuleUnusable { path, .. } => {
            format!("The file {} is not a PKCS#11 module, or it cannot be loaded.", path.display())
        }
        Error::ModuleArchitecture { path, found, needed } => {
            format!(
                "The PKCS#11 module {} was built for {}, but this program needs {}.",
                path.display(),
                facts::processor(*found),
                facts::processor(*needed)
            )
        }
        Error::ModuleFailed { function, value } => format!("The card's driver failed: {function} answered {value}."),
        Error::HostHoldsLogin => {
            "The application is already logged in to the token, so a PIN could not be checked.".into()
        }
        Error::KeyAbsent => "The certificate's private key is not on this token.".into(),
        Error::TokenSignatureInvalid => {
            "The token returned a signature that does not fit the certificate; it was thrown away.".into()
        }
        Error::ModuleEndedProcess => "The PKCS#11 module crashed, or ended the program that used it.".into(),
        Error::ModuleSilent { seconds } => {
            format!("The PKCS#11 module did not answer within {seconds} seconds. No try was spent.")
        }
        Error::TokenFileMalformed { reason } => {
            format!("The file is not a software token that this version reads: {}.", facts::token_file_fault(*reason))
        }
        Error::TokenFileExists { path } => {
            format!("There is a file at {} already; it was left untouched.", path.display())
        }
        Error::Pkcs12Malformed { reason } => format!("The file cannot be read as PKCS#12: {}.", facts::pkcs12_fault(*reason)),
        Error::Pkcs12PasswordWrong => "The password of the PKCS#12 file is wrong, or the file was altered.".into(),
        Error::Pkcs12KeyAbsent => "The PKCS#12 file holds no private key, or no certificate for it.".into(),
        Error::TryNotGivenBack { .. } => {
            "A try was counted, and the token's file could not be written to give it back. What was entered was not refused; nothing else was changed.".into()
        }
        Error::PcscAbsent => "This system has no PC/SC, by which card readers are reached.".into(),
        Error::PcscStopped => "The system's service for smart cards does not run.".into(),
        Error::ReaderUnknown { reader } => format!("There is no card reader called {reader}."),
        Error::ReaderFailed { reader, .. } => format!("The card reader {reader} could not be reached."),
        Error::CardAbsent { reader } => format!("There is no card in the reader {reader}."),
        Error::CardUnknown { atr } => format!("The card is of no kind that is known here (ATR {atr})."),
        Error::CardFailed { operation, status } => {
            format!("The card refused: {} (status {status:04X}).", facts::card_operation(*operation))
        }
        Error::CardNeedsModule => "The card takes only protected commands, which need the card maker's module.".into(),
        Error::CardCommandsUnconfirmed { operation } => {
            format!("How this kind of card does this is not confirmed: {}. Nothing was sent.", facts::card_operation(*operation))
        }
        Error::CardProfileMalformed { line, text, .. } => {
            format!("The description of a kind of card (TOML) cannot be read at line {line}: “{text}”.")
        }

        // 3: secrets
        Error::SecretEmpty { secret } => format!("No {} was entered.", name(*secret)),
        Error::SecretTooLong { secret, limit } => {
            format!("The {} is too long: at most {limit} bytes are taken.", name(*secret))
        }
        Error::SecretCharacters { secret } => format!("The {} has characters that it cannot have.", name(*secret)),
        Error::SecretLooksLikeVerificationCode { secret } => format!(
            "What was entered as the {} has 15 digits and looks like the portal's verification code; \
             it was not sent to the token.",
            name(*secret)
        ),
        Error::VerificationCodeMalformed => {
            "The verification code does not have exactly 15 digits, so it cannot be right.".into()
        }
        Error::ConfirmationCodeMalformed => {
            "The confirmation code does not have 4 to 10 digits, so it cannot be right.".into()
        }

        // 3.1: what an attempt came to
        Error::PinFormRefused { secret } => {
            format!("The token was given the {0} and says that no {0} of it looks like that.", name(*secret))
        }
        Error::PinIncorrect { tries_left } => match tries_left {
            Some(0) => "The PIN is wrong and no try is left: it is blocked now.".into(),
            Some(1) => "The PIN is wrong; one try is left, and the next wrong PIN blocks it.".into(),
            Some(left) => format!("The PIN is wrong; {left} tries are left."),
            None => "The PIN is wrong; the token does not tell how many tries are left.".into(),
        },
        Error::PinBlocked => "The PIN is blocked after too many wrong tries.".into(),
        Error::PinFinalTry => {
            "This may be the last try before the PIN is blocked, so the PIN was not sent to the token.".into()
        }
        Error::PinLengthUnusual { secret, min, max } => {
            format!(
                "The token reports {min} to {max} characters for the {}; this one was not sent to it.",
                name(*secret)
            )
        }
        Error::PinNotSet => "No PIN has been set on this token yet.".into(),
        Error::PinAnswerLost { .. } => {
            "The token's answer was lost: nobody can tell whether this try was counted.".into()
        }
        Error::PinExpired => "The token says that the PIN has to be changed before it can be used.".into(),
        Error::PinNewRefused => "The token did not accept the new PIN.".into(),
        Error::PukIncorrect { tries_left } => match tries_left {
            Some(0) => "The PUK is wrong and no try is left: the token can no longer be unblocked.".into(),
            Some(1) => {
                "The PUK is wrong; one try is left, and the next wrong PUK can make the token useless for good.".into()
            }
            Some(left) => format!(
                "The PUK is wrong; {left} tries are left, and once they are spent the token can be useless for good."
            ),
            None => "The PUK is wrong and the token does not tell how many tries are left; \
                     wrong PUKs can make it useless for good."
                .into(),
        },
        Error::PukBlocked => "The PUK is blocked: this token can no longer be unblocked.".into(),
        Error::PukFinalTry => "This may be the last try for the PUK, so it was not sent to the token; \
                               a wrong one can make the token useless for good."
            .into(),
        Error::PinNeeded => "The token wants its PIN, which was not entered; nothing was sent to it.".into(),
        Error::KeyPinNeeded => {
            "This key has a PIN of its own, which was not entered; nothing was sent to the token.".into()
        }
        Error::KeyRefusedPin => {
            "The token accepted the PIN, but the key refused it: this key may have a PIN of its own.".into()
        }
        Error::KeyPinIncorrect { tries_left } => match tries_left {
            Some(left) => format!("The key's own PIN is wrong; tries left: {left}."),
            None => "The key's own PIN is wrong; the token does not tell how many tries are left.".into(),
        },
        Error::KeyPinBlocked => "The key's own PIN is blocked after too many wrong tries.".into(),
        Error::KeyPinFinalTry => {
            "This may be the last try before the key's own PIN is blocked, so it was not sent to the token.".into()
        }
        Error::AttemptMemoryUnusable { path, source } => format!(
            "The token does not tell how many tries are left, and the memory of wrong entries, {}, cannot be used{}; no \
             PIN was sent.",
            path.display(),
            because_of_place(source)
        ),

        // 4: certificate
        Error::CertificateMalformed { field } => format!("The certificate cannot be read ({}).", facts::certificate_field(*field)),
        Error::CertificateNoneFits { seen } if seen.is_empty() => "No certificate was found.".into(),
        Error::CertificateNoneFits { seen } => format!("No certificate fits: {}.", excluded(seen)),
        Error::CertificatesSeveral { subjects } => {
            format!("Several certificates fit and none was chosen: {}.", subjects.join("; "))
        }
        Error::CertificateExpired { not_after } => format!("The certificate expired at {}.", at(*not_after)),
        Error::CertificateNotYetValid { not_before } => {
            format!("The certificate is not valid before {}.", at(*not_before))
        }
        Error::CertificateCannotSign => "This certificate is not meant for signing (key usage).".into(),
        Error::CertificateNotQualified { reasons } if reasons.is_empty() => {
            "This is not a qualified electronic certificate (NES).".into()
        }
        Error::CertificateNotQualified { reasons } => {
            format!("This certificate cannot serve as a qualified one (NES): {}.", shortfalls(reasons))
        }
        Error::CertificateOtherPerson => {
            "The certificate belongs to another person than the one who started the operation.".into()
        }
        Error::CertificateIssuerUnknown => "The certificate was not issued by an issuer that is accepted here.".into(),
        Error::TrustStoreMalformed { reason, .. } => {
            format!("The trust store (SertifikaDeposu.xml) cannot be read: {}.", facts::trust_store_fault(*reason))
        }

        // 5: signature
        Error::SignatureNotSignedData => "The data is not a CAdES or CMS signature (SignedData).".into(),
        Error::SignatureMalformed { what } => format!("The signature's structure breaks a rule ({}).", facts::signature_fault(*what)),
        Error::SignatureAbsent => "The message holds no signature.".into(),
        Error::ContentMissing => "The signature stands apart from its content, and the content was not given.".into(),
        Error::ContentDiffers => "The content is not the one that the signature belongs to.".into(),
        Error::SignatureValueInvalid => "The signature value does not fit what was to be signed.".into(),
        Error::StateMalformed => "The saved signing state cannot be read.".into(),
        Error::StateAltered => "The saved signing state was altered, or sealed under another key.".into(),
        Error::StateExpired { expiry } => format!("The saved signing state expired at {}.", at(*expiry)),
        Error::StatePurpose => "The saved signing state was made for another purpose.".into(),
        Error::StateCertificate => "The saved signing state was made for another certificate.".into(),

        // 7: consent
        Error::ConsentTextEmpty => "A consent text is empty.".into(),
        Error::ConsentTextTooLarge { limit } => {
            format!("A consent text is longer than the {limit} bytes that are taken.")
        }
        Error::ConsentTextHiddenCharacter { offset, character } => {
            format!(
                "The consent, or what stands beside its text, has a hidden character (U+{character:04X}) at byte {offset}."
            )
        }
        Error::CodeUnknown => "There is no such verification code.".into(),
        Error::CodeExpired => "The time of the verification code has run out.".into(),
        Error::CodeUsed => "The verification code was used already.".into(),
        Error::CodeOtherPurpose => "The verification code was given for another operation.".into(),
        Error::CodeGuessesExceeded => "There were too many wrong verification codes; none is taken for a while.".into(),
        Error::ConsentOrder { missing } => format!("This cannot be done now: {}.", facts::missing_step(*missing)),
        Error::ConsentExpired => "The time for this consent has run out.".into(),
        Error::ConsentCancelled => "The consent was cancelled.".into(),
        Error::ConsentReadTooShort { seconds: 1 } => "The text has to be shown for 1 more second.".into(),
        Error::ConsentReadTooShort { seconds } => format!("The text has to be shown for {seconds} more seconds."),
        Error::ConsentDeclarationMissing { index } => {
            format!("Declaration {} has not been ticked.", index.saturating_add(1))
        }
        Error::ConsentRejected { reason, .. } => {
            format!("What was signed is not accepted: {}.", facts::rejection(*reason))
        }
        Error::ConsentOutcomeUnknown { .. } => {
            "The service's answer was lost: nobody can tell yet whether the consent was accepted.".into()
        }
        Error::ConsentUnknown => "The service knows no such consent.".into(),
        Error::ConsequencesNotAcknowledged => {
            "The notice of what revoking the consent brings has not been acknowledged.".into()
        }
        Error::RecordMalformed { field } => {
            format!("The consent's request or record is not in the form that it must have ({}).", facts::record_part(*field))
        }
        Error::ReceiptInvalid { what } => format!("The receipt does not hold ({}).", facts::receipt_part(*what)),

        // 9: services
        Error::ServiceUnreachable { .. } => "The service cannot be reached.".into(),
        Error::ServiceRefused { reason } => format!("The service refused the request: {}.", facts::refusal(reason)),
        Error::ServiceFailed { .. } => "The way to the service failed: its answer could not be used.".into(),
    }
}

fn name(secret: SecretKind) -> &'static str {
    match secret {
        SecretKind::Pin => "PIN",
        SecretKind::Puk => "PUK",
        SecretKind::VerificationCode => "verification code",
        SecretKind::ConfirmationCode => "confirmation code",
        SecretKind::Password => "password",
    }
}

pub(super) fn at(time: Time) -> String {
    format!("{time} ({} Istanbul)", time.istanbul())
}

fn the_file(path: &Path) -> String {
    if path.as_os_str().is_empty() { "The input".into() } else { format!("The file {}", path.display()) }
}

/// The system's reasons that people meet, in our words; the others stay in the source.
fn because(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound => ": it is not there",
        io::ErrorKind::PermissionDenied => ": the permission is missing",
        io::ErrorKind::IsADirectory => ": it is a folder",
        io::ErrorKind::StorageFull => ": the disk is full",
        io::ErrorKind::ReadOnlyFilesystem => ": the disk can only be read",
        _ => "",
    }
}

/// Where something is to be written, what is not there is the folder.
fn because_of_place(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound => ": its folder is not there",
        _ => because(source),
    }
}
