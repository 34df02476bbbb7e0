//! The facts of errors about tokens.

use super::facts::facts;

facts! {
    /// Why a token address cannot be read.
    AddressFault {
        /// It does not begin with `pkcs11:`.
        NotPkcs11,
        /// It does not begin with `file:`.
        NotFile,
        /// It begins with neither of them.
        UnknownScheme,
        /// An attribute has no value.
        NoValue,
        /// An attribute is there twice.
        Repeated,
        /// An attribute is not known.
        Unknown,
        /// `%` is not followed by two hexadecimal digits.
        PercentAlone,
        /// A value is not UTF-8.
        NotUtf8,
        /// `slot-id` is not a number.
        SlotNoNumber,
        /// It names a file, and this build has no software tokens.
        NoSoftwareTokens,
        /// It names a PKCS#11 token, and this build has none.
        NoPkcs11,
        /// It names a card in a reader, and this build has none.
        NoSmartCards,
    }
}

facts! {
    /// What is wrong with the file of a software token.
    TokenFileFault {
        /// It is no token file, or one of another version.
        UnknownVersion,
        /// It is cut short or no token file.
        CutShort,
        /// It was altered, or is not in the one form in which it is written.
        Damaged,
        /// Its number of iterations is outside of the limits.
        IterationsOutside,
        /// Its tries are no number that there can be.
        TriesUncountable,
        /// A field has the wrong length.
        FieldLength,
        /// A key does not belong to its certificate or token.
        ForeignKey,
    }
}

facts! {
    /// The processor that a PKCS#11 module or this program was built for.
    Processor {
        /// 32-bit Intel.
        X86,
        /// 64-bit Intel.
        X86_64,
        /// 32-bit Arm.
        Arm,
        /// 64-bit Arm.
        Aarch64,
        /// Another one.
        Other,
    }
}

/// What is wrong with a PKCS#12 file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pkcs12Fault {
    /// A structure or field, by its name in RFC 7292 and what that builds on, cannot be read.
    Structure(&'static str),
    /// It is of another version than 3.
    Version,
    /// It is not protected by a password.
    Unprotected,
    /// A part of it is not protected by a password.
    PartUnprotected,
}

/// What a token cannot do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenOperation {
    /// Sign.
    Sign,
    /// Sign with this algorithm.
    SignWith(&'static str),
    /// Change the PIN.
    ChangePin,
    /// Unblock the PIN.
    UnblockPin,
    /// Change the PUK.
    ChangePuk,
    /// Be given a PIN: none is known on it.
    PresentPin,
    /// Take a PIN that was typed into the application.
    EntryInApplication,
    /// Take a PIN on a keypad of its own.
    EntryOnDevice,
    /// This PKCS#11 function.
    Call(&'static str),
}
