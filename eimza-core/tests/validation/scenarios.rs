//! Every declared scenario, at every level and in every form: the right verdict, and the fault that is there.

mod grace;
mod lists;

use std::time::Duration;

use eimza_core::cms::Content;
use eimza_core::revocation::StatusData;
use eimza_core::validation::{Anchors, Cache, Indication, Policy, Profile, Report, TrustedFor, Validation};
use eimza_core::{Certificate, Time};
use eimza_testkit::scenario::{Failure, Form, Known, Level, Made, Scenario, make, scenarios};

/// Judges all of a page.
fn judge(page: &str) {
    let (mut surprises, mut count) = (Vec::new(), 0);
    for scenario in scenarios(page) {
        for (level, form) in scenario.files() {
            count += 1;
            let found = surprise(&scenario, level, form);
            surprises.extend(found.map(|what| format!("{} ({level:?}, {form:?}): {what}", scenario.says)));
        }
    }
    assert!(count > 0 && surprises.is_empty(), "{} of {count}:\n{}", surprises.len(), surprises.join("\n"));
}

/// What is not as the scenario says.
fn surprise(scenario: &Scenario, level: Level, form: Form) -> Option<String> {
    let made = make(&scenario.but, level, form);
    let judged = |known: &Known| report(scenario, &made, known);
    let found = judged(&made.known);
    let Some(failure) = &scenario.fails else {
        // What stands in the file suffices from XL on.
        let suffices = level.is_long_term() && !scenario.but.stripped;
        let alone = if suffices { judged(&made.outside) } else { found.clone() };
        let expected = scenario.reaches.as_deref().unwrap_or(usual_level(level));
        return [found, alone].iter().find_map(|report| not_passed(report, expected));
    };
    let is_found =
        found.sub_indication.is_some_and(|why| why.name() == failure.sub_indication) && names(&found, failure);
    (!is_found).then(|| format!("{} instead of {failure:?}", told(&found)))
}

/// What is wrong where the file should pass, its first signature at this level.
fn not_passed(report: &Report, expected: &str) -> Option<String> {
    let reached = serde_json::to_value(report.signatures[0].level).unwrap();
    let passes = report.indication == Indication::TotalPassed && reached == expected;
    (!passes).then(|| format!("{} at {reached} instead of {expected}", told(report)))
}

/// The level that is proven where everything is in order.
fn usual_level(level: Level) -> &'static str {
    match level {
        Level::Bes => "B-B",
        Level::T | Level::P2 => "B-T",
        Level::Xl | Level::P3 | Level::P4 => "XL",
        Level::A | Level::P4A => "A",
        Level::Lt => "B-LT",
        Level::Lta => "B-LTA",
    }
}

/// Whether a signature fails by this check, for this reason.
fn names(report: &Report, failure: &Failure) -> bool {
    report.signatures.iter().flat_map(|one| &one.checks).any(|check| {
        check.name.name() == failure.check
            && check.reason.is_some_and(|reason| reason.name() == failure.reason)
            && check.sub_indication.is_some_and(|why| why.name() == failure.sub_indication)
    })
}

/// The verdict, and everything that stands against the signature.
fn told(report: &Report) -> String {
    let checks = report.signatures.iter().flat_map(|one| &one.checks).filter(|check| check.sub_indication.is_some());
    let against: Vec<String> = checks
        .map(|check| format!("{} {:?} {:?}", check.name, check.reason.map(|why| why.name()), check.sub_indication))
        .collect();
    format!("{} {:?} {against:?}", report.indication, report.sub_indication)
}

/// The report over a file by the rules of its scenario, with what is known of revocations.
fn report(scenario: &Scenario, made: &Made, known: &Known) -> Report {
    let rules =
        if scenario.rules.contains("grace_period") { "" } else { "grace_period = 0\n" }.to_owned() + &scenario.rules;
    let now = scenario.judged.as_ref().unwrap_or(&made.now);
    let demanded = scenario.demands.as_deref().map(|name| Profile::from_name(name).unwrap());
    let judge = Judge { policy: Policy::from_toml(&rules).unwrap(), demanded, now: Time::parse(now).unwrap() };
    judge.report(made, &made.file, known, &Cache::new()).unwrap()
}

/// By what a file is judged.
pub(crate) struct Judge {
    policy: Policy,
    demanded: Option<Profile>,
    now: Time,
}

impl Judge {
    /// By the Turkish rules without a grace period, at the scenario's time.
    pub(crate) fn of(made: &Made) -> Self {
        let policy = Policy { grace_period: Duration::ZERO, ..Policy::tr_nes() };
        Self { policy, demanded: None, now: Time::parse(&made.now).unwrap() }
    }

    /// The report over a file for which everything was made that its verifier is given.
    pub(crate) fn report(&self, made: &Made, file: &[u8], known: &Known, cache: &Cache) -> eimza_core::Result<Report> {
        let read = |der: &Vec<u8>| Certificate::from_der(der.clone()).unwrap();
        let trusting = |all: Anchors, root: &Vec<u8>| all.trust(read(root), TrustedFor::Everything);
        let anchors = made.anchors.iter().fold(Anchors::new(), trusting);
        let certificates: Vec<Certificate> = made.certificates.iter().map(read).collect();
        let mut status = StatusData::new();
        known.crls.iter().for_each(|crl| status.add_crls(crl).unwrap());
        known.ocsps.iter().for_each(|answer| status.add_ocsps(answer).unwrap());
        let mut validation = Validation::new(self.now, &anchors).certificates(&certificates).status(&status);
        if let Some(content) = made.content {
            validation = validation.content(Content::Bytes(content));
        }
        if let Some(profile) = self.demanded {
            validation = validation.profile(profile);
        }
        validation.policy(self.policy.clone()).cache(cache).of(file)
    }
}
