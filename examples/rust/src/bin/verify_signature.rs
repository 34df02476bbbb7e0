//! Verifies a CAdES signature as mathematics: digest, signature value, binding to the certificate. It says nothing about trust.
//!
//! `verify_signature SIGNATURE [CONTENT]`; CONTENT is needed for a detached signature.

use std::path::Path;

use eimza_core::cms::{self, Content, SignedData};
use eimza_core::validation;

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = cms::read_file(Path::new(arguments.first().ok_or("SIGNATURE [CONTENT]")?))?;
    let der = cms::decode(&file)?; // PEM and base64 are taken too
    let signed_data = SignedData::read(&der)?;

    // Content of any size: it is read as a stream, once for all signers.
    let digests = match arguments.get(1) {
        Some(content) => Some(cms::digest_file(Path::new(content), &signed_data.digests_needed())?),
        None => None,
    };
    let found = validation::verify(&signed_data, digests.as_deref().map(Content::Digests), &[])?;
    for signer in &found.signers {
        if let Some(certificate) = &signer.certificate {
            println!("{}", certificate.subject());
        }
        for check in &signer.checks {
            println!("  {}: {} {}", check.name, check.status.name(), check.reason.map_or("", |reason| reason.name()));
        }
    }
    println!("{}", if found.all_passed() { "holds" } else { "does not hold" });
    Ok(())
}
