//! The verdict of the receiving side: what a receipt says it rests on, what is kept, and what nobody can smuggle in.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::bed::forger::{key, signed, verdict};
use crate::bed::{Bed, certificate_named, data, now, published};
use eimza_core::Time;
use eimza_core::cms::{Additions, SignedData};
use eimza_core::consent::{ConsentPortal, ConsentService, ConsentStatus, Receipt, Submission};
use eimza_core::revocation::{GivenStatus, StatusData, StatusSource, StatusWanted};
use eimza_core::validation::{Anchors, Indication, Level, TrustedFor, Validation};
use eimza_testkit::status::{CrlDraft, GOOD, OcspDraft, single};

/// An accepted consent: its session and its receipt.
fn accepted(bed: &Bed) -> (String, Receipt) {
    let (session, made, _) = signed(bed);
    let receipt = session.submit(&made).unwrap();
    assert!(receipt.is_accepted());
    (session.request().session.clone(), receipt)
}

fn ocsp() -> Vec<u8> {
    let (updated, next) = ("20260615120000Z", Some("20260616120000Z"));
    OcspDraft::new("nes-ca", single(("nes-p256", "nes-ca"), "sha256", GOOD, updated, next, &[]).unwrap())
        .sign()
        .unwrap()
}

#[test]
fn a_receipt_says_by_which_anchor_and_which_data() {
    let lists = data(["root", "nes-ca"].map(CrlDraft::new));
    let digests: Vec<String> = lists.crls.iter().map(|crl| crl.sha256().to_hex()).collect();
    let bed = Bed::asking(Arc::new(lists));
    let (_, receipt) = accepted(&bed);
    let verdict = receipt.verdict().unwrap();
    assert_eq!((verdict.indication, verdict.level), (Indication::TotalPassed, Level::BB));
    assert_eq!(verdict.policy, "tr-nes");
    assert_eq!(verdict.judged_at.utc, now(&bed));
    assert_eq!(verdict.anchor_sha256, Some(certificate_named("root").sha256().to_hex()));
    assert_eq!(verdict.crls_sha256, digests);
    assert!(verdict.ocsps_sha256.is_empty() && verdict.missing.is_empty());

    // With an OCSP answer that is newer than the list, the answer counts for the signer.
    let mut status = data([CrlDraft::new("root")]);
    status.add_ocsps(&ocsp()).unwrap();
    let answer = status.ocsps[0].sha256().to_hex();
    let (_, receipt) = accepted(&Bed::asking(Arc::new(status)));
    let verdict = receipt.verdict().unwrap();
    assert_eq!((verdict.ocsps_sha256.as_slice(), verdict.crls_sha256.len()), ([answer].as_slice(), 1));
}

/// What a service keeps is judged years later with the root alone; the receipt proves its time.
#[test]
fn a_kept_signature_is_judged_years_later_and_keeps_its_octets() {
    let mut status = data([CrlDraft::new("root")]);
    status.add_ocsps(&ocsp()).unwrap();
    let bed = Bed::asking(Arc::new(status));
    let (session, made, _) = signed(&bed);
    let receipt = session.submit(&made).unwrap();
    let kept = bed.service.signatures(&session.request().session).unwrap().unwrap();
    let ([kept], [submitted]) = (kept.as_slice(), made.signatures()) else { panic!("one text") };
    let (kept, submitted) = (SignedData::read(kept).unwrap(), SignedData::read(submitted).unwrap());
    assert_eq!(kept.signers()[0].bytes(), submitted.signers()[0].bytes());
    assert_eq!(kept.content().unwrap(), submitted.content().unwrap());
    assert_eq!((kept.certificates().count(), kept.revocation_data().count()), (3, 2));

    let anchors = Anchors::new().trust(certificate_named("root"), TrustedFor::Signers);
    let later = Validation::new(Time::parse("2036-01-01T00:00:00Z").unwrap(), &anchors);
    let proven = later.clone().existed_since(receipt.received_at());
    assert_eq!(proven.of_signed_data(&kept).unwrap().indication, Indication::TotalPassed);
    // Each part of that is needed: what came in, and the time of the receipt.
    assert_ne!(proven.of_signed_data(&submitted).unwrap().indication, Indication::TotalPassed);
    assert_ne!(later.of_signed_data(&kept).unwrap().indication, Indication::TotalPassed);
}

#[test]
fn a_service_may_keep_signatures_as_they_came() {
    let bed = Bed::set_up(|settings| settings.completes_signatures = false);
    let (session, made, _) = signed(&bed);
    session.submit(&made).unwrap();
    assert_eq!(bed.service.signatures(&session.request().session).unwrap().as_deref(), Some(made.signatures()));
}

