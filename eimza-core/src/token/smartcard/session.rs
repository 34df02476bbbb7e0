//! One operation on one card: the card is the one that was opened, and what it says becomes an error for the caller.

use super::channel::{Answer, Channel};
use super::command::Command;
use super::files::FileFault;
use super::link::LinkFault;
use super::seen::Seen;
use super::status_word::StatusWord;
use crate::error::{CardOperation, Error, Result, SecretKind};

/// A transaction with the card that was opened.
pub(super) struct Session<'session, 'link> {
    pub(super) channel: &'session mut Channel<'link>,
    pub(super) seen: &'session Seen,
    pub(super) operation: CardOperation,
}

/// Why an operation ended early.
#[derive(Debug)]
pub(super) enum Stop {
    /// The card cannot be reached. Nothing was decided: where no secret was sent the operation may begin anew.
    Link(LinkFault),
    /// Anything else.
    Error(Error),
}

impl From<LinkFault> for Stop {
    fn from(fault: LinkFault) -> Self {
        Self::Link(fault)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Session<'_, '_> {
    /// Sends a command without a secret; the card has to do it.
    pub(super) fn send(&mut self, command: &Command) -> std::result::Result<Answer, Stop> {
        let answer = self.channel.send(command)?;
        self.done(answer.status)?;
        Ok(answer)
    }

    pub(super) fn done(&self, status: StatusWord) -> Result<()> {
        match status {
            StatusWord::Done => Ok(()),
            StatusWord::SecureMessaging(_) => Err(Error::CardNeedsModule),
            other => Err(Error::CardFailed { operation: self.operation, status: other.into() }),
        }
    }

    /// What came of selecting or reading a file that has to be there.
    pub(super) fn found<T>(&self, read: std::result::Result<T, FileFault>) -> std::result::Result<T, Stop> {
        read.map_err(|fault| match fault {
            FileFault::Link(fault) => Stop::Link(fault),
            FileFault::Refused(status) => Stop::Error(self.done(status).err().unwrap_or(Error::CardNeedsModule)),
        })
    }

    /// Sends a command with a PIN or PUK, once. Whatever is no clear answer counts as a lost one.
    pub(super) fn present(&mut self, command: &Command, secret: SecretKind) -> Result<()> {
        let answer = self.channel.send(command).map_err(|fault| Error::PinAnswerLost { source: Some(fault.into()) })?;
        judged(answer.status, secret, self.operation)
    }
}

/// What a card says of a secret that it was given: one switch for all commands that carry one.
fn judged(status: StatusWord, secret: SecretKind, operation: CardOperation) -> Result<()> {
    let is_puk = secret == SecretKind::Puk;
    let incorrect = |tries_left| match is_puk {
        true => Error::PukIncorrect { tries_left },
        false => Error::PinIncorrect { tries_left },
    };
    Err(match status {
        StatusWord::Done => return Ok(()),
        StatusWord::Wrong(left) => incorrect(Some(left)),
        // 6982 is how some cards say "wrong" without a number.
        StatusWord::WrongUncounted | StatusWord::SecurityNotSatisfied => incorrect(None),
        StatusWord::Blocked(_) if is_puk => Error::PukBlocked,
        StatusWord::Blocked(_) => Error::PinBlocked,
        StatusWord::ConditionsNotMet => Error::PinExpired,
        StatusWord::WrongLength | StatusWord::WrongData => Error::PinFormRefused { secret },
        StatusWord::SecureMessaging(_) => Error::CardNeedsModule,
        StatusWord::ReferenceNotFound
        | StatusWord::FileNotFound
        | StatusWord::WrongParameters(_)
        | StatusWord::UnknownInstruction
        | StatusWord::UnknownClass => Error::CardFailed { operation, status: status.into() },
        StatusWord::MoreToFetch(_) | StatusWord::OtherLength(_) | StatusWord::Other(_) => {
            Error::PinAnswerLost { source: Some(format!("status {:04X}", u16::from(status)).into()) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(word: u16, secret: SecretKind) -> &'static str {
        judged(word.into(), secret, CardOperation::VerifyPin).err().map_or("done", |error| error.name())
    }

    #[test]
    fn what_a_card_says_of_a_pin_is_decided_once() {
        let rows = [
            (0x9000, "done", "done"),
            (0x63c2, "pin-incorrect", "puk-incorrect"),
            (0x6300, "pin-incorrect", "puk-incorrect"),
            (0x6982, "pin-incorrect", "puk-incorrect"),
            (0x63c0, "pin-blocked", "puk-blocked"),
            (0x6983, "pin-blocked", "puk-blocked"),
            (0x6984, "pin-blocked", "puk-blocked"),
            (0x6985, "pin-expired", "pin-expired"),
            (0x6700, "pin-form-refused", "pin-form-refused"),
            (0x6988, "card-needs-module", "card-needs-module"),
            (0x6a88, "card-failed", "card-failed"),
            (0x6c10, "pin-answer-lost", "pin-answer-lost"),
            (0x6f00, "pin-answer-lost", "pin-answer-lost"),
        ];
        for (word, pin, puk) in rows {
            assert_eq!((said(word, SecretKind::Pin), said(word, SecretKind::Puk)), (pin, puk), "{word:04x}");
        }
    }
}
