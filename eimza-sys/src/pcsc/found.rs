//! PC/SC by the system's library, found at run time.

mod library;

use std::ffi::{CStr, CString, c_void};
use std::ptr::{null, null_mut};
use std::time::Duration;

use library::{Dword, Functions, Handle, IoRequest, Long, RawReaderState, functions};

use super::{Disposition, LONGEST_ANSWER, LONGEST_CONTROL, PcscError, ReaderState, answer, milliseconds, names};

const SCOPE_SYSTEM: Dword = 2;
const SHARE_SHARED: Dword = 2;
const PROTOCOL_T0: Dword = 1;
const PROTOCOL_T1: Dword = 2;
const LEAVE: Dword = 0;
const RESET: Dword = 1;

/// The longest list of readers, in octets.
const LONGEST_LIST: usize = 65_536;

/// A connection to the system's service.
#[derive(Debug)]
pub struct Context {
    functions: &'static Functions,
    handle: Handle,
}

impl Context {
    /// Connects to the service.
    ///
    /// # Errors
    /// [`PcscError::NoLibrary`]; [`answer::NO_SERVICE`] where the service does not run.
    pub fn establish() -> Result<Self, PcscError> {
        let functions = functions()?;
        let mut handle = 0;
        // SAFETY: the reserved pointers are NULL, the out-pointer lives through the call.
        told(unsafe { (functions.establish_context)(SCOPE_SYSTEM, null(), null(), &raw mut handle) })?;
        Ok(Self { functions, handle })
    }

    /// The readers that are there; none is no error.
    ///
    /// # Errors
    /// What the service answered.
    pub fn readers(&self) -> Result<Vec<CString>, PcscError> {
        let list = |octets: *mut u8, length: &mut Dword| {
            // SAFETY: `octets` is NULL, or has room for `length` octets; both live through the call.
            unsafe { (self.functions.list_readers)(self.handle, null(), octets.cast(), length) }
        };
        let mut length = 0;
        match told(list(null_mut(), &mut length)) {
            Err(PcscError::Answer(answer::NO_READERS)) => return Ok(Vec::new()),
            asked => asked?,
        }
        let mut octets = vec![0; size(length).min(LONGEST_LIST)];
        let mut length = dword(octets.len());
        match told(list(octets.as_mut_ptr(), &mut length)) {
            Err(PcscError::Answer(answer::NO_READERS)) => return Ok(Vec::new()),
            asked => asked?,
        }
        octets.truncate(size(length));
        Ok(names(&octets))
    }

    /// Waits until something has become of one of these readers that differs from what is known, and notes it there.
    ///
    /// # Errors
    /// [`answer::TIMEOUT`], [`answer::CANCELLED`] after [`Canceller::cancel`], or what the service answered.
    pub fn wait(&self, states: &mut [ReaderState], timeout: Option<Duration>) -> Result<(), PcscError> {
        let mut raw: Vec<RawReaderState> = states.iter().map(RawReaderState::new).collect();
        let count = dword(raw.len());
        let timeout = Dword::from(milliseconds(timeout));
        // SAFETY: as many entries are there; they and the names in `states` live through the call.
        told(unsafe { (self.functions.get_status_change)(self.handle, timeout, raw.as_mut_ptr(), count) })?;
        for (state, raw) in states.iter_mut().zip(&raw) {
            state.event = low(raw.event_state);
            state.atr = raw.atr.get(..size(raw.atr_length)).unwrap_or_default().to_vec();
        }
        Ok(())
    }

    /// What ends [`Context::wait`] from another thread. It must not outlive the context.
    pub fn canceller(&self) -> Canceller {
        Canceller { functions: self.functions, handle: self.handle }
    }

    /// Whether the service still knows this connection.
    pub fn is_valid(&self) -> bool {
        // SAFETY: a handle is only a number.
        told(unsafe { (self.functions.is_valid_context)(self.handle) }).is_ok()
    }

    /// Connects to the card in a reader; other programs may be connected too.
    ///
    /// # Errors
    /// [`answer::NO_CARD`], [`answer::SHARING_VIOLATION`], or what the service answered.
    pub fn connect(&self, reader: &CStr) -> Result<Card, PcscError> {
        let (mut handle, mut protocol) = (0, 0);
        // SAFETY: the name ends with a zero; the out-pointers live through the call.
        told(unsafe {
            (self.functions.connect)(
                self.handle,
                reader.as_ptr(),
                SHARE_SHARED,
                PROTOCOL_T0 | PROTOCOL_T1,
                &raw mut handle,
                &raw mut protocol,
            )
        })?;
        Ok(Card { functions: self.functions, handle, protocol })
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: a handle is only a number, and this one is used no more.
        unsafe { (self.functions.release_context)(self.handle) };
    }
}

