//! The authenticator as a card: chains of commands go in as one, long answers come out in pieces.

use iso7816::command::CommandView;
use iso7816::{Command, Instruction, Status};
use piv_authenticator::{Authenticator, Options};
use vpicc::VSmartCard;

use crate::services::CardClient;

/// The longest command and answer: a certificate of 3 kB, with room.
const LONGEST: usize = 8192;

/// A card in the virtual reader.
pub(crate) struct Card<'a> {
    authenticator: Authenticator<CardClient<'a>>,
    /// The commands of a chain so far.
    chain: Option<Command<LONGEST>>,
    /// What GET RESPONSE can fetch.
    pending: Vec<u8>,
}

impl<'a> Card<'a> {
    pub(crate) fn new(client: CardClient<'a>) -> Self {
        Self { authenticator: Authenticator::new(client, Options::new()), chain: None, pending: Vec::new() }
    }

    fn answer(&mut self, octets: &[u8]) -> Result<(Vec<u8>, Status), Status> {
        let command = CommandView::try_from(octets).map_err(|_| Status::WrongLength)?;
        let expected = command.expected();
        if command.instruction() == Instruction::GetResponse {
            return Ok(self.hand_out(expected));
        }
        self.pending.clear();
        let whole = match self.chain.take() {
            None => command.to_owned().map_err(|_| Status::WrongLength)?,
            Some(mut begun) => {
                begun.extend_from_command_view(command).map_err(|_| Status::WrongLength)?;
                begun
            }
        };
        if !command.class().chain().last_or_only() {
            self.chain = Some(whole);
            return Ok((Vec::new(), Status::Success));
        }
        let mut reply = heapless::Vec::<u8, LONGEST>::new();
        self.authenticator.respond(whole.as_view(), reply.as_mut_view())?;
        self.pending = reply.to_vec();
        Ok(self.hand_out(expected))
    }

    fn hand_out(&mut self, expected: usize) -> (Vec<u8>, Status) {
        let rest = self.pending.split_off(expected.min(self.pending.len()));
        let octets = std::mem::replace(&mut self.pending, rest);
        match self.pending.len() {
            0 => (octets, Status::Success),
            more => (octets, Status::MoreAvailable(u8::try_from(more).unwrap_or(u8::MAX))),
        }
    }

    fn forget(&mut self) {
        self.chain = None;
        self.pending.clear();
        self.authenticator.deselect();
    }
}

impl VSmartCard for Card<'_> {
    fn power_off(&mut self) {
        self.forget();
    }

    fn reset(&mut self) {
        self.forget();
    }

    fn execute(&mut self, command: &[u8]) -> Vec<u8> {
        let (mut octets, status) = self.answer(command).unwrap_or_else(|status| (Vec::new(), status));
        octets.extend_from_slice(&<[u8; 2]>::from(status));
        octets
    }
}
