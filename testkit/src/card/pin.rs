//! A PIN or PUK: as data, as octets on the line, and as the state that the card keeps of it.

use super::status::Status;

/// How digits become octets: `PinType` of PKCS #15 v1.1 section 6.8.2 (ISO/IEC 7816-15, `PasswordType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two digits in an octet.
    Bcd,
    /// A character in an octet, digits only.
    AsciiNumeric,
    /// Any text.
    Utf8,
    /// A digit in the lower half of an octet, the upper half is F.
    HalfNibbleBcd,
    /// The PIN block of ISO 9564-1, format 2: `2n`, digits, F to the end, eight octets.
    Iso9564,
}

/// Whether a PIN counts for the whole card or for one application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// For the whole card; known under the master file.
    Global,
    /// For the application only: known inside of it, and forgotten when it is left.
    Local,
}

/// What a PIN is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It gives the right to use keys.
    User,
    /// It unblocks other PINs: a PUK.
    Unblocking,
}

/// In what state a PIN is when the card is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Ready for use.
    Ready,
    /// A transport PIN: it gives no right before it has been changed (VERIFY answers 6985).
    ToBeChanged,
    /// There is none yet: CHANGE REFERENCE DATA with P1 = 01 sets the first.
    NotSet,
}

/// A PIN as data.
#[derive(Clone, Debug)]
pub struct PinDesign {
    /// What PKCS#15 calls it.
    pub label: String,
    /// Its identifier in the AODF (`authId`).
    pub identifier: u8,
    /// Its reference in commands (P2).
    pub reference: u8,
    /// The secret, in clear.
    pub secret: String,
    /// How it is written.
    pub encoding: Encoding,
    /// The character that fills up to `stored`, if any does.
    pub padding: Option<u8>,
    /// The shortest that the card takes, in characters.
    pub shortest: usize,
    /// The length of the padded PIN, in octets.
    pub stored: usize,
    /// The longest that the card takes, in characters.
    pub longest: usize,
    /// How many wrong tries in a row block it.
    pub tries: u8,
    /// Where it counts.
    pub scope: Scope,
    /// What it is for.
    pub role: Role,
    /// The identifier of the PUK that unblocks it.
    pub unblocked_by: Option<u8>,
    /// In what state it begins.
    pub start: Start,
    /// The AODF writes the reference as a signed octet, as old cards do (`81` becomes -127).
    pub signed_reference: bool,
}

impl PinDesign {
    /// A PIN of ASCII digits without padding, three tries, local to the application.
    #[must_use]
    pub fn new(label: &str, identifier: u8, reference: u8, secret: &str) -> Self {
        Self {
            label: label.to_owned(),
            identifier,
            reference,
            secret: secret.to_owned(),
            encoding: Encoding::AsciiNumeric,
            padding: None,
            shortest: 4,
            stored: 16,
            longest: 16,
            tries: 3,
            scope: Scope::Local,
            role: Role::User,
            unblocked_by: None,
            start: Start::Ready,
            signed_reference: false,
        }
    }

    /// A text as this PIN's octets.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<u8> {
        let digits = || text.bytes().map(|character| character & 0x0f);
        let mut octets: Vec<u8> = match self.encoding {
            Encoding::AsciiNumeric | Encoding::Utf8 => text.bytes().collect(),
            Encoding::HalfNibbleBcd => digits().map(|digit| 0xf0 | digit).collect(),
            Encoding::Bcd => packed(&digits().collect::<Vec<u8>>(), self.padding.unwrap_or(0xff) & 0x0f),
            Encoding::Iso9564 => {
                let length = u8::try_from(text.len()).expect("a PIN is short");
                let mut block = [vec![0x20 | length], packed(&digits().collect::<Vec<u8>>(), 0x0f)].concat();
                block.resize(8, 0xff);
                block
            }
        };
        if let Some(character) = self.padding
            && octets.len() < self.stored
        {
            octets.resize(self.stored, character);
        }
        octets
    }

    /// How many characters these octets stand for; `None` where they are not of this PIN's form.
    fn characters(&self, octets: &[u8]) -> Option<usize> {
        if self.padding.is_some() && octets.len() != self.stored {
            return None;
        }
        // A padding character is never a part of the PIN itself.
        let filled = octets.iter().rev().take_while(|octet| Some(**octet) == self.padding).count();
        let own = &octets[..octets.len() - filled];
        let all = |right: fn(&u8) -> bool| own.iter().all(right).then_some(own.len());
        match self.encoding {
            Encoding::AsciiNumeric => all(u8::is_ascii_digit),
            Encoding::Utf8 => std::str::from_utf8(own).ok().map(|text| text.chars().count()),
            Encoding::HalfNibbleBcd => all(|octet| octet & 0xf0 == 0xf0 && octet & 0x0f < 10),
            Encoding::Bcd => digits_of(own, self.padding.unwrap_or(0xff) & 0x0f),
            Encoding::Iso9564 => {
                let [first, rest @ ..] = octets else { return None };
                let digits = digits_of(rest, 0x0f)?;
                (octets.len() == 8 && *first == 0x20 | u8::try_from(digits).ok()?).then_some(digits)
            }
        }
    }
}

