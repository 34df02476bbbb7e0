//! The engine: takes commands apart, keeps the manners of the protocol, hands them to whoever carries them out.

use super::command::Command;
use super::design::{Design, Protocol};
use super::file::Node;
use super::key::Key;
use super::log::{Counts, Entry, shown};
use super::pin::Pin;
use super::pkcs15;
use super::status::Status;

/// More than any command or chain of commands may bring.
const LONGEST_CHAIN: usize = 0x1_0000;

/// A simulated card. See the [module](super) for what it is and how to use it.
#[derive(Clone)]
pub struct Card {
    pub(super) design: Design,
    pub(super) files: Node,
    pub(super) pins: Vec<Pin>,
    pub(super) keys: Vec<Key>,
    pub(super) session: Session,
    pub(super) counts: Counts,
    log: Vec<Entry>,
}

/// What a card forgets at a reset, beside which PINs were verified.
#[derive(Clone, Default)]
pub(super) struct Session {
    /// The path to the selected folder.
    pub(super) folder: Vec<u16>,
    /// The path to the selected file, if one is.
    pub(super) file: Option<Vec<u16>>,
    /// Which key was chosen, by its place.
    pub(super) key: Option<usize>,
    /// Which algorithm was chosen, by its reference.
    pub(super) algorithm: Option<u8>,
    /// The commands of a chain so far.
    chain: Option<Command>,
    /// What GET RESPONSE can fetch.
    pending: Vec<u8>,
}

/// What a command brings: octets, and DONE or a warning.
pub(super) struct Answer {
    pub(super) octets: Vec<u8>,
    pub(super) status: Status,
}

/// How a command ends.
pub(super) type Reply = Result<Answer, Status>;

impl Answer {
    /// Done, without data.
    pub(super) fn done() -> Reply {
        Self::with(Vec::new())
    }

    /// Done, with these octets.
    pub(super) fn with(octets: Vec<u8>) -> Reply {
        Ok(Self { octets, status: Status::DONE })
    }
}

/// How a PIN stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinState {
    /// Tries that are left; 0 when it is blocked.
    pub tries_left: u8,
    /// Whether it has been verified and gives its rights now.
    pub verified: bool,
}

impl Card {
    /// A card of this design, just put into a reader.
    ///
    /// # Panics
    /// When the design names a certificate that the test PKI does not have.
    #[must_use]
    pub fn new(design: Design) -> Self {
        let keys: Vec<Key> = design.keys.iter().cloned().map(Key::new).collect();
        let files = pkcs15::files(&design, &keys);
        let pins = design.pins.iter().cloned().map(Pin::new).collect();
        Self { design, files, pins, keys, session: Session::default(), counts: Counts::default(), log: Vec::new() }
    }

    /// What the card answers to a reset.
    #[must_use]
    pub fn atr(&self) -> &[u8] {
        &self.design.atr
    }

    /// A reset, cold or warm: selection, chosen key and verified PINs are forgotten, tries are not.
    pub fn reset(&mut self) {
        self.counts.resets += 1;
        self.session = Session::default();
        self.pins.iter_mut().for_each(|pin| pin.verified = false);
    }

    /// Carries out a command: data and status word as they come over the line.
    pub fn transmit(&mut self, command: &[u8]) -> Vec<u8> {
        self.counts.count(command);
        let Answer { octets, status } =
            self.receive(command).unwrap_or_else(|status| Answer { octets: Vec::new(), status });
        self.counts.octets += octets.len();
        let instruction = command.get(1).copied().unwrap_or(0);
        self.log.push(Entry { command: shown(command), instruction, answered: octets.len(), status });
        [&octets[..], &status.octets()].concat()
    }

    /// What the card was made from.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// Every command since the card was made, without its secrets.
    #[must_use]
    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    /// How often something happened since the card was made.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// How the PIN with this reference (P2 of VERIFY) stands.
    ///
    /// # Panics
    /// When the card has no such PIN.
    #[must_use]
    pub fn pin(&self, reference: u8) -> PinState {
        let pin = self.pins.iter().find(|pin| pin.design.reference == reference).expect("the design has this PIN");
        PinState { tries_left: pin.tries_left, verified: pin.verified }
    }

    fn receive(&mut self, octets: &[u8]) -> Reply {
        let command = Command::parse(octets).ok_or(Status::WRONG_LENGTH)?;
        if command.extended && !self.design.manners.extended_length {
            return Err(Status::WRONG_LENGTH);
        }
        if command.class == 0 && command.instruction == 0xc0 {
            return self.fetch(&command);
        }
        self.session.pending.clear();
        let Some(command) = self.unchained(command)? else { return Answer::done() };
        let answer = self.execute(&command)?;
        self.deliver(&command, answer)
    }

