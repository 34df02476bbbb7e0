//! What the receiving side has to refuse: each test hands in something that is right but for one thing.

use std::sync::{Arc, Barrier};

use crate::bed::forger::{forged, key, options, signed, verdict};
use crate::bed::{Bed, FileKey, e_onay, name, reason};
use eimza_core::cades::{Commitment, ContentHints, SigningOptions};
use eimza_core::cms;
use eimza_core::consent::{
    Caller, ConsentPortal, ConsentService, ConsentSession, ConsentStatus, ConsentText, Kind, Purpose, Receipt, Seal,
    SessionState, Submission,
};
use eimza_core::crypto::{Curve, KeyType};
use eimza_core::error::ReceiptPart;
use eimza_core::token::SignRequest;
use eimza_core::token::software::{TestIssuer, TestPerson, Validity};
use eimza_core::{Certificate, Clock, Result, Time, VerificationCode};

const YEAR: std::time::Duration = std::time::Duration::from_secs(365 * 24 * 60 * 60);

#[test]
fn the_forger_of_these_tests_would_be_accepted_if_nothing_were_wrong() {
    let bed = Bed::new();
    let (session, made, record) = signed(&bed);
    let forged = forged(&key(), session.texts()[0].body(), &options(&record, 0, made.signed_at()));
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), vec![forged]), "accepted");
}

#[test]
fn a_signature_of_another_session_is_refused() {
    let bed = Bed::new();
    let (_, other, _) = signed(&bed);
    let (session, made, _) = signed(&bed);
    let wrong = verdict(&bed, &session, other.record().to_vec(), other.signatures().to_vec());
    assert_eq!(wrong, "request");
    let bed = Bed::new();
    let (_, other, _) = signed(&bed);
    let (session, made_again, _) = signed(&bed);
    let wrong = verdict(&bed, &session, made_again.record().to_vec(), other.signatures().to_vec());
    assert_eq!(wrong, "binding");
    drop(made);
}

#[test]
fn a_session_does_not_hand_in_what_another_one_signed() {
    let bed = Bed::new();
    let (_, other, _) = signed(&bed);
    let (session, _, _) = signed(&bed);
    assert_eq!(reason(session.submit(&other)), "request");
}

#[test]
fn another_document_version_is_another_request() {
    let bed = Bed::new();
    let (session, made, mut record) = signed(&bed);
    record.request.documents[0].version = "2".into();
    let signature = forged(&key(), session.texts()[0].body(), &options(&record, 0, made.signed_at()));
    assert_eq!(verdict(&bed, &session, record.to_bytes().unwrap(), vec![signature]), "request");
}

#[test]
fn a_record_in_another_form_is_refused() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let spaced = String::from_utf8(made.record().to_vec()).unwrap().replacen(':', ": ", 1);
    assert_eq!(verdict(&bed, &session, spaced.into_bytes(), made.signatures().to_vec()), "record");
}

#[test]
fn another_text_is_refused() {
    let bed = Bed::new();
    let (session, made, record) = signed(&bed);
    let text = session.texts()[0].body().replace("onaylıyorum", "onaylamıyorum");
    let signature = forged(&key(), &text, &options(&record, 0, made.signed_at()));
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), vec![signature]), "text");
}

#[test]
fn texts_in_another_order_are_refused() {
    let mut offer = e_onay();
    offer.texts.push(ConsentText::new("İkinci metin", "Aynı metin").unwrap());
    offer.texts.push(ConsentText::new("Üçüncü metin", "Aynı metin").unwrap());
    let bed = Bed::offering(vec![offer.clone()]);
    let (session, made, _) = signed(&bed);
    let mut swapped = made.signatures().to_vec();
    swapped.swap(0, 1);
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), swapped), "text");
    // The same octets twice: only the number in the content-identifier tells them apart.
    let bed = Bed::offering(vec![offer]);
    let (session, made, _) = signed(&bed);
    let mut swapped = made.signatures().to_vec();
    swapped.swap(1, 2);
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), swapped), "binding");
}

