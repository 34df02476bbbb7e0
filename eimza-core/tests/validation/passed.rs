//! A verdict that says yes: path, status and rules; and what takes it back.

use eimza_core::cades::SigningOptions;
use eimza_core::revocation::StatusData;
use eimza_core::validation::{Anchors, CheckName, CheckStatus, Policy, Report, TrustedFor, Validation};
use eimza_core::{Certificate, Time};
use eimza_testkit::der::context;
use eimza_testkit::stamp::SignedFile;
use eimza_testkit::status::{CrlDraft, GOOD, OcspDraft, entry, revoked, serial, single};

use eimza_testbed::keys::{certificate, sign};
use eimza_testbed::{TEXT, at};

/// What a verdict is asked with, everything in order.
struct Asked {
    signer: &'static str,
    anchors: Anchors,
    certificates: Vec<Certificate>,
    crls: Vec<Vec<u8>>,
    ocsps: Vec<Vec<u8>>,
    policy: Policy,
    now: Time,
    existed_since: Option<Time>,
    signing_time: Time,
    /// CRLs that stand in the file.
    inside: Vec<Vec<u8>>,
}

impl Asked {
    fn about(signer: &'static str) -> Self {
        Self {
            signer,
            anchors: Anchors::new().trust(certificate("root"), TrustedFor::Everything),
            certificates: vec![certificate("nes-ca")],
            crls: [CrlDraft::new("root"), CrlDraft::new("nes-ca")].map(signed).to_vec(),
            ocsps: Vec::new(),
            policy: Policy::tr_nes(),
            now: at(),
            existed_since: None,
            signing_time: at(),
            inside: Vec::new(),
        }
    }

    fn report(&self) -> Report {
        let mut status = StatusData::new();
        self.crls.iter().for_each(|crl| status.add_crls(crl).unwrap());
        self.ocsps.iter().for_each(|ocsp| status.add_ocsps(ocsp).unwrap());
        let validation = Validation::new(self.now, &self.anchors).certificates(&self.certificates).status(&status);
        let validation = validation.policy(self.policy.clone());
        let validation = match self.existed_since {
            Some(time) => validation.existed_since(time),
            None => validation,
        };
        let options = SigningOptions { allow_unsuitable: true, ..SigningOptions::new(self.signing_time) };
        let mut file = SignedFile::read(&sign(self.signer, TEXT, &options));
        if !self.inside.is_empty() {
            file.fields.push(context(1, &self.inside.concat()));
        }
        validation.of(&file.der()).unwrap()
    }

    fn verdict(&self) -> String {
        let report = self.report();
        match report.sub_indication {
            Some(why) => format!("{} {why}", report.indication),
            None => report.indication.to_string(),
        }
    }
}

