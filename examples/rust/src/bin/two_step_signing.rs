//! Signs in three steps that may run in different processes, on different machines, in different languages.
//!
//! `two_step_signing prepare CERT.der CONTENT STATE` says what is to be signed,
//! `two_step_signing sign TOKEN STATE VALUE` has a token sign it (PIN: first line of standard input),
//! `two_step_signing complete STATE CERT.der CONTENT VALUE OUT.p7s` verifies the value and writes the signature.

use std::fs;
use std::path::Path;
use std::time::Duration;

use eimza_core::cades::{self, SigningOptions, State};
use eimza_core::cms::{self, Content};
use eimza_core::token::{self, Attempt, SignRequest};
use eimza_core::{Certificate, Clock, Pin, SystemClock};

/// What the state is for: a state of another purpose is refused.
const PURPOSE: &str = "two-step-signing";

type Result = std::result::Result<(), Box<dyn std::error::Error>>;

fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["prepare", certificate, content, state] => prepare(certificate, content, state),
        ["sign", token, state, value] => sign(token, state, value),
        ["complete", state, certificate, content, value, out] => complete(state, certificate, content, value, out),
        _ => Err(
            "prepare CERT.der CONTENT STATE | sign TOKEN STATE VALUE | complete STATE CERT.der CONTENT VALUE OUT.p7s"
                .into(),
        ),
    }
}

fn prepare(certificate: &str, content: &str, state: &str) -> Result {
    let certificate = Certificate::from_der(fs::read(certificate)?)?;
    let content = cms::read_file(Path::new(content))?;
    let now = SystemClock::new().now();
    let prepared = cades::prepare(Content::Bytes(&content), &certificate, &SigningOptions::new(now))?;
    let expiry = now.after(Duration::from_secs(600));
    fs::write(state, prepared.into_state(PURPOSE, expiry)?.to_bytes())?;
    Ok(())
}

fn sign(token: &str, state: &str, value: &str) -> Result {
    let state = State::from_bytes(&fs::read(state)?)?;
    let token = token::open(token)?;
    let signer = token.certificates()?.for_signing().one()?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let pin = Pin::new(line.trim_end_matches('\n'))?;
    let request = SignRequest { algorithm: state.algorithm(), digest: state.digest() };
    fs::write(value, token.sign(&signer, request, pin, Attempt::new())?)?;
    Ok(())
}

fn complete(state: &str, certificate: &str, content: &str, value: &str, out: &str) -> Result {
    let state = State::from_bytes(&fs::read(state)?)?;
    let certificate = Certificate::from_der(fs::read(certificate)?)?;
    let content = cms::read_file(Path::new(content))?;
    let now = SystemClock::new().now();
    // Everything is given again and compared: an altered or swapped state cannot become a signature over something else.
    let signature = state.complete(Content::Bytes(&content), &certificate, PURPOSE, now, &fs::read(value)?)?;
    fs::write(out, signature)?;
    Ok(())
}