#[test]
fn a_signature_value_that_does_not_fit_is_refused() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let mut damaged = made.signatures().to_vec();
    *damaged[0].last_mut().unwrap() ^= 1;
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), damaged), "signature");
}

#[test]
fn each_text_has_its_signature() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), Vec::new()), "count");
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let twice = [made.signatures(), made.signatures()].concat();
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), twice), "count");
}

#[test]
fn another_commitment_or_none_is_refused() {
    for commitment in [None, Some(Commitment::Receipt)] {
        let bed = Bed::new();
        let (session, made, record) = signed(&bed);
        let options = SigningOptions { commitment, ..options(&record, 0, made.signed_at()) };
        let signature = forged(&key(), session.texts()[0].body(), &options);
        assert_eq!(verdict(&bed, &session, made.record().to_vec(), vec![signature]), "binding");
    }
}

#[test]
fn a_text_that_is_said_to_be_something_else_is_refused() {
    let hints = |text: &str| Some(ContentHints { description: Some(text.into()) });
    for (mime_type, content_hints, expected) in [
        (Some("text/html"), None, "binding"),
        (None, hints("Kabul etmiyorum"), "binding"),
        (Some("text/plain; charset=utf-8"), None, "accepted"),
        (None, None, "accepted"),
    ] {
        let bed = Bed::new();
        let (session, made, record) = signed(&bed);
        let mime_type = mime_type.map(Into::into);
        let options = SigningOptions { mime_type, content_hints, ..options(&record, 0, made.signed_at()) };
        let signature = forged(&key(), session.texts()[0].body(), &options);
        assert_eq!(verdict(&bed, &session, made.record().to_vec(), vec![signature]), expected);
    }
}

#[test]
fn another_person_is_refused() {
    let bed = Bed::new();
    let (session, made, record) = signed(&bed);
    let other = FileKey::of("second-person-p256");
    let signature = forged(&other, session.texts()[0].body(), &options(&record, 0, made.signed_at()));
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), vec![signature]), "person");
}

#[test]
fn a_self_made_certificate_with_the_persons_national_id_is_refused() {
    let bed = Bed::new();
    let (session, made, record) = signed(&bed);
    let forger = FileKey::of("self-signed-nes");
    assert_eq!(forger.certificate.national_id().unwrap().reveal().to_string(), "10000000146");
    assert!(forger.certificate.qualified());
    let signature = forged(&forger, session.texts()[0].body(), &options(&record, 0, made.signed_at()));
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), vec![signature]), "issuer");
}

#[test]
fn a_signing_time_before_the_reading_or_far_ahead_is_refused() {
    for (seconds, expected) in [(-11, "signing-time"), (400, "signing-time"), (0, "accepted")] {
        let bed = Bed::new();
        let (session, made, record) = signed(&bed);
        let at = Time::from_unix(made.signed_at().unix() + seconds).unwrap();
        let signature = forged(&key(), session.texts()[0].body(), &options(&record, 0, at));
        assert_eq!(verdict(&bed, &session, made.record().to_vec(), vec![signature]), expected, "{seconds}");
    }
}

#[test]
fn a_text_that_was_not_read_long_enough_is_refused_whatever_the_application_did() {
    let mut offer = e_onay();
    offer.least_reading = std::time::Duration::from_secs(9);
    let bed = Bed::offering(vec![offer]);
    let (session, made, mut record) = signed(&bed);
    record.moments[0].read_at = record.moments[0].shown_at;
    let signature = forged(&key(), session.texts()[0].body(), &options(&record, 0, made.signed_at()));
    assert_eq!(verdict(&bed, &session, record.to_bytes().unwrap(), vec![signature]), "reading");
}

/// The tolerance is for the signing time: a demanded reading that has not been possible yet is none.
#[test]
fn a_reading_after_the_arrival_is_made_up() {
    for (seconds, expected) in [(60, "reading"), (2, "reading"), (1, "accepted")] {
        let bed = Bed::new();
        let (session, made, mut record) = signed(&bed);
        let at = Time::from_unix(made.signed_at().unix() + seconds).unwrap();
        record.moments[0].read_at = at;
        let signature = forged(&key(), session.texts()[0].body(), &options(&record, 0, at));
        assert_eq!(verdict(&bed, &session, record.to_bytes().unwrap(), vec![signature]), expected, "{seconds}");
    }
}

