//! A consent over a network: everything crosses as the JSON whose schemas are published, and comes out as it was.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use crate::bed::{Bed, FileKey, name};
use eimza_core::consent::{
    ConsentPortal, ConsentService, ConsentSession, ConsentStatus, EmbeddedService, Issued, Purpose, Redeemed,
    Rejection, Submission,
};
use eimza_core::{Certificate, Result, VerificationCode};
use eimza_testkit::{component, project, scratch, testbed};
use serde_json::{Value, json};

/// The way to a service over which only text goes, and what went over it.
struct Wire {
    service: Arc<EmbeddedService>,
    seal: Certificate,
    seen: Mutex<Vec<(&'static str, String)>>,
}

impl Wire {
    fn to(bed: &Bed) -> Arc<Self> {
        let seal = bed.service.seal_certificate().clone();
        Arc::new(Self { service: bed.service.clone(), seal, seen: Mutex::default() })
    }

    fn carried(&self, schema: &'static str, text: &str) -> String {
        self.seen.lock().unwrap().push((schema, text.to_owned()));
        text.to_owned()
    }

    fn status_of(&self, status: &ConsentStatus) -> Result<ConsentStatus> {
        ConsentStatus::from_wire(&self.carried("status-1", &status.to_wire()?), &self.seal)
    }
}

impl ConsentService for Wire {
    fn redeem(&self, code: &VerificationCode, purpose: Option<Purpose>) -> Result<Redeemed> {
        let redeemed = self.service.redeem(code, purpose)?;
        Redeemed::from_wire(&self.carried("redeemed-1", &redeemed.to_wire()?))
    }

    fn submit(&self, session: &str, submission: &Submission) -> Result<ConsentStatus> {
        let arrived = Submission::from_wire(&self.carried("submission-1", &submission.to_wire()?))?;
        assert_eq!(arrived, *submission);
        self.status_of(&self.service.submit(session, &arrived)?)
    }

