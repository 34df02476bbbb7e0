//! The E-Onay from the code to the receipt, its revocation, and what waits for it.

use crate::bed::{Bed, FileKey, e_onay, name, now, person};
use eimza_core::consent::{
    ApplicationState, Caller, ConsentPortal, ConsentService, ConsentSession, ConsentStatus, EmbeddedService, Kind,
    Offer, Person, Purpose, Receipt, Redeemed, Request, SessionState, Started, Submission, Way,
};
use eimza_core::error::{Limit, RecordPart};
use eimza_core::{Error, Result, VerificationCode};

#[test]
fn a_consent_is_given_and_its_receipt_opens() {
    let bed = Bed::new();
    let session = bed.open();
    assert_eq!(session.state(), SessionState::Opened);
    assert_eq!(session.remaining().as_secs(), 300);
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    assert_eq!(session.state(), SessionState::Signed);
    bed.pass(2);
    let receipt = session.submit(&signed).unwrap();
    assert_eq!(session.state(), SessionState::Accepted);
    assert_eq!(receipt.accepted_at(), Some(now(&bed)));
    assert_eq!(receipt.way(), Way::Signed);
    assert_eq!(receipt.signatures_sha256().len(), 1);

    let opened = Receipt::open(receipt.sealed_form(), bed.service.seal_certificate()).unwrap();
    assert_eq!(opened, receipt);
    assert_eq!(opened.record().request.person.national_id, "10000000146");
    let shown = receipt.display().unwrap();
    assert!(shown.contains("100******46") && !shown.contains("10000000146"));
}

#[test]
fn an_e_onay_that_stands_is_a_state_with_its_date() {
    let bed = Bed::new();
    let second_code = bed.issue(Purpose::Consent).code;
    let session = bed.open();
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    let since = session.submit(&signed).unwrap().accepted_at().unwrap();
    let started = bed.service.start(&person(), &Kind::e_onay(), Purpose::Consent).unwrap();
    assert!(matches!(started, Started::AlreadyGiven { since: told } if told == since));

    // A code from before opens a session that says so and asks for nothing.
    let late = ConsentSession::open(bed.service.clone(), second_code, bed.clock.clone()).unwrap();
    assert_eq!(late.state(), SessionState::AlreadyGiven { since });
    assert_eq!(name(late.show(0).map(|_| ())), "consent-order");
}

#[test]
fn a_wrong_order_says_what_is_missing() {
    let bed = Bed::new();
    let session = bed.open();
    let key = FileKey::of("nes-p256");
    assert_eq!(name(session.read(0)), "consent-order");
    assert_eq!(name(session.prepare(&key.certificate)), "consent-order");
    session.show(0).unwrap();
    assert_eq!(session.state(), SessionState::Shown);
    session.read(0).unwrap();
    assert_eq!(session.state(), SessionState::Read);
    assert_eq!(name(session.prepare(&key.certificate)), "consent-declaration-missing");
    session.tick(0, true).unwrap();
    session.prepare(&key.certificate).unwrap();
    assert_eq!(name(session.show(7).map(|_| ())), "argument-invalid");
}

#[test]
fn a_text_has_to_be_on_the_screen_for_the_least_time() {
    let mut offer = e_onay();
    offer.least_reading = std::time::Duration::from_secs(10);
    let bed = Bed::offering(vec![offer]);
    let session = bed.open();
    session.show(0).unwrap();
    bed.pass(4);
    let refused = session.read(0).unwrap_err();
    assert!(matches!(refused, eimza_core::Error::ConsentReadTooShort { seconds: 6 }), "{refused:?}");
    bed.pass(6);
    session.read(0).unwrap();
}

#[test]
fn the_countdown_runs_on_the_monotonic_clock() {
    let bed = Bed::new();
    let session = bed.open();
    bed.clock.set_wall_time(eimza_core::Time::parse("2020-01-01T00:00:00Z").unwrap());
    bed.pass(299);
    assert_eq!(session.remaining().as_secs(), 1);
    assert_eq!(session.now().to_string(), "2026-06-15T12:04:59Z");
    bed.pass(1);
    assert_eq!(session.state(), SessionState::Expired);
    assert_eq!(name(session.show(0).map(|_| ())), "consent-expired");
}