#[test]
fn a_tick_that_is_missing_is_refused_whatever_the_application_did() {
    let bed = Bed::new();
    let (session, made, mut record) = signed(&bed);
    record.ticked[0] = false;
    let signature = forged(&key(), session.texts()[0].body(), &options(&record, 0, made.signed_at()));
    assert_eq!(verdict(&bed, &session, record.to_bytes().unwrap(), vec![signature]), "declaration");
}

#[test]
fn expiry_is_judged_by_the_arrival() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    bed.pass(300);
    let answer = bed.service.submit(
        &session.request().session,
        &Submission { record: made.record().to_vec(), signatures: made.signatures().to_vec() },
    );
    assert!(matches!(answer.unwrap(), ConsentStatus::Expired));
}

#[test]
fn the_same_submission_again_gets_the_same_answer() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let receipt = session.submit(&made).unwrap();
    let again = bed.service.submit(
        &session.request().session,
        &Submission { record: made.record().to_vec(), signatures: made.signatures().to_vec() },
    );
    let ConsentStatus::Accepted(same) = again.unwrap() else { panic!("not accepted again") };
    assert_eq!(*same, receipt);
    let different = Submission { record: made.record().to_vec(), signatures: Vec::new() };
    let answer = bed.service.submit(&session.request().session, &different).unwrap();
    assert!(matches!(answer, ConsentStatus::Rejected(_)));
}

#[test]
fn a_consent_signed_before_a_revocation_does_not_bring_it_back() {
    let bed = Bed::new();
    let (first, signed_first, _) = signed(&bed);
    let (kept_back, signed_then, _) = signed(&bed);
    first.submit(&signed_first).unwrap();
    let revocation = bed.open_revocation();
    let against = bed.sign(&revocation, &key());
    revocation.submit(&against).unwrap();
    assert_eq!(name(kept_back.submit(&signed_then)), "consent-cancelled");
    assert!(bed.service.receipt(&crate::bed::person(), &Kind::e_onay()).unwrap().is_none());
}

#[test]
fn a_revocation_of_one_consent_does_not_end_the_next() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    session.submit(&made).unwrap();
    let (one, other) = (bed.open_revocation(), bed.open_revocation());
    let (by_one, by_other) = (bed.sign(&one, &key()), bed.sign(&other, &key()));
    one.submit(&by_one).unwrap();
    let (again, made_again, _) = signed(&bed);
    let receipt = again.submit(&made_again).unwrap();
    assert_eq!(name(other.submit(&by_other)), "consent-cancelled");
    assert_eq!(bed.service.receipt(&crate::bed::person(), &Kind::e_onay()).unwrap(), Some(receipt));
}

#[test]
fn a_declared_revocation_overtakes_what_was_signed_before() {
    let bed = Bed::new();
    let (first, signed_first, _) = signed(&bed);
    let (kept_back, signed_then, _) = signed(&bed);
    first.submit(&signed_first).unwrap();
    bed.service.declare_revocation(&crate::bed::person(), &Kind::e_onay(), true).unwrap();
    assert_eq!(name(kept_back.submit(&signed_then)), "consent-cancelled");
}

#[test]
fn many_threads_hand_in_at_once_and_one_consent_stands() {
    let bed = Bed::new();
    let sessions: Vec<_> = (0..6).map(|_| signed(&bed)).collect();
    let receipts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            sessions.into_iter().map(|(session, made, _)| scope.spawn(move || session.submit(&made).ok())).collect();
        threads.into_iter().filter_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(receipts.len(), 1);
    assert_eq!(bed.service.receipt(&crate::bed::person(), &Kind::e_onay()).unwrap(), receipts.into_iter().next());
}

#[test]
fn one_code_opens_one_session_however_many_try_at_once() {
    let bed = Bed::new();
    let code = bed.issue(Purpose::Consent).code;
    let opened = std::thread::scope(|scope| {
        let try_it = || bed.service.redeem(&code, None).is_ok();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(try_it)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|opened| *opened).count()
    });
    assert_eq!(opened, 1);
}

