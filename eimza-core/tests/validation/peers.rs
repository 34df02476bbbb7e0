//! Other people's programs and we judge the same files.

mod agreement;
mod baseline;
mod corpus;
mod imprints;
mod makers;

use eimza_core::cms::Content;
use eimza_core::revocation::StatusData;
use eimza_core::validation::{Anchors, Level, Policy, Report, TrustedFor, Validation};
use eimza_core::{Certificate, Result, Time};
use eimza_testkit::peers::Question;

/// Our own answer to what the others are asked.
fn judged_by_us(question: &Question, policy: &Policy) -> Result<Report> {
    let read = |der: &Vec<u8>| Certificate::from_der(der.clone()).unwrap();
    let anchors = question.anchors.iter().map(read);
    let anchors = anchors.fold(Anchors::new(), |all, anchor| all.trust(anchor, TrustedFor::Everything));
    let certificates: Vec<Certificate> = question.others.iter().map(read).collect();
    let mut status = StatusData::new();
    question.crls.iter().for_each(|crl| status.add_crls(crl).unwrap());
    // What is no answer about a certificate is left aside, as a caller would.
    question.ocsps.iter().for_each(|ocsp| drop(status.add_ocsps(ocsp)));
    let now = Time::parse(&question.time).unwrap();
    let mut validation = Validation::new(now, &anchors).certificates(&certificates).status(&status);
    if let Some(content) = &question.content {
        validation = validation.content(Content::Bytes(content));
    }
    validation.policy(policy.clone()).of(&question.signature)
}

/// Our verdict by the Turkish rules and the proven level. Algorithms do not age here, since the years pass on paper only.
fn judged(question: &Question) -> (String, Level) {
    let report = judged_by_us(question, &without_ageing(Policy::tr_nes())).unwrap();
    (verdict(&report), level(&report))
}

/// These rules, with algorithms that are good for ever.
fn without_ageing(mut policy: Policy) -> Policy {
    policy.algorithms.pkcs1_until = None;
    policy.algorithms.pss_keys.clear();
    policy
}

/// `TOTAL-PASSED`, or the sub-indication.
fn verdict(report: &Report) -> String {
    report.sub_indication.map_or(report.indication.to_string(), |why| why.to_string())
}

/// The proven level of the first signature.
fn level(report: &Report) -> Level {
    report.signatures[0].level
}