    fn status(&self, session: &str) -> Result<ConsentStatus> {
        self.status_of(&self.service.status(session)?)
    }
}

#[test]
fn a_consent_and_its_revocation_go_over_the_wire() {
    let (bed, key) = (Bed::new(), FileKey::of("nes-p256"));
    let wire = Wire::to(&bed);
    let issued = bed.issue(Purpose::Consent);
    let carried = Issued::from_wire(&wire.carried("issued-1", &issued.to_wire().unwrap())).unwrap();
    assert_eq!((carried.code.expose(), &carried.session), (issued.code.expose(), &issued.session));
    let session = ConsentSession::open(wire.clone(), carried.code, bed.clock.clone()).unwrap();
    assert!(matches!(wire.status(&issued.session).unwrap(), ConsentStatus::Open));
    session.submit(&bed.sign(&session, &key)).unwrap();
    let revocation =
        ConsentSession::open_revocation(wire.clone(), bed.issue(Purpose::Revocation).code, bed.clock.clone()).unwrap();
    revocation.submit(&bed.sign(&revocation, &key)).unwrap();
    assert!(matches!(wire.status(&issued.session).unwrap(), ConsentStatus::Revoked(_)));
    let waiting = bed.issue(Purpose::Consent);
    assert!(matches!(wire.status(&waiting.session).unwrap(), ConsentStatus::Waiting));
    bed.service.cancel(&waiting.session).unwrap();
    assert!(matches!(wire.status(&waiting.session).unwrap(), ConsentStatus::Cancelled));
    let refused = wire.status_of(&ConsentStatus::Rejected(Rejection::SigningTime)).unwrap();
    assert_eq!((refused.name(), refused.rejection()), ("rejected", Some(Rejection::SigningTime)));

    let Some(validator) = component(testbed().join("venv/bin/python").to_str().unwrap()) else { return };
    let seen = wire.seen.lock().unwrap();
    for schema in ["issued-1", "redeemed-1", "submission-1", "status-1"] {
        let texts: Vec<&String> = seen.iter().filter(|(of, _)| *of == schema).map(|(_, text)| text).collect();
        assert!(!texts.is_empty(), "{schema}");
        assert!(fit(&validator, schema, &texts), "{schema}");
        let other: Vec<String> = texts.iter().map(|text| text.replacen("-1\"", "-2\"", 1)).collect();
        assert!(!fit(&validator, schema, &other.iter().collect::<Vec<_>>()), "{schema}");
    }
}

/// Whether texts fit a schema, by a validator that we did not write.
fn fit(validator: &Path, schema: &str, texts: &[&String]) -> bool {
    let folder = scratch("wire");
    let files: Vec<PathBuf> = (0..texts.len()).map(|number| folder.join(number.to_string())).collect();
    files.iter().zip(texts).for_each(|(file, text)| std::fs::write(file, text).unwrap());
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(schema).with_extension("json");
    let script = Path::new(&project()).join("tests/peers/schema.py");
    Command::new(validator).arg(script).arg(schema).args(files).output().unwrap().status.success()
}

#[test]
fn what_has_another_form_is_refused() {
    let bed = Bed::new();
    let seal = bed.service.seal_certificate();
    let status = |text: &str| name(ConsentStatus::from_wire(text, seal));
    for text in [
        "",
        "{}",
        r#"{"schema":"eimza-status-2","state":"open"}"#,
        r#"{"schema":"eimza-status-1","state":"given"}"#,
        r#"{"schema":"eimza-status-1","state":"open","note":""}"#,
        r#"{"schema":"eimza-status-1","state":"open","rejection":"late"}"#,
        r#"{"schema":"eimza-status-1","state":"accepted"}"#,
        r#"{"schema":"eimza-status-1","state":"rejected","rejection":"whatever"}"#,
        r#"{"schema":"eimza-status-1","state":"accepted","receipt":"AA"}"#,
        r#"{"schema":"eimza-status-1","state":"accepted","receipt":"AA==\n"}"#,
    ] {
        assert_eq!(status(text), "json-malformed", "{text}");
    }
    assert_eq!(status(&" ".repeat(65 << 20)), "limit-exceeded");
    let submission = r#"{"schema":"eimza-submission-1","record":"","signatures":["A A="]}"#;
    assert_eq!(name(Submission::from_wire(submission)), "json-malformed");
    let issued = r#"{"schema":"eimza-issued-1","code":"12","session":"s","expires_at":"2026-06-15T12:00:00Z"}"#;
    assert_eq!(name(Issued::from_wire(issued)), "verification-code-malformed");
}

/// What a service seals for one consent is not the answer for another state.
#[test]
fn a_receipt_tells_what_the_state_tells() {
    let bed = Bed::new();
    let session = bed.open();
    session.submit(&bed.sign(&session, &FileKey::of("nes-p256"))).unwrap();
    let status = bed.service.status(&session.request().session).unwrap();
    let accepted = status.to_wire().unwrap();
    let seal = bed.service.seal_certificate();
    let revoked = accepted.replacen("accepted", "revoked", 1);
    assert_eq!(name(ConsentStatus::from_wire(&revoked, seal)), "receipt-invalid");
    let other = crate::bed::certificate_named("nes-p256");
    assert_eq!(name(ConsentStatus::from_wire(&accepted, &other)), "receipt-invalid");
}

#[test]
fn hidden_characters_pass_only_where_they_are_shown() {
    let bed = Bed::new();
    let redeemed = bed.service.redeem(&bed.issue(Purpose::Consent).code, None).unwrap();
    let mut json: Value = serde_json::from_str(&redeemed.to_wire().unwrap()).unwrap();
    json["texts"][0]["body"] = json!("Kabul \u{202e}ediyorum");
    let text = json.to_string();
    assert_eq!(name(Redeemed::from_wire(&text)), "consent-text-hidden-character");
    assert_eq!(Redeemed::from_wire_showing_hidden_characters(&text).unwrap().texts[0].hidden_characters().count(), 1);
    json["request"]["person"]["national_id"] = json!("100******46");
    assert_eq!(name(Redeemed::from_wire(&json.to_string())), "record-malformed");
}