#[test]
fn who_guesses_is_stopped_and_nobody_else_is() {
    let bed = Bed::new();
    let (code, other) = (bed.issue(Purpose::Consent).code, bed.issue(Purpose::Consent).code);
    let wrong = VerificationCode::parse("000000000000000").unwrap();
    let guesser = Caller::Known("198.51.100.7");
    let answers: Vec<_> = (0..1000).map(|_| name(bed.service.redeem_for(guesser, &wrong, None))).collect();
    assert_eq!(answers.iter().filter(|answer| **answer == "code-unknown").count(), 10);
    assert!(answers[10..].iter().all(|answer| *answer == "code-guesses-exceeded"));
    assert_eq!(name(bed.service.redeem_for(guesser, &code, None)), "code-guesses-exceeded");
    let start = crate::bed::now(&bed);
    bed.service.redeem_for(Caller::Known("198.51.100.8"), &code, None).unwrap();
    bed.service.redeem(&other, None).unwrap();
    assert_eq!(crate::bed::now(&bed), start);
    bed.pass(61);
    assert_eq!(name(bed.service.redeem_for(guesser, &wrong, None)), "code-unknown");
}

/// Who asks is not known: all wait, the longer the more wrong codes came, and the right code still opens.
#[test]
fn guesses_of_unknown_callers_slow_down_and_lock_nobody_out() {
    let bed = Bed::new();
    let code = bed.issue(Purpose::Consent).code;
    let wrong = VerificationCode::parse("000000000000000").unwrap();
    let mut waited = Vec::new();
    for _ in 0..40 {
        let start = bed.clock.elapsed();
        assert_eq!(name(bed.service.redeem(&wrong, None)), "code-unknown");
        waited.push((bed.clock.elapsed() - start).as_millis());
    }
    assert!(waited[..10].iter().all(|pause| *pause == 0), "{waited:?}");
    assert_eq!(waited[10..21], [200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800, 2000, 2000]);
    assert_eq!(waited.last(), Some(&2000));
    let start = bed.clock.elapsed();
    bed.service.redeem(&code, None).unwrap();
    assert_eq!((bed.clock.elapsed() - start).as_millis(), 2000);
}

#[test]
fn a_receipt_that_was_altered_or_sealed_by_another_does_not_open() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let receipt = session.submit(&made).unwrap();
    let service = bed.service.seal_certificate();
    let sealed = receipt.sealed_form();
    assert_eq!(Receipt::open(sealed, service).unwrap(), receipt);
    // Every octet of a stride, and whatever still opens says the very same.
    for at in (0..sealed.len()).step_by(17) {
        let mut altered = sealed.to_vec();
        altered[at] ^= 0x20;
        if let Ok(opened) = Receipt::open(&altered, service) {
            assert_eq!(opened.display().unwrap(), receipt.display().unwrap(), "{at}");
        }
    }
    // Another receipt of this very service, under this one's seal.
    let content = |sealed: &[u8]| cms::SignedData::read(sealed).unwrap().content().unwrap().unwrap().into_owned();
    let other = Bed::new();
    let (of_other, made_of_other, _) = signed(&other);
    let (one, another) = (content(sealed), content(of_other.submit(&made_of_other).unwrap().sealed_form()));
    assert_eq!(one.len(), another.len());
    let at = sealed.windows(one.len()).position(|window| window == one).unwrap();
    let swapped = [&sealed[..at], &another, &sealed[at + one.len()..]].concat();
    let refused = Receipt::open(&swapped, service).unwrap_err();
    assert!(matches!(refused, eimza_core::Error::ReceiptInvalid { what: ReceiptPart::Signature }), "{refused:?}");
    for cut in (0..sealed.len()).step_by(101) {
        assert!(Receipt::open(&sealed[..cut], service).is_err());
    }
    let text = String::from_utf8(one).unwrap();
    let by_the_person = forged(&key(), &text, &SigningOptions::new(crate::bed::now(&bed)));
    assert_eq!(name(Receipt::open(&by_the_person, service)), "receipt-invalid");
    // The service's own signature over something that is no receipt in its one form.
    let of_another_record = text.replace(receipt.record_sha256(), &"0".repeat(64));
    let of_another_form =
        [format!("{text} "), text.replace("eimza-receipt-1", "eimza-receipt-2"), text.replacen('{', "{ ", 1)];
    for other in of_another_form.into_iter().chain([of_another_record]) {
        let options = SigningOptions::new(crate::bed::now(&bed));
        let sealed = forged(&FileKey::of("seal"), &other, &options);
        assert_eq!(name(Receipt::open(&sealed, service)), "receipt-invalid");
    }
}

