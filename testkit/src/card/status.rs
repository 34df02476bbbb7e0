//! Status words: the two octets at the end of every answer (ISO/IEC 7816-4, section 5.6).

use std::fmt;

/// A status word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Status(pub u16);

impl Status {
    /// Done.
    pub const DONE: Self = Self(0x9000);
    /// The end of the file came before as many octets were read as were asked for.
    pub const END_OF_FILE: Self = Self(0x6282);
    /// A PIN was wrong; how many tries are left is not said.
    pub const WRONG: Self = Self(0x6300);
    /// The length of the command is wrong.
    pub const WRONG_LENGTH: Self = Self(0x6700);
    /// Secure messaging is not to be had.
    pub const NO_SECURE_MESSAGING: Self = Self(0x6882);
    /// The last command of the chain was expected.
    pub const CHAIN_BROKEN: Self = Self(0x6883);
    /// Command chaining is not to be had.
    pub const NO_CHAINING: Self = Self(0x6884);
    /// The selected file is of another kind.
    pub const NOT_FOR_THIS_FILE: Self = Self(0x6981);
    /// A PIN is needed.
    pub const NOT_ALLOWED: Self = Self(0x6982);
    /// The PIN is blocked.
    pub const BLOCKED: Self = Self(0x6983);
    /// The reference data cannot be used: on older cards, a blocked PIN.
    pub const NOT_USABLE: Self = Self(0x6984);
    /// The conditions of use are not met.
    pub const CONDITIONS: Self = Self(0x6985);
    /// No file is selected.
    pub const NO_FILE: Self = Self(0x6986);
    /// The data of the command are wrong.
    pub const WRONG_DATA: Self = Self(0x6a80);
    /// There is no such file.
    pub const FILE_NOT_FOUND: Self = Self(0x6a82);
    /// P1 and P2 are wrong.
    pub const WRONG_PARAMETERS: Self = Self(0x6a86);
    /// There is no such PIN, key or data object.
    pub const REFERENCE_NOT_FOUND: Self = Self(0x6a88);
    /// The offset lies outside of the file.
    pub const OUTSIDE: Self = Self(0x6b00);
    /// The instruction is not known.
    pub const UNKNOWN_INSTRUCTION: Self = Self(0x6d00);
    /// The class is not known.
    pub const UNKNOWN_CLASS: Self = Self(0x6e00);

    /// A PIN was wrong and has this many tries left (`63Cx`).
    #[must_use]
    pub fn tries_left(tries: u8) -> Self {
        Self(0x63c0 | u16::from(tries.min(15)))
    }

    /// So many octets more can be fetched by GET RESPONSE (`61xx`; 00 says 256 or more).
    #[must_use]
    pub(super) fn more(octets: usize) -> Self {
        Self(0x6100 | u16::from(u8::try_from(octets).unwrap_or(0)))
    }

    /// The command has to be repeated with this Le (`6Cxx`).
    #[must_use]
    pub(super) fn exactly(octets: usize) -> Self {
        Self(0x6c00 | u16::from(u8::try_from(octets).unwrap_or(0)))
    }

    /// Both octets.
    #[must_use]
    pub fn octets(self) -> [u8; 2] {
        self.0.to_be_bytes()
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04X}", self.0)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}
