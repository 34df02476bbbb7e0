//! VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER (ISO/IEC 7816-4, sections 7.5.6, 7.5.7, 7.5.10).

use crate::card::command::Command;
use crate::card::design::{Blocked, Change, Question};
use crate::card::engine::{Answer, Card, Reply};
use crate::card::pin::{Scope, Start};
use crate::card::status::Status;

impl Card {
    pub(in crate::card) fn verify(&mut self, command: &Command) -> Reply {
        let index = self.pin_of(command.p2)?;
        match command.p1 {
            0x00 if command.data.is_empty() => self.question(index),
            0x00 => {
                self.present(index, &command.data)?;
                if self.pins[index].state == Start::ToBeChanged {
                    return Err(Status::CONDITIONS);
                }
                self.pins[index].verified = true;
                Answer::done()
            }
            // Without data and with P1 = FF it takes the rights back.
            0xff if command.data.is_empty() && !self.design.dialect.akis_commands => {
                self.pins[index].verified = false;
                Answer::done()
            }
            _ => Err(Status::WRONG_PARAMETERS),
        }
    }

    pub(in crate::card) fn change(&mut self, command: &Command) -> Reply {
        match (self.design.dialect.change, command.p1) {
            (Change::Iso, 0x00) => {
                let index = self.pin_of(command.p2)?;
                let (old, new) = divided(&command.data, self.pins[index].length());
                self.replace(index, index, old, new)
            }
            (_, 0x01) if self.pin_of(command.p2).is_ok_and(|index| self.pins[index].state == Start::NotSet) => {
                let index = self.pin_of(command.p2)?;
                self.pins[index].replace(&command.data)?;
                Answer::done()
            }
            (Change::Iso, 0x01) => Err(Status::CONDITIONS),
            (Change::AkisWithLengths, 0x01 | 0x02) => {
                let local = if command.p1 == 0x02 { 0x80 } else { 0 };
                let index = self.pin_of(command.p2 | local)?;
                let (old, rest) = with_length(&command.data)?;
                let (new, rest) = with_length(rest)?;
                if !rest.is_empty() {
                    return Err(Status::WRONG_LENGTH);
                }
                self.replace(index, index, old, new)
            }
            _ => Err(Status::WRONG_PARAMETERS),
        }
    }

    pub(in crate::card) fn reset_retry_counter(&mut self, command: &Command) -> Reply {
        if !self.design.dialect.reset_modes.contains(&command.p1) {
            return Err(Status::WRONG_PARAMETERS);
        }
        let index = self.pin_of(command.p2)?;
        let puk = self.pins[index].design.unblocked_by.ok_or(Status::CONDITIONS)?;
        let puk = self.pins.iter().position(|pin| pin.design.identifier == puk).ok_or(Status::CONDITIONS)?;
        match command.p1 {
            0 => {
                let (code, new) = divided(&command.data, self.pins[puk].length());
                return self.replace(puk, index, code, new);
            }
            1 => self.present(puk, &command.data)?,
            _ if !self.pins[puk].verified => return Err(Status::NOT_ALLOWED),
            2 => self.pins[index].replace(&command.data)?,
            _ if !command.data.is_empty() => return Err(Status::WRONG_LENGTH),
            _ => {}
        }
        self.pins[puk].verified = false;
        self.pins[index].tries_left = self.pins[index].design.tries;
        Answer::done()
    }

    /// AKİS 1.x: nothing is verified any more.
    pub(in crate::card) fn drop_rights(&mut self) -> Reply {
        self.pins.iter_mut().for_each(|pin| pin.verified = false);
        Answer::done()
    }

    /// Whether the PIN of this identifier has been verified.
    pub(in crate::card) fn is_verified(&self, identifier: u8) -> bool {
        self.pins.iter().any(|pin| pin.design.identifier == identifier && pin.verified)
    }

    /// The PIN of this reference, if it can be seen from the selected folder.
    fn pin_of(&self, reference: u8) -> Result<usize, Status> {
        let inside = self.session.folder.first() == Some(&self.design.layout.application);
        self.pins
            .iter()
            .position(|pin| pin.design.reference == reference && (inside || pin.design.scope == Scope::Global))
            .ok_or(Status::REFERENCE_NOT_FOUND)
    }

    /// A VERIFY without a PIN.
    fn question(&mut self, index: usize) -> Reply {
        match self.design.dialect.question {
            Question::Refused => Err(Status::WRONG_LENGTH),
            Question::Counted => self.present(index, &[]).and_then(|()| Answer::done()),
            Question::Told => match &self.pins[index] {
                pin if pin.state == Start::NotSet => Err(Status::NOT_USABLE),
                pin if pin.verified => Answer::done(),
                pin if pin.tries_left == 0 => Err(self.blocked()),
                pin => Err(Status::tries_left(pin.tries_left)),
            },
        }
    }

    /// Presents the octets `old` to one PIN; if they are right, `new` becomes another's, or the same one's.
    fn replace(&mut self, judge: usize, changed: usize, old: &[u8], new: &[u8]) -> Reply {
        // What cannot become a PIN is refused before a try is spent.
        self.pins[changed].check_form(new)?;
        self.present(judge, old)?;
        self.pins[changed].replace(new)?;
        Answer::done()
    }

    fn present(&mut self, index: usize, octets: &[u8]) -> Result<(), Status> {
        let blocked = self.blocked();
        let dialect = &self.design.dialect;
        let pin = &mut self.pins[index];
        if pin.state == Start::NotSet {
            return Err(Status::NOT_USABLE);
        }
        if pin.tries_left == 0 {
            return Err(blocked);
        }
        if pin.present(octets) {
            return Ok(());
        }
        Err(match pin.tries_left {
            0 if dialect.blocking_attempt_says_blocked => blocked,
            _ if dialect.hides_tries => Status::WRONG,
            tries => Status::tries_left(tries),
        })
    }

    fn blocked(&self) -> Status {
        match self.design.dialect.blocked {
            Blocked::Method6983 => Status::BLOCKED,
            Blocked::Data6984 => Status::NOT_USABLE,
            Blocked::NoTries63C0 => Status::tries_left(0),
        }
    }
}

/// Two PINs that stand one after the other; where there are not octets enough for the first, all belong to it.
fn divided(octets: &[u8], first: usize) -> (&[u8], &[u8]) {
    octets.split_at(first.min(octets.len()))
}

/// What stands after a length octet, and what comes behind.
fn with_length(octets: &[u8]) -> Result<(&[u8], &[u8]), Status> {
    let (length, rest) = octets.split_first().ok_or(Status::WRONG_LENGTH)?;
    rest.split_at_checked(usize::from(*length)).ok_or(Status::WRONG_LENGTH)
}