#[test]
fn a_revocation_is_noted_on_its_own_consent_s_receipt_only() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let given = session.submit(&made).unwrap();
    let revocation = bed.service.declare_revocation(&crate::bed::person(), &Kind::e_onay(), true).unwrap();
    assert!(given.revoked_by(&revocation, &FileKey::of("seal")).unwrap().revocation().is_some());
    let (again, made_again, _) = signed(&bed);
    let next = again.submit(&made_again).unwrap();
    assert_eq!(name(next.revoked_by(&revocation, &FileKey::of("seal"))), "receipt-invalid");
    assert_eq!(name(next.revoked_by(&given, &FileKey::of("seal"))), "receipt-invalid");
}

#[test]
fn huge_submissions_are_refused() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let many = vec![made.signatures()[0].clone(); 100_000];
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), many), "count");
    let (session, made, _) = signed(&bed);
    assert_eq!(verdict(&bed, &session, vec![b'['; 8 << 20], made.signatures().to_vec()), "record");
    let (session, made, _) = signed(&bed);
    assert_eq!(verdict(&bed, &session, vec![b'['; 500_000], made.signatures().to_vec()), "record");
    // A right signature with octets behind it that no consent needs.
    let (session, made, _) = signed(&bed);
    let mut padded = made.signatures().to_vec();
    padded[0].resize(session.texts()[0].body().len() + 64 * 1024 + 1, 0);
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), padded), "form");
    let (session, made, _) = signed(&bed);
    let mut nested = made.signatures().to_vec();
    nested[0] = [0x30, 0x80].repeat(30_000);
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), nested), "form");
}

/// Signs when it is let.
struct SlowSeal {
    seal: FileKey,
    reached: Barrier,
    released: Barrier,
}

impl Seal for SlowSeal {
    fn certificate(&self) -> &Certificate {
        self.seal.certificate()
    }

    fn sign(&self, request: &SignRequest) -> Result<Vec<u8>> {
        self.reached.wait();
        self.released.wait();
        self.seal.sign(request)
    }
}

#[test]
fn a_submission_at_work_holds_nobody_up() {
    let seal = SlowSeal { seal: FileKey::of("seal"), reached: Barrier::new(2), released: Barrier::new(2) };
    let seal = Arc::new(seal);
    let bed = Bed::sealed_by(seal.clone());
    let (session, made, _) = signed(&bed);
    let waiting = bed.issue(Purpose::Consent);
    std::thread::scope(|scope| {
        let submitting = scope.spawn(|| session.submit(&made));
        seal.reached.wait();
        // The signatures were checked, the receipt is being sealed: everything else goes on.
        assert!(matches!(bed.service.status(&session.request().session), Ok(ConsentStatus::Open)));
        bed.service.redeem(&waiting.code, None).unwrap();
        bed.issue(Purpose::Consent);
        seal.released.wait();
        submitting.join().unwrap().unwrap();
    });
    assert!(bed.service.stands_since(&crate::bed::person(), &Kind::e_onay()).unwrap().is_some());
}