/// A list from before the revocation, still in its time, enclosed by whoever has the card now.
#[test]
fn status_data_that_the_signer_encloses_does_not_count() {
    let bed = Bed::asking(Arc::new(StatusData::new()));
    let (session, made, _) = signed(&bed);
    let enclosed = published().crls.iter().fold(Additions::new(), |all, crl| all.revocation_data(crl.der()));
    let signatures: Vec<_> =
        made.signatures().iter().map(|file| SignedData::read(file).unwrap().with(&enclosed).unwrap()).collect();
    // The verdict over the file alone would take it: the attack works on a service that looks no further.
    let anchors = Anchors::new().trust(certificate_named("root"), TrustedFor::Signers);
    let certificates = [certificate_named("nes-ca")];
    let validation = Validation::new(now(&bed), &anchors).certificates(&certificates);
    assert_eq!(validation.of(&signatures[0]).unwrap().indication, Indication::TotalPassed);
    let submission = Submission { record: made.record().to_vec(), signatures };
    let answer = bed.service.submit(&session.request().session, &submission).unwrap();
    assert!(matches!(answer, ConsentStatus::Received(_)), "{answer:?}");
}

/// Counts how often it is asked, and has nothing.
#[derive(Default)]
struct Asked(AtomicUsize);

impl StatusSource for Asked {
    fn status(&self, _: &[StatusWanted<'_>], _: Time) -> StatusData {
        self.0.fetch_add(1, Ordering::Relaxed);
        StatusData::new()
    }
}

#[test]
fn nobody_makes_the_service_fetch_for_what_does_not_hold() {
    let asked = Arc::new(Asked::default());
    let bed = Bed::asking(asked.clone());
    let (session, made, _) = signed(&bed);
    let mut altered = made.signatures()[0].clone();
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), vec![altered]), "signature");
    let (session, made, _) = signed(&bed);
    assert_eq!(verdict(&bed, &session, b"{}".to_vec(), made.signatures().to_vec()), "record");
    let (session, made, _) = signed(&bed);
    bed.pass(301);
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), made.signatures().to_vec()), "Expired");
    assert_eq!(asked.0.load(Ordering::Relaxed), 0);
    let (session, made, _) = signed(&bed);
    session.submit(&made).unwrap();
    assert_eq!(asked.0.load(Ordering::Relaxed), 1);
}

/// As many certificates as fit, all with the name of the issuer: each is a path that has to be looked at.
#[test]
fn a_crowd_of_issuers_costs_a_bounded_time() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let names = ["other-ca", "nes-ca-p384", "seal-ca", "ca-rsa1024", "ca-without-cert-sign"];
    let crowd = names
        .into_iter()
        .cycle()
        .take(30)
        .fold(Additions::new(), |all, name| all.certificate(certificate_named(name).der()));
    let crowded: Vec<_> =
        made.signatures().iter().map(|file| SignedData::read(file).unwrap().with(&crowd).unwrap()).collect();
    let start = std::time::Instant::now();
    let said = verdict(&bed, &session, made.record().to_vec(), crowded);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(said, "accepted");
}

/// Data that is given twice is kept once, and what does not concern a question is not handed out.
#[test]
fn given_status_data_is_kept_once() {
    let given = GivenStatus::new();
    given.add(published());
    given.add(published());
    given.add_ocsps(&ocsp()).unwrap();
    assert!(given.add_crls(b"no list").is_err());
    let (signer, issuer, other) = (key().certificate, certificate_named("nes-ca"), certificate_named("nes-rsa2048"));
    let asked = |certificate| {
        given.status(&[StatusWanted { certificate, issuer: &issuer }], Time::parse("2026-06-15T12:00:00Z").unwrap())
    };
    assert_eq!((asked(&signer).crls.len(), asked(&signer).ocsps.len()), (3, 1));
    assert_eq!(asked(&other).ocsps.len(), 0);
}

/// Whatever a wire says of a receipt, the receipt itself decides.
#[test]
fn a_receipt_of_what_waits_is_never_read_as_an_acceptance() {
    let bed = Bed::asking(Arc::new(StatusData::new()));
    let (session, made, _) = signed(&bed);
    let receipt = session.submit(&made).unwrap();
    assert!(receipt.display().unwrap().contains("\"accepted_at\": null"));
    let status = bed.service.status(&session.request().session).unwrap();
    let wire = status.to_wire().unwrap();
    let service = bed.service.seal_certificate();
    assert!(matches!(ConsentStatus::from_wire(&wire, service), Ok(ConsentStatus::Received(same)) if *same == receipt));
    for state in ["accepted", "revoked"] {
        let forged = wire.replacen("received", state, 1);
        assert_eq!(ConsentStatus::from_wire(&forged, service).unwrap_err().name(), "receipt-invalid");
    }
    let (_, accepted) = accepted(&Bed::new());
    let wire = ConsentStatus::of_receipt(accepted.clone()).to_wire().unwrap();
    assert!(ConsentStatus::from_wire(&wire.replacen("accepted", "received", 1), service).is_err());
    // Nor does it take a note of a revocation.
    let given = Bed::new();
    let (_, consent) = self::accepted(&given);
    let person = crate::bed::person();
    let revocation = given.service.declare_revocation(&person, &consent.record().request.kind, true).unwrap();
    let seal = crate::bed::FileKey::of("seal");
    assert!(consent.revoked_by(&revocation, &seal).is_ok());
    assert_eq!(receipt.revoked_by(&revocation, &seal).unwrap_err().name(), "receipt-invalid");
}
