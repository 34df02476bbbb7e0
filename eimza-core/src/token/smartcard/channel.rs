//! Sending commands: long ones in pieces, long answers fetched, and no secret sent twice.

use std::fmt;

use zeroize::Zeroizing;

use super::atr::Atr;
use super::command::{Command, Form, SHORT_ANSWER};
use super::link::{Link, LinkFault};
use super::status_word::StatusWord;

/// The most octets of one answer, however many pieces it is fetched in.
const LONGEST_ANSWER: usize = 65_536;

/// GET RESPONSE (ISO 7816-4 section 7.6.1).
const GET_RESPONSE: u8 = 0xc0;

/// What a card answered: data, and what it says of the command. The data is wiped when it is dropped.
pub(super) struct Answer {
    pub(super) data: Zeroizing<Vec<u8>>,
    pub(super) status: StatusWord,
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Answer({} octets, {:04x})", self.data.len(), u16::from(self.status))
    }
}

/// A transaction with a card, as commands are sent in it.
pub(super) struct Channel<'link> {
    link: &'link mut dyn Link,
    form: Form,
    most_data: usize,
    has_sent_secret: bool,
}

impl<'link> Channel<'link> {
    /// In the form that fits the protocol and the card.
    pub(super) fn new(link: &'link mut dyn Link) -> Self {
        let form = match (link.protocol(), link.atr().has_extended_length()) {
            (0, _) => Form::ShortWithoutAnswerLength,
            (_, true) => Form::Extended,
            (_, false) => Form::Short,
        };
        Self { link, form, most_data: SHORT_ANSWER, has_sent_secret: false }
    }

    pub(super) fn atr(&self) -> &Atr {
        self.link.atr()
    }

    pub(super) fn insertions(&self) -> u64 {
        self.link.insertions()
    }

    /// How much data the card takes in one command.
    pub(super) fn takes_at_most(&mut self, octets: usize) {
        self.most_data = octets;
    }

    /// Whether a secret was sent since the transaction began.
    pub(super) fn has_sent_secret(&self) -> bool {
        self.has_sent_secret
    }

    /// Sends a command and gives the whole answer.
    ///
    /// # Errors
    /// Why there is none. Nothing is sent again but what the card asks for: the rest of an answer, or the same command with
    /// another expected length. A command with a secret is sent once, whatever the card says.
    pub(super) fn send(&mut self, command: &Command) -> Result<Answer, LinkFault> {
        let mut answer = self.send_once(command)?;
        if let (StatusWord::OtherLength(length), false) = (answer.status, command.is_secret()) {
            answer = self.send_once(&command.with_expected(whole(length)))?;
        }
        let mut data = std::mem::take(&mut answer.data);
        while let StatusWord::MoreToFetch(length) = answer.status {
            if data.len() > LONGEST_ANSWER {
                return Err(LinkFault::Silent);
            }
            answer = self.fetch(whole(length))?;
            if answer.data.is_empty() && matches!(answer.status, StatusWord::MoreToFetch(_)) {
                return Err(LinkFault::Silent);
            }
            data.extend_from_slice(&answer.data);
        }
        Ok(Answer { data, status: answer.status })
    }

    /// The next octets of an answer; a card may name another length once more.
    fn fetch(&mut self, length: usize) -> Result<Answer, LinkFault> {
        let command = Command::new(GET_RESPONSE, 0, 0).expecting(length);
        let answer = self.send_once(&command)?;
        match answer.status {
            StatusWord::OtherLength(length) => self.send_once(&command.with_expected(whole(length))),
            _ => Ok(answer),
        }
    }

    fn send_once(&mut self, command: &Command) -> Result<Answer, LinkFault> {
        if command.is_secret() {
            self.has_sent_secret = true;
            self.link.forget_rights();
        }
        let mut pieces = command.encoded(self.form, self.most_data);
        let last = pieces.pop().unwrap_or_default();
        for piece in pieces {
            let answer = self.exchange(&piece)?;
            if answer.status != StatusWord::Done {
                return Ok(answer);
            }
        }
        let answer = self.exchange(&last)?;
        tracing::trace!(%command, ?answer, "card");
        Ok(answer)
    }

    /// Sends octets as they are. Fewer than two octets are no answer: the card has gone.
    fn exchange(&mut self, octets: &[u8]) -> Result<Answer, LinkFault> {
        let mut data = Zeroizing::new(self.link.transmit(octets)?);
        let (Some(low), Some(high)) = (data.pop(), data.pop()) else { return Err(LinkFault::Silent) };
        Ok(Answer { data, status: u16::from_be_bytes([high, low]).into() })
    }
}

/// A length of one octet, of which 0 stands for 256.
fn whole(length: u8) -> usize {
    if length == 0 { SHORT_ANSWER } else { usize::from(length) }
}