#[test]
fn setting_the_clock_neither_ends_a_code_nor_brings_one_back() {
    let bed = Bed::new();
    let (start, issued) = (now(&bed), bed.issue(Purpose::Consent));
    bed.pass(301);
    bed.clock.set_wall_time(start);
    assert!(matches!(bed.service.status(&issued.session).unwrap(), ConsentStatus::Expired));
    assert_eq!(name(ConsentSession::open(bed.service.clone(), issued.code, bed.clock.clone())), "code-expired");

    // Wrong guesses of a year that was not are forgotten like others.
    bed.clock.set_wall_time(eimza_core::Time::parse("2036-01-01T00:00:00Z").unwrap());
    (0..10).for_each(|number| assert_eq!(guess(&bed, number), "code-unknown"));
    assert_eq!(guess(&bed, 10), "code-guesses-exceeded");
    bed.clock.set_wall_time(start);
    bed.pass(61);
    assert_eq!(guess(&bed, 11), "code-unknown");

    // Nor is an honest submission refused because the clock went back.
    let session = bed.open();
    bed.clock.set_wall_time(start.before(std::time::Duration::from_secs(3600)));
    session.submit(&bed.sign(&session, &FileKey::of("nes-p256"))).unwrap();
}

#[test]
fn a_signer_who_will_be_refused_is_told_before_the_pin() {
    let bed = Bed::new();
    let session = bed.open();
    let refused = |certificate: &str| name(session.check_signer(&crate::bed::certificate_named(certificate)));
    assert_eq!(refused("second-person-p256"), "certificate-other-person");
    assert_eq!(refused("nes-expired"), "certificate-expired");
    assert_eq!(refused("nes-not-yet-valid"), "certificate-not-yet-valid");
    assert_eq!(refused("nes-without-qc-statements"), "certificate-not-qualified");
    assert_eq!(refused("encryption"), "certificate-cannot-sign");
    session.check_signer(&crate::bed::certificate_named("nes-p256")).unwrap();
}

#[test]
fn a_consent_wants_a_persons_certificate_without_restrictions() {
    let bed = Bed::new();
    let session = bed.open();
    for (certificate, expected) in [
        ("nes-for-time-stamps", &["not-personal", "non-repudiation-missing"][..]),
        ("nes-for-seals", &["not-personal", "non-repudiation-missing"]),
        ("seal-of-a-person", &["not-personal", "non-repudiation-missing"]),
        ("nes-without-non-repudiation", &["non-repudiation-missing"]),
        ("nes-usage-limit", &["usage-restricted"]),
    ] {
        let refused = session.check_signer(&crate::bed::certificate_named(certificate));
        let Err(Error::CertificateNotQualified { reasons }) = refused else { panic!("{certificate}: {refused:?}") };
        let names: Vec<_> = reasons.iter().map(|reason| reason.name()).collect();
        assert_eq!(names, expected, "{certificate}");
    }
}

#[test]
fn codes_have_an_end_one_use_and_one_purpose() {
    let bed = Bed::new();
    let open = |code| ConsentSession::open(bed.service.clone(), code, bed.clock.clone()).map(|_| ());
    let copy = |code: &VerificationCode| VerificationCode::parse(code.expose()).unwrap();

    let code = bed.issue(Purpose::Consent).code;
    let again = copy(&code);
    let wrong = ConsentSession::open_revocation(bed.service.clone(), copy(&code), bed.clock.clone());
    assert_eq!(name(wrong.map(|_| ())), "code-other-purpose");
    open(code).unwrap();
    assert_eq!(name(open(again)), "code-used");

    let code = bed.issue(Purpose::Consent).code;
    bed.pass(301);
    assert_eq!(name(open(code)), "code-expired");

    let issued = bed.issue(Purpose::Consent);
    let renewed = bed.service.renew(&issued.session).unwrap();
    assert_eq!(name(open(issued.code)), "consent-cancelled");
    open(renewed.code).unwrap();
}

#[test]
fn wrong_codes_are_counted() {
    let bed = Bed::new();
    (0..10).for_each(|number| assert_eq!(guess(&bed, number), "code-unknown"));
    assert_eq!(guess(&bed, 10), "code-guesses-exceeded");
    bed.pass(61);
    assert_eq!(guess(&bed, 11), "code-unknown");
}

/// What comes of a code that nobody was given.
fn guess(bed: &Bed, number: u64) -> &'static str {
    let code = VerificationCode::parse(format!("{number:015}")).unwrap();
    name(bed.service.redeem_for(Caller::Known("198.51.100.7"), &code, None))
}

#[test]
fn a_renewed_code_makes_the_old_session_void() {
    let bed = Bed::new();
    let issued = bed.issue(Purpose::Consent);
    let session = ConsentSession::open(bed.service.clone(), issued.code, bed.clock.clone()).unwrap();
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    bed.service.renew(&issued.session).unwrap();
    assert_eq!(name(session.submit(&signed)), "consent-cancelled");
}

