//! What is received while status data is missing: what is said of it, and what becomes of it when the data has come.

use std::sync::{Arc, Barrier};

use crate::bed::forger::{key, signed};
use crate::bed::{Bed, certificate_named, data, name, now, person, published, reason, settings};
use eimza_core::Time;
use eimza_core::consent::{
    ApplicationState, ConsentPortal, ConsentService, ConsentSession, ConsentStatus, Kind, MemoryStore, Portal, Purpose,
    Receipt, ReceiptSigner, SessionState, SignedConsent, Started,
};
use eimza_core::crypto::{Curve, KeyType};
use eimza_core::revocation::{GivenStatus, StatusData, StatusSource, StatusWanted};
use eimza_core::token::software::{KeyMaterial, Validity};
use eimza_core::validation::{CheckName, Indication, Reason, SubIndication};
use eimza_testkit::status::{CrlDraft, entry, serial};

/// A bed whose service has no status data yet, and where it is given.
fn bed() -> (Bed, Arc<GivenStatus>) {
    let status = Arc::new(GivenStatus::new());
    (Bed::asking(status.clone()), status)
}

/// A consent that was handed in, and its receipt.
fn handed_in(bed: &Bed) -> (ConsentSession, SignedConsent, Receipt) {
    let (session, made, _) = signed(bed);
    let receipt = session.submit(&made).unwrap();
    (session, made, receipt)
}

/// The lists of these authorities, and one of `nes-ca` that names the signer since this time.
fn revoked_since(since: &str) -> StatusData {
    let number = eimza_testkit::der::contents(&serial("nes-p256")).to_vec();
    let newer = CrlDraft {
        this_update: "20260615130000Z".into(),
        entries: vec![entry(&number, since, &[])],
        ..CrlDraft::new("nes-ca")
    };
    data([CrlDraft::new("root"), newer])
}

fn of(session: &ConsentSession) -> &str {
    &session.request().session
}

#[test]
fn without_status_data_it_is_received_and_with_it_accepted() {
    let (bed, status) = bed();
    let (session, made, receipt) = handed_in(&bed);
    let arrived_at = now(&bed);
    assert_eq!(session.state(), SessionState::Received);
    assert_eq!((receipt.is_accepted(), receipt.accepted_at(), receipt.received_at()), (false, None, arrived_at));
    let verdict = receipt.verdict().unwrap();
    assert_eq!(
        (verdict.indication, verdict.sub_indication),
        (Indication::Indeterminate, Some(SubIndication::TryLater))
    );
    let missing: Vec<_> = verdict.missing.iter().map(|one| (one.check, one.reason)).collect();
    assert_eq!(missing, [(CheckName::Revocation, Reason::StatusMissing)]);
    assert_eq!(bed.service.stands_since(&person(), &Kind::e_onay()).unwrap(), None);
    assert_eq!(bed.service.received().unwrap(), [of(&session)]);
    assert_eq!(bed.service.signatures(of(&session)).unwrap(), None);
    // Asked again without anything new, it still waits, and so it is for an application.
    assert!(matches!(bed.service.judge_again(of(&session)), Ok(ConsentStatus::Received(_))));
    assert!(!session.settle().unwrap().unwrap().is_accepted());
    assert_eq!(name(session.submit(&made)), "consent-order");

    bed.pass(3600);
    status.add(published());
    let answer = bed.service.judge_again(of(&session)).unwrap();
    let ConsentStatus::Accepted(accepted) = answer else { panic!("{answer:?}") };
    assert_eq!((accepted.accepted_at(), accepted.received_at()), (Some(now(&bed)), arrived_at));
    assert_eq!(accepted.verdict().unwrap().best_signature_time.as_ref().unwrap().utc, arrived_at);
    assert_eq!(bed.service.stands_since(&person(), &Kind::e_onay()).unwrap(), Some(now(&bed)));
    assert_eq!(session.settle().unwrap().as_ref(), Some(&*accepted));
    assert_eq!(session.state(), SessionState::Accepted);
    // It was decided: nothing waits, and to ask once more changes nothing.
    assert_eq!(bed.service.received().unwrap(), Vec::<String>::new());
    bed.pass(60);
    let again = bed.service.judge_again(of(&session)).unwrap();
    assert_eq!(again.receipt(), Some(&*accepted));
}

