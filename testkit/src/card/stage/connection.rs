//! A program's connection to the card in a reader.

use std::sync::{MutexGuard, PoisonError};
use std::thread;

use super::slot::{Seen, Slot};
use super::{Stage, State, Trouble};
use crate::card::keypad;

/// What becomes of the card at the end of a transaction or connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It is left as it is; what was verified stays verified.
    Leave,
    /// It is reset.
    Reset,
}

/// A program's connection to the card in a reader. Dropped, it leaves the card as it is.
pub struct Connection {
    stage: Stage,
    reader: String,
    number: u64,
    seen: Seen,
    /// Which service it was made with: the number of its restarts.
    service: u64,
}

impl Connection {
    pub(super) fn new(stage: Stage, reader: &str, (number, service): (u64, u64), seen: Seen) -> Self {
        Self { stage, reader: reader.to_owned(), number, seen, service }
    }

    /// The reader.
    #[must_use]
    pub fn reader(&self) -> &str {
        &self.reader
    }

    /// Begins a transaction. It waits, as PC/SC does, while another connection holds the card.
    pub fn begin(&mut self) -> Result<(), Trouble> {
        let stage = self.stage.clone();
        let mut state = self.turn(&stage)?;
        let slot = slot_of(&mut state, &self.reader)?;
        slot.check(&mut self.seen)?;
        slot.holder = Some(self.number);
        Ok(())
    }

    /// Ends a transaction.
    pub fn end(&mut self, disposition: Disposition) {
        let stage = self.stage.clone();
        let mut state = stage.lock();
        if let Ok(slot) = slot_of(&mut state, &self.reader) {
            if slot.holder == Some(self.number) {
                slot.holder = None;
            }
            if disposition == Disposition::Reset {
                slot.reset_by(&mut self.seen);
            }
        }
        stage.0.changed.notify_all();
    }

    /// Sends a command and brings the answer.
    pub fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Trouble> {
        let (outcome, delay) = self.with_slot(|slot, seen| {
            let carried = slot.transmit(command);
            // What this call tells the next need not tell again.
            if carried.0 == Err(Trouble::ResetCard) {
                slot.catch_up(seen);
            }
            Ok(carried)
        })?;
        thread::sleep(delay);
        outcome
    }

    /// Asks the reader itself: the features and PIN structures of PC/SC part 10.
    pub fn control(&mut self, code: u32, input: &[u8]) -> Result<Vec<u8>, Trouble> {
        self.with_slot(|slot, _| {
            let Some(mut keypad) = slot.keypad.take() else { return Err(Trouble::UnsupportedFeature) };
            let outcome = keypad.control(code, input, |command| slot.transmit(command).0);
            slot.keypad = Some(keypad);
            outcome.map_err(|refusal| match refusal {
                keypad::Refusal::Unsupported => Trouble::UnsupportedFeature,
                keypad::Refusal::Card(trouble) => trouble,
            })
        })
    }

    /// Connects anew, after a removal or a reset.
    pub fn reconnect(&mut self, disposition: Disposition) -> Result<(), Trouble> {
        let stage = self.stage.clone();
        let mut state = stage.running()?;
        let slot = slot_of(&mut state, &self.reader)?;
        if disposition == Disposition::Reset {
            slot.reset();
        }
        self.seen = slot.seen().ok_or(Trouble::NoCard)?;
        Ok(())
    }

    /// Ends the connection.
    pub fn disconnect(mut self, disposition: Disposition) {
        self.end(disposition);
    }

    fn with_slot<R>(&mut self, work: impl FnOnce(&mut Slot, &mut Seen) -> Result<R, Trouble>) -> Result<R, Trouble> {
        let stage = self.stage.clone();
        let mut state = self.turn(&stage)?;
        let slot = slot_of(&mut state, &self.reader)?;
        slot.check(&mut self.seen)?;
        let before = slot.state();
        let outcome = work(slot, &mut self.seen);
        state.changes += u64::from(slot_of(&mut state, &self.reader)?.state() != before);
        drop(state);
        stage.0.changed.notify_all();
        outcome
    }

    /// The stage, as soon as no other connection holds the card.
    fn turn<'stage>(&self, stage: &'stage Stage) -> Result<MutexGuard<'stage, State>, Trouble> {
        let mut state = stage.running()?;
        while slot_of(&mut state, &self.reader)?.holder.is_some_and(|holder| holder != self.number) {
            state = stage.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            if state.stopped {
                return Err(Trouble::NoService);
            }
        }
        if state.restarts == self.service { Ok(state) } else { Err(Trouble::InvalidHandle) }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.end(Disposition::Leave);
    }
}

fn slot_of<'state>(state: &'state mut State, reader: &str) -> Result<&'state mut Slot, Trouble> {
    state.slots.iter_mut().find(|slot| slot.name == reader).ok_or(Trouble::ReaderUnavailable)
}
