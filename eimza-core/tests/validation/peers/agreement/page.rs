//! The page that tells people how far the programs agree.

use super::table::{DSS_LEVEL, JUDGES, PASSED, Table};

const TITLES: [&str; 4] = ["EU DSS 6.4", "pyHanko 0.38", "OpenSSL 3.0", "BouncyCastle 1.72"];

const HEAD: &str = "# How far other programs agree

The tests have the same files judged by EU DSS, pyHanko, OpenSSL, BouncyCastle and this library: good ones, odd ones and
forged ones, with CRLs, OCSP answers and time-stamps of every kind. Everybody is given the same anchors, the same data and the
same time; the library judges by the European rules alone (`generic`), because the others know no Turkish ones.

OpenSSL (`cms -verify -cades -crl_check_all`) looks at no OCSP answer and at no time-stamp. BouncyCastle is a program of ours
around it, which looks at signature-time-stamps and takes no time from them.

The verdicts file by file, with the key of each reason, are in `eimza-core/tests/validation/peers/agreement/verdicts.tsv`. A
new disagreement fails the tests, and so does an agreement where a reason stands. This page is written from them by

    BLESS=1 cargo test -p eimza-core --test validation agreement::the_page
";

/// The page of this table.
pub(super) fn page(table: &Table) -> String {
    format!("{HEAD}\n{}\n{}\n{}\n{}", counts(table), reasons(table), names(table), levels(table))
}

fn counts(table: &Table) -> String {
    let mut text = format!("## {} files\n\n", table.rows.len());
    text += "| | both pass | both refuse | passes, we refuse | refuses, we pass |\n| --- | --- | --- | --- | --- |\n";
    for (judge, title) in TITLES.iter().enumerate() {
        let count = |ours: bool, theirs: bool| {
            let fits = |(we, they): (&String, &String)| (we == PASSED) == ours && (they == PASSED) == theirs;
            table.rows.iter().filter(|row| fits((&row.ours, &row.theirs[judge]))).count()
        };
        let (yes, no) = (count(true, true), count(false, false));
        text += &format!("| {title} | {yes} | {no} | {} | {} |\n", count(false, true), count(true, false));
    }
    text
}

fn reasons(table: &Table) -> String {
    let mut text =
        "## Why they disagree\n\n| who | files | why | what rules it |\n| --- | --- | --- | --- |\n".to_owned();
    for (judge, title) in JUDGES.iter().zip(TITLES) {
        for (key, reason) in &table.reasons {
            let files = table.rows.iter().filter(|row| row.why.get(*judge) == Some(key)).count();
            if files > 0 {
                text += &format!("| {title} | {files} | {} | {} |\n", reason.sentence, reason.section);
            }
        }
    }
    text
}

fn names(table: &Table) -> String {
    let mut text = "## Where the same refusal has another name\n\n".to_owned();
    text += "| who | the library | they | why | what rules it |\n| --- | --- | --- | --- | --- |\n";
    for ([judge, ours, theirs], reason) in table.names.iter().filter(|(name, _)| name[0] != DSS_LEVEL) {
        let title = JUDGES.iter().zip(TITLES).find(|(name, _)| *name == judge).map_or("", |(_, title)| title);
        text += &format!("| {title} | {ours} | {theirs} | {} | {} |\n", reason.sentence, reason.section);
    }
    text
}

fn levels(table: &Table) -> String {
    let mut text = "## Where EU DSS names another level\n\n".to_owned();
    text += "| proven, by the library | found there, by DSS | why | what rules it |\n| --- | --- | --- | --- |\n";
    for ([_, ours, theirs], reason) in table.names.iter().filter(|(name, _)| name[0] == DSS_LEVEL) {
        text += &format!("| {ours} | {theirs} | {} | {} |\n", reason.sentence, reason.section);
    }
    text
}
