//! Gives an E-Onay: code, text shown and read, signature, receipt. Portal, service and token all live in this program.
//!
//! `give_e_onay FOLDER` leaves text, signature and sealed receipt there.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{
    ConsentPortal, ConsentSession, EmbeddedService, Kind, Offer, Person, Purpose, Receipt, ReceiptSigner, Settings,
    Started, Trust,
};
use eimza_core::crypto::{Curve, KeyType};
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken, TestIssuer, TestPerson, Validity};
use eimza_core::token::{Attempt, Token};
use eimza_core::{Clock, Pin, Puk, Result, SystemClock};

const KEY: KeyType = KeyType::Ec(Curve::P256);
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("FOLDER")?);
    let clock = Arc::new(SystemClock::new());
    let (service, token) = world(clock.clone())?;

    // The portal: the person is logged in there, and sees a code.
    let person = Person { national_id: "10000000146".into(), name: "TEST KİŞİ".into() };
    let Started::Issued(issued) = service.start(&person, &Kind::e_onay(), Purpose::Consent)? else {
        return Err("an E-Onay stands already".into());
    };

    // The application: opens a session with the code, shows every text and waits until it was read.
    let session = ConsentSession::open(service.clone(), issued.code, clock)?;
    println!("{} seconds left", session.remaining().as_secs());
    for number in 0..session.texts().len() {
        println!("{}", session.show(number)?.body());
        session.read(number)?;
    }
    for number in 0..session.request().declarations.len() {
        session.tick(number, true)?;
    }

    // A certificate of another person, or one that has ended, is refused before the PIN is asked.
    let own = token.certificates()?.of_person(&person.national_id);
    let signer = own.qualified().for_signing().valid_at(session.now()).one()?;
    let signed = session.sign(&token, &signer, Pin::new("123456")?, Attempt::new())?;
    let receipt = session.submit(&signed)?;
    println!("{}", if receipt.is_accepted() { "accepted" } else { "received" });

    let receipt = Receipt::open(receipt.sealed_form(), service.seal_certificate())?;
    println!("{}", receipt.display()?);
    std::fs::write(folder.join("text.txt"), session.texts().first().ok_or("no text")?.body())?;
    std::fs::write(folder.join("e-onay.p7s"), signed.signatures().first().ok_or("no signature")?)?;
    std::fs::write(folder.join("receipt.p7s"), receipt.sealed_form())?;

    // The same person is told that an E-Onay stands already.
    if let Started::AlreadyGiven { since } = service.start(&person, &Kind::e_onay(), Purpose::Consent)? {
        println!("already given since {since}");
    }
    Ok(())
}

/// A service that trusts one test issuer, and a token with a certificate of that issuer.
fn world(clock: Arc<SystemClock>) -> Result<(Arc<EmbeddedService>, Token)> {
    let now = clock.now();
    let validity = Validity { not_before: now.before(YEAR), not_after: now.after(YEAR) };
    let issuer = Arc::new(TestIssuer::new(validity)?);
    let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
    let keys = vec![issuer.issue(&person, &KEY, validity)?];
    let token = SoftwareToken::in_memory(Creation::new("example", keys, Pin::new("123456")?, Puk::new("87654321")?))?;
    let seal = ReceiptSigner::new(KeyMaterial::self_signed(&KEY, "SERVICE", validity)?)?;
    let settings = Settings {
        offers: vec![Offer::e_onay(Vec::new())?],
        trust: Trust::in_anchors([issuer.certificate().clone()]),
        // The issuer publishes its status data in this very program.
        status: issuer.clone(),
        ..Settings::new("example", Arc::new(seal))
    };
    Ok((Arc::new(EmbeddedService::new(settings, clock)), token))
}
