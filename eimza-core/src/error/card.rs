//! The facts of errors about cards.

/// What was asked of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CardOperation {
    /// Reading its directory and certificates.
    Read,
    /// Presenting a PIN.
    VerifyPin,
    /// Changing a PIN.
    ChangePin,
    /// Setting a new PIN with the PUK.
    UnblockPin,
    /// Changing the PUK.
    ChangePuk,
    /// Signing.
    Sign,
}