#[test]
fn what_ends_while_its_submission_is_at_work_stays_ended() {
    let seal = SlowSeal { seal: FileKey::of("seal"), reached: Barrier::new(2), released: Barrier::new(2) };
    let seal = Arc::new(seal);
    let bed = Bed::sealed_by(seal.clone());
    let (session, made, _) = signed(&bed);
    std::thread::scope(|scope| {
        let submitting = scope.spawn(|| session.submit(&made));
        seal.reached.wait();
        bed.service.cancel(&session.request().session).unwrap();
        seal.released.wait();
        assert_eq!(name(submitting.join().unwrap()), "consent-cancelled");
    });
    assert_eq!(bed.service.stands_since(&crate::bed::person(), &Kind::e_onay()).unwrap(), None);
}

#[test]
fn what_one_session_prepared_another_does_not_complete() {
    let bed = Bed::new();
    let (one, other) = (bed.open(), bed.open());
    bed.read_all(&one);
    bed.read_all(&other);
    let prepared = one.prepare(&key().certificate).unwrap();
    let values = key().sign_all(&prepared);
    assert_eq!(reason(other.complete(prepared, &values)), "request");
    let prepared = one.prepare(&key().certificate).unwrap();
    assert_eq!(name(one.complete(prepared, &[])), "signature-value-invalid");
    // Nothing is lost: it still signs its own.
    assert_eq!(other.state(), SessionState::Read);
    let prepared = other.prepare(&key().certificate).unwrap();
    let values = key().sign_all(&prepared);
    let made = other.complete(prepared, &values).unwrap();
    other.submit(&made).unwrap();
}

#[test]
fn a_cancelled_session_takes_no_submission_even_past_the_application() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    bed.service.cancel(&session.request().session).unwrap();
    let said = verdict(&bed, &session, made.record().to_vec(), made.signatures().to_vec());
    assert_eq!(said, "Cancelled");
    assert!(bed.service.receipt(&crate::bed::person(), &Kind::e_onay()).unwrap().is_none());
}

#[test]
fn an_accepted_session_is_neither_cancelled_nor_renewed() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    session.submit(&made).unwrap();
    let of = session.request().session.clone();
    assert_eq!(name(bed.service.cancel(&of)), "code-used");
    assert_eq!(name(bed.service.renew(&of)), "code-used");
    assert!(matches!(bed.service.status(&of), Ok(ConsentStatus::Accepted(_))));
}

#[test]
fn cancelling_does_not_wipe_out_a_refusal() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), Vec::new()), "count");
    bed.service.cancel(&session.request().session).unwrap();
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), Vec::new()), "count");
    // Nor does the right submission come through afterwards.
    let said = verdict(&bed, &session, made.record().to_vec(), made.signatures().to_vec());
    assert_eq!(said, "request");
}

/// A service that forgets what the application asked for.
struct IgnoresThePurpose(std::sync::Arc<eimza_core::consent::EmbeddedService>);

impl ConsentService for IgnoresThePurpose {
    fn redeem(&self, code: &VerificationCode, _: Option<Purpose>) -> eimza_core::Result<eimza_core::consent::Redeemed> {
        self.0.redeem(code, None)
    }

    fn submit(&self, session: &str, submission: &Submission) -> eimza_core::Result<ConsentStatus> {
        self.0.submit(session, submission)
    }

    fn status(&self, session: &str) -> eimza_core::Result<ConsentStatus> {
        self.0.status(session)
    }
}

#[test]
fn giving_never_becomes_revoking_behind_the_application_s_back() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    session.submit(&made).unwrap();
    let service = std::sync::Arc::new(IgnoresThePurpose(bed.service.clone()));
    let code = bed.issue(Purpose::Revocation).code;
    assert_eq!(name(ConsentSession::open(service, code, bed.clock.clone())), "code-other-purpose");
}

#[test]
fn a_tick_that_was_taken_back_since_is_not_signed_as_given() {
    let bed = Bed::new();
    let session = bed.open();
    bed.read_all(&session);
    let prepared = session.prepare(&key().certificate).unwrap();
    let values = key().sign_all(&prepared);
    session.tick(0, false).unwrap();
    assert_eq!(name(session.complete(prepared, &values)), "consent-declaration-missing");
    session.tick(0, true).unwrap();
    let prepared = session.prepare(&key().certificate).unwrap();
    let values = key().sign_all(&prepared);
    session.submit(&session.complete(prepared, &values).unwrap()).unwrap();
}

