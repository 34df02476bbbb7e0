//! The receiving side of an E-Onay: received without status data, judged again when it has come, kept for years.
//!
//! `receive_e_onay FOLDER` leaves the signature and the sealed receipt. The person's side is the same as in `give_e_onay`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{
    ConsentPortal, ConsentSession, ConsentStatus, EmbeddedService, Kind, Offer, Person, Purpose, Receipt,
    ReceiptSigner, Settings, Started, Trust,
};
use eimza_core::crypto::{Curve, KeyType};
use eimza_core::revocation::GivenStatus;
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken, TestIssuer, TestPerson, Validity};
use eimza_core::token::{Attempt, Token};
use eimza_core::{Clock, Language, Pin, Puk, Result, SystemClock};

const KEY: KeyType = KeyType::Ec(Curve::P256);
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("FOLDER")?);
    let clock = Arc::new(SystemClock::new());
    let validity = Validity { not_before: clock.now().before(YEAR), not_after: clock.now().after(YEAR) };
    let issuer = TestIssuer::new(validity)?;

    // What the service knows of revocations: nothing yet.
    let status = Arc::new(GivenStatus::new());
    let settings = Settings {
        offers: vec![Offer::e_onay(Vec::new())?],
        trust: Trust::in_anchors([issuer.certificate().clone()]),
        status: status.clone(),
        ..Settings::new("example", Arc::new(ReceiptSigner::new(KeyMaterial::self_signed(&KEY, "SERVICE", validity)?)?))
    };
    let service = Arc::new(EmbeddedService::new(settings, clock.clone()));
    let received = hand_in(&service, &token(&issuer, validity)?, clock)?;
    let verdict = received.verdict().ok_or("no verdict")?;
    println!("received: {}", verdict.sentence(Language::English).happened);

    // The issuer publishes; whatever waits is judged again, for instance by a timer. A restart in between loses nothing.
    status.add_crls(issuer.crl(validity)?.der())?;
    for session in service.received()? {
        match service.judge_again(&session)? {
            ConsentStatus::Accepted(receipt) => {
                let verdict = receipt.verdict().ok_or("no verdict")?;
                println!("accepted: {} by CRL {}", verdict.indication, verdict.crls_sha256.join(", "));
                std::fs::write(folder.join("receipt.p7s"), receipt.sealed_form())?;
                let kept = service.signatures(&session)?.ok_or("nothing kept")?;
                std::fs::write(folder.join("e-onay.p7s"), kept.first().ok_or("no signature")?)?;
            }
            other => println!("{}", other.name()),
        }
    }
    Ok(())
}

/// The person's side, from the code to the answer of the service.
fn hand_in(service: &Arc<EmbeddedService>, token: &Token, clock: Arc<SystemClock>) -> Result<Receipt> {
    let person = Person { national_id: "10000000146".into(), name: "TEST KİŞİ".into() };
    let Started::Issued(issued) = service.start(&person, &Kind::e_onay(), Purpose::Consent)? else {
        return Err(eimza_core::Error::ConsentUnknown);
    };
    let session = ConsentSession::open(service.clone(), issued.code, clock)?;
    for text in 0..session.texts().len() {
        session.show(text)?;
        session.read(text)?;
    }
    for declaration in 0..session.request().declarations.len() {
        session.tick(declaration, true)?;
    }
    let signer = token.certificates()?.qualified().for_signing().valid_at(session.now()).one()?;
    session.submit(&session.sign(token, &signer, Pin::new("123456")?, Attempt::new())?)
}

fn token(issuer: &TestIssuer, validity: Validity) -> Result<Token> {
    let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
    let keys = vec![issuer.issue(&person, &KEY, validity)?];
    SoftwareToken::in_memory(Creation::new("example", keys, Pin::new("123456")?, Puk::new("87654321")?))
}
