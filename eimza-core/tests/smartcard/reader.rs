//! A reader in process, with a simulated card in it. The system's PC/SC has tests of its own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use eimza_core::token::smartcard::{Atr, CardOptions, Link, LinkFault, Reader, open};
use eimza_core::token::{Attempt, Token, TokenCertificate};
use eimza_core::{Pin, Puk};
use eimza_testkit::card::{Card, Design, Protocol};

/// A reader and its card, which the test can look at.
#[derive(Clone)]
pub(crate) struct Stage(Arc<Mutex<Slot>>);

struct Slot {
    card: Card,
    insertions: u64,
}

impl Stage {
    pub(crate) fn new(design: Design) -> Self {
        Self(Arc::new(Mutex::new(Slot { card: Card::new(design), insertions: 1 })))
    }

    /// Puts another card in the place of this one.
    pub(crate) fn swap(&self, design: Design) {
        let mut slot = self.0.lock().unwrap();
        slot.card = Card::new(design);
        slot.insertions += 2;
    }

    /// The same without the reader noticing.
    pub(crate) fn swap_unnoticed(&self, design: Design) {
        self.0.lock().unwrap().card = Card::new(design);
    }

    /// The token, with confirmed commands only.
    pub(crate) fn token(&self) -> Token {
        open(Arc::new(self.clone()), CardOptions::default()).unwrap()
    }

    /// The token, with every command that is known.
    pub(crate) fn token_unconfirmed(&self) -> Token {
        let options = CardOptions { danger_unconfirmed_card_commands: true, ..CardOptions::default() };
        open(Arc::new(self.clone()), options).unwrap()
    }

    pub(crate) fn with<T>(&self, look: impl FnOnce(&mut Card) -> T) -> T {
        look(&mut self.0.lock().unwrap().card)
    }

    /// Tries that a PIN has left, by the card's own counter.
    pub(crate) fn tries(&self, reference: u8) -> u8 {
        self.with(|card| card.pin(reference).tries_left)
    }
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Stage")
    }
}

impl Reader for Stage {
    fn name(&self) -> String {
        "Test Reader 00 00".into()
    }

    fn begin(&self, _: Duration) -> Result<Box<dyn Link>, LinkFault> {
        let slot = self.0.lock().unwrap();
        let atr = Atr::read(slot.card.atr()).ok_or(LinkFault::Silent)?;
        let protocol = if slot.card.design().manners.protocol == Protocol::T0 { 0 } else { 1 };
        Ok(Box::new(StageLink { stage: self.clone(), atr, insertions: slot.insertions, protocol, forgets: false }))
    }
}

struct StageLink {
    stage: Stage,
    atr: Atr,
    insertions: u64,
    protocol: u8,
    forgets: bool,
}

impl Link for StageLink {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn insertions(&self) -> u64 {
        self.insertions
    }

    fn protocol(&self) -> u8 {
        self.protocol
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, LinkFault> {
        Ok(self.stage.with(|card| card.transmit(command)))
    }

    fn control(&mut self, _: u32, _: &[u8]) -> Result<Vec<u8>, LinkFault> {
        Err(LinkFault::Refused)
    }

    fn forget_rights(&mut self) {
        self.forgets = true;
    }
}

impl Drop for StageLink {
    fn drop(&mut self) {
        if self.forgets {
            self.stage.with(Card::reset);
        }
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
