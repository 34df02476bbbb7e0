//! The declared scenarios, each at the lowest level that it names and at A, or else at the highest; BTK's profiles, which the
//! others do not know, are left out, and so are second signers: of two CRLs of one issuer the others take either, by chance.

use eimza_testkit::peers::Question;
use eimza_testkit::scenario::{Form, Level, Scenario, make, scenarios};

use super::Case;

const PAGES: [&str; 7] = ["every-level", "status", "time-stamp", "references", "archive", "profiles", "sha1"];

/// All of them, made anew with keys of this run.
pub(super) fn cases() -> Vec<Case> {
    let of_page = |page: &'static str| {
        let single = scenarios(page).into_iter().filter(|scenario| scenario.but.second_signer.is_none());
        single.flat_map(move |scenario| {
            let is_known = |level: &Level| !matches!(level, Level::P2 | Level::P3 | Level::P4 | Level::P4A);
            let levels: Vec<Level> = scenario.levels.iter().copied().filter(is_known).collect();
            let high = levels.iter().find(|level| **level == Level::A).or(levels.last());
            let mut ends: Vec<Level> = levels.first().into_iter().chain(high).copied().collect();
            ends.dedup();
            ends.into_iter().map(move |level| case(page, &scenario, level)).collect::<Vec<_>>()
        })
    };
    PAGES.into_iter().flat_map(of_page).collect()
}

fn case(page: &str, scenario: &Scenario, level: Level) -> Case {
    let made = make(&scenario.but, level, Form::ATTACHED);
    Case {
        name: format!("{page} {level:?}: {}", scenario.says),
        question: Question {
            signature: made.file,
            content: None,
            anchors: made.anchors,
            others: made.certificates,
            crls: made.known.crls,
            ocsps: made.known.ocsps,
            time: scenario.judged.clone().unwrap_or(made.now),
        },
    }
}
