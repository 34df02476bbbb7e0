//! The attempt guard: the one place that decides whether a PIN or PUK may reach the token.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};

mod rule;

pub(super) use rule::state;

use super::identity::KnownKeys;
use super::presentation::{Account, CallContext, Channel};
use super::turn::{CANCELLATION_INTERVAL, Turn};
use super::{
    Attempt, AttemptMemory, Entered, Outcome, PinId, Recollection, TokenCertificate, TokenDriver, TokenPin, WantedPin,
};
use crate::error::{Error, Result, TokenOperation};
use crate::secret::Pin;
use rule::Rule;

/// One PIN operation, from the first question to the token on.
pub(super) struct Operation {
    pub(super) driver: Arc<dyn TokenDriver>,
    pub(super) memory: Arc<dyn AttemptMemory>,
    pub(super) attempt: Arc<Attempt>,
    pub(super) keys: Arc<KnownKeys>,
}

impl Operation {
    /// Runs the operation. With a cancellation it runs on a thread of its own: the caller is free as soon as it is
    /// cancelled, while the token's turn lasts until the driver has come back.
    pub(super) fn run<T: Send + 'static>(self, work: impl FnOnce(&Self) -> Result<T> + Send + 'static) -> Result<T> {
        let Some(progress) = self.attempt.progress().cloned() else { return work(&self) };
        let (sender, receiver) = mpsc::channel();
        let operation = move || {
            // When the caller gave up, nobody receives the result.
            let _ = sender.send(work(&self));
        };
        let thread = std::thread::Builder::new().name("eimza token".into()).spawn(operation);
        thread.map_err(|source| Error::Internal { what: "no thread for the token", source: Some(source.into()) })?;
        loop {
            match receiver.recv_timeout(CANCELLATION_INTERVAL) {
                Ok(result) => return result,
                Err(RecvTimeoutError::Disconnected) => return Err(progress.silent_end()),
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(outcome) = progress.outcome() {
                        return Err(outcome);
                    }
                }
            }
        }
    }

    /// Looks at a new PIN or PUK before the old one is presented.
    pub(super) fn check_new(&self, pin: &PinId, octets: Option<&[u8]>) -> Result<()> {
        self.check_form(&self.rule(pin)?, octets)
    }

    /// Waits for the token's turn, looks at what may be entered and at how many tries are left. Spends nothing.
    pub(super) fn permit(&self, pin: PinId, octets: Option<&[u8]>, presentations: usize) -> Result<Permit<'_>> {
        let identity = self.keys.identity(&*self.driver)?;
        let turn = Turn::take(identity.marks().to_vec(), self.attempt.progress())?;
        let main = self.entry(identity.pin(pin), octets, presentations)?;
        Ok(Permit { operation: self, _turn: turn, main, key: None })
    }

    /// Permission to do what needs no PIN.
    fn permit_without_pin(&self) -> Result<Permit<'_>> {
        if self.driver.info()?.needs_login {
            return Err(Error::PinNeeded);
        }
        self.permit_nothing()
    }

    /// Permission under which no PIN can be presented.
    fn permit_nothing(&self) -> Result<Permit<'_>> {
        let identity = self.keys.identity(&*self.driver)?;
        let turn = Turn::take(identity.marks().to_vec(), self.attempt.progress())?;
        let main = Entry { pin: identity.pin(PinId::PIN), rule: self.rule(&PinId::PIN)?, presentations: 0 };
        Ok(Permit { operation: self, _turn: turn, main, key: None })
    }

    /// The same for the use of a key, which may ask for a PIN for each of so many signatures.
    pub(super) fn permit_use(&self, signer: &TokenCertificate, pin: &Entered<Pin>, uses: usize) -> Result<Permit<'_>> {
        let permit = match pin {
            Entered::NotNeeded => self.permit_without_pin()?,
            Entered::Open(_) => self.permit_nothing()?,
            Entered::Typed(_) | Entered::OnDevice => self.permit(PinId::PIN, pin.octets(), 1)?,
        };
        let key = permit.main.pin.beside(PinId::of_key(&signer.certificate));
        let entered = self.attempt.entered_for_key();
        let is_borrowed = entered.is_none() && pin.octets().is_some();
        if is_borrowed && self.wanted_pin(signer, &key) == WantedPin::Own {
            return Err(Error::KeyPinNeeded);
        }
        if matches!(entered, Some(Entered::OnDevice)) && !self.driver.info()?.has_keypad {
            return Err(Error::TokenCannot { operation: TokenOperation::EntryOnDevice });
        }
        let key = match entered {
            Some(entered) => self.entry(key, entered.octets(), uses)?,
            None => {
                let rule = self.rule(key.pin())?;
                Entry { rule: if is_borrowed { rule.borrowing() } else { rule }, pin: key, presentations: uses }
            }
        };
        Ok(Permit { key: Some(key), ..permit })
    }

    /// Which PIN the key wants, as far as its token tells and anything is remembered of it.
    pub(super) fn wanted_pin(&self, signer: &TokenCertificate, key: &TokenPin) -> WantedPin {
        match self.memory.recall(key) {
            // Without a memory nothing is known against the PIN that was entered; it is asked again before that is sent.
            Ok(remembered) if remembered.is_own || remembered.at_worst().failures > 0 => WantedPin::Own,
            _ => signer.wanted_pin,
        }
    }

    /// Whether an attempt would be let through as it stands.
    pub(super) fn check_state(&self, pin: PinId) -> Result<()> {
        let pin = self.keys.identity(&*self.driver)?.pin(pin);
        self.rule(pin.pin())?.check_recalled(self.memory.recall(&pin))
    }

    fn entry(&self, pin: TokenPin, octets: Option<&[u8]>, presentations: usize) -> Result<Entry> {
        let rule = self.rule(pin.pin())?;
        self.check_form(&rule, octets)?;
        rule.check_recalled(self.memory.recall(&pin))?;
        Ok(Entry { pin, rule, presentations })
    }

    /// Refuses what cannot be right, and what was typed here where the token wants it typed on its own keypad.
    fn check_form(&self, rule: &Rule, octets: Option<&[u8]>) -> Result<()> {
        if octets.is_some() && self.driver.info()?.has_keypad {
            return Err(Error::TokenCannot { operation: TokenOperation::EntryInApplication });
        }
        rule.report.policy.check(rule.pin.kind(), octets, &self.attempt)
    }

    fn rule(&self, pin: &PinId) -> Result<Rule> {
        Ok(Rule::new(pin.clone(), self.driver.pin_report(pin)?, &self.attempt))
    }
}

