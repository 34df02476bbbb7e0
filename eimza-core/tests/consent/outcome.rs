//! Handing in over a way that loses answers, lies, or takes its time.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use crate::bed::{Bed, FileKey, forger, name, reason};
use eimza_core::consent::{
    ConsentService, ConsentSession, ConsentStatus, Purpose, Receipt, Record, Redeemed, Rejection, SessionState,
    SignedConsent, Submission,
};
use eimza_core::{Error, Result, VerificationCode};

type Way = Box<dyn Fn(Result<ConsentStatus>) -> Result<ConsentStatus> + Send>;

/// The way to the service: what it answers comes through [`Line::way`].
struct Line {
    service: Arc<dyn ConsentService>,
    way: Mutex<Way>,
}

/// A way on which asking takes five seconds, and so does the answer.
struct Slow(Bed);

impl ConsentService for Slow {
    fn redeem(&self, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed> {
        self.0.pass(5);
        let redeemed = self.0.service.redeem(code, purpose);
        self.0.pass(5);
        redeemed
    }

    fn submit(&self, session: &str, submission: &Submission) -> Result<ConsentStatus> {
        self.0.service.submit(session, submission)
    }

    fn status(&self, session: &str) -> Result<ConsentStatus> {
        self.0.service.status(session)
    }
}

impl Line {
    fn to(bed: &Bed) -> Arc<Self> {
        Arc::new(Self { service: bed.service.clone(), way: Mutex::new(Box::new(|answer| answer)) })
    }

    fn becomes(&self, way: impl Fn(Result<ConsentStatus>) -> Result<ConsentStatus> + Send + 'static) {
        *self.way.lock().unwrap() = Box::new(way);
    }
}

impl ConsentService for Line {
    fn redeem(&self, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed> {
        self.service.redeem(code, purpose)
    }

    fn submit(&self, session: &str, submission: &Submission) -> Result<ConsentStatus> {
        (self.way.lock().unwrap())(self.service.submit(session, submission))
    }

    fn status(&self, session: &str) -> Result<ConsentStatus> {
        (self.way.lock().unwrap())(self.service.status(session))
    }
}

fn unreachable() -> Error {
    let source = std::io::Error::from(std::io::ErrorKind::TimedOut);
    Error::ServiceUnreachable { source: source.into() }
}

fn signed(bed: &Bed, line: &Arc<Line>) -> (ConsentSession, SignedConsent) {
    let session = ConsentSession::open(line.clone(), bed.issue(Purpose::Consent).code, bed.clock.clone()).unwrap();
    let made = bed.sign(&session, &FileKey::of("nes-p256"));
    (session, made)
}

#[test]
fn a_lost_answer_is_settled_by_asking() {
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    line.becomes(|_| Err(unreachable()));
    for lost in [session.submit(&made).map(Some), session.settle()] {
        let Err(error @ Error::ConsentOutcomeUnknown { .. }) = lost else { panic!("{lost:?}") };
        let cause = std::error::Error::source(&error).unwrap();
        assert_eq!(cause.downcast_ref::<Error>().map(Error::name), Some("service-unreachable"));
        assert_eq!(cause.source().unwrap().to_string(), "timed out");
        assert_eq!(session.state(), SessionState::OutcomeUnknown);
    }
    line.becomes(|answer| answer);
    let receipt = session.settle().unwrap().unwrap();
    assert_eq!(session.state(), SessionState::Accepted);
    assert_eq!(receipt.signatures_sha256().len(), 1);
}

#[test]
fn what_was_decided_stays_decided() {
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    session.submit(&made).unwrap();
    line.becomes(|_| Err(unreachable()));
    assert_eq!(name(session.settle()), "service-unreachable");
    line.becomes(|_| Ok(ConsentStatus::Rejected(Rejection::Issuer)));
    assert_eq!(reason(session.settle()), "issuer");
    assert_eq!(session.state(), SessionState::Accepted);
}

#[test]
fn asking_before_anything_was_handed_in_loses_nothing() {
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    assert_eq!(session.settle().unwrap(), None);
    line.becomes(|_| Err(unreachable()));
    assert_eq!(name(session.settle()), "service-unreachable");
    assert_eq!(session.state(), SessionState::Signed);
    line.becomes(|answer| answer);
    session.submit(&made).unwrap();
}

/// Whatever else went wrong on the way: it may have arrived, and its time may not run out here.
#[test]
fn after_any_failure_the_outcome_is_unknown() {
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    line.becomes(|_| Err(Error::ServiceFailed { source: "no JSON".into() }));
    assert_eq!(name(session.submit(&made)), "service-failed");
    assert_eq!(session.state(), SessionState::OutcomeUnknown);
    line.becomes(|_| Ok(ConsentStatus::Open));
    assert_eq!(name(session.submit(&made)), "consent-outcome-unknown");
    bed.pass(3600);
    session.cancel();
    assert_eq!(session.state(), SessionState::OutcomeUnknown);
    line.becomes(|answer| answer);
    assert!(session.settle().unwrap().is_some());
}

#[test]
fn what_never_arrived_is_handed_in_again() {
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    let down = Arc::new(Line { service: Arc::new(Unreachable), way: Mutex::new(Box::new(|answer| answer)) });
    assert_eq!(
        name(ConsentSession::open(down, bed.issue(Purpose::Consent).code, bed.clock.clone())),
        "service-unreachable"
    );
    line.becomes(|_| Err(unreachable()));
    assert_eq!(name(session.submit(&made)), "consent-outcome-unknown");
    line.becomes(|_| Ok(ConsentStatus::Open));
    assert_eq!(session.settle().unwrap(), None);
    line.becomes(|answer| answer);
    session.submit(&made).unwrap();
    assert_eq!(session.state(), SessionState::Accepted);
}

struct Unreachable;

impl ConsentService for Unreachable {
    fn redeem(&self, _: &VerificationCode, _: Option<Purpose>) -> Result<Redeemed> {
        Err(unreachable())
    }

