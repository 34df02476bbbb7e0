//! A reader, and what it remembers of the card in it.

use std::time::Duration;

use super::{Fault, ReaderState, Trouble};
use crate::card::fault::Faults;
use crate::card::keypad::Keypad;
use crate::card::{Card, Status};

/// A reader.
pub(super) struct Slot {
    pub(super) name: String,
    pub(super) card: Option<Card>,
    pub(super) keypad: Option<Keypad>,
    pub(super) faults: Faults,
    pub(super) delay: Duration,
    /// Which connection holds the card in a transaction.
    pub(super) holder: Option<u64>,
    events: u16,
    seen: Seen,
    /// The card has died; the next call fails, and then it is gone.
    dying: bool,
}

/// What a connection has seen of its card. When the reader has moved on, the connection is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// Which insertion it was.
    insertion: u64,
    /// How often the card had been reset.
    resets: u64,
}

/// What a command came to, and how long it takes.
pub(super) type Carried = (Result<Vec<u8>, Trouble>, Duration);

impl Slot {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            card: None,
            keypad: None,
            faults: Faults::default(),
            delay: Duration::ZERO,
            holder: None,
            events: 0,
            seen: Seen { insertion: 0, resets: 0 },
            dying: false,
        }
    }

    pub(super) fn insert(&mut self, mut card: Card) {
        assert!(self.card.is_none(), "there is a card in {}", self.name);
        card.reset();
        self.card = Some(card);
        self.events = self.events.wrapping_add(1);
        self.seen.insertion += 1;
    }

    pub(super) fn remove(&mut self) -> Option<Card> {
        let card = self.card.take();
        self.events = self.events.wrapping_add(u16::from(card.is_some()));
        self.forget_connections();
        card
    }

    /// No connection of before works any more.
    pub(super) fn forget_connections(&mut self) {
        self.seen.insertion += 1;
        self.holder = None;
        self.dying = false;
    }

    pub(super) fn reset(&mut self) {
        self.seen.resets += 1;
        if let Some(card) = &mut self.card {
            card.reset();
        }
    }

    pub(super) fn state(&self) -> ReaderState {
        let atr = self.card.as_ref().map(|card| card.atr().to_vec());
        ReaderState { name: self.name.clone(), atr, events: self.events }
    }

    /// What a new connection sees, if there is a card.
    pub(super) fn seen(&self) -> Option<Seen> {
        self.card.is_some().then_some(self.seen)
    }

    /// Whether a connection that has seen this may go on. Of a reset it is told once.
    pub(super) fn check(&self, seen: &mut Seen) -> Result<(), Trouble> {
        if self.card.is_none() || self.seen.insertion != seen.insertion {
            return Err(Trouble::RemovedCard);
        }
        let told = seen.resets == self.seen.resets;
        seen.resets = self.seen.resets;
        if told { Ok(()) } else { Err(Trouble::ResetCard) }
    }

    /// A connection resets the card, if it is still the one that it knows.
    pub(super) fn reset_by(&mut self, seen: &mut Seen) {
        if self.seen.insertion == seen.insertion {
            self.reset();
            self.catch_up(seen);
        }
    }

    /// The connection knows of the reset already.
    pub(super) fn catch_up(&self, seen: &mut Seen) {
        if self.seen.insertion == seen.insertion {
            seen.resets = self.seen.resets;
        }
    }

    /// Hands a command to the card, with the fault that waits for it.
    pub(super) fn transmit(&mut self, command: &[u8]) -> Carried {
        if self.dying {
            self.remove();
            return (Err(Trouble::NotTransacted), self.delay);
        }
        let Some(fault) = self.faults.next() else { return (Ok(self.carry_out(command)), self.delay) };
        let (outcome, delay) = self.suffer(fault, command);
        (outcome, self.delay + delay)
    }

    fn suffer(&mut self, fault: Fault, command: &[u8]) -> Carried {
        let answer = if fault.reaches_card() { self.carry_out(command) } else { Vec::new() };
        let outcome = match fault {
            Fault::Removed(_) => {
                self.remove();
                Err(Trouble::RemovedCard)
            }
            Fault::Reset(_) => {
                self.reset();
                Err(Trouble::ResetCard)
            }
            Fault::Failed(_) => Err(Trouble::NotTransacted),
            Fault::Died(_) => {
                self.dying = true;
                Ok(Vec::new())
            }
            Fault::Answered(octets) => Ok(octets),
            Fault::CutShort(octets) => Ok(answer[..octets.min(answer.len())].to_vec()),
            Fault::Delayed(delay) => return (Ok(answer), delay),
            Fault::Busy => Err(Trouble::SharingViolation),
            Fault::Swapped(mut card) => {
                card.reset();
                self.card = Some(*card);
                Err(Trouble::NotTransacted)
            }
        };
        (outcome, Duration::ZERO)
    }

    fn carry_out(&mut self, command: &[u8]) -> Vec<u8> {
        let gone = || Status::CONDITIONS.octets().to_vec();
        self.card.as_mut().map_or_else(gone, |card| card.transmit(command))
    }
}