/// The service's record proves when it arrived; a certificate that ends later does no harm.
#[test]
fn a_certificate_that_ends_while_its_consent_waits_does_no_harm() {
    let status = Arc::new(GivenStatus::new());
    let not_after = Time::parse("2060-01-01T00:00:00Z").unwrap();
    let validity = Validity { not_before: Time::parse("2026-06-15T12:00:00Z").unwrap(), not_after };
    let seal = KeyMaterial::self_signed(&KeyType::Ec(Curve::P256), "SEAL", validity).unwrap();
    let bed = Bed::set_up(|settings| {
        (settings.status, settings.seal) = (status.clone(), Arc::new(ReceiptSigner::new(seal).unwrap()));
    });
    let (session, ..) = handed_in(&bed);
    bed.clock.advance(now(&bed).until(key().certificate.not_after().unwrap()));
    bed.pass(1);
    status.add(published());
    let answer = bed.service.judge_again(of(&session));
    assert!(matches!(answer, Ok(ConsentStatus::Accepted(_))), "{answer:?}");
}

/// Nothing has taken effect while it waits: a revocation that becomes known until then counts, whenever that was.
#[test]
fn what_is_revoked_meanwhile_is_refused() {
    for since in ["20260615110000Z", "20260615123000Z"] {
        let (bed, status) = bed();
        let (session, ..) = handed_in(&bed);
        bed.pass(3600);
        status.add(revoked_since(since));
        let answer = bed.service.judge_again(of(&session)).unwrap();
        assert_eq!(answer.rejection().map(|why| why.name()), Some("revoked"), "{since}: {answer:?}");
        assert_eq!(reason(session.settle()), "revoked");
        assert_eq!(bed.service.stands_since(&person(), &Kind::e_onay()).unwrap(), None);
    }
}

#[test]
fn stale_or_partial_status_data_does_not_do() {
    let stale = |issuer| CrlDraft {
        this_update: "20260601120000Z".into(),
        next_update: Some("20260608120000Z".into()),
        ..CrlDraft::new(issuer)
    };
    let cases = [
        (data(["root", "nes-ca"].map(stale)), Reason::StatusNotFresh),
        (data([CrlDraft::new("nes-ca")]), Reason::StatusMissing),
        (data([CrlDraft::new("root"), CrlDraft::new("other-ca")]), Reason::StatusUnusable),
    ];
    for (given, expected) in cases {
        let (bed, status) = bed();
        status.add(given);
        let (session, _, receipt) = handed_in(&bed);
        assert_eq!(session.state(), SessionState::Received, "{expected}");
        assert_eq!(receipt.verdict().unwrap().missing[0].reason, expected);
        status.add(published());
        assert!(matches!(bed.service.judge_again(of(&session)), Ok(ConsentStatus::Accepted(_))), "{expected}");
    }
}

#[test]
fn under_other_anchors_it_is_refused_and_never_waits() {
    let bed = Bed::set_up(|settings| {
        settings.trust = eimza_core::consent::Trust::in_anchors([certificate_named("other-ca")])
            .with_certificates([certificate_named("nes-ca")]);
        settings.status = Arc::new(GivenStatus::new());
    });
    let (session, made, _) = signed(&bed);
    assert_eq!(reason(session.submit(&made)), "issuer");
    assert_eq!(bed.service.received().unwrap(), Vec::<String>::new());
}

#[test]
fn an_application_waits_with_its_consent_and_no_second_code_is_issued() {
    let (bed, status) = bed();
    let certificate = key().certificate;
    let (session, _, receipt) = handed_in(&bed);
    let since = receipt.received_at();
    bed.pass(60);
    let apply = || bed.service.apply_for_renewal(&person(), &certificate).unwrap().state;
    assert_eq!(apply(), ApplicationState::AwaitsVerdict { since });
    let started = bed.service.start(&person(), &Kind::e_onay(), Purpose::Consent).unwrap();
    let Started::AlreadyReceived { since: told, session: waits } = started else { panic!("{started:?}") };
    assert_eq!((told, waits.as_str()), (since, of(&session)));
    assert_eq!(name(bed.service.renew(of(&session))), "code-used");
    status.add(published());
    bed.service.judge_again(of(&session)).unwrap();
    assert_eq!(apply(), ApplicationState::Held { until: certificate.renewable_from().unwrap() });
}

#[test]
fn what_was_received_can_be_withdrawn() {
    let (bed, status) = bed();
    let (session, ..) = handed_in(&bed);
    bed.service.cancel(of(&session)).unwrap();
    status.add(published());
    assert!(matches!(bed.service.judge_again(of(&session)), Ok(ConsentStatus::Cancelled)));
    assert_eq!(bed.service.received().unwrap(), Vec::<String>::new());
    assert_eq!(name(session.settle()), "consent-cancelled");
    bed.issue(Purpose::Consent);
}

