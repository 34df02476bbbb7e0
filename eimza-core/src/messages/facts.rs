//! Walks the sources: every short English fact that they put into an error has its Turkish line.

use std::fs;
use std::path::{Path, PathBuf};

use super::turkish::words::{NAMES, word};
use super::{english, turkish};

/// How a literal fact begins. `argument` is no fact: it names a parameter.
const BEGINNINGS: [&str; 10] = [
    "missing: \"",
    "reason: \"",
    "limit: \"",
    "operation: \"",
    "what: \"",
    "field: \"",
    "out_of_order(\"",
    "malformed(\"",
    "invalid(\"",
    "refused(\"",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().unwrap() != "messages" {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn facts(source: &str) -> Vec<String> {
    // `Internal` and comments hold texts for developers, which have no Turkish line.
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains(".into()"));
    let mut facts = Vec::new();
    for line in code {
        for beginning in BEGINNINGS {
            for rest in line.split(beginning).skip(1) {
                // `refused("argument", "reason")`: the fact is the last literal.
                let call = rest.split(')').next().unwrap();
                let literal = if beginning == "refused(\"" { call.rsplit('"').nth(1) } else { rest.split('"').next() };
                facts.push(literal.unwrap().to_owned());
            }
        }
    }
    facts
}

#[test]
fn every_fact_has_a_turkish_line() {
    let mut files = Vec::new();
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&home.join("src"), &mut files);
    // The C face is beside us in the project, not in a package of this crate alone.
    let face = home.join("../eimza-ffi/src");
    if face.is_dir() {
        sources(&face, &mut files);
    }
    let (mut seen, mut without) = (0, Vec::new());
    for file in files.iter().filter(|file| !file.ends_with("error.rs") && !file.ends_with("tests.rs")) {
        for fact in facts(&fs::read_to_string(file).unwrap()) {
            seen += 1;
            if word(&fact) == fact && !NAMES.contains(&fact.as_str()) {
                without.push(format!("{}: {fact}", file.display()));
            }
        }
    }
    assert!(seen > 60, "only {seen} facts found: does the walk still see the sources?");
    assert!(without.is_empty(), "no line in turkish/words.rs for\n{}", without.join("\n"));
}

#[test]
fn every_rejection_is_said_in_both_languages() {
    let names = include_str!("../consent/check.rs").lines().filter(|line| line.trim().starts_with("Rejection::"));
    let names: Vec<_> = names.filter_map(|line| line.split('"').nth(1)).collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        let (english, turkish) = (english::rejection::rejection(name), turkish::rejection::rejection(name));
        assert!(english != name && turkish != name && english != turkish, "{name}");
    }
}
