//! What a module says of itself, of a slot and of a token, read with forgiveness.

use cryptoki_sys::{CK_INFO, CK_SLOT_INFO, CK_TOKEN_INFO, CK_UNAVAILABLE_INFORMATION, CK_VERSION};

use super::{Text, Ulong};

/// `CK_INFO`: the module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModuleInfo {
    /// Who made the module.
    pub manufacturer: String,
    /// What the module calls itself.
    pub description: String,
    /// The version of PKCS#11 that it follows, major and minor.
    pub cryptoki_version: (u8, u8),
    /// The version of the module, major and minor.
    pub library_version: (u8, u8),
}

impl ModuleInfo {
    pub(super) fn read(info: &CK_INFO) -> Self {
        Self {
            manufacturer: Text::new(&info.manufacturerID).to_string(),
            description: Text::new(&info.libraryDescription).to_string(),
            cryptoki_version: version(info.cryptokiVersion),
            library_version: version(info.libraryVersion),
        }
    }
}

/// `CK_SLOT_INFO`: the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SlotInfo {
    /// The reader's name.
    pub description: Text,
    /// Who made the reader.
    pub manufacturer: Text,
    /// `CKF_TOKEN_PRESENT` and its like.
    pub flags: Ulong,
}

impl SlotInfo {
    pub(super) fn read(info: &CK_SLOT_INFO) -> Self {
        Self {
            description: Text::new(&info.slotDescription),
            manufacturer: Text::new(&info.manufacturerID),
            flags: info.flags,
        }
    }
}

/// `CK_TOKEN_INFO`: the token.
///
/// Versions and the token's clock are left out: they may hold anything, and nothing is decided by them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenInfo {
    /// The name that was given to the token.
    pub label: Text,
    /// Who made the token.
    pub manufacturer: Text,
    /// The model.
    pub model: Text,
    /// The serial number.
    pub serial: Text,
    /// `CKF_USER_PIN_LOCKED` and its like.
    pub flags: Ulong,
    /// The shortest PIN in bytes that the token says it takes. It may be wrong.
    pub shortest_pin: Option<Ulong>,
    /// The longest PIN in bytes that the token says it takes. It may be wrong, and less than the shortest.
    pub longest_pin: Option<Ulong>,
}

impl TokenInfo {
    pub(super) fn read(info: &CK_TOKEN_INFO) -> Self {
        let told = |length: Ulong| (length != CK_UNAVAILABLE_INFORMATION).then_some(length);
        Self {
            label: Text::new(&info.label),
            manufacturer: Text::new(&info.manufacturerID),
            model: Text::new(&info.model),
            serial: Text::new(&info.serialNumber),
            flags: info.flags,
            shortest_pin: told(info.ulMinPinLen),
            longest_pin: told(info.ulMaxPinLen),
        }
    }
}

fn version(version: CK_VERSION) -> (u8, u8) {
    (version.major, version.minor)
}
