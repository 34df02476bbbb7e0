//! Test vectors of other people that come as a Python package.

use std::fs;
use std::path::PathBuf;

use crate::components::report_missing;
use crate::folders;

/// A folder of PyPI's `cryptography_vectors`; when it is missing, see [`component`](crate::component).
#[must_use]
#[track_caller]
pub fn vectors(folder: &str) -> Option<PathBuf> {
    let versions = fs::read_dir(folders::testbed().join("venv/lib")).into_iter().flatten().flatten();
    let found = versions
        .map(|version| version.path().join("site-packages/cryptography_vectors").join(folder))
        .find(|path| path.is_dir());
    if found.is_none() {
        report_missing("cryptography_vectors");
    }
    found
}
