//! The grace period of P2 and P3: until when a verdict is preliminary.

use eimza_core::Time;
use eimza_core::validation::{Cache, CheckName, Indication, Policy};
use eimza_testkit::scenario::{Form, Level, Plan, make};

use super::Judge;

#[test]
fn a_verdict_is_preliminary_until_the_grace_period_ends() {
    let made = make(&Plan::default(), Level::P3, Form::ATTACHED);
    let report = |now: &str| {
        let judge = Judge { policy: Policy::tr_nes(), demanded: None, now: Time::parse(now).unwrap() };
        judge.report(&made, &made.file, &made.known, &Cache::new()).unwrap()
    };
    // Stamped at noon: a day has to pass.
    let before = report("2026-06-15T16:00:00Z");
    let until = before.signatures[0].preliminary_until.map(|until| until.to_string());
    assert_eq!(before.indication, Indication::Indeterminate);
    assert_eq!(until.as_deref(), Some("2026-06-16T12:00:00Z"));
    // Afterwards nothing is preliminary any more, yet the CRL of before says nothing of the time in between.
    let after = report("2026-06-16T12:00:01Z");
    assert_eq!(after.signatures[0].preliminary_until, None);
    assert_eq!(after.sub_indication.map(|why| why.name()), Some("TRY_LATER"));
    let open = after.signatures[0].checks.iter().find(|check| check.name == CheckName::GracePeriod).unwrap();
    assert_eq!(open.reason.map(|reason| reason.name()), Some("grace-period-open"));
}