#[test]
fn a_signed_revocation_names_the_consent_and_ends_it() {
    let bed = Bed::new();
    let session = bed.open();
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    let consent = session.submit(&signed).unwrap();

    let revocation = bed.open_revocation();
    let revokes = revocation.request().revokes.clone().unwrap();
    assert_eq!(revokes.record_sha256, consent.record_sha256());
    assert_eq!(revokes.signatures.len(), 1);
    assert_eq!(revokes.signatures[0].sha256, consent.signatures_sha256()[0]);
    revocation.show(0).unwrap();
    revocation.read(0).unwrap();
    let key = FileKey::of("nes-p256");
    assert_eq!(name(revocation.prepare(&key.certificate)), "consequences-not-acknowledged");
    revocation.tick(0, true).unwrap();
    let prepared = revocation.prepare(&key.certificate).unwrap();
    let values = key.sign_all(&prepared);
    let signed_revocation = revocation.complete(prepared, &values).unwrap();
    let receipt = revocation.submit(&signed_revocation).unwrap();

    assert_eq!(bed.service.stands_since(&person(), &Kind::e_onay()).unwrap(), None);
    let status = bed.service.status(&session.request().session).unwrap();
    let ConsentStatus::Revoked(noted) = status else { panic!("{status:?}") };
    let note = noted.revocation().unwrap();
    assert_eq!(note.record_sha256, receipt.record_sha256());
    assert_eq!(Some(note.accepted_at.utc), receipt.accepted_at());
    Receipt::open(noted.sealed_form(), bed.service.seal_certificate()).unwrap();
    let started = bed.service.start(&person(), &Kind::e_onay(), Purpose::Revocation).unwrap();
    assert!(matches!(started, Started::NothingToRevoke));
}

#[test]
fn a_lost_card_can_revoke_by_declaration() {
    let bed = Bed::new();
    let declare = |acknowledged| bed.service.declare_revocation(&person(), &Kind::e_onay(), acknowledged);
    assert_eq!(name(declare(true)), "consent-unknown");
    let session = bed.open();
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    session.submit(&signed).unwrap();
    assert_eq!(name(declare(false)), "consequences-not-acknowledged");
    let receipt = declare(true).unwrap();
    assert_eq!((receipt.way(), receipt.signed_at()), (Way::Declared, None));
    assert!(receipt.record().request.revokes.is_some());
    // It says which notice was acknowledged.
    let notice = &e_onay().revocation_notice;
    assert_eq!(receipt.record().request.texts, [notice.into()]);
    assert!(receipt.record().moments.is_empty());
    assert_eq!(bed.service.stands_since(&person(), &Kind::e_onay()).unwrap(), None);
}

#[test]
fn a_consent_stands_and_is_revoked_after_its_texts_have_a_new_version() {
    let bed = Bed::new();
    let session = bed.open();
    session.submit(&bed.sign(&session, &FileKey::of("nes-p256"))).unwrap();
    let next = Kind { version: "2".into(), ..Kind::e_onay() };
    assert!(bed.service.stands_since(&person(), &next).unwrap().is_some());
    // The portal asks in the words of today; the record names the consent that is revoked.
    let started = bed.service.start(&person(), &next, Purpose::Revocation).unwrap();
    let Started::Issued(issued) = started else { panic!("{started:?}") };
    let revocation = ConsentSession::open_revocation(bed.service.clone(), issued.code, bed.clock.clone()).unwrap();
    assert_eq!(revocation.request().kind, Kind::e_onay());
    revocation.submit(&bed.sign(&revocation, &FileKey::of("nes-p256"))).unwrap();
    assert_eq!(bed.service.stands_since(&person(), &Kind::e_onay()).unwrap(), None);
    // What nobody offers cannot be given.
    assert_eq!(name(bed.service.start(&person(), &next, Purpose::Consent)), "argument-invalid");
}

#[test]
fn a_renewal_made_too_early_is_held_and_not_refused() {
    let bed = Bed::new();
    let certificate = crate::bed::certificate_named("nes-p256");
    let apply = || bed.service.apply_for_renewal(&person(), &certificate).unwrap().state;
    assert_eq!(apply(), ApplicationState::NeedsPaper);
    let session = bed.open();
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    session.submit(&signed).unwrap();
    let until = certificate.renewable_from().unwrap();
    assert_eq!(apply(), ApplicationState::Held { until });
    bed.clock.advance(now(&bed).until(until));
    assert_eq!(bed.service.applications(&person()).unwrap()[0].state, ApplicationState::Due);
    bed.service.declare_revocation(&person(), &Kind::e_onay(), true).unwrap();
    assert_eq!(apply(), ApplicationState::NeedsPaper);
}

