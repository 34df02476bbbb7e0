//! One table of everybody's verdict over the same files. A disagreement has its reason in it; a new one fails, and so does an
//! agreement where a reason stands.
//!
//! `BLESS=1 cargo test -p eimza-core --test validation agreement::verdicts` writes the verdicts anew, and with `agreement::the_page`
//! in its end the page `docs/agreement.md`; the reasons (`agreement/*.tsv`) are written by hand.

mod page;
mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use std::{env, fs, thread};

use eimza_core::validation::{Indication, Policy};
use eimza_core::{Clock, SystemClock, Time};
use eimza_testkit::peers::Judge;

use super::corpus::{Case, corpus};
use super::{judged_by_us, level, verdict};
use table::{PASSED, Row, Table};

/// Everybody is asked; `None` where one is not installed.
fn asked(cases: &[Case], known: &Table) -> Option<Vec<Row>> {
    let questions: Vec<_> = cases.iter().map(|case| case.question.clone()).collect();
    let questions = &questions;
    let columns: Vec<_> = thread::scope(|scope| {
        let running = Judge::ALL.map(|judge| scope.spawn(move || judge.verdicts(questions)));
        running.into_iter().map(|judge| judge.join().unwrap()).collect::<Option<_>>()
    })?;
    let reasons: BTreeMap<&str, _> = known.rows.iter().map(|row| (row.file.as_str(), &row.why)).collect();
    let row = |(at, case): (usize, &Case)| {
        let (ours, level) = ours(case);
        Row {
            file: case.name.clone(),
            ours,
            level,
            theirs: columns.iter().map(|column| column[at].short.clone()).collect(),
            their_level: columns[0][at].level.clone().unwrap_or_else(|| "-".to_owned()),
            why: reasons.get(case.name.as_str()).map(|why| (*why).clone()).unwrap_or_default(),
        }
    };
    Some(cases.iter().enumerate().map(row).collect())
}

/// Our verdict by the European rules alone, since the others know no Turkish ones, and the proven level.
fn ours(case: &Case) -> (String, String) {
    match judged_by_us(&case.question, &Policy::generic()) {
        Ok(report) if report.indication == Indication::TotalPassed => {
            (PASSED.to_owned(), format!("{:?}", level(&report)))
        }
        Ok(report) if report.signatures.is_empty() => (verdict(&report), "-".to_owned()),
        Ok(report) => (verdict(&report), format!("{:?}", level(&report))),
        Err(error) => (error.name().to_owned(), "-".to_owned()),
    }
}

#[test]
fn verdicts_are_as_they_were() {
    let known = Table::read();
    let cases = corpus();
    wait_for_their_times(&cases);
    let Some(rows) = asked(&cases, &known) else { return };
    let found = Table { rows, ..known.clone() };
    if env::var_os("BLESS").is_some() {
        found.write();
    } else {
        assert_eq!(found.differences_to(&known), "", "not as it was");
    }
}

/// Files with time-stamps are made now and judged half a minute later. BouncyCastle refuses a time that has not come yet.
fn wait_for_their_times(cases: &[Case]) {
    let soon = |case: &Case| {
        let time = Time::parse(&case.question.time).ok()?;
        Some(SystemClock::new().now().until(time)).filter(|left| *left < Duration::from_secs(120))
    };
    if let Some(longest) = cases.iter().filter_map(soon).max() {
        thread::sleep(longest + Duration::from_secs(1));
    }
}

#[test]
fn every_disagreement_has_its_reason() {
    assert_eq!(Table::read().faults(), "");
}

#[test]
fn the_page_is_of_the_table() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/agreement.md");
    let page = page::page(&Table::read());
    if env::var_os("BLESS").is_some() {
        fs::write(place, page).unwrap();
    } else {
        assert!(fs::read_to_string(place).unwrap() == page, "docs/agreement.md is of another table");
    }
}
