//! The facts of errors about secrets.

/// Which secret an error speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// What opens the key.
    Pin,
    /// What unblocks the PIN.
    Puk,
    /// The portal's 15 digits.
    VerificationCode,
    /// The code that came by SMS.
    ConfirmationCode,
    /// The password of a PKCS#12 file.
    Password,
}
