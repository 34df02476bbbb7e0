//! Is a component there? A missing one never passes silently.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where the component is: a program of `PATH` by its name, or a file by its absolute path.
///
/// When it is missing the answer is `None` and "skipped: X not installed" is printed, for the test to return early;
/// with [`everything_must_be_here`] it is a failure instead.
///
/// ```no_run
/// let Some(softhsm) = eimza_testkit::component("softhsm2-util") else { return };
/// ```
#[must_use]
#[track_caller]
pub fn component(name: &str) -> Option<PathBuf> {
    let found = locate(name);
    if found.is_none() {
        report_missing(name);
    }
    found
}

/// Whether a missing component is a failure: in CI (`CI` is set), or when `EIMZA_TEST_ALL` is set.
#[must_use]
pub fn everything_must_be_here() -> bool {
    ["CI", "EIMZA_TEST_ALL"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Says that `name` is missing, and fails where nothing may be missing.
#[track_caller]
pub(crate) fn report_missing(name: &str) {
    assert!(!everything_must_be_here(), "{name} is not installed, and here every component must be; see tests/run");
    // Not by println!, which the test harness swallows when a test passes.
    let _ = writeln!(io::stderr(), "skipped: {name} not installed");
}

fn locate(name: &str) -> Option<PathBuf> {
    if Path::new(name).is_absolute() {
        return Some(PathBuf::from(name)).filter(|path| path.exists());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    // Daemons live in sbin, which a plain user's PATH may lack.
    let folders = env::split_paths(&path).chain([PathBuf::from("/usr/sbin"), PathBuf::from("/sbin")]);
    folders.map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_by_name_and_files_by_path() {
        assert!(locate("sh").is_some());
        assert!(locate(env!("CARGO_MANIFEST_DIR")).is_some());
        assert!(locate("no-such-program-of-eimza").is_none());
    }
}