    fn submit(&self, _: &str, _: &Submission) -> Result<ConsentStatus> {
        Err(unreachable())
    }

    fn status(&self, _: &str) -> Result<ConsentStatus> {
        Err(unreachable())
    }
}

/// A window shows state and countdown while another thread waits for the service.
#[test]
fn a_session_is_submitted_while_the_service_is_at_work() {
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    let ((arrived, is_there), (go_on, may_go_on)): ((Sender<()>, _), (_, Receiver<()>)) = (channel(), channel());
    line.becomes(move |answer| {
        arrived.send(()).unwrap();
        may_go_on.recv().unwrap();
        answer
    });
    let receipt = std::thread::scope(|scope| {
        let submitting = scope.spawn(|| session.submit(&made).unwrap());
        is_there.recv().unwrap();
        assert_eq!(session.state(), SessionState::Submitted);
        // It is out of our hands: neither a change of mind nor the end of the time takes it back.
        session.cancel();
        bed.pass(3600);
        assert!(session.remaining().is_zero());
        assert_eq!(session.state(), SessionState::Submitted);
        assert_eq!(name(session.tick(0, false)), "consent-order");
        go_on.send(()).unwrap();
        submitting.join().unwrap()
    });
    assert_eq!(session.state(), SessionState::Accepted);
    assert_eq!(
        bed.service.receipt(&crate::bed::person(), &eimza_core::consent::Kind::e_onay()).unwrap(),
        Some(receipt)
    );
}

/// A receipt of the service's, for somebody else's request.
#[test]
fn a_receipt_of_another_session_is_not_this_session_s() {
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    let foreign: Receipt = session.submit(&made).unwrap();
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    line.becomes(move |_| Ok(ConsentStatus::Accepted(Box::new(foreign.clone()))));
    assert_eq!(name(session.submit(&made)), "receipt-invalid");
    assert_eq!(session.state(), SessionState::OutcomeUnknown);
}

/// The countdown takes the slow way as time passed; no moment lies ahead of the service for it.
#[test]
fn a_slow_way_puts_no_reading_into_the_future() {
    let bed = Bed::new();
    let (code, clock) = (bed.issue(Purpose::Consent).code, bed.clock.clone());
    let session = ConsentSession::open(Arc::new(Slow(bed)), code, clock.clone()).unwrap();
    assert_eq!(session.remaining().as_secs(), 285);
    assert_eq!(session.now(), session.request().opened_at);
    session.show(0).unwrap();
    session.read(0).unwrap();
    session.tick(0, true).unwrap();
    let key = FileKey::of("nes-p256");
    let prepared = session.prepare(&key.certificate).unwrap();
    let values = key.sign_all(&prepared);
    session.submit(&session.complete(prepared, &values).unwrap()).unwrap();
}

/// Somebody else, with the person's other card, was faster: that receipt is not for what was signed here.
#[test]
fn a_receipt_for_other_signatures_is_not_this_session_s() {
    let bed = Bed::new();
    let line = Line::to(&bed);
    let (session, made) = signed(&bed, &line);
    let record = Record::from_bytes(made.record()).unwrap();
    let options = forger::options(&record, 0, made.signed_at());
    let other = forger::forged(&FileKey::of("nes-rsa2048"), session.texts().first().unwrap().body(), &options);
    let submission = Submission { record: made.record().to_vec(), signatures: vec![other] };
    let answer = bed.service.submit(&session.request().session, &submission).unwrap();
    assert!(matches!(answer, ConsentStatus::Accepted(_)));
    line.becomes(move |_| Ok(answer.clone()));
    for answered in [session.submit(&made).map(Some), session.settle()] {
        assert_eq!(name(answered), "receipt-invalid");
        assert_eq!(session.state(), SessionState::OutcomeUnknown);
    }
}
