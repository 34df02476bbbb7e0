//! Readers and cards by PC/SC.
//!
//! Whoever calls the system's service may be held up without limit by another program's transaction. So each transaction
//! runs in a thread of its own, and the caller waits no longer than it said.

mod events;

use std::ffi::CString;
use std::fmt;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use eimza_sys::pcsc::{Context, Disposition, PcscError, ReaderState, Transaction, answer};
use zeroize::Zeroizing;

use super::atr::Atr;
use super::link::{Link, LinkFault, Reader};
pub use events::{CardState, ReaderEvent, ReaderEvents, ReaderWatch};

/// How long a card may take over one command. Keys of 4096 bits take some seconds.
const COMMAND_PATIENCE: Duration = Duration::from_secs(60);

/// How long a person may take at a keypad.
const KEYPAD_PATIENCE: Duration = Duration::from_secs(150);

/// How often a card that another program has reset is taken up again.
const RECONNECTIONS: usize = 3;

/// A reader of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PcscReader {
    name: CString,
}

/// The readers of this machine, whether or not a card is in them.
///
/// # Errors
/// [`LinkFault::NoLibrary`], [`LinkFault::NoService`], or what the service answered.
pub fn readers() -> Result<Vec<PcscReader>, LinkFault> {
    let names = Context::establish().and_then(|context| context.readers()).map_err(fault)?;
    Ok(names.into_iter().map(|name| PcscReader { name }).collect())
}

impl PcscReader {
    /// The reader of this name, whether or not it is there.
    pub fn named(name: &str) -> Option<Self> {
        CString::new(name).ok().map(|name| Self { name })
    }

    /// What is in the reader now, without a connection to the card.
    ///
    /// # Errors
    /// [`LinkFault::NoReader`], or what the service answered.
    pub fn card(&self) -> Result<CardState, LinkFault> {
        let context = Context::establish().map_err(fault)?;
        state(&context, &self.name).map(|state| CardState::of(&state))
    }
}

impl Reader for PcscReader {
    fn name(&self) -> String {
        self.name.to_string_lossy().into_owned()
    }

    fn begin(&self, patience: Duration) -> Result<Box<dyn Link>, LinkFault> {
        let (asks, asked) = channel();
        let (tells, told) = channel();
        let name = self.name.clone();
        let thread = thread::Builder::new().name("eimza card".into());
        let thread = thread.spawn(move || serve(&name, &asked, &tells)).map_err(|_| LinkFault::Refused)?;
        match told.recv_timeout(patience) {
            Ok(Told::Begun(begun)) => {
                Ok(Box::new(PcscLink { begun, asks: Some(asks), told, thread: Some(thread), is_lost: false }))
            }
            Ok(Told::Failed(fault)) => Err(fault),
            Ok(Told::Answered(_)) | Err(RecvTimeoutError::Disconnected) => Err(LinkFault::Silent),
            // The thread ends by itself as soon as it gets its turn.
            Err(RecvTimeoutError::Timeout) => Err(LinkFault::Busy),
        }
    }
}

/// What a transaction's thread is asked for.
enum Asked {
    Transmit(Zeroizing<Vec<u8>>),
    Control(u32, Zeroizing<Vec<u8>>),
    ForgetRights,
}

/// What a transaction's thread tells.
enum Told {
    Begun(Begun),
    Answered(Result<Vec<u8>, LinkFault>),
    Failed(LinkFault),
}

/// What is known of the card once the transaction has begun.
#[derive(Clone, Debug)]
struct Begun {
    atr: Atr,
    insertions: u64,
    protocol: u8,
}

/// Begins a transaction and does what it is asked for until nobody asks any more.
fn serve(name: &CString, asked: &Receiver<Asked>, tells: &Sender<Told>) {
    if let Err(fault) = transact(name, asked, tells) {
        // Nobody hears it where the caller has gone.
        let _ = tells.send(Told::Failed(fault));
    }
}

fn transact(name: &CString, asked: &Receiver<Asked>, tells: &Sender<Told>) -> Result<(), LinkFault> {
    let context = Context::establish().map_err(fault)?;
    let mut card = context.connect(name).map_err(fault)?;
    let mut tries = 0;
    loop {
        match card.transaction() {
            // The borrow of a transaction that has begun ends with the loop.
            Ok(transaction) => return attend(&context, name, transaction, asked, tells),
            Err(PcscError::Answer(answer::RESET_CARD)) if tries < RECONNECTIONS => tries += 1,
            Err(error) => return Err(fault(error)),
        }
        card.reconnect().map_err(fault)?;
    }
}

