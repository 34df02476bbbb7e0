//! The files that everybody judges: the test kit's CMS files, signers, status data and time-stamps of every kind, and its
//! scenarios.

mod scenarios;
mod stamps;

use eimza_core::Time;
use eimza_core::cades::SigningOptions;
use eimza_testbed::keys::sign;
use eimza_testbed::{TEXT, at};
use eimza_testkit::peers::Question;
use eimza_testkit::status::{CrlDraft, GOOD, OcspDraft, UNKNOWN, entry, revoked, serial, single, subject};
use eimza_testkit::{cms, der, pki};

/// A file with its name in the table.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) question: Question,
}

/// All of them; empty where openssl is not installed.
pub(super) fn corpus() -> Vec<Case> {
    let Some(usual) = usual() else { return Vec::new() };
    let mut all = files(&usual);
    all.extend(signers(&usual));
    all.extend(crls(&usual));
    all.extend(ocsps(&usual));
    all.extend(stamps::cases());
    all.extend(scenarios::cases());
    all
}

/// A question with everything in order, of 15 June 2026; the file is missing.
fn usual() -> Option<Question> {
    let certificates = |names: &[&str]| names.iter().map(|name| pki::certificate(name)).collect();
    let crls = ["root", "nes-ca", "nes-ca-p384", "seal-ca"].map(|issuer| CrlDraft::new(issuer).sign());
    Some(Question {
        anchors: certificates(&["root"]),
        others: certificates(&["nes-ca", "nes-ca-p384", "seal-ca"]),
        crls: crls.into_iter().collect::<Option<_>>()?,
        time: at().to_string(),
        ..Question::default()
    })
}

/// The declared CMS files, good, odd and forged.
fn files(usual: &Question) -> Vec<Case> {
    let case = |case: cms::Case| Case {
        name: format!("file {}", case.name),
        question: Question { signature: case.signature, content: case.content, ..usual.clone() },
    };
    cms::cases().into_iter().map(case).collect()
}

fn signed_by(signer: &str, at: Time) -> Vec<u8> {
    sign(signer, TEXT, &SigningOptions { allow_unsuitable: true, ..SigningOptions::new(at) })
}

/// Whoever may sign and whoever may not, also below authorities that are none; their status is in order.
fn signers(usual: &Question) -> Vec<Case> {
    const AUTHORITIES: [&str; 3] = ["ca-without-cert-sign", "ca-rsa1024", "ca-critical-extension-unknown"];
    let mut usual = usual.clone();
    usual.others.extend(AUTHORITIES.map(pki::certificate));
    usual.crls.extend(AUTHORITIES.map(|issuer| CrlDraft::new(issuer).sign().unwrap()));
    let is_person = |name: &String| {
        let prefixes = ["nes-", "second-", "seal", "encryption", "self-signed", "other-ca-same"];
        let others = ["nes-ca", "nes-ca-p384", "seal-ca", "nes-rsa1024"];
        prefixes.iter().any(|prefix| name.starts_with(prefix)) && !others.contains(&name.as_str())
    };
    let case = |name: String| Case {
        question: Question { signature: signed_by(&name, at()), ..usual.clone() },
        name: format!("signer {name}"),
    };
    pki::certificate_names().into_iter().filter(is_person).map(case).collect()
}

