//! Readers with cards in them, as PC/SC shows them to programs, in process.
//!
//! A [`Stage`] stands where the smart-card service stands: it has readers, cards come and go, several programs share
//! them by a [`Connection`] each, and what goes wrong in the field can be made to go wrong at a chosen command. What
//! it answers was measured with pcscd 1.9.9.
//!
//! ```
//! use eimza_testkit::card::{Card, Design};
//! use eimza_testkit::card::stage::{Disposition, Fault, Moment, Stage, Trouble};
//!
//! let stage = Stage::new(&["Virtual PCD 00 00"]);
//! stage.insert("Virtual PCD 00 00", Card::new(Design::pkcs15()));
//! let mut connection = stage.connect("Virtual PCD 00 00")?;
//! connection.begin()?;
//! assert_eq!(connection.transmit(&[0x00, 0x84, 0x00, 0x00, 0x08])?.len(), 10);
//! connection.end(Disposition::Leave);
//!
//! // At the second command from now on the card is pulled out, after it has carried it out.
//! stage.inject("Virtual PCD 00 00", 2, Fault::Removed(Moment::After));
//! assert!(connection.transmit(&[0x00, 0x84, 0x00, 0x00, 0x08]).is_ok());
//! assert_eq!(connection.transmit(&[0x00, 0x84, 0x00, 0x00, 0x08]), Err(Trouble::RemovedCard));
//! # Ok::<(), Trouble>(())
//! ```

mod connection;
mod slot;
mod trouble;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use connection::{Connection, Disposition};
pub use trouble::Trouble;

pub use super::fault::{Fault, Moment};
use super::{Card, keypad::Keypad};
use slot::Slot;

/// Readers with cards in them. Clones are the same stage.
#[derive(Clone)]
pub struct Stage(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    slots: Vec<Slot>,
    stopped: bool,
    /// How often the service was started anew.
    restarts: u64,
    /// How often readers or cards came or went.
    changes: u64,
    connections: u64,
}

/// What a program sees of a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderState {
    /// Its name.
    pub name: String,
    /// The answer to reset of the card in it, if there is one.
    pub atr: Option<Vec<u8>>,
    /// How often a card came or went: the high half of PC/SC's `dwEventState`.
    pub events: u16,
}

impl Stage {
    /// Empty readers of these names.
    #[must_use]
    pub fn new(readers: &[&str]) -> Self {
        let stage = Self(Arc::default());
        readers.iter().for_each(|reader| stage.add_reader(reader));
        stage
    }

    /// Plugs in a reader.
    pub fn add_reader(&self, name: &str) {
        self.change(|state| state.slots.push(Slot::new(name)));
    }

    /// Pulls out a reader, with what is in it.
    pub fn remove_reader(&self, name: &str) {
        self.change(|state| state.slots.retain(|slot| slot.name != name));
    }

    /// Gives a reader a keypad.
    pub fn set_keypad(&self, reader: &str, keypad: Keypad) {
        self.change(|state| state.slot(reader).keypad = Some(keypad));
    }

    /// Looks at the keypad of a reader, or presses its keys.
    pub fn keypad<R>(&self, reader: &str, look: impl FnOnce(&mut Keypad) -> R) -> R {
        look(self.lock().slot(reader).keypad.as_mut().expect("the reader has a keypad"))
    }

    /// Puts a card into an empty reader.
    pub fn insert(&self, reader: &str, card: Card) {
        self.change(|state| state.slot(reader).insert(card));
    }

    /// Pulls the card out.
    pub fn remove(&self, reader: &str) -> Card {
        self.change(|state| state.slot(reader).remove()).expect("there is a card in the reader")
    }

    /// Exchanges the card for another, slowly enough for everyone to see.
    pub fn swap(&self, reader: &str, card: Card) -> Card {
        let before = self.remove(reader);
        self.insert(reader, card);
        before
    }

    /// The smart-card service stops: nothing works until it [starts](Self::start_service).
    pub fn stop_service(&self) {
        self.change(|state| {
            state.stopped = true;
            state.restarts += 1;
            state.slots.iter_mut().for_each(Slot::forget_connections);
        });
    }

    /// The smart-card service is back; no connection of before works any more.
    pub fn start_service(&self) {
        self.change(|state| state.stopped = false);
    }

    /// Lets something go wrong at the command of this number from now on; 1 is the next command to this reader.
    pub fn inject(&self, reader: &str, number: usize, fault: Fault) {
        self.lock().slot(reader).faults.add(number, fault);
    }

    /// Every command to this reader takes so long.
    pub fn slow_down(&self, reader: &str, delay: Duration) {
        self.lock().slot(reader).delay = delay;
    }

    /// Looks at the card in a reader, without a command.
    pub fn card<R>(&self, reader: &str, look: impl FnOnce(&mut Card) -> R) -> R {
        look(self.lock().slot(reader).card.as_mut().expect("there is a card in the reader"))
    }

    /// All readers, and a number that tells whether something has changed since.
    pub fn readers(&self) -> Result<(Vec<ReaderState>, u64), Trouble> {
        let state = self.running()?;
        Ok((state.slots.iter().map(Slot::state).collect(), state.changes))
    }

    /// Waits until something is different from when [`readers`](Self::readers) gave this number.
    pub fn wait(&self, since: u64, limit: Duration) -> Result<(), Trouble> {
        let until = Instant::now() + limit;
        let mut state = self.running()?;
        while state.changes == since {
            let left = until.checked_duration_since(Instant::now()).ok_or(Trouble::Timeout)?;
            state = self.0.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        if state.stopped { Err(Trouble::NoService) } else { Ok(()) }
    }

    /// Connects to the card in a reader, to be shared with other programs.
    pub fn connect(&self, reader: &str) -> Result<Connection, Trouble> {
        let mut state = self.running()?;
        state.connections += 1;
        let (number, service) = (state.connections, state.restarts);
        let slot = state.slots.iter().find(|slot| slot.name == reader).ok_or(Trouble::UnknownReader)?;
        let seen = slot.seen().ok_or(Trouble::NoCard)?;
        Ok(Connection::new(self.clone(), reader, (number, service), seen))
    }

    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.lock();
        let brought = change(&mut state);
        state.changes += 1;
        drop(state);
        self.0.changed.notify_all();
        brought
    }

    fn running(&self) -> Result<MutexGuard<'_, State>, Trouble> {
        let state = self.lock();
        if state.stopped { Err(Trouble::NoService) } else { Ok(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn slot(&mut self, name: &str) -> &mut Slot {
        self.slots.iter_mut().find(|slot| slot.name == name).expect("the stage has this reader")
    }
}
