//! The structures by which a host asks a keypad (PC/SC part 10, section 2.5). Packed, numbers in the host's order.

/// What a host asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `PIN_VERIFY_STRUCTURE`.
    Verify(Verify),
    /// `PIN_MODIFY_STRUCTURE`.
    Modify(Modify),
}

/// `PIN_VERIFY_STRUCTURE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verify {
    /// Seconds until the first key; 0 is the reader's own.
    pub timeout: u8,
    /// Seconds from key to key.
    pub timeout_2: u8,
    /// How the PIN is written, and where.
    pub format: Format,
    /// The shortest and the longest PIN.
    pub limits: (u8, u8),
    /// When an entry ends: 01 longest PIN, 02 a key, 04 time-out.
    pub validation: u8,
    /// How many messages are shown; FF is the reader's own.
    pub messages: u8,
    /// The language of these, as Windows numbers it: 041F is Turkish.
    pub language: u16,
    /// Which message is shown.
    pub message: u8,
    /// The command without the PIN.
    pub template: Vec<u8>,
}

/// `PIN_MODIFY_STRUCTURE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modify {
    /// Seconds until the first key; 0 is the reader's own.
    pub timeout: u8,
    /// Seconds from key to key.
    pub timeout_2: u8,
    /// How the PINs are written.
    pub format: Format,
    /// Where the old PIN begins in the data.
    pub offset_old: u8,
    /// Where the new PIN begins in the data.
    pub offset_new: u8,
    /// The shortest and the longest PIN.
    pub limits: (u8, u8),
    /// 01 the new PIN twice, 02 the old one too.
    pub confirm: u8,
    /// When an entry ends: 01 longest PIN, 02 a key, 04 time-out.
    pub validation: u8,
    /// How many messages are shown; FF is the reader's own.
    pub messages: u8,
    /// The language of these, as Windows numbers it: 041F is Turkish.
    pub language: u16,
    /// Which messages are shown: for the old PIN, the new one, the new one again.
    pub message: [u8; 3],
    /// The command without the PINs.
    pub template: Vec<u8>,
}

/// How digits are written into a command: `bmFormatString`, `bmPINBlockString`, `bmPINLengthFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// Bits 0 and 1: 0 binary, 1 BCD, 2 ASCII; bit 2: to the right; bits 3 to 6: position; bit 7: in octets.
    pub string: u8,
    /// Lower half: size of the block in octets, 0 is as long as the PIN; upper half: bits of the length.
    pub block: u8,
    /// Lower half: position of the length; bit 4: in octets.
    pub length: u8,
}

impl Request {
    /// Takes a verify structure apart; `None` where it breaks the rules.
    pub(super) fn verify(octets: &[u8]) -> Option<Self> {
        let mut fields = Fields(octets);
        let [timeout, timeout_2, string, block, length] = fields.take()?;
        let limits = fields.limits()?;
        let [validation, messages] = fields.take()?;
        let language = u16::from_ne_bytes(fields.take()?);
        let [message] = fields.take()?;
        let template = fields.template()?;
        let format = Format { string, block, length };
        let verify = Verify { timeout, timeout_2, format, limits, validation, messages, language, message, template };
        is_validation(validation).then_some(Self::Verify(verify))
    }

    /// Takes a modify structure apart; `None` where it breaks the rules.
    pub(super) fn modify(octets: &[u8]) -> Option<Self> {
        let mut fields = Fields(octets);
        let [timeout, timeout_2, string, block, length] = fields.take()?;
        let [offset_old, offset_new] = fields.take()?;
        let limits = fields.limits()?;
        let [confirm, validation, messages] = fields.take()?;
        let language = u16::from_ne_bytes(fields.take()?);
        let message = fields.take()?;
        let template = fields.template()?;
        let format = Format { string, block, length };
        let modify = Modify {
            timeout,
            timeout_2,
            format,
            offset_old,
            offset_new,
            limits,
            confirm,
            validation,
            messages,
            language,
            message,
            template,
        };
        (is_validation(validation) && confirm < 4).then_some(Self::Modify(modify))
    }

    pub(super) fn template(&self) -> &[u8] {
        match self {
            Self::Verify(verify) => &verify.template,
            Self::Modify(modify) => &modify.template,
        }
    }

    pub(super) fn limits(&self) -> (u8, u8) {
        match self {
            Self::Verify(verify) => verify.limits,
            Self::Modify(modify) => modify.limits,
        }
    }
}

impl Modify {
    pub(super) fn asks_twice(&self) -> bool {
        self.confirm & 0x01 != 0
    }

    pub(super) fn asks_old(&self) -> bool {
        self.confirm & 0x02 != 0
    }
}

/// At least one way to end an entry, and none that is not defined.
fn is_validation(validation: u8) -> bool {
    (1..8).contains(&validation)
}

/// What is left of a structure.
struct Fields<'octets>(&'octets [u8]);

impl Fields<'_> {
    fn take<const LENGTH: usize>(&mut self) -> Option<[u8; LENGTH]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    /// `wPINMaxExtraDigit`: the shortest in the high octet, the longest in the low one.
    fn limits(&mut self) -> Option<(u8, u8)> {
        let [shortest, longest] = u16::from_ne_bytes(self.take()?).to_be_bytes();
        (shortest <= longest && longest > 0).then_some((shortest, longest))
    }

    /// The prologue of T=1, the length, and a command of just this length.
    fn template(&mut self) -> Option<Vec<u8>> {
        let _prologue: [u8; 3] = self.take()?;
        let length = u32::from_ne_bytes(self.take()?);
        (usize::try_from(length).ok()? == self.0.len() && self.0.len() >= 4).then(|| self.0.to_vec())
    }
}
