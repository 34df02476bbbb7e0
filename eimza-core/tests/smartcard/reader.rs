//! A reader in process, with a simulated card in it: the library's joint for readers over the test kit's stage. The
//! system's own PC/SC has tests of its own.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use eimza_core::token::smartcard::{Atr, CardOptions, Link, LinkFault, Reader, open};
use eimza_core::token::{Attempt, Token, TokenCertificate};
use eimza_core::{Pin, Puk, Result};
use eimza_testkit::card::stage::{Connection, Disposition, Stage, Trouble};
use eimza_testkit::card::{Card, Design, Protocol};

pub(crate) const READER: &str = "Test Reader 00 00";

/// A desk with one reader, whose card the test can look at.
#[derive(Clone)]
pub(crate) struct Desk(pub(crate) Stage);

impl Desk {
    pub(crate) fn new(design: Design) -> Self {
        let stage = Stage::new(&[READER]);
        stage.insert(READER, Card::new(design));
        Self(stage)
    }

    /// The token, with confirmed commands only.
    pub(crate) fn token(&self) -> Token {
        self.try_token().unwrap()
    }

    pub(crate) fn try_token(&self) -> Result<Token> {
        open(Arc::new(self.clone()), CardOptions::default())
    }

    /// The token, with every command that is known.
    pub(crate) fn token_unconfirmed(&self) -> Token {
        let options = CardOptions { danger_unconfirmed_card_commands: true, ..CardOptions::default() };
        open(Arc::new(self.clone()), options).unwrap()
    }

    pub(crate) fn with<T>(&self, look: impl FnOnce(&mut Card) -> T) -> T {
        self.0.card(READER, look)
    }

    /// Tries that a PIN has left, by the card's own counter.
    pub(crate) fn tries(&self, reference: u8) -> u8 {
        self.with(|card| card.pin(reference).tries_left)
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(READER)
    }
}

impl Reader for Desk {
    fn name(&self) -> String {
        READER.into()
    }

    fn begin(&self, _: Duration) -> std::result::Result<Box<dyn Link>, LinkFault> {
        let mut connection = self.0.connect(READER).map_err(fault)?;
        connection.begin().map_err(fault)?;
        let (readers, _) = self.0.readers().map_err(fault)?;
        let state = readers.into_iter().find(|reader| reader.name == READER).ok_or(LinkFault::NoReader)?;
        let atr = state.atr.as_deref().and_then(Atr::read).ok_or(LinkFault::NoCard)?;
        let protocol = self.with(|card| u8::from(card.design().manners.protocol == Protocol::T1));
        Ok(Box::new(DeskLink {
            connection,
            atr,
            insertions: state.events.into(),
            protocol,
            at_end: Disposition::Leave,
        }))
    }
}

struct DeskLink {
    connection: Connection,
    atr: Atr,
    insertions: u64,
    protocol: u8,
    at_end: Disposition,
}

impl Link for DeskLink {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn insertions(&self) -> u64 {
        self.insertions
    }

    fn protocol(&self) -> u8 {
        self.protocol
    }

    fn transmit(&mut self, command: &[u8]) -> std::result::Result<Vec<u8>, LinkFault> {
        self.connection.transmit(command).map_err(fault)
    }

    fn control(&mut self, code: u32, input: &[u8]) -> std::result::Result<Vec<u8>, LinkFault> {
        self.connection.control(code, input).map_err(fault)
    }

    fn forget_rights(&mut self) {
        self.at_end = Disposition::Reset;
    }
}

impl Drop for DeskLink {
    fn drop(&mut self) {
        self.connection.end(self.at_end);
    }
}

/// As the library reads PC/SC's answers.
fn fault(trouble: Trouble) -> LinkFault {
    match trouble {
        Trouble::NoCard => LinkFault::NoCard,
        Trouble::RemovedCard => LinkFault::Removed,
        Trouble::ResetCard | Trouble::NotTransacted => LinkFault::Reset,
        Trouble::SharingViolation => LinkFault::Busy,
        Trouble::UnknownReader | Trouble::ReaderUnavailable => LinkFault::NoReader,
        Trouble::NoService => LinkFault::NoService,
        _ => LinkFault::Refused,
    }
}

pub(crate) fn pin(text: &str) -> Pin {
    Pin::new(text).unwrap()
}

pub(crate) fn puk(text: &str) -> Puk {
    Puk::new(text).unwrap()
}

pub(crate) fn permitted() -> Attempt {
    Attempt::new().spend_last_try()
}

pub(crate) fn signer(token: &Token) -> TokenCertificate {
    token.certificates().unwrap().for_signing().into_vec().remove(0)
}
