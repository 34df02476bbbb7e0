//! PC/SC by the crate `pcsc`, which links to the system's library.

use std::ffi::{CStr, CString};
use std::time::Duration;

use super::{Disposition, LONGEST_ANSWER, LONGEST_CONTROL, PcscError, ReaderState, milliseconds, names};

/// A connection to the system's service.
pub struct Context(pcsc::Context);

impl Context {
    /// Connects to the service.
    ///
    /// # Errors
    /// [`answer::NO_SERVICE`](super::answer::NO_SERVICE) where the service does not run.
    pub fn establish() -> Result<Self, PcscError> {
        pcsc::Context::establish(pcsc::Scope::System).map(Self).map_err(told)
    }

    /// The readers that are there; none is no error.
    ///
    /// # Errors
    /// What the service answered.
    pub fn readers(&self) -> Result<Vec<CString>, PcscError> {
        match self.0.list_readers_owned() {
            Ok(readers) => Ok(readers.iter().flat_map(|name| names(name.to_bytes_with_nul())).collect()),
            Err(pcsc::Error::NoReadersAvailable) => Ok(Vec::new()),
            Err(error) => Err(told(error)),
        }
    }

    /// Waits until something has become of one of these readers that differs from what is known, and notes it there.
    ///
    /// # Errors
    /// [`answer::TIMEOUT`](super::answer::TIMEOUT), [`answer::CANCELLED`](super::answer::CANCELLED) after
    /// [`Canceller::cancel`], or what the service answered.
    pub fn wait(&self, states: &mut [ReaderState], timeout: Option<Duration>) -> Result<(), PcscError> {
        let timeout = timeout.map(|timeout| Duration::from_millis(milliseconds(Some(timeout)).into()));
        let raw = |state: &ReaderState| {
            pcsc::ReaderState::new(state.reader.clone(), pcsc::State::from_bits_retain(state.known.into()))
        };
        let mut waited: Vec<_> = states.iter().map(raw).collect();
        self.0.get_status_change(timeout, &mut waited).map_err(told)?;
        for (state, waited) in states.iter_mut().zip(&waited) {
            let flags = u32::try_from(waited.event_state().bits()).unwrap_or_default();
            state.event = flags & 0xffff | waited.event_count() << 16;
            state.atr = waited.atr().to_vec();
        }
        Ok(())
    }

    /// What ends [`Context::wait`] from another thread.
    pub fn canceller(&self) -> Canceller {
        Canceller(self.0.clone())
    }

    /// Whether the service still knows this connection.
    pub fn is_valid(&self) -> bool {
        self.0.is_valid().is_ok()
    }

    /// Connects to the card in a reader; other programs may be connected too.
    ///
    /// # Errors
    /// [`answer::NO_CARD`](super::answer::NO_CARD), [`answer::SHARING_VIOLATION`](super::answer::SHARING_VIOLATION), or
    /// what the service answered.
    pub fn connect(&self, reader: &CStr) -> Result<Card, PcscError> {
        self.0.connect(reader, pcsc::ShareMode::Shared, pcsc::Protocols::ANY).map(Some).map(Card).map_err(told)
    }
}

/// Ends a wait from another thread.
#[derive(Clone)]
pub struct Canceller(pcsc::Context);

impl Canceller {
    /// The wait of the context ends with [`answer::CANCELLED`](super::answer::CANCELLED).
    pub fn cancel(&self) {
        // What cannot be cancelled has ended already.
        let _ = self.0.cancel();
    }
}

/// A connection to a card. It ends when it is dropped, and leaves the card as it is.
pub struct Card(Option<pcsc::Card>);

impl Card {
    /// Begins a transaction. Blocks while another program has one.
    ///
    /// # Errors
    /// What the service answered, [`answer::RESET_CARD`](super::answer::RESET_CARD) among it.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, PcscError> {
        let card = self.card()?;
        let protocol = card.status2_owned().map_err(told)?.protocol2().unwrap_or(pcsc::Protocol::T1);
        let transaction = card.transaction().map_err(told)?;
        Ok(Transaction { transaction: Some(transaction), protocol, at_end: Disposition::Leave })
    }

    /// Takes the connection up again after the card was reset or put in once more.
    ///
    /// # Errors
    /// What the service answered.
    pub fn reconnect(&mut self) -> Result<(), PcscError> {
        let (share, protocols) = (pcsc::ShareMode::Shared, pcsc::Protocols::ANY);
        self.card()?.reconnect(share, protocols, pcsc::Disposition::LeaveCard).map_err(told)
    }

    fn card(&mut self) -> Result<&mut pcsc::Card, PcscError> {
        self.0.as_mut().ok_or(PcscError::Answer(super::answer::INVALID_HANDLE))
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        // Dropping the crate's connection would reset a card that other programs may be using.
        if let Some(card) = self.0.take() {
            drop(card.disconnect(pcsc::Disposition::LeaveCard));
        }
    }
}

/// A transaction: no other program speaks to the card meanwhile. It ends when it is dropped.
pub struct Transaction<'card> {
    transaction: Option<pcsc::Transaction<'card>>,
    protocol: pcsc::Protocol,
    at_end: Disposition,
}

impl Transaction<'_> {
    /// The protocol in use: 0 for T=0, 1 for T=1.
    pub fn protocol(&self) -> u8 {
        if self.protocol == pcsc::Protocol::T0 { 0 } else { 1 }
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
        let mut octets = vec![0; LONGEST_ANSWER];
        Ok(self.card()?.transmit(command, &mut octets).map_err(told)?.to_vec())
    }

    /// Has the reader itself do something (PC/SC part 10).
    ///
    /// # Errors
    /// What the service answered: a reader that cannot do it refuses.
    pub fn control(&self, code: u32, input: &[u8]) -> Result<Vec<u8>, PcscError> {
        let mut octets = vec![0; LONGEST_CONTROL];
        Ok(self.card()?.control(code.into(), input, &mut octets).map_err(told)?.to_vec())
    }

    fn card(&self) -> Result<&pcsc::Card, PcscError> {
        self.transaction.as_deref().ok_or(PcscError::Answer(super::answer::NOT_TRANSACTED))
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        let disposition = match self.at_end {
            Disposition::Leave => pcsc::Disposition::LeaveCard,
            Disposition::Reset => pcsc::Disposition::ResetCard,
        };
        if let Some(transaction) = self.transaction.take() {
            // A transaction that has ended already needs no end.
            drop(transaction.end(disposition));
        }
    }
}

fn told(error: pcsc::Error) -> PcscError {
    PcscError::Answer(error as u32)
}
