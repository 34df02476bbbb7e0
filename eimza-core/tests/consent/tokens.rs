//! A consent signed on a software token: one entry of the PIN signs all texts, and a wrong one leaves the session alone.

use crate::bed::{Bed, e_onay, name, person};
use eimza_core::consent::{ConsentText, EmbeddedService, ReceiptSigner, SessionState, Settings, Trust};
use eimza_core::crypto::{Curve, KeyType};
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken, TestIssuer, TestPerson, Validity};
use eimza_core::token::{Attempt, PinStatus, Token};
use eimza_core::{Clock, Pin, Puk};

/// A bed whose service trusts a fresh test issuer, and a token with that issuer's certificate for the person.
fn bed_and_token() -> (Bed, Token) {
    let mut offer = e_onay();
    offer.texts.push(ConsentText::new("İkinci metin", "İkinci metni de onaylıyorum.\n").unwrap());
    let bed = Bed::offering(vec![offer.clone()]);
    let now = bed.clock.now();
    let validity = Validity { not_before: now, not_after: eimza_core::Time::parse("2029-06-15T12:00:00Z").unwrap() };
    let issuer = std::sync::Arc::new(TestIssuer::new(validity).unwrap());
    let holder = TestPerson { name: "TEST KİŞİ".into(), national_id: person().national_id };
    let key = issuer.issue(&holder, &KeyType::Ec(Curve::P384), validity).unwrap();
    let seal = KeyMaterial::self_signed(&KeyType::Ec(Curve::P256), "SEAL", validity).unwrap();
    let settings = Settings {
        offers: vec![offer],
        trust: Trust::in_anchors([issuer.certificate().clone()]),
        status: issuer.clone(),
        ..Settings::new("Test Portalı", std::sync::Arc::new(ReceiptSigner::new(seal).unwrap()))
    };
    let service = std::sync::Arc::new(EmbeddedService::new(settings, bed.clock.clone()));
    let (pin, puk) = (Pin::new("123456").unwrap(), Puk::new("87654321").unwrap());
    let creation = Creation { iterations: 1_000, ..Creation::new("NES", vec![key], pin, puk) };
    (Bed { clock: bed.clock, service }, SoftwareToken::in_memory(creation).unwrap())
}

#[test]
fn one_entry_of_the_pin_signs_all_texts() {
    let (bed, token) = bed_and_token();
    let session = bed.open();
    bed.read_all(&session);
    let signer = token.certificates().unwrap().qualified().valid_at(bed.clock.now()).one().unwrap();
    let signed = session.sign(&token, &signer, Pin::new("123456").unwrap(), Attempt::new()).unwrap();
    assert_eq!(signed.signatures().len(), 2);
    let receipt = session.submit(&signed).unwrap();
    assert_eq!(receipt.signatures_sha256().len(), 2);
    assert_eq!(token.pin_status().unwrap().tries_left, Some(3));
}

#[test]
fn a_wrong_pin_leaves_the_session_at_read_and_costs_one_try() {
    let (bed, token) = bed_and_token();
    let session = bed.open();
    bed.read_all(&session);
    let signer = token.certificates().unwrap().qualified().one().unwrap();
    let refused = session.sign(&token, &signer, Pin::new("654321").unwrap(), Attempt::new());
    assert_eq!(name(refused), "pin-incorrect");
    assert_eq!(session.state(), SessionState::Read);
    assert_eq!(token.pin_status().unwrap().tries_left, Some(2));
    session.sign(&token, &signer, Pin::new("123456").unwrap(), Attempt::new()).unwrap();
    assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
}

#[test]
fn what_will_be_refused_costs_no_try() {
    let (bed, token) = bed_and_token();
    let session = bed.open();
    let signer = token.certificates().unwrap().qualified().one().unwrap();
    let unread = session.sign(&token, &signer, Pin::new("123456").unwrap(), Attempt::new());
    assert_eq!(name(unread), "consent-order");
    bed.read_all(&session);
    let mut other = signer.clone();
    other.certificate = crate::bed::certificate_named("second-person-p256");
    let refused = session.sign(&token, &other, Pin::new("999999").unwrap(), Attempt::new());
    assert_eq!(name(refused), "certificate-other-person");
    bed.pass(400);
    let late = session.sign(&token, &signer, Pin::new("999999").unwrap(), Attempt::new());
    assert_eq!(name(late), "consent-expired");
    assert_eq!(token.pin_status().unwrap().tries_left, Some(3));
}
