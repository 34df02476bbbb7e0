//! Signing on SoftHSM2 through the library, beside the bare `C_SignInit` and `C_Sign` calls and one verification each.
//!
//! Both sides sign batches of the same digests with one login, which is not counted: a batch of one is subtracted.

#![allow(clippy::expect_used)]

use std::path::Path;
use std::time::Duration;

use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, ObjectClass};
use cryptoki::session::UserType;
use eimza_benches::{interleaved, microseconds, report};
use eimza_core::crypto::{Digest, DigestAlgorithm, Padding, SignatureAlgorithm};
use eimza_core::token::{Attempt, SignRequest, Token, TokenCertificate};
use eimza_core::{Certificate, Pin};
use eimza_sys::pkcs11::{Library, Session};
use eimza_testkit::{PIN, SOFTHSM_MODULE, pki, softhsm};

/// Signatures in a batch.
const BATCH: u32 = 40;
const ROUNDS: usize = 15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(hsm) = softhsm() else { return Err("SoftHSM2 is not installed".into()) };
    let names = ["nes-rsa2048", "nes-p256", "nes-p384"];
    for name in names {
        hsm.token(name).import(name, "01");
    }
    let mut all_met = true;
    for name in names {
        all_met &= measure(name)?;
    }
    if all_met { Ok(()) } else { Err("a goal was missed".into()) }
}

fn measure(name: &str) -> Result<bool, Box<dyn std::error::Error>> {
    let certificate = Certificate::from_der(pki::certificate(name))?;
    let key = certificate.public_key()?;
    let digest = DigestAlgorithm::Sha256.digest(b"what is to be signed");
    let algorithm = SignatureAlgorithm::for_key(&key, digest.algorithm(), Padding::Pkcs1)?;
    let request = SignRequest { algorithm, digest };

    let token = eimza_core::token::open(&format!("pkcs11:token={name}?module-path={SOFTHSM_MODULE}"))?;
    let signer = token.certificates()?.one()?;
    let session = bare_session(name)?;
    let (mechanism, data) = bare_input(name, &digest);

    let value = token.sign(&signer, request, Pin::new(PIN)?, Attempt::new())?;
    let mut through_us = || sign_batch(&token, &signer, request, BATCH + 1);
    let mut one_through_us = || sign_batch(&token, &signer, request, 1);
    let mut verification = || {
        for _ in 0..BATCH {
            assert!(algorithm.verify(&key, &digest, &value).expect("verifies"));
        }
    };
    let mut bare = || sign_bare(&session, &mechanism, &data, BATCH + 1);
    let mut one_bare = || sign_bare(&session, &mechanism, &data, 1);
    // All take turns, because the machine's speed changes by as much as what is measured.
    let [batch, one, bare, one_bare, verification] = interleaved(
        ROUNDS,
        1,
        &mut [&mut through_us, &mut one_through_us, &mut bare, &mut one_bare, &mut verification],
    );
    let ours = batch.saturating_sub(one) / BATCH;
    let bare = bare.saturating_sub(one_bare) / BATCH;
    let verification = verification / BATCH;
    let needed = bare + verification;
    let over = ours.saturating_sub(needed);
    let allowed = Duration::from_micros(30).max(needed / 20);
    let figure = format!(
        "{:.0} µs; C_Sign {:.0} + verify {:.0}; over {:.0} µs",
        microseconds(ours),
        microseconds(bare),
        microseconds(verification),
        microseconds(over)
    );
    Ok(report(&format!("sign {name}"), figure, &format!("≤ {:.0} µs over", microseconds(allowed)), over <= allowed))
}

/// The session is logged in for all of this module's sessions: it must not be while the library presents a PIN.
fn sign_bare(session: &Session, mechanism: &Mechanism<'_>, data: &[u8], count: u32) {
    session.login(UserType::User, Some(PIN.as_bytes())).expect("logs in");
    let wanted = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(vec![1])];
    let found = session.find(&wanted, 1).expect("finds");
    let private = *found.objects.first().expect("a private key");
    for _ in 0..count {
        session.sign_init(mechanism, private).and_then(|()| session.sign(data, 1024)).expect("signs");
    }
    session.logout().expect("logs out");
}

fn sign_batch(token: &Token, signer: &TokenCertificate, request: SignRequest, count: u32) {
    let requests = (0..count).map(|_| request).collect();
    let pin = Pin::new(PIN).expect("a PIN");
    let values = token.sign_batch(signer, requests, pin, Attempt::new()).expect("signs");
    assert_eq!(values.len(), usize::try_from(count).expect("fits"));
}

/// The module once more under the same path: the loader hands out the same library, already initialised.
fn bare_session(label: &str) -> Result<Session, Box<dyn std::error::Error>> {
    let module = std::sync::Arc::new(Library::load(Path::new(SOFTHSM_MODULE))?.initialize()?);
    for slot in module.slots(true)? {
        if module.token_info(slot)?.label.octets() == label.as_bytes() {
            return Ok(module.open_session(slot, false)?);
        }
    }
    Err("no such token".into())
}

fn bare_input(name: &str, digest: &Digest) -> (Mechanism<'static>, Vec<u8>) {
    if !name.contains("rsa") {
        return (Mechanism::Ecdsa, digest.as_bytes().to_vec());
    }
    // DigestInfo of SHA-256 (RFC 8017 section 9.2).
    let head = [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 5, 0, 4, 32];
    (Mechanism::RsaPkcs, [&head[..], digest.as_bytes()].concat())
}