fn attend(
    context: &Context,
    name: &CString,
    mut transaction: Transaction<'_>,
    asked: &Receiver<Asked>,
    tells: &Sender<Told>,
) -> Result<(), LinkFault> {
    // Looked at when no other program can do anything to the card any more.
    let state = state(context, name)?;
    let atr = Atr::read(&state.atr).filter(|_| state.has_card()).ok_or(LinkFault::NoCard)?;
    let begun = Begun { atr, insertions: state.insertions().into(), protocol: transaction.protocol() };
    if tells.send(Told::Begun(begun)).is_err() {
        return Ok(());
    }
    while let Ok(asked) = asked.recv() {
        let answer = match asked {
            Asked::Transmit(command) => transaction.transmit(&command),
            Asked::Control(code, input) => transaction.control(code, &input),
            Asked::ForgetRights => {
                transaction.at_end(Disposition::Reset);
                continue;
            }
        };
        if tells.send(Told::Answered(answer.map_err(fault))).is_err() {
            break;
        }
    }
    Ok(())
}

/// What the service knows of a reader at this moment.
fn state(context: &Context, name: &CString) -> Result<ReaderState, LinkFault> {
    let mut states = [ReaderState::new(name.clone())];
    context.wait(&mut states, Some(Duration::ZERO)).map_err(fault)?;
    let [state] = states;
    if state.is_gone() { Err(LinkFault::NoReader) } else { Ok(state) }
}

/// A transaction that lives in a thread of its own.
struct PcscLink {
    begun: Begun,
    asks: Option<Sender<Asked>>,
    told: Receiver<Told>,
    thread: Option<JoinHandle<()>>,
    /// Whether an answer did not come in time. The thread is then left to itself.
    is_lost: bool,
}

impl PcscLink {
    fn ask(&mut self, asked: Asked, patience: Duration) -> Result<Vec<u8>, LinkFault> {
        let is_asked = !self.is_lost && self.asks.as_ref().is_some_and(|asks| asks.send(asked).is_ok());
        if !is_asked {
            return Err(LinkFault::Silent);
        }
        match self.told.recv_timeout(patience) {
            Ok(Told::Answered(answer)) => answer,
            Ok(Told::Failed(fault)) => Err(fault),
            Ok(Told::Begun(_)) | Err(_) => {
                self.is_lost = true;
                Err(LinkFault::Silent)
            }
        }
    }
}

impl Link for PcscLink {
    fn atr(&self) -> &Atr {
        &self.begun.atr
    }

    fn insertions(&self) -> u64 {
        self.begun.insertions
    }

    fn protocol(&self) -> u8 {
        self.begun.protocol
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, LinkFault> {
        self.ask(Asked::Transmit(Zeroizing::new(command.to_vec())), COMMAND_PATIENCE)
    }

    fn control(&mut self, code: u32, input: &[u8]) -> Result<Vec<u8>, LinkFault> {
        self.ask(Asked::Control(code, Zeroizing::new(input.to_vec())), KEYPAD_PATIENCE)
    }

    fn forget_rights(&mut self) {
        if let Some(asks) = &self.asks {
            // A thread that has ended has ended the transaction too.
            let _ = asks.send(Asked::ForgetRights);
        }
    }
}

impl Drop for PcscLink {
    /// Waits until the transaction has ended, so that the rights are gone when the operation returns.
    fn drop(&mut self) {
        drop(self.asks.take());
        if let (false, Some(thread)) = (self.is_lost, self.thread.take()) {
            // A thread that panicked has ended the transaction too.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for PcscLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PcscLink").field("begun", &self.begun).finish_non_exhaustive()
    }
}

/// What an answer of PC/SC means. One table for all calls.
fn fault(error: PcscError) -> LinkFault {
    let PcscError::Answer(number) = error else { return LinkFault::NoLibrary };
    match number {
        answer::NO_CARD | answer::UNPOWERED_CARD => LinkFault::NoCard,
        answer::REMOVED_CARD => LinkFault::Removed,
        answer::RESET_CARD | answer::NOT_TRANSACTED => LinkFault::Reset,
        answer::SHARING_VIOLATION => LinkFault::Busy,
        answer::UNRESPONSIVE_CARD => LinkFault::Silent,
        answer::UNKNOWN_READER | answer::READER_UNAVAILABLE | answer::NO_READERS => LinkFault::NoReader,
        answer::NO_SERVICE | answer::SERVICE_STOPPED => LinkFault::NoService,
        other => LinkFault::Other(other),
    }
}
