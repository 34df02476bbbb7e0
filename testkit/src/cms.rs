//! CMS files that are good, odd or forged (`testkit/cms/cms.toml`), each with the answer that the standards ask for.
//!
//! They are written byte by byte by a program that shares nothing with the library. Whoever reads CMS lists them all:
//!
//! ```
//! for case in eimza_testkit::cms::cases() {
//!     println!("{} ({}): {:?}", case.name, case.says, case.expect);
//! }
//! ```

use std::fs;
use std::path::PathBuf;

/// One file of the collection.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name in the declaration.
    pub name: String,
    /// Why it exists.
    pub says: String,
    /// The file.
    pub signature: Vec<u8>,
    /// The content to give beside a detached signature; `None` where it is attached, or nobody has it.
    pub content: Option<Vec<u8>>,
    /// What is right.
    pub expect: Expected,
    /// Which programs accept the file, by their names in the declaration.
    pub accepted_by: Vec<String>,
}

/// What a reader must answer; sub-indications are those of EN 319 102-1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Signature, digest and binding to the certificate hold.
    Verified,
    /// TOTAL-FAILED with this sub-indication.
    Failed(String),
    /// INDETERMINATE with this sub-indication.
    Indeterminate(String),
    /// Not a CMS file at all.
    Unreadable,
}

/// All files, in the order of the declaration.
///
/// # Panics
/// When the declaration and the files do not fit together.
#[must_use]
pub fn cases() -> Vec<Case> {
    let declaration = fs::read_to_string(folder().join("cms.toml")).expect("the declaration is committed");
    declaration.split("[case.").skip(1).map(case).collect()
}

/// The file declared as `name`.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn find(name: &str) -> Case {
    cases().into_iter().find(|case| case.name == name).unwrap_or_else(|| panic!("{name} is not declared in cms.toml"))
}

/// Reads one section; the values needed here are plain strings, lists of names and `true`.
fn case(section: &str) -> Case {
    let name = section.split(']').next().expect("split yields one").to_owned();
    let value = |key: &str| section.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    let text = |key: &str| value(key).unwrap_or_default().trim_matches('"').to_owned();
    let expect = expected(&text("expect"));
    let usual: &[&str] =
        if expect == Expected::Verified { &["openssl", "pyhanko", "bouncycastle", "pkijs"] } else { &[] };
    let listed = |list: &str| list.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    let beside = value("detached").is_some() && value("withheld").is_none();
    Case {
        says: text("says"),
        signature: read(&format!("cases/{name}.p7s")),
        content: beside.then(|| read("content")),
        accepted_by: value("peers").map_or_else(|| usual.iter().map(|&peer| peer.to_owned()).collect(), listed),
        expect,
        name,
    }
}

fn expected(text: &str) -> Expected {
    match text.split_once(' ') {
        Some(("failed", why)) => Expected::Failed(why.to_owned()),
        Some(("indeterminate", why)) => Expected::Indeterminate(why.to_owned()),
        None if text == "verified" => Expected::Verified,
        None if text == "unreadable" => Expected::Unreadable,
        _ => panic!("what does expect = {text:?} mean?"),
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cms")
}

fn read(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}; run testkit/cms/generate"))
}