#[test]
fn handing_in_again_after_a_revocation_tells_of_it() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    session.submit(&made).unwrap();
    bed.service.declare_revocation(&crate::bed::person(), &Kind::e_onay(), true).unwrap();
    let again = Submission { record: made.record().to_vec(), signatures: made.signatures().to_vec() };
    let answer = bed.service.submit(&session.request().session, &again).unwrap();
    let ConsentStatus::Revoked(receipt) = answer else { panic!("{answer:?}") };
    assert!(receipt.revocation().is_some());
}

#[test]
fn one_session_is_renewed_once_and_a_refusal_stays_to_be_learnt() {
    let bed = Bed::new();
    let (session, made, _) = signed(&bed);
    let refused = session.request().session.clone();
    assert_eq!(verdict(&bed, &session, made.record().to_vec(), Vec::new()), "count");
    let fresh = bed.service.renew(&refused).unwrap();
    assert_eq!(name(bed.service.renew(&refused)), "consent-cancelled");
    assert!(matches!(bed.service.status(&refused), Ok(ConsentStatus::Rejected(_))));
    bed.service.redeem(&fresh.code, None).unwrap();
    let renewed = bed.service.renew(&fresh.session).unwrap();
    assert!(matches!(bed.service.status(&fresh.session), Ok(ConsentStatus::Cancelled)));
    assert_eq!(name(bed.service.renew(&fresh.session)), "consent-cancelled");
    bed.service.redeem(&renewed.code, None).unwrap();
}

/// One person cannot fill the service, and asking for many codes does not slow it down.
#[test]
fn many_codes_for_one_person_cost_no_more_than_few() {
    let bed = Bed::new();
    let first = bed.issue(Purpose::Consent);
    let start = std::time::Instant::now();
    for _ in 0..10_000 {
        bed.issue(Purpose::Consent);
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert_eq!(name(bed.service.status(&first.session)), "consent-unknown");
    assert_eq!(name(bed.service.redeem(&first.code, None)), "code-unknown");
}

#[test]
fn a_renewal_is_for_certificates_that_can_be_renewed() {
    let bed = Bed::new();
    let person = crate::bed::person();
    bed.service.apply_for_renewal(&person, &key().certificate).unwrap();
    let validity = Validity { not_before: crate::bed::now(&bed), not_after: crate::bed::now(&bed).after(YEAR) };
    let wanted = TestPerson { name: "KİŞİ".into(), national_id: person.national_id.clone() };
    let issuer = TestIssuer::new(validity).unwrap();
    let self_made = issuer.issue(&wanted, &KeyType::Ec(Curve::P256), validity).unwrap();
    let refused = bed.service.apply_for_renewal(&person, &self_made.certificates()[0]);
    assert_eq!(name(refused), "certificate-issuer-unknown");
    let apply = |of: &str| bed.service.apply_for_renewal(&person, &crate::bed::certificate_named(of));
    assert_eq!(name(apply("encryption")), "certificate-not-qualified");
    assert_eq!(name(apply("nes-expired")), "certificate-expired");
}

/// What is printed by accident holds no national id, not even as a list of octets.
#[test]
fn nothing_that_is_printed_holds_the_person() {
    let bed = Bed::new();
    let session = bed.open();
    bed.read_all(&session);
    let prepared = session.prepare(&key().certificate).unwrap();
    let mut printed = format!("{prepared:?}{session:?}");
    let values = key().sign_all(&prepared);
    let made = session.complete(prepared, &values).unwrap();
    let submission = Submission { record: made.record().to_vec(), signatures: made.signatures().to_vec() };
    printed += &format!("{made:?}{submission:?}{:?}", session.submit(&made).unwrap());
    printed += &format!("{:?}", bed.service.status(&session.request().session).unwrap());
    let octets = format!("{:?}", crate::bed::person().national_id.as_bytes());
    assert!(!printed.contains("10000000146") && !printed.contains(octets.trim_matches(['[', ']'])), "{printed}");
}
