//! Signs in three steps that may run in different processes, on different machines, in different languages.
//!
//! `two_step_signing prepare CERT.der CONTENT STATE KEY` says what is to be signed,
//! `two_step_signing sign TOKEN STATE KEY VALUE` has a token sign it (PIN: first line of standard input),
//! `two_step_signing complete STATE KEY CERT.der CONTENT VALUE OUT.p7s` verifies the value and writes the signature.
//!
//! KEY holds 32 random octets that only these steps know: nobody else can read or change a state between them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use eimza_core::cades::{self, SigningOptions, State, StateKey};
use eimza_core::cms::{self, Content};
use eimza_core::token::{self, Attempt, SignRequest};
use eimza_core::{Certificate, Clock, Pin, SystemClock};

/// What the state is for: a state of another purpose is refused.
const PURPOSE: &str = "two-step-signing";

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["prepare", certificate, content, state, key] => prepare(certificate, content, state, key),
        ["sign", token, state, key, value] => sign(token, state, key, value),
        ["complete", state, key, certificate, content, value, out] => {
            complete(&read_state(state, key)?, certificate, content, value, out)
        }
        _ => Err("prepare CERT.der CONTENT STATE KEY | sign TOKEN STATE KEY VALUE | \
             complete STATE KEY CERT.der CONTENT VALUE OUT.p7s"
            .into()),
    }
}

fn prepare(certificate: &str, content: &str, state: &str, key: &str) -> Result {
    let certificate = Certificate::from_der(fs::read(certificate)?)?;
    let content = cms::read_file(Path::new(content))?;
    let now = SystemClock::new().now();
    let prepared = cades::prepare(Content::Bytes(&content), &certificate, &SigningOptions::new(now))?;
    let expiry = now.after(Duration::from_secs(600));
    fs::write(state, prepared.into_state(PURPOSE, expiry)?.sealed(&read_key(key)?)?)?;
    Ok(())
}

fn sign(token: &str, state: &str, key: &str, value: &str) -> Result {
    let state = read_state(state, key)?;
    let token = token::open(token)?;
    let signer = token.certificates()?.for_signing().one()?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let pin = Pin::new(line.trim_end_matches('\n'))?;
    let request = SignRequest { algorithm: state.algorithm(), digest: state.digest() };
    fs::write(value, token.sign(&signer, request, pin, Attempt::new())?)?;
    Ok(())
}

fn complete(state: &State, certificate: &str, content: &str, value: &str, out: &str) -> Result {
    let certificate = Certificate::from_der(fs::read(certificate)?)?;
    let content = cms::read_file(Path::new(content))?;
    let now = SystemClock::new().now();
    // Everything is given again and compared: an altered or swapped state cannot become a signature over something else.
    let signature = state.complete(Content::Bytes(&content), &certificate, PURPOSE, now, &fs::read(value)?)?;
    fs::write(out, signature)?;
    Ok(())
}

fn read_key(key: &str) -> Result<StateKey> {
    let octets = fs::read(key)?.try_into().map_err(|_| "KEY does not hold 32 octets")?;
    Ok(StateKey::new(octets))
}

fn read_state(state: &str, key: &str) -> Result<State> {
    Ok(State::unseal(&fs::read(state)?, &read_key(key)?)?)
}
