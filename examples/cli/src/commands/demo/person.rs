//! The person before the terminal: presses Enter, chooses, types the PIN. Without a terminal nothing is asked.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc;
use std::time::Duration;

use eimza_core::consent::{ConsentSession, SignedConsent};
use eimza_core::token::{Attempt, Token, TokenCertificate};
use eimza_core::{Clock, Error, Pin, Time};
use serde_json::json;

use super::stage::DEMO_PIN;
use super::told;
use crate::commands::pin::PIN;
use crate::failure::{Failure, Result};
use crate::output::Output;

pub(super) struct Person<'a> {
    is_there: bool,
    output: &'a Output,
}

impl<'a> Person<'a> {
    pub(super) fn new(output: &'a Output) -> Self {
        Self { is_there: io::stdin().is_terminal() && !output.json, output }
    }

    /// Waits for Enter.
    pub(super) fn goes_on(&self, english: &str, turkish: &str) {
        if self.is_there {
            self.asks(&format!("[Enter] {}", self.output.pick(english, turkish)));
        }
    }

    /// Shows a declaration and waits until it is ticked.
    pub(super) fn ticks(&self, session: &ConsentSession, number: usize) {
        if let Some(declaration) = session.request().declarations.get(number).filter(|_| self.is_there) {
            let question = format!("[ ] {}\n[Enter] {}", declaration.text, self.output.pick("Tick it", "İşaretle"));
            // Nothing but Enter is a tick.
            while !self.asks(&question).is_empty() {}
        }
    }

    /// Waits for Enter while the code's time runs on the screen.
    pub(super) fn counts_down(&self, expires_at: Time, clock: &dyn Clock) {
        if !self.is_there {
            return;
        }
        let (pressed, waiting) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                loop {
                    let left = told::countdown(clock.now().until(expires_at));
                    eprint!("\r[Enter] {} {left} ", self.output.pick("Enter the code", "Kodu gir"));
                    let _ = io::stderr().flush();
                    if waiting.recv_timeout(Duration::from_secs(1)) != Err(mpsc::RecvTimeoutError::Timeout) {
                        return;
                    }
                }
            });
            let _ = io::stdin().read_line(&mut String::new());
            drop(pressed);
        });
    }

    /// The certificate to sign with; without a terminal the only one that fits.
    pub(super) fn chooses(&self, session: &ConsentSession, token: &Token) -> Result<TokenCertificate> {
        let own = token.certificates()?.of_person(&session.request().person.national_id);
        if !self.is_there {
            return Ok(own.qualified().for_signing().valid_at(session.now()).one()?);
        }
        let own = own.into_vec();
        let fits = |found: &TokenCertificate| session.check_signer(&found.certificate).is_ok();
        let usual = own.iter().position(fits).map_or(1, |index| index + 1);
        loop {
            let answer = self.asks(&format!("{} [{usual}]", self.output.pick("Which one?", "Hangisi?")));
            let number = if answer.is_empty() { usual } else { answer.parse().unwrap_or(0) };
            let Some(signer) = number.checked_sub(1).and_then(|index: usize| own.get(index)) else { continue };
            match session.check_signer(&signer.certificate) {
                Ok(()) => return Ok(signer.clone()),
                Err(error) => self.tells(error),
            }
        }
    }

    /// Enters the PIN and signs. A wrong one leaves the session where it was, so it can be entered again.
    pub(super) fn signs(
        &self,
        session: &ConsentSession,
        token: &Token,
        signer: &TokenCertificate,
    ) -> Result<SignedConsent> {
        self.output.result(&json!({ "step": "pin", "pin": DEMO_PIN }), || {
            self.output.pick(
                format!("PIN of the demo's own token: {DEMO_PIN}"),
                format!("Demonun kendi token'ının PIN'i: {DEMO_PIN}"),
            )
        });
        loop {
            let signed = session.sign(token, signer, self.enters_pin()?, Attempt::new());
            match signed {
                Err(error @ Error::PinIncorrect { .. }) if self.is_there => self.tells(error),
                signed => return signed.map_err(Failure::from),
            }
        }
    }

    fn enters_pin(&self) -> Result<Pin> {
        if !self.is_there {
            return Ok(Pin::new(DEMO_PIN)?);
        }
        loop {
            match crate::secrets::obtain(None, &PIN.question, self.output, Pin::new) {
                Err(failure) if failure.error().is_some_and(|error| error.code() / 100 == 30) => {
                    self.output.failed(&failure.unhinted());
                }
                entered => return entered,
            }
        }
    }

    /// Tells what went wrong; the demo goes on.
    fn tells(&self, error: Error) {
        self.output.failed(&Failure::from(error).unhinted());
    }

    /// Asks on standard error: standard output keeps what is to be kept.
    fn asks(&self, question: &str) -> String {
        eprint!("{question} ");
        let _ = io::stderr().flush();
        let mut answer = String::new();
        // An end of input is taken as Enter.
        let _ = io::stdin().read_line(&mut answer);
        answer.trim().to_owned()
    }
}
