//! Signs a consent text with a qualified certificate on a PKCS#11 token, as proof of approval.
//!
//! `sign_consent_pkcs11 ADDRESS TEXT OUT.p7s`; the PIN is the first line of standard input.

use std::path::Path;

use eimza_core::cades::{Commitment, SigningOptions};
use eimza_core::cms::{self, Content};
use eimza_core::token::{self, Attempt};
use eimza_core::{Clock, Pin, SystemClock, cades};

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, text, out] = arguments.as_slice() else { return Err("ADDRESS TEXT OUT.p7s".into()) };
    let now = SystemClock::new().now();

    let token = token::open(address)?;
    let signer = token.certificates()?.qualified().for_signing().valid_at(now).one()?;
    println!("{} signs:", signer.certificate.subject());
    let text = cms::read_file(Path::new(text))?;
    println!("{}", String::from_utf8_lossy(&text));

    let options = SigningOptions {
        commitment: Some(Commitment::Approval),
        mime_type: Some("text/plain; charset=utf-8".into()),
        ..SigningOptions::new(now)
    };
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let pin = Pin::new(line.trim_end_matches('\n'))?; // moved in, used once, wiped
    let signature = cades::sign(&token, &signer, pin, Content::Bytes(&text), &options, Attempt::new())?;
    std::fs::write(out, signature)?;
    println!("signed: {out}");
    Ok(())
}