/// The service as another program may have written it: it says what it likes beside the texts.
struct Says(std::sync::Arc<EmbeddedService>, fn(&mut Request));

impl ConsentService for Says {
    fn redeem(&self, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed> {
        let mut redeemed = self.0.redeem(code, purpose)?;
        (self.1)(&mut redeemed.request);
        Ok(redeemed)
    }

    fn submit(&self, session: &str, submission: &Submission) -> Result<ConsentStatus> {
        self.0.submit(session, submission)
    }

    fn status(&self, session: &str) -> Result<ConsentStatus> {
        self.0.status(session)
    }
}

#[test]
fn nothing_is_hidden_in_what_stands_beside_the_text() {
    let hide: [fn(&mut Request); 6] = [
        |request| request.service.push('\u{202e}'),
        |request| request.person.name.push('\u{200b}'),
        |request| request.kind.version.push('\u{202e}'),
        |request| request.declarations[0].text.push('\u{202e}'),
        |request| request.documents[0].name.push('\u{200b}'),
        |request| request.documents[0].address.push('\r'),
    ];
    for hide in hide {
        let bed = Bed::new();
        let service = std::sync::Arc::new(Says(bed.service.clone(), hide));
        let opened = ConsentSession::open(service, bed.issue(Purpose::Consent).code, bed.clock.clone());
        assert_eq!(name(opened), "consent-text-hidden-character");
    }
    let offer: [fn(&mut Offer); 4] = [
        |offer| offer.declarations[0].text.push('\u{202e}'),
        |offer| offer.documents[0].name.push('\u{200b}'),
        |offer| offer.acknowledgement.push('\u{202e}'),
        |offer| offer.applications_on_hold.push('\u{202e}'),
    ];
    for hide in offer {
        let mut offered = e_onay();
        hide(&mut offered);
        let started = Bed::offering(vec![offered]).service.start(&person(), &Kind::e_onay(), Purpose::Consent);
        assert_eq!(name(started), "consent-text-hidden-character");
    }
    // Nor a session's name, nor who asks.
    let nameless = Person { name: "TEST\u{202e}KİŞİ".into(), ..person() };
    let started = Bed::new().service.start(&nameless, &Kind::e_onay(), Purpose::Consent);
    assert_eq!(name(started), "consent-text-hidden-character");
}

/// What is expected, and what breaks a thing that was right.
type Case<Expected, T> = (Expected, fn(&mut T));

#[test]
fn a_request_that_no_receipt_can_be_made_of_is_not_opened() {
    let broken: [Case<RecordPart, Request>; 7] = [
        (RecordPart::Session, |request| request.session.clear()),
        (RecordPart::Session, |request| request.session = "x".repeat(129)),
        (RecordPart::Nonce, |request| request.nonce = "abc".into()),
        (RecordPart::Person, |request| request.person.national_id = "1000000014".into()),
        (RecordPart::Texts, |request| request.texts.clear()),
        (RecordPart::Documents, |request| request.documents[0].sha256 = "NO DIGEST".into()),
        (RecordPart::Revokes, |request| request.purpose = Purpose::Revocation),
    ];
    for (part, breaks) in broken {
        let refused = opened_after(breaks);
        assert!(matches!(refused, Err(Error::RecordMalformed { field }) if field == part), "{refused:?}");
    }
    let refused = opened_after(|request| request.declarations[0].text = "x".repeat(1 << 20));
    assert!(matches!(refused, Err(Error::LimitExceeded { limit: Limit::RecordSize })), "{refused:?}");
}

/// A session with a service that asks for something else than it was told to.
fn opened_after(breaks: fn(&mut Request)) -> Result<ConsentSession> {
    let bed = Bed::new();
    let service = std::sync::Arc::new(Says(bed.service.clone(), breaks));
    ConsentSession::open_any(service, bed.issue(Purpose::Consent).code, bed.clock.clone())
}

#[test]
fn what_cannot_be_asked_gets_no_code() {
    let offer: [Case<&'static str, Offer>; 2] = [
        ("record-malformed", |offer| offer.documents[0].sha256 = "NO DIGEST".into()),
        ("limit-exceeded", |offer| offer.declarations[0].text = "x".repeat(1 << 20)),
    ];
    for (expected, breaks) in offer {
        let mut offered = e_onay();
        breaks(&mut offered);
        let started = Bed::offering(vec![offered]).service.start(&person(), &Kind::e_onay(), Purpose::Consent);
        assert_eq!(name(started), expected);
    }
    let nobody = Person { national_id: "1000000014".into(), ..person() };
    assert_eq!(name(Bed::new().service.start(&nobody, &Kind::e_onay(), Purpose::Consent)), "record-malformed");
    // A seal that has ended could seal nothing: nobody signs in vain.
    let bed = Bed::new();
    bed.clock.advance(std::time::Duration::from_secs(100 * 365 * 24 * 60 * 60));
    assert_eq!(name(bed.service.start(&person(), &Kind::e_onay(), Purpose::Consent)), "service-refused");
}

#[test]
fn a_part_of_a_second_of_reading_is_a_second() {
    let mut offer = e_onay();
    offer.least_reading = std::time::Duration::from_millis(900);
    assert_eq!(Bed::offering(vec![offer]).open().request().least_reading_seconds, 1);
}

#[test]
fn a_revocation_is_acknowledged_whatever_the_service_calls_required() {
    let bed = Bed::new();
    let session = bed.open();
    session.submit(&bed.sign(&session, &FileKey::of("nes-p256"))).unwrap();
    let open = |says: fn(&mut Request)| {
        let service = std::sync::Arc::new(Says(bed.service.clone(), says));
        ConsentSession::open_revocation(service, bed.issue(Purpose::Revocation).code, bed.clock.clone())
    };
    let revocation = open(|request| request.declarations[0].required = false).unwrap();
    bed.read_all(&revocation);
    revocation.tick(0, false).unwrap();
    let certificate = crate::bed::certificate_named("nes-p256");
    assert_eq!(name(revocation.prepare(&certificate)), "consequences-not-acknowledged");
    assert_eq!(name(open(|request| request.declarations.clear())), "record-malformed");
}

#[test]
fn a_renewal_is_of_the_persons_own_certificate() {
    let bed = Bed::new();
    let other = crate::bed::certificate_named("second-person-p256");
    assert_eq!(name(bed.service.apply_for_renewal(&person(), &other)), "certificate-other-person");
}

#[test]
fn a_session_that_came_to_nothing_can_be_asked_for_a_day() {
    let bed = Bed::new();
    let issued = bed.issue(Purpose::Consent);
    bed.pass(300 + 24 * 60 * 60 - 61);
    bed.issue(Purpose::Consent);
    assert!(matches!(bed.service.status(&issued.session).unwrap(), ConsentStatus::Expired));
    bed.pass(122);
    bed.issue(Purpose::Consent);
    assert_eq!(name(bed.service.status(&issued.session)), "consent-unknown");
}

#[test]
fn a_request_is_displayed_without_national_ids() {
    let bed = Bed::new();
    let mut request = bed.open().request().clone();
    let text = |name: &str| format!("{name} 10000000146");
    request.service = text("Portal");
    request.session = text("session");
    request.person.name = text("KİŞİ");
    request.kind.language = text("tr");
    request.texts[0].title = text("Metin");
    request.documents[0].address = text("https://portal.example/");
    request.declarations[0].text = text("Okudum");
    let json = serde_json::to_string(&request).unwrap();
    assert_eq!(json.matches("10000000146").count(), 8);
    assert_eq!(Request::from_json(&json).unwrap(), request);
    let masked = serde_json::to_string(&request.clone().masked()).unwrap();
    for shown in [format!("{request:?}"), masked.clone()] {
        assert!(!shown.contains("10000000146"), "{shown}");
        assert_eq!(shown.matches("100******46").count(), 8);
    }
    assert_eq!(name(Request::from_json(&masked)), "record-malformed");
}

#[test]
fn an_inspection_shows_what_binds_a_signature() {
    let bed = Bed::new();
    let session = bed.open();
    let signed = bed.sign(&session, &FileKey::of("nes-p256"));
    let inspection = eimza_core::cms::inspect(&signed.signatures()[0]).unwrap();
    let said = |name: &str| {
        let mut attributes = inspection.signers[0].signed_attributes.as_ref().unwrap().iter();
        attributes.find(|attribute| attribute.name == Some(name)).unwrap().text.clone().unwrap().to_string()
    };
    let record = eimza_core::crypto::DigestAlgorithm::Sha256.digest(signed.record()).to_hex();
    assert_eq!(said("content-identifier"), format!("{record}00000000"));
    assert_eq!(said("commitment-type-indication"), "approval");
}
