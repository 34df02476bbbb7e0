//! The person before the terminal: presses Enter, chooses, types the PIN. Without a terminal nothing is asked.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{ConsentSession, Issued, SignedConsent};
use eimza_core::token::{Attempt, Token, TokenCertificate};
use eimza_core::{Error, Pin, Time, VerificationCode};
use serde_json::json;

use super::stage::{DEMO_PIN, Stage};
use super::told;
use crate::commands::pin::PIN;
use crate::failure::{Failure, Result};
use crate::line::{self, Deadline};
use crate::output::Output;

pub(super) struct Person<'a> {
    is_there: bool,
    stage: &'a Stage,
    output: &'a Output,
    /// Until when an answer is waited for.
    expires_at: Cell<Option<Time>>,
}

impl<'a> Person<'a> {
    pub(super) fn new(stage: &'a Stage, output: &'a Output) -> Self {
        let is_there = io::stdin().is_terminal() && !output.json;
        Self { is_there, stage, output, expires_at: Cell::new(None) }
    }

    /// Waits for Enter.
    pub(super) fn goes_on(&self, english: &str, turkish: &str) -> Result<()> {
        if self.is_there {
            self.asks(&format!("[Enter] {}", self.output.pick(english, turkish)))?;
        }
        Ok(())
    }

    /// Shows a declaration and waits until it is ticked.
    pub(super) fn ticks(&self, session: &ConsentSession, number: usize) -> Result<()> {
        if let Some(declaration) = session.request().declarations.get(number).filter(|_| self.is_there) {
            let question = format!("[ ] {}\n[Enter] {}", declaration.text, self.output.pick("Tick it", "İşaretle"));
            // Nothing but Enter is a tick.
            while !self.asks(&question)?.is_empty() {}
        }
        Ok(())
    }

    /// Types the code, while its time runs on the screen. Enter alone takes the code as it is shown; a wrong one can be
    /// typed again.
    pub(super) fn opens(&self, issued: &Issued) -> Result<ConsentSession> {
        self.expires_at.set(Some(issued.expires_at));
        loop {
            match self.types_code(issued).and_then(|code| self.redeems(code)) {
                Err(failure) if self.is_there && is_another_code(&failure) => {
                    self.output.failed(&failure.unhinted());
                }
                opened => return opened,
            }
        }
    }

    fn types_code(&self, issued: &Issued) -> Result<VerificationCode> {
        let shown = issued.code.expose();
        if !self.is_there {
            return Ok(VerificationCode::parse(shown)?);
        }
        let question = self.output.pick("Type the code ([Enter] takes it)", "Kodu yazın ([Enter]: yukarıdaki kod)");
        let show = |left| {
            eprint!("\r{question} {} ", told::countdown(left));
            let _ = io::stderr().flush();
        };
        let typed = self.types_line(show)?;
        Ok(if typed.is_empty() { VerificationCode::parse(shown)? } else { VerificationCode::parse(typed)? })
    }

    fn redeems(&self, code: VerificationCode) -> Result<ConsentSession> {
        let service = Arc::clone(&self.stage.service);
        Ok(ConsentSession::open_any(service, code, self.stage.clock.clone())?)
    }

    /// No countdown runs any more, because what was signed is submitted.
    pub(super) fn is_done(&self) {
        self.expires_at.set(None);
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
            let answer = self.asks(&format!("{} [{usual}]", self.output.pick("Which one?", "Hangisi?")))?;
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
            self.output
                .pick(format!("PIN of the demo's own token: {DEMO_PIN}"), format!("Demo token'ının PIN'i: {DEMO_PIN}"))
        });
        let mut spends_last_try = false;
        loop {
            let attempt = if spends_last_try { Attempt::new().spend_last_try() } else { Attempt::new() };
            match session.sign(token, signer, self.enters_pin()?, attempt) {
                Err(error @ Error::PinIncorrect { .. }) if self.is_there => self.tells(error),
                Err(error @ Error::PinFinalTry) if self.is_there => {
                    self.tells(error);
                    spends_last_try = self.permits_last_try()?;
                }
                signed => return signed.map_err(Failure::from),
            }
        }
    }

    /// Whether the last try may be spent. No is the end of the demo.
    fn permits_last_try(&self) -> Result<bool> {
        let question = "Spend the last try? A wrong PIN blocks the demo's token. [y/N]";
        let soru = "Son hak kullanılsın mı? Yanlış girilirse demo token'ının PIN'i kilitlenir. [e/H]";
        let answer = self.asks(self.output.pick(question, soru))?.to_lowercase();
        match answer.as_str() {
            "y" | "yes" | "e" | "evet" => Ok(true),
            _ => Err(Failure::from(Error::PinFinalTry)),
        }
    }

    fn enters_pin(&self) -> Result<Pin> {
        if !self.is_there {
            return Ok(Pin::new(DEMO_PIN)?);
        }
        loop {
            match crate::secrets::obtain_before(self.deadline(), &PIN.question, self.output, Pin::new) {
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
    fn asks(&self, question: &str) -> Result<String> {
        eprint!("{question} ");
        let _ = io::stderr().flush();
        self.types_line(|_| ())
    }

    /// An end of input is an empty line.
    fn types_line(&self, tick: impl FnMut(Duration)) -> Result<String> {
        match line::of_input(self.deadline(), tick) {
            Ok(line) => Ok(String::from_utf8_lossy(&line).trim().to_owned()),
            Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(Error::CodeExpired.into()),
            Err(_) => Ok(String::new()),
        }
    }

    fn deadline(&self) -> Option<Deadline<'_>> {
        self.expires_at.get().map(|at| Deadline { clock: &*self.stage.clock, at })
    }
}

/// Whether another code may be typed: this one is wrong, or none.
fn is_another_code(failure: &Failure) -> bool {
    matches!(failure.error(), Some(Error::CodeUnknown | Error::VerificationCodeMalformed))
}
