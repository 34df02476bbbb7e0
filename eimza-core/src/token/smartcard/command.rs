//! Commands to a card (ISO 7816-4 section 5): what is sent, in which form, and how it is shown without its secrets.

use std::fmt;

use zeroize::Zeroizing;

use crate::hex;

/// The most octets of data in one command of the short form.
const SHORT_DATA: usize = 255;

/// The most octets that an answer to a command of the short form may have.
pub(super) const SHORT_ANSWER: usize = 256;

/// The bit of the class that says that more of the command follows (section 5.4.1).
const CHAINING: u8 = 0x10;

/// How lengths are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One octet for each, as with T=1.
    Short,
    /// One octet for each, and no expected length behind data: T=0 has none, the card says how much there is to fetch.
    ShortWithoutAnswerLength,
    /// Two octets for each. Only where the card says that it understands them.
    Extended,
}

/// One command of the interindustry class. Its data is wiped when it is dropped.
pub(super) struct Command {
    instruction: u8,
    parameters: [u8; 2],
    data: Zeroizing<Vec<u8>>,
    /// How many octets of answer are expected at most; `None` for none.
    expected: Option<usize>,
    is_secret: bool,
}

impl Command {
    /// A command without data and without an answer.
    pub(super) fn new(instruction: u8, first: u8, second: u8) -> Self {
        let data = Zeroizing::default();
        Self { instruction, parameters: [first, second], data, expected: None, is_secret: false }
    }

    pub(super) fn data(self, data: &[u8]) -> Self {
        Self { data: Zeroizing::new(data.to_vec()), ..self }
    }

    /// Data that holds a PIN or PUK. It is never shown, and the command is never sent twice.
    pub(super) fn secret(self, data: Zeroizing<Vec<u8>>) -> Self {
        Self { data, is_secret: true, ..self }
    }

    /// An answer of so many octets at most; [`SHORT_ANSWER`] for whatever there is.
    pub(super) fn expecting(self, length: usize) -> Self {
        Self { expected: Some(length), ..self }
    }

    /// The same command with another expected length.
    pub(super) fn with_expected(&self, length: usize) -> Self {
        Self { data: self.data.clone(), expected: Some(length), ..*self }
    }

    pub(super) fn is_secret(&self) -> bool {
        self.is_secret
    }

    /// The octets to send in this form: several commands where the data of one is too long (section 5.4.1, chaining).
    pub(super) fn encoded(&self, form: Form, most_data: usize) -> Vec<Zeroizing<Vec<u8>>> {
        let is_long = self.data.len() > SHORT_DATA || self.expected.is_some_and(|length| length > SHORT_ANSWER);
        if form == Form::Extended && is_long {
            return vec![self.extended()];
        }
        let most = most_data.clamp(1, SHORT_DATA);
        let mut pieces: Vec<&[u8]> = self.data.chunks(most).collect();
        let last = pieces.pop().unwrap_or_default();
        let first = pieces.into_iter().map(|piece| self.short(CHAINING, piece, None));
        let expected = self.expected.filter(|_| last.is_empty() || form != Form::ShortWithoutAnswerLength);
        let mut encoded: Vec<_> = first.collect();
        encoded.push(self.short(0, last, expected));
        encoded
    }

    fn head(&self, chaining: u8, room: usize) -> Zeroizing<Vec<u8>> {
        // Large enough from the start: growing would leave a copy of a secret behind.
        let mut octets = Zeroizing::new(Vec::with_capacity(4 + 3 + room + 3));
        let [first, second] = self.parameters;
        octets.extend([chaining, self.instruction, first, second]);
        octets
    }

    /// Lengths in one octet; an expected length of 256 is written as 0.
    fn short(&self, chaining: u8, data: &[u8], expected: Option<usize>) -> Zeroizing<Vec<u8>> {
        let mut octets = self.head(chaining, data.len());
        if let (false, Ok(length)) = (data.is_empty(), u8::try_from(data.len())) {
            octets.push(length);
            octets.extend_from_slice(data);
        }
        octets.extend(expected.map(|length| u8::try_from(length).unwrap_or(0)));
        octets
    }

    /// Lengths in two octets behind a zero; an expected length of 65,536 is written as 0.
    fn extended(&self) -> Zeroizing<Vec<u8>> {
        let mut octets = self.head(0, self.data.len());
        octets.push(0);
        if !self.data.is_empty() {
            octets.extend(u16::try_from(self.data.len()).unwrap_or(u16::MAX).to_be_bytes());
            octets.extend_from_slice(&self.data);
        }
        if let Some(expected) = self.expected {
            octets.extend(u16::try_from(expected).unwrap_or(0).to_be_bytes());
        }
        octets
    }
}

impl fmt::Display for Command {
    /// `00a4040c a00000… Le=256`; of a secret only its length: `00200081 <6 secret octets>`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.parameters;
        formatter.write_str(&hex::encode(&[0, self.instruction, first, second]))?;
        match (self.is_secret, self.data.len()) {
            (_, 0) => {}
            (true, length) => write!(formatter, " <{length} secret octets>")?,
            (false, _) => write!(formatter, " {}", hex::encode(&self.data))?,
        }
        self.expected.map_or(Ok(()), |length| write!(formatter, " Le={length}"))
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn encoded(command: &Command, form: Form) -> Vec<String> {
        command.encoded(form, SHORT_DATA).iter().map(|octets| hex::encode(octets)).collect()
    }

    #[test]
    fn the_four_cases_of_the_standard() {
        let command = || Command::new(0xa4, 4, 0);
        assert_eq!(encoded(&command(), Form::Short), ["00a40400"]);
        assert_eq!(encoded(&command().expecting(256), Form::Short), ["00a4040000"]);
        assert_eq!(encoded(&command().data(&[1, 2]), Form::Short), ["00a40400020102"]);
        assert_eq!(encoded(&command().data(&[1, 2]).expecting(256), Form::Short), ["00a4040002010200"]);
    }

    #[test]
    fn with_t0_no_length_stands_behind_data() {
        let command = Command::new(0x2a, 0x9e, 0x9a).data(&[1]).expecting(256);
        assert_eq!(encoded(&command, Form::ShortWithoutAnswerLength), ["002a9e9a0101"]);
        assert_eq!(encoded(&Command::new(0xb0, 0, 0).expecting(4), Form::ShortWithoutAnswerLength), ["00b0000004"]);
    }

    #[test]
    fn long_data_is_chained_or_extended() {
        let command = Command::new(0x2a, 0x9e, 0x9a).data(&[7; 256]).expecting(256);
        let chained = command.encoded(Form::Short, 244);
        assert_eq!(chained.len(), 2);
        assert!(hex::encode(&chained[0]).starts_with("102a9e9af4"));
        assert_eq!(hex::encode(&chained[1]), format!("002a9e9a0c{}00", "07".repeat(12)));
        let extended = command.encoded(Form::Extended, 244);
        assert_eq!(extended.len(), 1);
        assert!(hex::encode(&extended[0]).starts_with("002a9e9a000100"));
        assert!(hex::encode(&extended[0]).ends_with("0100"));
    }

    #[test]
    fn a_secret_is_not_shown() {
        let command = Command::new(0x20, 0, 0x81).secret(Zeroizing::new(b"123456".to_vec()));
        assert_eq!(format!("{command} {command:?}"), "00200081 <6 secret octets> 00200081 <6 secret octets>");
    }
}