#[test]
fn a_revocation_waits_too_and_the_consent_stands_until_it_is_accepted() {
    let (bed, status) = bed();
    let list = |of: &str, from: &str, until: &str| CrlDraft {
        this_update: from.into(),
        next_update: Some(until.into()),
        ..CrlDraft::new(of)
    };
    status.add(data(["root", "nes-ca"].map(|of| list(of, "20260615120000Z", "20260615130000Z"))));
    let (given, _, receipt) = handed_in(&bed);
    assert!(receipt.is_accepted());
    // An hour later the lists are too old, and no newer ones are there.
    bed.pass(2 * 3600);
    let revocation = bed.open_revocation();
    let receipt = revocation.submit(&bed.sign(&revocation, &key())).unwrap();
    assert!(!receipt.is_accepted());
    assert!(matches!(bed.service.status(of(&given)), Ok(ConsentStatus::Accepted(_))));
    let started = bed.service.start(&person(), &Kind::e_onay(), Purpose::Revocation).unwrap();
    assert!(matches!(started, Started::AlreadyReceived { .. }), "{started:?}");
    status.add(data(["root", "nes-ca"].map(|of| list(of, "20260615140000Z", "20260615150000Z"))));
    assert!(matches!(bed.service.judge_again(of(&revocation)), Ok(ConsentStatus::Accepted(_))));
    assert!(matches!(bed.service.status(of(&given)), Ok(ConsentStatus::Revoked(_))));
}

/// What a restarted service finds in its store is all that it needs.
#[test]
fn a_restart_loses_nothing_that_waits() {
    let (bed, store) = (Bed::new(), Arc::new(MemoryStore::default()));
    let portal = |status: StatusData| {
        let settings = settings(|settings| settings.status = Arc::new(status));
        Arc::new(Portal::over(store.clone(), settings, bed.clock.clone()))
    };
    let before = portal(StatusData::new());
    let Started::Issued(issued) = before.start(&person(), &Kind::e_onay(), Purpose::Consent).unwrap() else {
        panic!("no code")
    };
    let session = ConsentSession::open(before.clone(), issued.code, bed.clock.clone()).unwrap();
    let made = bed.sign(&session, &key());
    let receipt = session.submit(&made).unwrap();
    assert!(!receipt.is_accepted());
    // Days later: sessions that came to nothing are forgotten by now, this one is not.
    bed.clock.advance(std::time::Duration::from_secs(3 * 24 * 60 * 60));
    drop(before);
    let after = portal(published());
    let waiting = after.received().unwrap();
    assert_eq!(waiting, [of(&session)]);
    let ConsentStatus::Accepted(accepted) = after.judge_again(&waiting[0]).unwrap() else { panic!("not accepted") };
    assert_eq!(accepted.received_at(), receipt.received_at());
    assert_eq!(accepted.signatures_sha256(), receipt.signatures_sha256());
}

/// A source that answers when it is let.
struct SlowSource {
    reached: Barrier,
    released: Barrier,
}

impl StatusSource for SlowSource {
    fn status(&self, wanted: &[StatusWanted<'_>], _: Time) -> StatusData {
        // The signer and the authority above it, each with its issuer.
        assert_eq!(wanted.len(), 2);
        self.reached.wait();
        self.released.wait();
        published()
    }
}

#[test]
fn a_verdict_that_waits_for_data_holds_nobody_up() {
    let source = Arc::new(SlowSource { reached: Barrier::new(2), released: Barrier::new(2) });
    let bed = Bed::asking(source.clone());
    let (session, made, _) = signed(&bed);
    std::thread::scope(|scope| {
        let submitting = scope.spawn(|| session.submit(&made));
        source.reached.wait();
        assert!(matches!(bed.service.status(of(&session)), Ok(ConsentStatus::Open)));
        bed.issue(Purpose::Consent);
        bed.open();
        assert_eq!(session.state(), SessionState::Submitted);
        source.released.wait();
        assert!(submitting.join().unwrap().unwrap().is_accepted());
    });
}

#[test]
fn several_that_judge_at_once_come_to_one_end() {
    let (bed, status) = bed();
    let (session, ..) = handed_in(&bed);
    status.add(published());
    let answers = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| bed.service.judge_again(of(&session)).unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    let kept = bed.service.receipt(&person(), &Kind::e_onay()).unwrap();
    assert!(kept.is_some());
    assert!(answers.iter().all(|answer| answer.receipt() == kept.as_ref()), "{answers:?}");
}

/// Two sessions were open at once: the first that is accepted counts.
#[test]
fn what_waited_while_another_consent_was_accepted_is_refused() {
    let (bed, status) = bed();
    let (one, other) = (bed.open(), bed.open());
    let (first, second) = (bed.sign(&one, &key()), bed.sign(&other, &key()));
    one.submit(&first).unwrap();
    status.add(published());
    assert!(other.submit(&second).unwrap().is_accepted());
    let answer = bed.service.judge_again(of(&one)).unwrap();
    assert_eq!(answer.rejection().map(|why| why.name()), Some("request"), "{answer:?}");
}