/// Ends a wait from another thread.
#[derive(Clone, Copy, Debug)]
pub struct Canceller {
    functions: &'static Functions,
    handle: Handle,
}

impl Canceller {
    /// The wait of the context ends with [`answer::CANCELLED`].
    pub fn cancel(&self) {
        // SAFETY: a handle is only a number; the service refuses one that it does not know.
        unsafe { (self.functions.cancel)(self.handle) };
    }
}

/// A connection to a card. It ends when it is dropped, and leaves the card as it is.
#[derive(Debug)]
pub struct Card {
    functions: &'static Functions,
    handle: Handle,
    protocol: Dword,
}

impl Card {
    /// Begins a transaction. Blocks while another program has one.
    ///
    /// # Errors
    /// What the service answered, [`answer::RESET_CARD`] among it.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, PcscError> {
        // SAFETY: a handle is only a number.
        told(unsafe { (self.functions.begin_transaction)(self.handle) })?;
        Ok(Transaction { card: self, at_end: Disposition::Leave })
    }

    /// Takes the connection up again after the card was reset or put in once more.
    ///
    /// # Errors
    /// What the service answered.
    pub fn reconnect(&mut self) -> Result<(), PcscError> {
        let mut protocol = 0;
        // SAFETY: the out-pointer lives through the call.
        told(unsafe {
            (self.functions.reconnect)(self.handle, SHARE_SHARED, PROTOCOL_T0 | PROTOCOL_T1, LEAVE, &raw mut protocol)
        })?;
        self.protocol = protocol;
        Ok(())
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        // SAFETY: a handle is only a number, and this one is used no more.
        unsafe { (self.functions.disconnect)(self.handle, LEAVE) };
    }
}

/// A transaction: no other program speaks to the card meanwhile. It ends when it is dropped.
#[derive(Debug)]
pub struct Transaction<'card> {
    card: &'card Card,
    at_end: Disposition,
}

impl Transaction<'_> {
    /// The protocol in use: 0 for T=0, 1 for T=1.
    pub fn protocol(&self) -> u8 {
        if self.card.protocol == PROTOCOL_T0 { 0 } else { 1 }
    }

    /// What becomes of the card when the transaction ends.
    pub fn at_end(&mut self, disposition: Disposition) {
        self.at_end = disposition;
    }

    /// Sends one command, and gives the answer as it came: fewer than two octets mean that the card has gone.
    ///
    /// # Errors
    /// What the service answered.
    pub fn transmit(&self, command: &[u8]) -> Result<Vec<u8>, PcscError> {
        let request = IoRequest::of(self.card.protocol);
        let mut octets = vec![0; LONGEST_ANSWER];
        let mut length = dword(octets.len());
        // SAFETY: both buffers live through the call with the lengths told; the command is only read.
        told(unsafe {
            (self.card.functions.transmit)(
                self.card.handle,
                &raw const request,
                command.as_ptr(),
                dword(command.len()),
                null_mut(),
                octets.as_mut_ptr(),
                &raw mut length,
            )
        })?;
        octets.truncate(size(length));
        Ok(octets)
    }

    /// Has the reader itself do something (PC/SC part 10).
    ///
    /// # Errors
    /// What the service answered: a reader that cannot do it refuses.
    pub fn control(&self, code: u32, input: &[u8]) -> Result<Vec<u8>, PcscError> {
        let mut octets = vec![0_u8; LONGEST_CONTROL];
        let (room, mut length) = (dword(octets.len()), 0);
        // SAFETY: both buffers live through the call with the lengths told; the input is only read.
        told(unsafe {
            (self.card.functions.control)(
                self.card.handle,
                Dword::from(code),
                input.as_ptr().cast::<c_void>(),
                dword(input.len()),
                octets.as_mut_ptr().cast::<c_void>(),
                room,
                &raw mut length,
            )
        })?;
        octets.truncate(size(length));
        Ok(octets)
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // SAFETY: a handle is only a number.
        unsafe { (self.card.functions.end_transaction)(self.card.handle, number(self.at_end)) };
    }
}

fn number(disposition: Disposition) -> Dword {
    match disposition {
        Disposition::Leave => LEAVE,
        Disposition::Reset => RESET,
    }
}

/// Answers are numbers of 32 bits in a wider type.
fn told(answer: Long) -> Result<(), PcscError> {
    match answer {
        0 => Ok(()),
        other => Err(PcscError::Answer(low(other.cast_unsigned()))),
    }
}

/// The lower 32 bits.
fn low(number: Dword) -> u32 {
    let [a, b, c, d, ..] = number.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

fn size(length: Dword) -> usize {
    usize::try_from(length).unwrap_or(0)
}

fn dword(length: usize) -> Dword {
    Dword::try_from(length).unwrap_or(Dword::MAX)
}
