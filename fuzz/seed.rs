//! Writes seeds that only the library can make: `seed FOLDER`, the corpus.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use eimza_core::cades::{SigningOptions, prepare};
use eimza_core::cms::Content;
use eimza_core::consent::{
    ConsentPortal, ConsentSession, EmbeddedService, Kind, Offer, Person, Purpose, ReceiptSigner, Settings, Started,
    Trust,
};
use eimza_core::crypto::{Curve, KeyType};
use eimza_core::token::Attempt;
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken, TestIssuer, TestPerson, Validity};
use eimza_core::{Clock, Password, Pin, Puk, SystemClock};

const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("FOLDER")?;
    let place = |target: &str| Path::new(&folder).join(target).join("made");
    let clock = Arc::new(SystemClock::new());
    let now = clock.now();
    let validity = Validity { not_before: now.before(YEAR), not_after: now.after(YEAR) };
    let issuer = Arc::new(TestIssuer::new(validity)?);
    let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
    let keys = vec![issuer.issue(&person, &KeyType::Ec(Curve::P256), validity)?];
    let (pin, puk) = (|| Pin::new("123456"), Puk::new("87654321")?);
    let creation = Creation { iterations: 1000, ..Creation::new("seed", keys, pin()?, puk) };
    let _ = std::fs::remove_file(place("token_file"));
    let token = SoftwareToken::create(place("token_file"), creation)?;

    let file = include_bytes!("../testkit/pki/pkcs12/p256.p12");
    let seal = KeyMaterial::from_pkcs12(file, &Password::new("test")?)?.pop().ok_or("no key")?;
    let settings = Settings {
        offers: vec![Offer { least_reading: Duration::ZERO, ..Offer::e_onay(Vec::new())? }],
        trust: Trust::in_anchors([issuer.certificate().clone()]),
        status: issuer.clone(),
        ..Settings::new("seed", Arc::new(ReceiptSigner::new(seal)?))
    };
    let service = Arc::new(EmbeddedService::new(settings, clock.clone()));
    let person = Person { national_id: "10000000146".into(), name: "TEST KİŞİ".into() };
    let Started::Issued(issued) = service.start(&person, &Kind::e_onay(), Purpose::Consent)? else {
        return Err("a consent stands already".into());
    };
    let session = ConsentSession::open(service, issued.code, clock)?;
    for text in 0..session.texts().len() {
        session.show(text)?;
        session.read(text)?;
    }
    for declaration in 0..session.request().declarations.len() {
        session.tick(declaration, true)?;
    }
    let signer = token.certificates()?.qualified().one()?;
    let signed = session.sign(&token, &signer, pin()?, Attempt::new())?;
    std::fs::write(place("record"), signed.record())?;
    std::fs::write(place("receipt"), session.submit(&signed)?.sealed_form())?;
    let prepared = prepare(Content::Bytes(b"content"), &signer.certificate, &SigningOptions::new(now))?;
    std::fs::write(place("state"), prepared.into_state("seed", now.after(YEAR))?.to_bytes())?;
    Ok(())
}
