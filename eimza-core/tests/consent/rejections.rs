//! Every reason of the check, by a case that is right but for that one thing.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use crate::bed::forger::{forged, key, options};
use crate::bed::{Bed, FileKey, certificate_named, data, e_onay, now, person, published, trust};
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerInfos};
use der::asn1::{Any, SetOfVec};
use der::{Decode, Encode};
use eimza_core::cades::SigningOptions;
use eimza_core::consent::{
    Arrival, ConsentPortal, ConsentSession, ConsentText, Kind, Record, Rejected, Rejection, Request, Seal, Submission,
    Trust, check,
};
use eimza_core::error::Shortfall;
use eimza_core::revocation::StatusData;
use eimza_core::validation::{Anchors, Profile, TrustedFor};
use eimza_core::{Error, Time};
use eimza_testkit::status::{CrlDraft, entry, serial};

/// What a forger can choose. As it is made, it passes.
struct Forgery {
    request: Request,
    texts: Vec<ConsentText>,
    record: Record,
    keys: Vec<Arc<dyn Seal>>,
    options: Vec<SigningOptions>,
    arrived_at: Time,
    trust: Trust,
    status: StatusData,
}

impl Forgery {
    /// Of an E-Onay with a second text.
    fn new() -> Self {
        let mut offer = e_onay();
        offer.texts.push(ConsentText::new("İkinci metin", "İkinci metin").unwrap());
        let bed = Bed::offering(vec![offer]);
        Self::of(&bed, &bed.open())
    }

    fn of(bed: &Bed, session: &ConsentSession) -> Self {
        let made = bed.sign(session, &key());
        let record = Record::from_bytes(made.record()).unwrap();
        let of_text = |text| SigningOptions { allow_unsuitable: true, ..options(&record, text, made.signed_at()) };
        Self {
            request: session.request().clone(),
            texts: session.texts().to_vec(),
            keys: session.texts().iter().map(|_| Arc::new(key()) as Arc<dyn Seal>).collect(),
            options: (0..session.texts().len()).map(of_text).collect(),
            record,
            arrived_at: now(bed),
            trust: trust(),
            status: published(),
        }
    }

    /// Binds the signatures to the record as it stands now.
    fn rebind(mut self) -> Self {
        for (text, options) in self.options.iter_mut().enumerate() {
            options.content_identifier = Some(self.record.content_identifier(text).unwrap());
        }
        self
    }

    fn signed_by(mut self, name: &str) -> Self {
        self.keys.fill(Arc::new(FileKey::of(name)));
        self
    }

    /// Signed by this certificate, whose issuer is known and leads to an anchor.
    fn by(mut self, issuer: &str, name: &str) -> Self {
        self.trust.certificates.push(certificate_named(issuer));
        self.signed_by(name)
    }

    fn signatures(&self) -> Vec<Vec<u8>> {
        let signers = self.texts.iter().zip(&self.keys).zip(&self.options);
        signers.map(|((text, key), options)| forged(&**key, text.body(), options)).collect()
    }

    fn verdict(&self) -> Result<(), Rejection> {
        self.verdict_over(self.record.to_bytes().unwrap(), self.signatures())
    }

    fn verdict_over(&self, record: Vec<u8>, signatures: Vec<Vec<u8>>) -> Result<(), Rejection> {
        self.checked(record, signatures).map_err(|rejected| rejected.reason)
    }

    fn checked(&self, record: Vec<u8>, signatures: Vec<Vec<u8>>) -> Result<(), Rejected> {
        let submission = Submission { record, signatures };
        let arrival = Arrival {
            request: &self.request,
            texts: &self.texts,
            submission: &submission,
            arrived_at: self.arrived_at,
            judged_at: self.arrived_at,
            trust: &self.trust,
            status: &self.status,
            tolerance: Duration::from_secs(300),
            cache: None,
        };
        check(&arrival).map(|finding| assert!(finding.is_accepted(), "{:?}", finding.verdict))
    }
}

fn later(time: Time, seconds: i64) -> Time {
    Time::from_unix(time.unix() + seconds).unwrap()
}

