//! The chapters stand in `lib.rs` in the order in which they use each other: each one uses only those above it. Only
//! `crypto` knows the libraries that compute.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn a_chapter_uses_only_those_above_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let contents = fs::read_to_string(source.join("lib.rs")).unwrap();
    let chapters: Vec<&str> = contents.lines().filter_map(declared).collect();
    assert!(chapters.len() > 10, "{chapters:?}");
    let mut upwards = BTreeSet::new();
    for (place, chapter) in chapters.iter().enumerate() {
        for file in files_of(&source, chapter) {
            let text = fs::read_to_string(&file).unwrap();
            let below = chapters[place + 1..].iter().filter(|below| uses(&text, below));
            upwards.extend(below.map(|below| format!("{} uses {below}", file.display())));
        }
    }
    assert!(upwards.is_empty(), "{upwards:#?}");
}

#[test]
fn only_crypto_knows_the_cryptographic_libraries() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let contents = fs::read_to_string(source.join("lib.rs")).unwrap();
    let others = contents.lines().filter_map(declared).filter(|chapter| *chapter != "crypto");
    for file in others.flat_map(|chapter| files_of(&source, chapter)) {
        let text = fs::read_to_string(&file).unwrap();
        for library in ["aws_lc_rs", "sha2", "sha3", "num_bigint"] {
            assert!(!text.contains(&format!("{library}::")), "{} uses {library}", file.display());
        }
    }
}

/// The name in `mod name;` or `pub mod name;`.
fn declared(line: &str) -> Option<&str> {
    let name = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?.strip_suffix(';')?;
    (name != "layers").then_some(name)
}

/// `chapter.rs` and what stands in `chapter/`, without the files of tests.
fn files_of(source: &Path, chapter: &str) -> Vec<PathBuf> {
    let mut files = vec![source.join(chapter).with_extension("rs")];
    let mut folders = vec![source.join(chapter)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.retain(|file| !file.ends_with("tests.rs") && !file.components().any(|part| part.as_os_str() == "tests"));
    files
}

/// Whether code outside of comments and tests names something of this chapter.
fn uses(text: &str, chapter: &str) -> bool {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    code.split("crate::").skip(1).any(|rest| {
        let path: String = rest.chars().take_while(|character| !matches!(character, ';' | ')' | '(' | '<')).collect();
        match path.strip_prefix('{') {
            Some(several) => several.split([',', '{', '}', ' ', '\n']).any(|one| starts(one.trim(), chapter)),
            None => starts(&path, chapter),
        }
    })
}

fn starts(path: &str, chapter: &str) -> bool {
    path.split(|character: char| !character.is_alphanumeric() && character != '_').next() == Some(chapter)
}