    fn execute(&mut self, command: &Command) -> Reply {
        if let (Some(word), 0x20 | 0x22 | 0x24 | 0x2a | 0x2c) = (self.design.dialect.refuses_plain, command.instruction)
        {
            return Err(word);
        }
        match (command.class, command.instruction) {
            (0x00, 0xa4) => self.select(command),
            (0x00, 0xb0) => self.read_binary(command),
            (0x00, 0x20) => self.verify(command),
            (0x00, 0x24) => self.change(command),
            (0x00, 0x2c) => self.reset_retry_counter(command),
            (0x00, 0x22) => self.manage_security_environment(command),
            (0x00, 0x2a) => self.perform_security_operation(command),
            (0x00, 0x84) => self.challenge(command),
            (0x00, 0xca) => self.data_object(command),
            (0x80, 0x18) if self.design.dialect.akis_commands => self.list(),
            (0x80, 0x1a) if self.design.dialect.akis_commands => self.drop_rights(),
            (0x00, _) => Err(Status::UNKNOWN_INSTRUCTION),
            (0x80, _) if self.design.dialect.akis_commands => Err(Status::UNKNOWN_INSTRUCTION),
            (class, _) if class & 0xf0 == 0 && class & 0x0c != 0 => Err(Status::NO_SECURE_MESSAGING),
            _ => Err(Status::UNKNOWN_CLASS),
        }
    }

    /// Collects the commands of a chain; the whole of it where this was the last (ISO/IEC 7816-4, section 5.3.3).
    fn unchained(&mut self, command: Command) -> Result<Option<Command>, Status> {
        const MORE_FOLLOWS: u8 = 0x10;
        let chain = self.session.chain.take();
        let last = command.class & MORE_FOLLOWS == 0 || command.class & 0xe0 != 0;
        if !last && !self.design.manners.chaining {
            return Err(Status::NO_CHAINING);
        }
        let class = if last { command.class } else { command.class & !MORE_FOLLOWS };
        let mut whole = Command { class, ..command };
        if let Some(begun) = chain
            && (begun.class, begun.instruction, begun.p1, begun.p2)
                == (whole.class, whole.instruction, whole.p1, whole.p2)
        {
            whole.data = [begun.data, whole.data].concat();
        }
        if whole.data.len() > LONGEST_CHAIN {
            return Err(Status::CHAIN_BROKEN);
        }
        if last {
            return Ok(Some(whole));
        }
        self.session.chain = Some(whole);
        Ok(None)
    }

    /// Hands an answer over as the protocol wants it.
    fn deliver(&mut self, command: &Command, answer: Answer) -> Reply {
        let Answer { octets, status } = answer;
        if octets.is_empty() {
            return Ok(Answer { octets, status });
        }
        match self.design.manners.protocol {
            Protocol::T0 if !command.data.is_empty() => {
                let more = Status::more(octets.len());
                self.session.pending = octets;
                Err(more)
            }
            Protocol::T0 if command.expected.unwrap_or(256) > octets.len() => Err(Status::exactly(octets.len())),
            Protocol::T0 => self.hand_out(octets, command.expected.unwrap_or(256), status),
            Protocol::T1 => match command.expected {
                Some(expected) => self.hand_out(octets, expected, status),
                None => Ok(Answer { octets: Vec::new(), status }),
            },
        }
    }

    /// GET RESPONSE (ISO/IEC 7816-4, section 7.6.1).
    fn fetch(&mut self, command: &Command) -> Reply {
        let pending = std::mem::take(&mut self.session.pending);
        if pending.is_empty() {
            return Err(Status::CONDITIONS);
        }
        let expected = command.expected.unwrap_or(256);
        if self.design.manners.protocol == Protocol::T0 && expected > pending.len() {
            let exactly = Status::exactly(pending.len());
            self.session.pending = pending;
            return Err(exactly);
        }
        self.hand_out(pending, expected, Status::DONE)
    }

    /// Gives as much as was asked for and keeps the rest.
    fn hand_out(&mut self, mut octets: Vec<u8>, expected: usize, status: Status) -> Reply {
        if octets.len() <= expected {
            return Ok(Answer { octets, status });
        }
        self.session.pending = octets.split_off(expected);
        Ok(Answer { octets, status: Status::more(self.session.pending.len()) })
    }
}