/// Two signers in one file: what two files hold, put together by another program.
fn joined(one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut file = ContentInfo::from_der(one).unwrap();
    let mut data: SignedData = file.content.decode_as().unwrap();
    let further: SignedData = ContentInfo::from_der(other).unwrap().content.decode_as().unwrap();
    let signers: Vec<_> = data.signer_infos.0.iter().chain(further.signer_infos.0.iter()).cloned().collect();
    data.signer_infos = SignerInfos(SetOfVec::try_from(signers).unwrap());
    file.content = Any::encode_from(&data).unwrap();
    file.to_der().unwrap()
}

type Case = fn(Forgery) -> Result<(), Rejection>;

const CASES: &[(&str, Rejection, Case)] = &[
    ("after the end", Rejection::Late, |mut forgery| {
        forgery.arrived_at = later(forgery.request.expires_at, 1);
        forgery.verdict()
    }),
    ("no record", Rejection::Record, |forgery| forgery.verdict_over(b"{}".to_vec(), forgery.signatures())),
    ("a record of another version", Rejection::Record, |forgery| {
        let record = String::from_utf8(forgery.record.to_bytes().unwrap()).unwrap();
        let next = record.replacen("\"version\":1", "\"version\":2", 1);
        forgery.verdict_over(next.into_bytes(), forgery.signatures())
    }),
    ("a request that fits no receipt", Rejection::Request, |mut forgery| {
        forgery.request.documents[0].sha256 = "no digest".into();
        forgery.record.request = forgery.request.clone();
        forgery.rebind().verdict()
    }),
    ("another nonce", Rejection::Request, |mut forgery| {
        forgery.record.request.nonce = "0".repeat(64);
        forgery.rebind().verdict()
    }),
    ("texts of another request", Rejection::Text, |mut forgery| {
        forgery.texts[1] = ConsentText::new("İkinci metin", "Üçüncü metin").unwrap();
        forgery.verdict()
    }),
    ("another text", Rejection::Text, |forgery| {
        let mut signatures = forgery.signatures();
        signatures[1] = forged(&key(), "Üçüncü metin", &forgery.options[1]);
        forgery.verdict_over(forgery.record.to_bytes().unwrap(), signatures)
    }),
    ("shown before the opening", Rejection::Reading, |mut forgery| {
        forgery.record.moments[0].shown_at = later(forgery.request.opened_at, -1);
        forgery.rebind().verdict()
    }),
    ("read before it was shown", Rejection::Reading, |mut forgery| {
        forgery.record.moments[0].read_at = later(forgery.record.moments[0].shown_at, -1);
        forgery.rebind().verdict()
    }),
    ("read after the arrival", Rejection::Reading, |mut forgery| {
        forgery.record.moments[1].read_at = later(forgery.arrived_at, 2);
        forgery.options.iter_mut().for_each(|options| options.signing_time = later(forgery.arrived_at, 2));
        forgery.rebind().verdict()
    }),
    ("a text without its moments", Rejection::Reading, |mut forgery| {
        forgery.record.moments.pop();
        forgery.rebind().verdict()
    }),
    ("not ticked", Rejection::Declaration, |mut forgery| {
        forgery.record.ticked[0] = false;
        forgery.rebind().verdict()
    }),
    ("a signature missing", Rejection::Count, |forgery| {
        let first = forgery.signatures()[..1].to_vec();
        forgery.verdict_over(forgery.record.to_bytes().unwrap(), first)
    }),
    ("two signers in one file", Rejection::Form, |forgery| {
        let mut signatures = forgery.signatures();
        let again = forged(&key(), forgery.texts[0].body(), &forgery.options[0]);
        signatures[0] = joined(&signatures[0], &again);
        forgery.verdict_over(forgery.record.to_bytes().unwrap(), signatures)
    }),
    ("a profile that is not kept", Rejection::Signature, |mut forgery| {
        forgery.request.profile = Profile::P4;
        forgery.record.request.profile = Profile::P4;
        forgery.rebind().verdict()
    }),
    ("no commitment", Rejection::Binding, |mut forgery| {
        forgery.options[1].commitment = None;
        forgery.verdict()
    }),
    ("signing times that differ", Rejection::SigningTime, |mut forgery| {
        forgery.options[1].signing_time = later(forgery.arrived_at, 1);
        forgery.verdict()
    }),
    ("signed before it was read", Rejection::SigningTime, |mut forgery| {
        let read_at = forgery.record.moments[1].read_at;
        forgery.options.iter_mut().for_each(|options| options.signing_time = later(read_at, -1));
        forgery.verdict()
    }),
    ("two certificates of the person", Rejection::SeveralSigners, |mut forgery| {
        forgery.keys[1] = Arc::new(FileKey::of("nes-rsa2048"));
        forgery.verdict()
    }),
    ("another person", Rejection::Person, |forgery| forgery.signed_by("second-person-p256").verdict()),
    ("a company's seal", Rejection::Person, |forgery| forgery.signed_by("seal").verdict()),
    ("expired", Rejection::Certificate, |forgery| forgery.signed_by("nes-expired").verdict()),
    ("not yet valid", Rejection::Certificate, |forgery| forgery.signed_by("nes-not-yet-valid").verdict()),
    ("an encryption certificate", Rejection::Certificate, |forgery| forgery.signed_by("encryption").verdict()),
    ("no statements", Rejection::Certificate, |forgery| forgery.signed_by("nes-without-qc-statements").verdict()),
    ("no Turkish statement", Rejection::Certificate, |forgery| {
        forgery.signed_by("nes-without-btk-statement").verdict()
    }),
    ("no nonRepudiation", Rejection::Certificate, |forgery| forgery.signed_by("nes-without-non-repudiation").verdict()),
    ("for time-stamps", Rejection::Certificate, |forgery| forgery.signed_by("nes-for-time-stamps").verdict()),
    ("for seals", Rejection::Certificate, |forgery| forgery.signed_by("nes-for-seals").verdict()),
    ("a seal of a person", Rejection::Certificate, |forgery| forgery.signed_by("seal-of-a-person").verdict()),
    ("a restricted use", Rejection::Certificate, |forgery| forgery.signed_by("nes-usage-limit").verdict()),
    ("a critical extension that is not known", Rejection::Certificate, |forgery| {
        forgery.signed_by("nes-critical-extension-unknown").verdict()
    }),
    ("an extension that stands twice", Rejection::Certificate, |forgery| {
        forgery.signed_by("nes-key-usage-twice").verdict()
    }),
    ("statements that cannot be read", Rejection::Certificate, |forgery| {
        forgery.signed_by("nes-statements-unreadable").verdict()
    }),
    ("a restricted use at the end of a long list", Rejection::Certificate, |forgery| {
        forgery.signed_by("nes-usage-limit-at-the-end").verdict()
    }),
    ("a second person at the end of a long name", Rejection::Person, |forgery| {
        forgery.signed_by("nes-second-person-at-the-end").verdict()
    }),
    ("signed with SHA-1", Rejection::Certificate, |forgery| forgery.signed_by("nes-signed-with-sha1").verdict()),
    ("a person as issuer", Rejection::Issuer, |forgery| forgery.by("nes-rsa2048", "nes-by-a-person").verdict()),
    ("an issuer of revocation lists", Rejection::Issuer, |forgery| {
        forgery.by("ca-without-cert-sign", "nes-by-ca-without-cert-sign").verdict()
    }),
    ("an issuer with a short key", Rejection::Issuer, |forgery| {
        forgery.by("ca-rsa1024", "nes-by-ca-rsa1024").verdict()
    }),
    ("an issuer with a critical extension that is not known", Rejection::Issuer, |forgery| {
        forgery.by("ca-critical-extension-unknown", "nes-by-ca-critical-extension-unknown").verdict()
    }),
    ("an issuer that nobody named", Rejection::Issuer, |forgery| forgery.signed_by("self-signed-nes").verdict()),
    ("anchors that are good for time-stamps alone", Rejection::Issuer, |mut forgery| {
        forgery.trust.anchors = Anchors::new().trust(certificate_named("root"), TrustedFor::TimeStamps);
        forgery.verdict()
    }),
    ("a revoked certificate", Rejection::Revoked, |mut forgery| {
        forgery.status = revoking("nes-ca", "nes-p256");
        forgery.verdict()
    }),
    ("a revoked authority", Rejection::Revoked, |mut forgery| {
        forgery.status = revoking("root", "nes-ca");
        forgery.verdict()
    }),
];