fn packed(digits: &[u8], fill: u8) -> Vec<u8> {
    digits.chunks(2).map(|pair| (pair[0] << 4) | pair.get(1).unwrap_or(&fill)).collect()
}

/// How many packed digits come before the filling, and nothing but filling after.
fn digits_of(octets: &[u8], fill: u8) -> Option<usize> {
    let halves: Vec<u8> = octets.iter().flat_map(|octet| [octet >> 4, octet & 0x0f]).collect();
    let digits = halves.iter().take_while(|half| **half < 10).count();
    halves[digits..].iter().all(|half| *half == fill).then_some(digits)
}

/// What the card keeps of a PIN.
#[derive(Clone)]
pub(super) struct Pin {
    pub(super) design: PinDesign,
    pub(super) tries_left: u8,
    pub(super) verified: bool,
    pub(super) state: Start,
    secret: Vec<u8>,
}

impl Pin {
    pub(super) fn new(design: PinDesign) -> Self {
        let (tries_left, state, secret) = (design.tries, design.start, design.encode(&design.secret));
        Self { design, tries_left, verified: false, state, secret }
    }

    /// Looks at a PIN: the one place where a try is spent.
    pub(super) fn present(&mut self, octets: &[u8]) -> bool {
        self.verified = false;
        let right = self.tries_left > 0 && octets == self.secret;
        self.tries_left = if right { self.design.tries } else { self.tries_left.saturating_sub(1) };
        right
    }

    /// Whether these octets could become this PIN.
    pub(super) fn check_form(&self, octets: &[u8]) -> Result<(), Status> {
        let fits = |length: &usize| (self.design.shortest..=self.design.longest).contains(length);
        self.design.characters(octets).filter(fits).map(|_| ()).ok_or(Status::WRONG_DATA)
    }

    /// Takes a new PIN, if its form is right.
    pub(super) fn replace(&mut self, octets: &[u8]) -> Result<(), Status> {
        self.check_form(octets)?;
        self.secret = octets.to_vec();
        self.state = Start::Ready;
        self.tries_left = self.design.tries;
        self.verified = false;
        Ok(())
    }

    /// The length of the PIN on the line: where the old one ends and the new one begins.
    pub(super) fn length(&self) -> usize {
        self.secret.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(encoding: Encoding, padding: Option<u8>) -> PinDesign {
        PinDesign { encoding, padding, stored: 8, longest: 8, ..PinDesign::new("PIN", 1, 0x81, "12345") }
    }

    #[test]
    fn digits_become_octets_as_the_standard_says() {
        let octets = |encoding, padding| design(encoding, padding).encode("12345");
        assert_eq!(octets(Encoding::AsciiNumeric, None), b"12345");
        assert_eq!(octets(Encoding::AsciiNumeric, Some(0)), b"12345\0\0\0");
        assert_eq!(octets(Encoding::Bcd, None), [0x12, 0x34, 0x5f]);
        assert_eq!(octets(Encoding::Bcd, Some(0)), [0x12, 0x34, 0x50, 0, 0, 0, 0, 0]);
        assert_eq!(octets(Encoding::HalfNibbleBcd, None), [0xf1, 0xf2, 0xf3, 0xf4, 0xf5]);
        assert_eq!(octets(Encoding::Iso9564, None), [0x25, 0x12, 0x34, 0x5f, 0xff, 0xff, 0xff, 0xff]);
    }

    #[test]
    fn a_new_pin_has_the_form_of_the_old() {
        for encoding in [Encoding::AsciiNumeric, Encoding::Bcd, Encoding::HalfNibbleBcd, Encoding::Iso9564] {
            for padding in [None, Some(0xff)] {
                let mut pin = Pin::new(design(encoding, padding));
                let new = pin.design.encode("987654");
                assert!(pin.replace(&new).is_ok(), "{encoding:?}");
                assert!(pin.present(&new));
                let short = pin.design.encode("123");
                assert_eq!(pin.replace(&short), Err(Status::WRONG_DATA), "{encoding:?}");
                assert_eq!(pin.replace(&[0xaa; 8]), Err(Status::WRONG_DATA), "{encoding:?}");
            }
        }
    }

    #[test]
    fn tries_fall_and_a_blocked_pin_stays_blocked() {
        let mut pin = Pin::new(PinDesign::new("PIN", 1, 0x81, "123456"));
        assert!(!pin.present(b"000000") && !pin.present(b"") && pin.tries_left == 1);
        assert!(pin.present(b"123456") && pin.tries_left == 3);
        assert!(!(0..3).any(|_| pin.present(b"000000")));
        assert!(!pin.present(b"123456") && pin.tries_left == 0);
    }
}