/// What CRLs say or fail to say about a signature that is in order.
fn crls(usual: &Question) -> Vec<Case> {
    let about = |name: &str, crls: Vec<CrlDraft>| Case {
        name: format!("crl {name}"),
        question: Question {
            signature: signed_by("nes-p256", at()),
            crls: crls.iter().map(|draft| draft.sign().unwrap()).collect(),
            ..usual.clone()
        },
    };
    let (root, issuing) = (CrlDraft::new("root"), CrlDraft::new("nes-ca"));
    let listing = |of: &str, by: &CrlDraft, reason: u8| {
        let reason = der::extension("2.5.29.21", false, &der::tlv(0x0a, &[reason]));
        let number = der::contents(&serial(of)).to_vec();
        CrlDraft { entries: vec![entry(&number, "20260601000000Z", &[reason])], ..by.clone() }
    };
    let between = |from: &str, to: Option<&str>| CrlDraft {
        this_update: from.to_owned(),
        next_update: to.map(str::to_owned),
        ..issuing.clone()
    };
    let with = |identifier: &str, value: &[u8]| CrlDraft {
        extensions: vec![der::extension(identifier, true, value)],
        ..issuing.clone()
    };
    let for_authorities = der::sequence(&[der::tlv(0x82, &[0xff])]);
    vec![
        about("good", vec![root.clone(), issuing.clone()]),
        about("none", vec![]),
        about("none-of-the-root", vec![issuing.clone()]),
        about("none-of-the-issuer", vec![root.clone()]),
        about("null-outside-missing", vec![root.clone(), CrlDraft { bare_outside: true, ..issuing.clone() }]),
        about("signer-revoked", vec![root.clone(), listing("nes-p256", &issuing, 1)]),
        about("signer-on-hold", vec![root.clone(), listing("nes-p256", &issuing, 6)]),
        about("another-revoked", vec![root.clone(), listing("nes-rsa2048", &issuing, 1)]),
        about("authority-revoked", vec![listing("nes-ca", &root, 1), issuing.clone()]),
        about("too-old", vec![root.clone(), between("20260601120000Z", Some("20260608120000Z"))]),
        about("of-the-future", vec![root.clone(), between("20260616120000Z", Some("20260623120000Z"))]),
        about("without-next-update", vec![root.clone(), between("20260615120000Z", None)]),
        about(
            "of-another-key",
            vec![root.clone(), CrlDraft { issuer: subject("nes-ca"), ..CrlDraft::new("other-ca") }],
        ),
        about("critical-extension-unknown", vec![root.clone(), with("1.3.6.1.5.5.7.13.1", &[5, 0])]),
        about("of-authorities-alone", vec![root, with("2.5.29.28", &for_authorities)]),
    ]
}

/// What OCSP answers say or fail to say; there is no CRL of the issuer.
fn ocsps(usual: &Question) -> Vec<Case> {
    let about = |name: &str, answer: Option<OcspDraft>| Case {
        name: format!("ocsp {name}"),
        question: Question {
            signature: signed_by("nes-p256", at()),
            crls: vec![usual.crls[0].clone()],
            ocsps: answer.iter().map(|draft| draft.sign().unwrap()).collect(),
            ..usual.clone()
        },
    };
    let response = |of: &str, status: &[u8], from: &str, to: Option<&str>| {
        single((of, "nes-ca"), "sha1", status, from, to, &[]).unwrap()
    };
    let (noon, next_day) = ("20260615120000Z", Some("20260616120000Z"));
    let by = |signer: &str, status: &[u8]| OcspDraft::new(signer, response("nes-p256", status, noon, next_day));
    let usual_one = by("ocsp-nes-ca", GOOD);
    let with = |response: Vec<u8>| OcspDraft { responses: vec![response], ..usual_one.clone() };
    vec![
        about("good", Some(usual_one.clone())),
        about("by-key", Some(OcspDraft { by_key: true, ..usual_one.clone() })),
        about("by-the-issuer", Some(by("nes-ca", GOOD))),
        about("revoked", Some(by("ocsp-nes-ca", &revoked("20260601000000Z", Some(1))))),
        about("unknown", Some(by("ocsp-nes-ca", UNKNOWN))),
        about("about-another", Some(with(response("nes-rsa2048", GOOD, noon, next_day)))),
        about("too-old", Some(with(response("nes-p256", GOOD, "20260601120000Z", Some("20260602120000Z"))))),
        about("by-a-person", Some(by("nes-rsa2048", GOOD))),
        about("by-the-root", Some(by("root", GOOD))),
        about("by-another-authority", Some(by("other-ca", GOOD))),
    ]
}