/// What is published when this issuer has revoked a certificate an hour before.
fn revoking(issuer: &str, certificate: &str) -> StatusData {
    let serial = eimza_testkit::der::contents(&serial(certificate)).to_vec();
    let newer = CrlDraft { entries: vec![entry(&serial, "20260615110000Z", &[])], ..CrlDraft::new(issuer) };
    let mut status = published();
    status.crls.extend(data([newer]).crls);
    status
}

#[test]
fn each_case_is_refused_for_its_reason() {
    for (case, expected, verdict) in CASES {
        assert_eq!(verdict(Forgery::new()), Err(*expected), "{case}");
    }
}

/// A reason that stands for another failure names that one beneath it.
#[test]
fn what_failed_beneath_a_reason_is_kept() {
    let forgery = Forgery::new();
    let record = || forgery.record.to_bytes().unwrap();
    let beneath = |record, signatures| {
        let rejected = forgery.checked(record, signatures).unwrap_err();
        let reason = rejected.reason;
        (reason, Error::from(rejected).source().map(|source| source.downcast_ref::<Error>().unwrap().name()))
    };
    assert_eq!(beneath(b"{".to_vec(), forgery.signatures()), (Rejection::Record, Some("json-malformed")));
    let unreadable = vec![b"no signature".to_vec(); forgery.texts.len()];
    assert_eq!(beneath(record(), unreadable), (Rejection::Form, Some("asn1-malformed")));
    assert_eq!(beneath(record(), Vec::new()), (Rejection::Count, None));
    let another = Forgery::new().signed_by("second-person-p256");
    let rejected = another.checked(another.record.to_bytes().unwrap(), another.signatures()).unwrap_err();
    assert_eq!(rejected.reason, Rejection::Person);
    assert!(rejected.source.is_some_and(|source| source.to_string().contains("another person")));
}

