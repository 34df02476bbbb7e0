//! What the scenarios' own writer makes is read by openssl; what it takes of the bad ones is known.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::process::Command;

use eimza_testkit::scenario::{Form, Level, Made, Plan, make, pages, scenarios};
use eimza_testkit::{component, pki, run, scratch};

#[test]
fn openssl_verifies_every_level_in_every_form() {
    for level in Level::ALL {
        for form in Form::all(level) {
            let Some(accepts) = openssl_accepts(&make(&Plan::default(), level, form)) else { return };
            assert!(accepts, "{level:?} {form:?}");
        }
    }
}

/// A verifier that looks at no revocation, no time-stamp, no reference and no rule for qualified certificates takes nearly
/// all that is refused here: what is refused is dangerous, and refused for the rule alone.
#[test]
fn openssl_takes_what_it_does_not_look_at() {
    let (mut surprises, mut bad, mut accepted) = (Vec::new(), 0, 0);
    for page in pages() {
        for scenario in scenarios(&page) {
            let (level, form) = scenario.files().next().unwrap();
            let Some(accepts) = openssl_accepts(&make(&scenario.but, level, form)) else { return };
            bad += u32::from(scenario.fails.is_some());
            accepted += u32::from(scenario.fails.is_some() && accepts);
            if accepts == scenario.openssl_refuses {
                surprises.push(format!("{page}: {}: openssl accepts: {accepts}", scenario.says));
            }
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
    assert!(accepted * 10 > bad * 7, "{accepted} of {bad}");
}

/// Whether openssl takes the file, all authorities trusted; `None` where it is not installed.
fn openssl_accepts(made: &Made) -> Option<bool> {
    let folder = scratch("scenarios");
    let write = |name: &str, octets: &[u8]| {
        fs::write(folder.join(name), octets).unwrap();
        folder.join(name)
    };
    let store: String = made.anchors.iter().chain(&made.certificates).map(|der| pki::pem(der)).collect();
    let mut command = Command::new(component("openssl")?);
    command.args(["cms", "-verify", "-cades", "-binary", "-purpose", "any", "-inform", "DER", "-attime", at(made)]);
    command.arg("-in").arg(write("signature", &made.file)).arg("-CAfile").arg(write("store", store.as_bytes()));
    command.arg("-out").arg(folder.join("content"));
    if let Some(content) = made.content {
        command.arg("-content").arg(write("given", content));
    }
    Some(run(&mut command).success)
}

/// The time of the judgement in seconds.
fn at(made: &Made) -> &'static str {
    match &made.now[..10] {
        "2026-06-15" => "1781539200",
        "2010-06-15" => "1276617600",
        other => panic!("{other}"),
    }
}
