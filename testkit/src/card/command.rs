//! A command as it comes over the line (ISO/IEC 7816-3, section 12.1.3: cases 1 to 4, short and extended).

/// A command, taken apart.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) class: u8,
    pub(super) instruction: u8,
    pub(super) p1: u8,
    pub(super) p2: u8,
    pub(super) data: Vec<u8>,
    /// How many octets are wanted at most; `None` where the command has no Le.
    pub(super) expected: Option<usize>,
    /// Whether lengths are written in the long form.
    pub(super) extended: bool,
}

impl Command {
    /// Takes the octets apart; `None` where the lengths contradict them.
    pub(super) fn parse(octets: &[u8]) -> Option<Self> {
        let [class, instruction, p1, p2, body @ ..] = octets else { return None };
        let (data, expected, extended) = match body {
            [] => (&[][..], None, false),
            [expected] => (&[][..], Some(short(*expected)), false),
            [0, high, low] => (&[][..], Some(long(*high, *low)), true),
            [0, high, low, rest @ ..] => {
                let (data, expected) = split(rest, usize::from(u16::from_be_bytes([*high, *low])))?;
                let expected = match expected {
                    [] => None,
                    [high, low] => Some(long(*high, *low)),
                    _ => return None,
                };
                (data, expected, true)
            }
            [length, rest @ ..] => {
                let (data, expected) = split(rest, usize::from(*length))?;
                let expected = match expected {
                    [] => None,
                    [expected] => Some(short(*expected)),
                    _ => return None,
                };
                (data, expected, false)
            }
        };
        let (class, instruction, p1, p2) = (*class, *instruction, *p1, *p2);
        Some(Self { class, instruction, p1, p2, data: data.to_vec(), expected, extended })
    }

    /// P1 and P2 together.
    pub(super) fn parameters(&self) -> u16 {
        u16::from_be_bytes([self.p1, self.p2])
    }
}

fn split(rest: &[u8], length: usize) -> Option<(&[u8], &[u8])> {
    if length == 0 { None } else { rest.split_at_checked(length) }
}

fn short(octet: u8) -> usize {
    if octet == 0 { 256 } else { usize::from(octet) }
}

fn long(high: u8, low: u8) -> usize {
    match u16::from_be_bytes([high, low]) {
        0 => 65536,
        length => usize::from(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_taken_apart() {
        let case = |octets: &[u8]| Command::parse(octets).map(|command| (command.data, command.expected));
        let none = || Vec::new();
        assert_eq!(case(&[0, 0xa4, 0, 0]), Some((none(), None)));
        assert_eq!(case(&[0, 0xb0, 0, 0, 0]), Some((none(), Some(256))));
        assert_eq!(case(&[0, 0xb0, 0, 0, 7]), Some((none(), Some(7))));
        assert_eq!(case(&[0, 0xa4, 0, 0, 2, 0x3f, 0]), Some((vec![0x3f, 0], None)));
        assert_eq!(case(&[0, 0xa4, 0, 0, 2, 0x3f, 0, 0]), Some((vec![0x3f, 0], Some(256))));
        assert_eq!(case(&[0, 0xb0, 0, 0, 0, 0, 0]), Some((none(), Some(65536))));
        assert_eq!(case(&[0, 0xa4, 0, 0, 0, 0, 2, 0x3f, 0]), Some((vec![0x3f, 0], None)));
        assert_eq!(case(&[0, 0xa4, 0, 0, 0, 0, 2, 0x3f, 0, 1, 0]), Some((vec![0x3f, 0], Some(256))));
    }

    #[test]
    fn lengths_that_contradict_the_octets_are_refused() {
        for octets in
            [&[0, 0xa4, 0][..], &[0, 0xa4, 0, 0, 3, 1, 2], &[0, 0xa4, 0, 0, 1, 1, 2, 3], &[0, 1, 2, 3, 0, 0, 9, 1]]
        {
            assert!(Command::parse(octets).is_none(), "{octets:02x?}");
        }
    }
}