/// What the service will refuse costs no try of a PIN.
#[test]
fn the_application_says_before_the_pin_why_a_certificate_does_not_do() {
    let session = Bed::new().open();
    for (name, reason) in [
        ("nes-critical-extension-unknown", Shortfall::ExtensionUnknown),
        ("nes-key-usage-twice", Shortfall::ExtensionRepeated),
        ("nes-statements-unreadable", Shortfall::ExtensionUnreadable),
        ("nes-signed-with-sha1", Shortfall::SignatureWeak),
        ("nes-rsa1024", Shortfall::KeyWeak),
        ("nes-usage-limit-at-the-end", Shortfall::UsageRestricted),
    ] {
        match session.check_signer(&certificate_named(name)) {
            Err(Error::CertificateNotQualified { reasons }) => assert_eq!(reasons, [reason], "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    session.check_signer(&certificate_named("nes-p256")).unwrap();
}

#[test]
fn every_reason_has_a_case() {
    let all: BTreeSet<_> = Rejection::ALL.iter().map(|rejection| rejection.name()).collect();
    let produced: BTreeSet<_> = CASES.iter().map(|(_, rejection, _)| rejection.name()).collect();
    assert_eq!(all, produced);
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../schemas/status-1.json")).unwrap();
    let published = schema["properties"]["rejection"]["enum"].as_array().unwrap();
    assert_eq!(all, published.iter().filter_map(serde_json::Value::as_str).collect(), "schemas/status-1.json");
}

#[test]
fn what_is_right_passes() {
    assert_eq!(Forgery::new().verdict(), Ok(()));
    assert_eq!(Forgery::new().signed_by("nes-rsa2048").verdict(), Ok(()));
    let mut at_the_end = Forgery::new();
    at_the_end.arrived_at = at_the_end.request.expires_at;
    assert_eq!(at_the_end.verdict(), Ok(()));
}

#[test]
fn a_revocation_refers_to_its_consent_and_any_certificate_of_the_person_does() {
    let bed = Bed::new();
    let session = bed.open();
    session.submit(&bed.sign(&session, &key())).unwrap();
    let revocation = bed.open_revocation();
    // The forger signs everything but the reference to the consent.
    assert_eq!(Forgery::of(&bed, &revocation).verdict(), Err(Rejection::Binding));
    // What it brings is acknowledged, whatever the service calls required.
    let mut unacknowledged = Forgery::of(&bed, &bed.open_revocation());
    unacknowledged.request.declarations[0].required = false;
    unacknowledged.record.request = unacknowledged.request.clone();
    unacknowledged.record.ticked[0] = false;
    assert_eq!(unacknowledged.rebind().verdict(), Err(Rejection::Declaration));
    let another = bed.open_revocation();
    another.submit(&bed.sign(&another, &FileKey::of("nes-rsa2048"))).unwrap();
    assert_eq!(bed.service.stands_since(&person(), &Kind::e_onay()).unwrap(), None);
}