/// What is permitted for one PIN.
#[derive(Clone)]
struct Entry {
    pin: TokenPin,
    rule: Rule,
    presentations: usize,
}

/// Permission for one operation on one token. Holds the token's turn until the operation has ended.
pub(super) struct Permit<'a> {
    operation: &'a Operation,
    _turn: Turn,
    main: Entry,
    key: Option<Entry>,
}

impl Permit<'_> {
    /// Has the driver do it. What becomes of each PIN is remembered as it happens.
    pub(super) fn use_for<T>(self, work: impl FnOnce(&dyn TokenDriver, &CallContext) -> Result<T>) -> Result<T> {
        self.run(work)
    }

    fn run<T>(&self, work: impl FnOnce(&dyn TokenDriver, &CallContext) -> Result<T>) -> Result<T> {
        let channel = |entry: &Entry| {
            let memory = Arc::clone(&self.operation.memory);
            let (pin, rule, is_first) = (entry.pin.clone(), entry.rule.clone(), Cell::new(true));
            Channel::new(entry.presentations, Remembered { memory, pin, rule, is_first })
        };
        let attempt = Arc::clone(&self.operation.attempt);
        let context = CallContext::new(attempt, channel(&self.main), self.key.as_ref().map(channel));
        context.check()?;
        work(&*self.operation.driver, &context)
    }

    /// Has the driver unblock the PIN, and remembers what becomes of that too: while the answer is out, and where it was
    /// lost, the old PIN or the new one is in force; afterwards the token's flag may say otherwise for a while.
    pub(super) fn use_to_unblock(self, work: impl FnOnce(&dyn TokenDriver, &CallContext) -> Result<()>) -> Result<()> {
        let pin = self.main.pin.beside(PinId::PIN);
        let record = |outcome| self.operation.memory.record(&pin, outcome);
        record(Outcome::Begun);
        let answer = self.run(work);
        record(match &answer {
            Ok(()) => Outcome::Unblocked,
            Err(Error::PinAnswerLost { .. }) => Outcome::AnswerLost,
            Err(_) => Outcome::NotJudged,
        });
        answer
    }
}

/// The memory of one PIN as one operation uses it.
struct Remembered {
    memory: Arc<dyn AttemptMemory>,
    pin: TokenPin,
    rule: Rule,
    /// The first time the rule is looked at once more right before the PIN is sent: another process may have spent a try
    /// since. What follows was accepted the time before.
    is_first: Cell<bool>,
}

impl Account for Remembered {
    fn begin(&self) -> Result<()> {
        let is_first = self.is_first.replace(false);
        let permit = |remembered| if is_first { self.rule.check(remembered) } else { Ok(()) };
        match self.memory.begin(&self.pin, &permit) {
            Err(error) if self.rule.can_do_without_memory(&error) => {
                permit(Recollection::default())?;
                // What the process itself can remember.
                self.memory.record(&self.pin, Outcome::Begun);
                Ok(())
            }
            begun => begun,
        }
    }

    /// Where the token tells a number, what is remembered does not count.
    fn check_tries(&self, left: u8) -> Result<()> {
        self.rule.with_tries(left).check(Recollection::default())
    }

    fn record(&self, outcome: Outcome) {
        self.memory.record(&self.pin, outcome);
    }
}

#[cfg(test)]
mod tests;
