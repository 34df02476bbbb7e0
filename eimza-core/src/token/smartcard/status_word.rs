//! What a card says of a command: the two octets at the end of every answer (ISO 7816-4 section 5.6).

/// The meaning of a status word. Every number has one, and gives it back unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatusWord {
    /// `9000`.
    Done,
    /// `61xx`: so many octets can be fetched; 0 for 256 or more.
    MoreToFetch(u8),
    /// `6Cxx`: the same command with this expected length.
    OtherLength(u8),
    /// `63Cx`: wrong, with so many tries left, but not 0.
    Wrong(u8),
    /// `6300`: wrong, and nobody says how many tries are left.
    WrongUncounted,
    /// `6983`, `6984`, `63C0`: it can no longer be tried. Cards differ in which of them they say.
    Blocked(BlockedBy),
    /// `6982`: a PIN is missing.
    SecurityNotSatisfied,
    /// `6985`: the conditions of use are not met.
    ConditionsNotMet,
    /// `6700`: the length is wrong.
    WrongLength,
    /// `6A80`: the data is wrong.
    WrongData,
    /// `6A82`: there is no such file or application.
    FileNotFound,
    /// `6A88`: there is no such PIN or key.
    ReferenceNotFound,
    /// `6A86`, `6B00`: the parameters are wrong.
    WrongParameters(WrongParametersBy),
    /// `6D00`: the instruction is not known.
    UnknownInstruction,
    /// `6E00`: the class is not known.
    UnknownClass,
    /// `6987`, `6988`: the card wants secure messaging, or other objects of it.
    SecureMessaging(u8),
    /// Any other.
    Other(u16),
}

/// Which word says that a PIN is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockedBy {
    /// `6983`: authentication method blocked.
    Method,
    /// `6984`: reference data not usable.
    Reference,
    /// `63C0`: no try is left.
    Counter,
}

/// Which word says that the parameters are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrongParametersBy {
    /// `6A86`.
    Named,
    /// `6B00`.
    Unnamed,
}

impl From<u16> for StatusWord {
    fn from(word: u16) -> Self {
        let [high, low] = word.to_be_bytes();
        match (high, low) {
            (0x90, 0x00) => Self::Done,
            (0x61, length) => Self::MoreToFetch(length),
            (0x6c, length) => Self::OtherLength(length),
            (0x63, 0x00) => Self::WrongUncounted,
            (0x63, 0xc0) => Self::Blocked(BlockedBy::Counter),
            (0x63, 0xc1..=0xcf) => Self::Wrong(low & 0x0f),
            (0x69, 0x82) => Self::SecurityNotSatisfied,
            (0x69, 0x83) => Self::Blocked(BlockedBy::Method),
            (0x69, 0x84) => Self::Blocked(BlockedBy::Reference),
            (0x69, 0x85) => Self::ConditionsNotMet,
            (0x69, 0x87 | 0x88) => Self::SecureMessaging(low),
            (0x67, 0x00) => Self::WrongLength,
            (0x6a, 0x80) => Self::WrongData,
            (0x6a, 0x82) => Self::FileNotFound,
            (0x6a, 0x86) => Self::WrongParameters(WrongParametersBy::Named),
            (0x6a, 0x88) => Self::ReferenceNotFound,
            (0x6b, 0x00) => Self::WrongParameters(WrongParametersBy::Unnamed),
            (0x6d, 0x00) => Self::UnknownInstruction,
            (0x6e, 0x00) => Self::UnknownClass,
            _ => Self::Other(word),
        }
    }
}

impl From<StatusWord> for u16 {
    fn from(word: StatusWord) -> Self {
        match word {
            StatusWord::Done => 0x9000,
            StatusWord::MoreToFetch(length) => u16::from_be_bytes([0x61, length]),
            StatusWord::OtherLength(length) => u16::from_be_bytes([0x6c, length]),
            StatusWord::Wrong(tries) => u16::from_be_bytes([0x63, 0xc0 | tries]),
            StatusWord::WrongUncounted => 0x6300,
            StatusWord::Blocked(BlockedBy::Method) => 0x6983,
            StatusWord::Blocked(BlockedBy::Reference) => 0x6984,
            StatusWord::Blocked(BlockedBy::Counter) => 0x63c0,
            StatusWord::SecurityNotSatisfied => 0x6982,
            StatusWord::ConditionsNotMet => 0x6985,
            StatusWord::WrongLength => 0x6700,
            StatusWord::WrongData => 0x6a80,
            StatusWord::FileNotFound => 0x6a82,
            StatusWord::ReferenceNotFound => 0x6a88,
            StatusWord::WrongParameters(WrongParametersBy::Named) => 0x6a86,
            StatusWord::WrongParameters(WrongParametersBy::Unnamed) => 0x6b00,
            StatusWord::UnknownInstruction => 0x6d00,
            StatusWord::UnknownClass => 0x6e00,
            StatusWord::SecureMessaging(low) => u16::from_be_bytes([0x69, low]),
            StatusWord::Other(word) => word,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back() {
        for word in 0..=u16::MAX {
            assert_eq!(u16::from(StatusWord::from(word)), word);
        }
    }

    #[test]
    fn three_words_say_blocked() {
        for word in [0x6983, 0x6984, 0x63c0] {
            assert!(matches!(StatusWord::from(word), StatusWord::Blocked(_)), "{word:04x}");
        }
    }
}
