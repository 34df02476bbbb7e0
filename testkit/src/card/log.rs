//! What reached the card: the commands without their secrets, and how many there were of each kind.

use std::fmt;

use super::command::Command;
use super::status::Status;

/// A command that reached the card, and its answer. No secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The command in hexadecimal digits; the data of PIN commands are replaced: `00200081 Lc=06 <6 secret bytes>`.
    pub command: String,
    /// Its instruction (INS).
    pub instruction: u8,
    /// How many octets came back, the status word left out.
    pub answered: usize,
    /// The status word.
    pub status: Status,
}

impl fmt::Display for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} -> {} ({} octets)", self.command, self.status, self.answered)
    }
}

/// How often something happened since the card was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Commands of any kind.
    pub commands: usize,
    /// VERIFY commands that brought a PIN: each may have cost a try.
    pub verifies: usize,
    /// VERIFY commands without a PIN: questions, which some cards count as wrong.
    pub questions: usize,
    /// CHANGE REFERENCE DATA.
    pub changes: usize,
    /// RESET RETRY COUNTER.
    pub unblocks: usize,
    /// Signatures that were made.
    pub signatures: usize,
    /// Resets.
    pub resets: usize,
    /// Octets that were answered, the status words left out.
    pub octets: usize,
}

impl Counts {
    /// Counts a command. One that cannot be taken apart counts as if it had brought a PIN.
    pub(super) fn count(&mut self, octets: &[u8]) {
        const TAKE_BACK: u8 = 0xff;
        self.commands += 1;
        let empty = Command::parse(octets).is_some_and(|command| command.data.is_empty());
        match octets.get(1..3) {
            Some([0x20, TAKE_BACK]) => {}
            Some([0x20, _]) if empty => self.questions += 1,
            Some([0x20, _]) => self.verifies += 1,
            Some([0x24, _]) => self.changes += 1,
            Some([0x2c, _]) => self.unblocks += 1,
            _ => {}
        }
    }
}

/// A command without its secrets.
pub(super) fn shown(octets: &[u8]) -> String {
    let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02X}")).collect::<String>();
    match Command::parse(octets) {
        Some(command) if is_secret(command.instruction) && !command.data.is_empty() => {
            let length = command.data.len();
            format!("{} Lc={length:02X} <{length} secret bytes>", hex(&octets[..4]))
        }
        // What cannot be taken apart may hold a secret anywhere.
        None => format!("{} <{} bytes that are no command>", hex(octets.get(..4).unwrap_or_default()), octets.len()),
        Some(_) => hex(octets),
    }
}

/// VERIFY, CHANGE REFERENCE DATA and RESET RETRY COUNTER, in their even and odd forms.
fn is_secret(instruction: u8) -> bool {
    matches!(instruction & 0xfe, 0x20 | 0x24 | 0x2c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_replaced() {
        assert_eq!(shown(b"\x00\x20\x00\x81\x06123456"), "00200081 Lc=06 <6 secret bytes>");
        assert_eq!(shown(b"\x00\x24\x00\x81\x0c123456654321"), "00240081 Lc=0C <12 secret bytes>");
        assert_eq!(shown(b"\x00\x2c\x00\x81\x09123456654321"), "002C0081 <17 bytes that are no command>");
        assert_eq!(shown(b"\x00\xb0\x00\x00\xf4"), "00B00000F4");
        assert_eq!(shown(b"\x00\x20\x00\x81"), "00200081");
    }
}
