//! What to do now. One arm per error, in the order of `error.rs`. No remedy invites anybody to guess a PIN or PUK.

use crate::error::Error;
use crate::messages::only_not_chosen;
use crate::secret::SecretKind;

pub(in crate::messages) fn remedy(error: &Error) -> &'static str {
    match error {
        // 1: input, output, encodings, arguments
        Error::Asn1Malformed { .. } => {
            "Get the data again from where it came from; if the fault remains, ask whoever made it."
        }
        Error::LimitExceeded { .. } => {
            "Check where the input comes from; if it is genuine, ask whoever made it for a smaller or simpler one."
        }
        Error::InputUnreadable { .. } => "Check the path and that you may read the file, then try again.",
        Error::OutputUnwritable { .. } => {
            "Check that the folder exists, that you may write to it and that the disk has room, then try again."
        }
        Error::TextNotUtf8 { .. } => "Save the text as UTF-8 and use that file.",
        Error::AlgorithmUnsupported { .. } => {
            "Use a program that knows this algorithm; for new signatures choose a certificate with RSA or ECDSA \
             on P-256, P-384 or P-521."
        }
        Error::CryptoFailed { .. } => {
            "If it happens again, tell the makers of the application which operation it was and with which file."
        }
        Error::ArgumentInvalid { .. } => {
            "Correct the argument where the library is called; its documentation says what is allowed."
        }
        Error::ContentChanged => "Close the programs that write to this file, then start again.",
        Error::Cancelled => "Nothing was signed or changed; you can start again whenever you like.",
        Error::Internal { .. } => {
            "Please report this with the version and what you were doing; leave out PINs, codes and personal data."
        }
        Error::EncodingUnreadable { .. } => {
            "Copy the text once more and completely, with its BEGIN and END lines if it has them."
        }
        Error::TimeInvalid { .. } => "Write the time like 2026-06-15T12:00:30Z or 2026-06-15T15:00:30+03:00.",
        Error::JsonMalformed { .. } => "Correct the JSON at the place named, or get the file again from its maker.",
        Error::PolicyMalformed { .. } => {
            "Correct the rule that is named; its key must be one that the documentation lists."
        }

        // 2: token
        Error::TokenAbsent => {
            "Insert the card, check that the reader is connected and the card's driver installed, then try again."
        }
        Error::TokensSeveral { .. } => "Choose one of them by its address, or take the others out.",
        Error::TokenUnknown { .. } => "List the connected tokens and copy the address from there.",
        Error::TokenRemoved => "Insert the same card again and start the operation anew.",
        Error::TokenAddressInvalid { .. } => "List the connected tokens and copy the address from there unchanged.",
        Error::TokenAddressHoldsPin => {
            "Take pin-value and pin-source out of the address and enter the PIN when you are asked for it; \
             change the PIN if others may have seen it."
        }
        Error::TokenBusy => "Finish or close the other operation, then try again.",
        Error::TokenCannot { .. } => "Use the card maker's own program for this, or a token that offers it.",
        Error::ModuleMissing { .. } => "Install the card's driver, or give the right path of its PKCS#11 module.",
        Error::ModuleUnusable { .. } => {
            "Check that the path names the PKCS#11 module of the card's driver; if it does, install the driver again."
        }
        Error::ModuleArchitecture { .. } => {
            "Install the edition of the card's driver for this program's processor, or this program for the driver's."
        }
        Error::ModuleFailed { .. } => {
            "Take the card out and insert it again; if the fault remains, send both names to the maker of the driver."
        }
        Error::HostHoldsLogin => "Let the application log out of the token first, then try again.",
        Error::KeyAbsent => "Insert the card to which the certificate belongs, or choose a certificate of this card.",
        Error::TokenSignatureInvalid => {
            "Check that the chosen certificate belongs to this card; if it does, turn to the issuer of the card."
        }
        Error::ModuleEndedProcess => {
            "If a PIN was entered, its try may have been counted: look at the PIN's state first. Install the card's driver again, or turn to its maker."
        }
        Error::ModuleSilent { .. } => {
            "Take the card out and insert it again; if that does not help, install the card's driver again or turn to its maker."
        }
        Error::TokenFileMalformed { .. } => {
            "Check the path; a file that a newer version made needs an update of this program."
        }
        Error::TokenFileExists { .. } => "Choose another file name for the new token.",
        Error::Pkcs12Malformed { .. } => "Check that it is a .p12 or .pfx file, and export it again if need be.",
        Error::Pkcs12PasswordWrong => {
            "Enter the password that was set when the file was exported; upper and lower case count."
        }
        Error::Pkcs12KeyAbsent => "Export the file again, with the private key and its certificate.",
        Error::TryNotGivenBack { .. } => {
            "See that the folder of the token's file can be written and that the disk is not full, then try again: a right entry gives all tries back."
        }
        Error::PcscAbsent => "Install the system's PC/SC (on Debian: the packages pcscd and libpcsclite1).",
        Error::PcscStopped => "Start the system's smart-card service (pcscd), then try again.",
        Error::ReaderUnknown { .. } => "Plug the reader in, or choose another one; `eimza readers` lists them.",
        Error::ReaderFailed { .. } => "Unplug the reader and plug it in again, then try again; no try was spent.",
        Error::CardAbsent { .. } => "Insert the card with its chip first, then try again.",
        Error::CardUnknown { .. } => "Use the card through the PKCS#11 module of its maker.",
        Error::CardFailed { .. } => {
            "Take the card out and insert it again; if that does not help, use the module of its maker."
        }
        Error::CardNeedsModule => "Install the PKCS#11 module of the card's maker and use the card through it.",
        Error::CardCommandsUnconfirmed { .. } => {
            "Use the PKCS#11 module of the card's maker. Whoever wants to try it on a card of no value permits unconfirmed commands by name."
        }
        Error::CardProfileMalformed { .. } => "Correct the line that is named; the keys are listed in CONTRIBUTING.",

        // 3: secrets
        Error::SecretEmpty { .. } => "Enter it and go on; no try was spent.",
        Error::SecretTooLong { .. } => "Check that nothing else was pasted along with it; no try was spent.",
        Error::SecretCharacters { .. } => {
            "Check the keyboard's layout and enter it without additional characters; no try was spent."
        }
        Error::SecretLooksLikeVerificationCode { secret: SecretKind::Puk } => {
            "Enter the verification code only in this application's field for it: it connects the application with \
             your session on the portal, and as a PUK it can make the card useless. No try was spent."
        }
        Error::SecretLooksLikeVerificationCode { .. } => {
            "Enter the verification code only in this application's field for it: it connects the application with \
             your session on the portal. Here the PIN of your own card is needed. No try was spent."
        }
        Error::VerificationCodeMalformed => {
            "Copy the code again from the portal's page, and leave that page open until you have finished."
        }
        Error::ConfirmationCodeMalformed => {
            "Enter only the digits of the newest message (SMS) that came to your registered phone."
        }

        // 3.1: what an attempt came to
        Error::PinIncorrect { tries_left: Some(0) } | Error::PinBlocked => {
            "Set a new PIN with the PUK or on your issuer's portal (PIN oluşturma / Kilit çözme); \
             never enter the portal's verification code as PUK."
        }
        Error::PinIncorrect { tries_left: Some(1) } => {
            "Do not enter a PIN again unless you are sure of it; otherwise set a new one with the PUK or on your \
             issuer's portal."
        }
        Error::PinIncorrect { .. } => {
            "Check the keyboard (Num Lock, layout) and enter the PIN again only if you know it; \
             after a few wrong ones it is blocked."
        }
        Error::PinFinalTry => {
            "Permit the last try only if you are sure of the PIN; otherwise set a new one with the PUK or on your \
             issuer's portal."
        }
        Error::PinFormRefused { .. } => {
            "Look at the state before you enter it again: this try may have counted. Then check length and characters."
        }
        Error::PinLengthUnusual { .. } => {
            "Check it and enter it in full; no try was spent. Insist on this length only if you know it is right."
        }
        Error::PinNotSet => {
            "Set your first PIN on your issuer's portal (PIN oluşturma / Kilit çözme), then start again."
        }
        Error::PinAnswerLost { .. } => {
            "Do not try again at once: insert the card anew and look at the state of the PIN first. \
             If a new PIN was being set, the old one or the new one may be in force."
        }
        Error::PinExpired => "Change the PIN, then repeat the operation with the new one.",
        Error::PinNewRefused => {
            "Choose another PIN of a length that the token allows, without repeated digits or runs like 1234."
        }
        Error::PukIncorrect { tries_left: Some(0) } | Error::PukBlocked => {
            "Ask your issuer for a new card and a new certificate; no PIN and no PUK can open this one any more."
        }
        Error::PukIncorrect { .. } => {
            "Stop here and look the PUK up in your issuer's papers or ask the issuer; \
             the portal's 15-digit verification code is not a PUK."
        }
        Error::PukFinalTry => {
            "Permit the try only if you have the PUK before you as your issuer gave it; otherwise ask the issuer first."
        }
        Error::PinNeeded => "Enter the PIN and start the operation anew; no try was spent.",
        Error::KeyPinNeeded => {
            "Enter the key's own PIN too: the one that your issuer's papers call signature PIN. If you have none, ask \
             the issuer; never try the token's PIN for it."
        }
        Error::KeyRefusedPin => {
            "If your issuer gave you a second PIN for signing, enter it as the key's PIN. The PIN that you have entered \
             will not be sent to this key again; one try of the key's own PIN may have been spent."
        }
        Error::KeyPinIncorrect { .. } => {
            "Check the keyboard (Num Lock, layout) and enter the key's PIN again only if you know it; it is not the PIN \
             that opens the token."
        }
        Error::KeyPinBlocked => {
            "Ask your issuer how the key's own PIN is set anew; the PIN that opens the token is not blocked by this."
        }
        Error::KeyPinFinalTry => {
            "Permit the last try only if you are sure of the key's own PIN; otherwise ask your issuer first."
        }
        Error::AttemptMemoryUnusable { .. } => {
            "See to it that the file can be written; if it is damaged or another program's, move it away. Only if \
             you are sure of your PIN, permit this try although nobody can tell whether it is the last."
        }

        // 4: certificate
        Error::CertificateMalformed { .. } => "Export the certificate again, or get it from its issuer.",
        Error::CertificateNoneFits { seen } if only_not_chosen(seen) => {
            "Look at the subjects and SHA-256 values of the certificates on the token, and choose by one of them."
        }
        Error::CertificateNoneFits { .. } => {
            "Insert the card that holds your valid qualified certificate, then list the certificates again."
        }
        Error::CertificatesSeveral { .. } => "Choose one of them and name it by its SHA-256 or its subject.",
        Error::CertificateExpired { .. } => {
            "Apply to your issuer for a new certificate; correct the computer's clock if that date has not come yet."
        }
        Error::CertificateNotYetValid { .. } => {
            "Wait until then; if the moment has passed already, correct the computer's clock."
        }
        Error::CertificateCannotSign => {
            "Choose the signing certificate; an encryption certificate often lies beside it on the same card."
        }
        Error::CertificateNotQualified { .. } => {
            "Sign with your qualified electronic certificate; a company seal (Mali Mühür) cannot stand in for it."
        }
        Error::CertificateOtherPerson => {
            "Insert the card of the person who started the operation on the portal, or start it anew as yourself."
        }
        Error::CertificateIssuerUnknown => {
            "Use a certificate of an accepted issuer; whoever runs the service decides which issuers it accepts."
        }
        Error::TrustStoreMalformed { .. } => "Get the trust store again from where it is published.",

        // 5: signature
        Error::SignatureNotSignedData => "Check that this is the signature file and not the signed document.",
        Error::SignatureMalformed { .. } => {
            "Do not rely on this signature; ask for a new one, made with a current program."
        }
        Error::SignatureAbsent => "Ask the sender for the signed file; this one only carries content or certificates.",
        Error::ContentMissing => "Give the file that was signed along with the signature.",
        Error::ContentDiffers => {
            "Give exactly the file that was signed or prepared for signing; even a converted line ending makes a difference."
        }
        Error::SignatureValueInvalid => "Do not rely on this signature; ask the signer to sign again.",
        Error::StateMalformed => "Prepare the signature anew, and store the state as bytes without any conversion.",
        Error::StateAltered => {
            "Do not complete this signature; prepare it anew and find out who could change the stored state."
        }
        Error::StateExpired { .. } => "Prepare the signature anew and complete it in time.",
        Error::StatePurpose => "Complete it where it was prepared for, or prepare a new signature for this purpose.",
        Error::StateCertificate => "Complete it with the certificate it was prepared for, or prepare it anew.",

        // 7: consent
        Error::ConsentTextEmpty => "Put the text into the request before it is shown to anybody.",
        Error::ConsentTextTooLarge { .. } => "Shorten the text, or refer to the long part as an attached document.",
        Error::ConsentTextHiddenCharacter { .. } => {
            "Remove the character from the text: people must see exactly what they sign."
        }
        Error::CodeUnknown => "Copy the code from the portal's page again, or ask there for a new one.",
        Error::CodeExpired => "Ask for a new code on the portal's page and enter it before its countdown ends.",
        Error::CodeUsed => "Ask for a new code on the portal's page; each code works once.",
        Error::CodeOtherPurpose => "Start on the portal the operation that you want to do here, and use its code.",
        Error::CodeGuessesExceeded => "Wait a few minutes, then ask for a new code on the portal's page.",
        Error::ConsentOrder { .. } => "Do what is named here first.",
        Error::ConsentExpired => {
            "Ask for a new code on the portal's page and start again; nothing has been consented to."
        }
        Error::ConsentCancelled => "Nothing has been consented to; start again on the portal if you wish.",
        Error::ConsentReadTooShort { .. } => "Take your time to read the text; after that you can go on.",
        Error::ConsentDeclarationMissing { .. } => "Read the declaration and tick it if you agree.",
        Error::ConsentRejected { .. } => {
            "Start again on the portal with a new code; if it is rejected again, tell the service's support the reason."
        }
        Error::ConsentOutcomeUnknown { .. } => "Ask for the consent's status before you sign or send anything again.",
        Error::ConsentUnknown => "Look up on the portal which consents you have given.",
        Error::ConsequencesNotAcknowledged => {
            "Read the notice and confirm it if you still want to revoke: after that, applications are on paper again."
        }
        Error::RecordMalformed { .. } => {
            "Get the record as it was stored, to the last byte; a request is for the service to mend."
        }
        Error::ReceiptInvalid { .. } => "Do not rely on this receipt; ask the service for it again.",

        // 9: services
        Error::ServiceUnreachable { .. } => "Check the network and the service's address, then try again in a while.",
        Error::ServiceRefused { .. } => "Do what the service's answer asks for, or turn to the service's support.",
        Error::ServiceFailed { .. } => {
            "Ask for the status of what was being done, then turn to whoever made this program."
        }
    }
}
