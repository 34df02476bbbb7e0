//! What a module says of itself, of a slot and of a token, read with forgiveness.

use cryptoki_sys::{CK_INFO, CK_SLOT_INFO, CK_TOKEN_INFO, CK_UNAVAILABLE_INFORMATION, CK_VERSION};

use super::Ulong;

/// `CK_INFO`: the module.
#[derive(Debug, Clone, PartialEq, Eq)]
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
            manufacturer: text(&info.manufacturerID),
            description: text(&info.libraryDescription),
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
    pub description: String,
    /// Who made the reader.
    pub manufacturer: String,
    /// `CKF_TOKEN_PRESENT` and its like.
    pub flags: Ulong,
}

impl SlotInfo {
    pub(super) fn read(info: &CK_SLOT_INFO) -> Self {
        Self { description: text(&info.slotDescription), manufacturer: text(&info.manufacturerID), flags: info.flags }
    }
}

/// `CK_TOKEN_INFO`: the token.
///
/// Versions and the token's clock are left out: they may hold anything, and nothing is decided by them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenInfo {
    /// The name that was given to the token.
    pub label: String,
    /// Who made the token.
    pub manufacturer: String,
    /// The model.
    pub model: String,
    /// The serial number.
    pub serial: String,
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
            label: text(&info.label),
            manufacturer: text(&info.manufacturerID),
            model: text(&info.model),
            serial: text(&info.serialNumber),
            flags: info.flags,
            shortest_pin: told(info.ulMinPinLen),
            longest_pin: told(info.ulMaxPinLen),
        }
    }
}

fn version(version: CK_VERSION) -> (u8, u8) {
    (version.major, version.minor)
}

/// Blank-padded by the standard, zero-padded or zero-terminated by habit, not always UTF-8.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(field.get(..end).unwrap_or_default()).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_blanks_zeros_and_what_follows_them() {
        assert_eq!(text(b"NES1        "), "NES1");
        assert_eq!(text(b"NES1\0\0\0\0"), "NES1");
        assert_eq!(text(b"NES1  \0garbage"), "NES1");
        assert_eq!(text(b"\0\0\0"), "");
    }

    #[test]
    fn bytes_that_are_no_utf8_are_replaced() {
        // "TÜRK" in ISO 8859-9
        assert_eq!(text(b"T\xdcRK   "), "T\u{fffd}RK");
    }
}
