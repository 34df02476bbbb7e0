//! Validates a CAdES signature: the whole verdict, field by field, and that of the signer's certificate alone.
//!
//! `validate_signature SECONDS SIGNATURE ROOT AUTHORITY CRL...`; SECONDS since 1970 (UTC) is the time of the judgement.

use std::fs::read;

use eimza_core::revocation::StatusData;
use eimza_core::validation::{
    Anchors, CertificateValidation, CheckStatus, Profile, SubIndication, TrustedFor, Validation,
};
use eimza_core::{Certificate, Time};

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seconds, signature, root, authority, crls @ ..] = arguments.as_slice() else {
        return Err("SECONDS SIGNATURE ROOT AUTHORITY CRL...".into());
    };
    let now = Time::from_unix(seconds.parse()?)?;
    let (root, between) = (Certificate::from_der(read(root)?)?, [Certificate::from_der(read(authority)?)?]);
    let mut status = StatusData::new();
    for crl in crls {
        status.add_crls(&read(crl)?)?;
    }

    // Nobody is trusted who is not named; what lies between signer and root, and the CRLs, need no trust.
    let anchors = Anchors::new().trust(root.clone(), TrustedFor::Everything);
    let report = Validation::new(now, &anchors).certificates(&between).status(&status).of(&read(signature)?)?;
    let certificates = CertificateValidation::at(now).trust([root]).with_certificates(between).with_status(&status);
    for found in &report.signatures {
        println!("indication: {}", found.indication);
        println!("why: {}", found.sub_indication.map_or("-", SubIndication::name));
        println!("level: {}", found.level.name());
        println!("structure: {}", found.structure.name());
        println!("profile: {}", found.profile.map_or("-", Profile::name));
        println!("signed: {:?}, proven: {:?}", found.signing_time, found.best_signature_time);
        println!("preliminary until: {:?}", found.preliminary_until);
        for check in found.checks.iter().filter(|check| check.status != CheckStatus::Passed) {
            println!("did not pass: {}\nbecause: {}", check.name, check.reason.map_or("-", |reason| reason.name()));
        }
        if let Some(signer) = &found.signer {
            let path = certificates.validate(&signer.certificate);
            println!("certificate: {} {:?} {:?}", path.indication, path.path, path.policies);
        }
    }
    println!("{}", if report.sub_indication.is_none() { "passed" } else { "not passed" });
    Ok(())
}