fn signed(draft: CrlDraft) -> Vec<u8> {
    draft.sign().expect("openssl")
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

const PASSED: &str = "TOTAL-PASSED";

#[test]
fn a_signature_passes_under_an_anchor_with_fresh_status() {
    for signer in ["nes-rsa2048", "nes-p256", "nes-money-limit-0"] {
        let report = Asked::about(signer).report();
        assert_eq!((report.indication.name(), report.sub_indication), (PASSED, None), "{signer}: {report:#?}");
        let checks = &report.signatures[0].checks;
        for name in [CheckName::Path, CheckName::Revocation, CheckName::Qualified] {
            assert!(checks.iter().any(|one| one.name == name && one.status == CheckStatus::Passed), "{name}");
        }
    }
}

#[test]
fn nothing_is_trusted_that_is_not_named() {
    let mut asked = Asked::about("nes-p256");
    asked.anchors = Anchors::new();
    asked.certificates.push(certificate("root"));
    assert_eq!(asked.verdict(), "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND");
    asked.anchors = Anchors::new().trust(certificate("root"), TrustedFor::TimeStamps);
    assert_eq!(asked.verdict(), "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND", "an anchor for something else");
    asked.anchors = Anchors::new().trust(certificate("root"), TrustedFor::Everything);
    asked.certificates.clear();
    assert_eq!(asked.verdict(), "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND", "nobody between");
}

#[test]
fn status_data_must_be_there_fresh_and_signed_by_the_issuer() {
    let mut asked = Asked::about("nes-p256");
    let later = "INDETERMINATE TRY_LATER";
    asked.crls.clear();
    assert_eq!(asked.verdict(), later);
    asked.crls = vec![signed(CrlDraft::new("nes-ca"))];
    assert_eq!(asked.verdict(), later, "nothing about the authority");
    let stale = CrlDraft {
        next_update: Some("20260614120000Z".into()),
        this_update: "20260610120000Z".into(),
        ..CrlDraft::new("nes-ca")
    };
    asked.crls = vec![signed(CrlDraft::new("root")), signed(stale)];
    assert_eq!(asked.verdict(), later, "too old");
    let foreign = CrlDraft { issuer: eimza_testkit::status::subject("nes-ca"), ..CrlDraft::new("other-ca") };
    asked.crls = vec![signed(CrlDraft::new("root")), signed(foreign)];
    assert_eq!(asked.verdict(), later, "signed by another");
    let bare = CrlDraft { bare_outside: true, ..CrlDraft::new("nes-ca") };
    asked.crls = vec![signed(CrlDraft::new("root")), signed(bare)];
    assert_eq!(asked.verdict(), PASSED, "NULL and absent parameters are equal");
}

#[test]
fn revocation_counts_for_signer_and_authority() {
    let listing = |of: &str, by: &str, reason: &[Vec<u8>]| {
        let number = eimza_testkit::der::contents(&serial(of)).to_vec();
        signed(CrlDraft { entries: vec![entry(&number, "20260601000000Z", reason)], ..CrlDraft::new(by) })
    };
    let mut asked = Asked::about("nes-p256");
    asked.signing_time = time("2026-05-30T12:00:00Z");
    asked.crls = vec![signed(CrlDraft::new("root")), listing("nes-p256", "nes-ca", &[])];
    assert_eq!(asked.verdict(), "INDETERMINATE REVOKED_NO_POE");
    asked.existed_since = Some(time("2026-05-31T00:00:00Z"));
    assert_eq!(asked.verdict(), PASSED, "it is proven to have existed before");
    asked.existed_since = Some(time("2026-06-02T00:00:00Z"));
    assert_eq!(asked.verdict(), "INDETERMINATE REVOKED_NO_POE");
    asked.existed_since = None;
    asked.crls = vec![listing("nes-ca", "root", &[]), signed(CrlDraft::new("nes-ca"))];
    assert_eq!(asked.verdict(), "INDETERMINATE REVOKED_CA_NO_POE");
}

#[test]
fn ocsp_answers_count_as_crls_do() {
    let answer = |status: &[u8]| {
        let response = single(("nes-p256", "nes-ca"), "sha1", status, "20260615120000Z", Some("20260616120000Z"), &[]);
        OcspDraft::new("ocsp-nes-ca", response.unwrap()).sign().unwrap()
    };
    let mut asked = Asked::about("nes-p256");
    asked.crls = vec![signed(CrlDraft::new("root"))];
    asked.ocsps = vec![answer(GOOD)];
    assert_eq!(asked.verdict(), PASSED);
    asked.crls.push(signed(CrlDraft::new("nes-ca")));
    asked.ocsps = vec![answer(&revoked("20260601000000Z", Some(1)))];
    assert_eq!(asked.verdict(), "INDETERMINATE REVOKED_NO_POE", "a CRL that knows nothing of it does not help");
}

/// By which time the signature over status data is judged: the guide takes the time in it, EN 319 102-1 a proof of it.
#[test]
fn status_data_must_be_signed_by_what_could_be_relied_on() {
    let (ends, later) = (time("2027-01-01T00:00:00Z"), time("2027-06-01T00:00:00Z"));
    let crls = |day: &str| {
        let this_update = format!("{day}120000Z");
        ["root", "nes-ca"]
            .map(|by| signed(CrlDraft { this_update: this_update.clone(), next_update: None, ..CrlDraft::new(by) }))
    };
    let mut asked = Asked::about("nes-p256");
    asked.policy.algorithms.pkcs1_until = Some(ends);
    (asked.now, asked.existed_since) = (later, Some(at()));
    asked.crls = crls("20260701").to_vec();
    assert_eq!(asked.verdict(), PASSED, "from before the end, as it says");
    asked.crls = crls("20270201").to_vec();
    let weak = "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE";
    assert_eq!(asked.verdict(), weak, "from after the end");
    asked.crls = vec![asked.crls[0].clone(), crls("20260701")[1].clone()];
    assert_eq!(asked.verdict(), weak, "that of the authority");
    asked.crls = crls("20260701").to_vec();
    asked.policy = Policy { algorithms: asked.policy.algorithms.clone(), ..Policy::generic() };
    assert_eq!(asked.verdict(), weak, "nothing proves that it is as old");

    let mut answered = Asked { crls: Vec::new(), ..asked };
    let answer = |subject, issuer, responder: &str, day: &str| {
        let time = format!("{day}120000Z");
        let response = single((subject, issuer), "sha1", GOOD, &time, None, &[]).unwrap();
        OcspDraft { produced_at: time, ..OcspDraft::new(responder, response) }.sign().unwrap()
    };
    let answers = |day| vec![answer("nes-p256", "nes-ca", "ocsp-nes-ca", day), answer("nes-ca", "root", "root", day)];
    answered.ocsps = answers("20260701");
    assert_eq!(answered.verdict(), weak);
    answered.policy = Policy { algorithms: answered.policy.algorithms.clone(), ..Policy::tr_nes() };
    assert_eq!(answered.verdict(), PASSED);
    answered.ocsps = answers("20270201");
    assert_eq!(answered.verdict(), weak);
}

/// The caller saw the file, and so what stands in it.
#[test]
fn status_data_in_a_proven_file_is_proven() {
    let mut asked = Asked::about("nes-p256");
    asked.policy = Policy::generic();
    asked.policy.algorithms.pkcs1_until = Some(time("2027-01-01T00:00:00Z"));
    asked.now = time("2027-06-01T00:00:00Z");
    asked.existed_since = Some(time("2026-06-17T00:00:00Z"));
    let crls: Vec<Vec<u8>> = std::mem::take(&mut asked.crls);
    asked.inside = crls.clone();
    assert_eq!(asked.verdict(), PASSED);
    (asked.inside, asked.crls) = (Vec::new(), crls);
    assert_eq!(asked.verdict(), "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "it was not in the file");
}

#[test]
fn the_turkish_rules_demand_a_qualified_certificate() {
    let demanded = "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE";
    for signer in [
        "nes-without-non-repudiation",
        "nes-without-etsi-statement",
        "nes-without-btk-statement",
        "nes-without-notice",
        "nes-usage-limit",
    ] {
        let mut asked = Asked::about(signer);
        assert_eq!(asked.verdict(), demanded, "{signer}");
        asked.policy = Policy::generic();
        assert_eq!(asked.verdict(), PASSED, "{signer}");
    }
    let mut asked = Asked::about("nes-usage-limit");
    asked.policy.accept_usage_limit = true;
    assert_eq!(asked.verdict(), PASSED);
    let mut seal = Asked::about("seal");
    seal.certificates = vec![certificate("seal-ca")];
    seal.crls = [CrlDraft::new("root"), CrlDraft::new("seal-ca")].map(signed).to_vec();
    assert_eq!(seal.verdict(), demanded);
    seal.policy.accept_seals = true;
    assert_eq!(seal.verdict(), PASSED);
}

#[test]
fn an_ended_certificate_needs_a_proof_of_time() {
    let mut asked = Asked::about("nes-p256");
    asked.now = time("2041-01-01T00:00:00Z");
    assert_eq!(asked.verdict(), "INDETERMINATE OUT_OF_BOUNDS_NO_POE");
    asked.policy.algorithms.pkcs1_until = None;
    asked.existed_since = Some(at());
    assert_eq!(asked.verdict(), PASSED);
    asked.existed_since = Some(time("2025-01-01T00:00:00Z"));
    assert_eq!(asked.verdict(), "INDETERMINATE NOT_YET_VALID");
}

#[test]
fn a_proof_of_the_caller_is_one_only_if_it_can_be() {
    let mut asked = Asked::about("nes-p256");
    asked.existed_since = Some(time("2027-01-01T00:00:00Z"));
    let report = asked.report();
    assert_eq!(report.signatures[0].best_signature_time, None, "seen after the time of the judgement");
    assert!(report.signatures[0].checks.iter().all(|one| one.name != CheckName::ExistedSince));
    asked.existed_since = Some(time("2026-06-14T00:00:00Z"));
    assert_eq!(asked.verdict(), "INDETERMINATE TIMESTAMP_ORDER_FAILURE", "seen before it claims to be signed");
}
