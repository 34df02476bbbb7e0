//! What becomes of readers and cards, as it happens.

use std::collections::VecDeque;
use std::ffi::CString;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use eimza_sys::pcsc::{Canceller, Context, PcscError, READERS, ReaderState, answer};

use super::fault;
use crate::token::smartcard::atr::Atr;
use crate::token::smartcard::link::LinkFault;

/// How long one wait takes at most. A wait that begins while it is being stopped would not notice.
const WAIT: Duration = Duration::from_millis(400);

/// How often it is looked whether a service that has stopped is back.
const SERVICE_PAUSE: Duration = Duration::from_millis(500);

/// What is in a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardState {
    /// No card.
    Empty,
    /// A card.
    Present(Atr),
    /// A card that does not answer: it is in the wrong way round, or damaged.
    Mute,
}

impl CardState {
    pub(super) fn of(state: &ReaderState) -> Self {
        match (state.has_card(), Atr::read(&state.atr)) {
            (false, _) => Self::Empty,
            (true, Some(atr)) => Self::Present(atr),
            (true, None) => Self::Mute,
        }
    }
}

/// What has become of readers and cards.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReaderEvent {
    /// A reader is there, and what is in it.
    Added {
        /// The reader's name.
        reader: String,
        /// What is in it.
        card: CardState,
    },
    /// A reader is gone.
    Removed {
        /// The reader's name.
        reader: String,
    },
    /// A card was put in, or another one in its place.
    CardInserted {
        /// The reader's name.
        reader: String,
        /// What is in it.
        card: CardState,
    },
    /// The card was taken out.
    CardRemoved {
        /// The reader's name.
        reader: String,
    },
    /// The system's service cannot be reached. It is waited for.
    ServiceStopped {
        /// Why.
        fault: LinkFault,
    },
    /// The service is back.
    ServiceStarted,
}

/// Readers and cards, watched: an iterator that waits for the next event and never ends by itself. At first it tells the
/// readers that are there.
pub struct ReaderEvents {
    shared: Arc<Shared>,
    context: Option<Context>,
    /// What was told so far; first the entry for readers that come and go.
    known: Vec<ReaderState>,
    waiting: VecDeque<ReaderEvent>,
    is_service_told: bool,
}

/// Ends a [`ReaderEvents`] from another thread.
#[derive(Clone)]
pub struct ReaderWatch(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_stopped: bool,
    canceller: Option<Canceller>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ReaderWatch {
    /// Ends the iterator; a wait that is under way returns at once.
    pub fn stop(&self) {
        let mut state = self.0.state();
        state.is_stopped = true;
        if let Some(canceller) = &state.canceller {
            canceller.cancel();
        }
        self.0.changed.notify_all();
    }
}

impl ReaderEvents {
    /// Watches all readers of this machine. A service that is not there is waited for.
    pub fn new() -> Self {
        Self {
            shared: Arc::default(),
            context: None,
            known: Vec::new(),
            waiting: VecDeque::new(),
            is_service_told: false,
        }
    }

    /// What ends this iterator from another thread.
    pub fn watch(&self) -> ReaderWatch {
        ReaderWatch(self.shared.clone())
    }

    /// Looks once more, and puts what is new into the queue.
    fn look(&mut self) {
        if let Err(fault) = self.connected().and_then(|()| self.wait()) {
            self.service_stopped(fault);
        }
    }

    fn connected(&mut self) -> Result<(), LinkFault> {
        if self.context.is_some() {
            return Ok(());
        }
        let context = Context::establish().map_err(fault)?;
        self.shared.state().canceller = Some(context.canceller());
        self.context = Some(context);
        if std::mem::take(&mut self.is_service_told) {
            self.waiting.push_back(ReaderEvent::ServiceStarted);
        }
        self.list()
    }

    /// Compares the readers that are there with those that were told.
    fn list(&mut self) -> Result<(), LinkFault> {
        let Some(context) = &self.context else { return Ok(()) };
        let mut readers = context.readers().map_err(fault)?;
        readers.insert(0, CString::from(READERS));
        let gone = self.known.extract_if(.., |state| !readers.contains(&state.reader));
        self.waiting.extend(gone.map(|state| ReaderEvent::Removed { reader: name(&state) }));
        let new = |reader: &CString| !self.known.iter().any(|state| state.reader == *reader);
        let new: Vec<_> = readers.into_iter().filter(new).map(ReaderState::new).collect();
        self.known.extend(new);
        Ok(())
    }

    fn wait(&mut self) -> Result<(), LinkFault> {
        let Some(context) = &self.context else { return Ok(()) };
        match context.wait(&mut self.known, Some(WAIT)) {
            Err(PcscError::Answer(answer::TIMEOUT | answer::CANCELLED)) => return self.list(),
            // A reader went away while it was being asked about.
            Err(PcscError::Answer(answer::UNKNOWN_READER | answer::READER_UNAVAILABLE)) => return self.list(),
            waited => waited.map_err(fault)?,
        }
        for state in &mut self.known {
            let before = std::mem::replace(&mut state.known, state.event);
            if state.reader.as_c_str() != READERS && !state.is_gone() {
                self.waiting.extend(change(before, state));
            }
        }
        self.list()
    }

    fn service_stopped(&mut self, fault: LinkFault) {
        self.context = None;
        self.shared.state().canceller = None;
        let gone = self.known.drain(..).filter(|state| state.reader.as_c_str() != READERS && state.known != 0);
        self.waiting.extend(gone.map(|state| ReaderEvent::Removed { reader: name(&state) }));
        if !std::mem::replace(&mut self.is_service_told, true) {
            self.waiting.push_back(ReaderEvent::ServiceStopped { fault });
        }
        let state = self.shared.state();
        if self.waiting.is_empty() && !state.is_stopped {
            // Woken up when it is stopped.
            drop(self.shared.changed.wait_timeout(state, SERVICE_PAUSE));
        }
    }
}

impl Default for ReaderEvents {
    fn default() -> Self {
        Self::new()
    }
}

impl Iterator for ReaderEvents {
    type Item = ReaderEvent;

    fn next(&mut self) -> Option<ReaderEvent> {
        loop {
            if self.shared.state().is_stopped {
                return None;
            }
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            self.look();
        }
    }
}

impl fmt::Debug for ReaderEvents {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ReaderEvents").field("known", &self.known).finish_non_exhaustive()
    }
}

impl fmt::Debug for ReaderWatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ReaderWatch").finish_non_exhaustive()
    }
}

fn name(state: &ReaderState) -> String {
    state.reader.to_string_lossy().into_owned()
}

/// What has become of one reader since the state before, of which 0 means that it was not told yet.
fn change(before: u32, state: &ReaderState) -> Option<ReaderEvent> {
    let (reader, card) = (name(state), CardState::of(state));
    let earlier = ReaderState { event: before, ..ReaderState::new(state.reader.clone()) };
    match (before, earlier.has_card(), &card) {
        (0, _, _) => Some(ReaderEvent::Added { reader, card }),
        (_, true, CardState::Empty) => Some(ReaderEvent::CardRemoved { reader }),
        (_, false, CardState::Empty) => None,
        (_, true, _) if earlier.insertions() == state.insertions() => None,
        _ => Some(ReaderEvent::CardInserted { reader, card }),
    }
}
