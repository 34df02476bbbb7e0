//! Programs of ours in Java around other people's jars: compiled once and kept.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::run;
use crate::{component, folders};

/// How long a program is going to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// So shortly that Java's better compiler would not pay.
    Short,
    /// Until it is as fast as it can be.
    Long,
}

/// `java` for the class `main` of the folder `tests/peers/NAME`; `None` where Java is not installed.
pub(super) fn program(name: &str, jars: &str, main: &str, pace: Pace) -> Option<Command> {
    let classes = compiled(name, jars)?;
    let mut command = Command::new("java");
    if pace == Pace::Short {
        command.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]);
    }
    command.arg("-cp");
    command.arg(format!("{jars}:{}:{}", classes.display(), sources(name).display())).arg(main);
    Some(command)
}

fn sources(name: &str) -> PathBuf {
    folders::project().join("tests/peers").join(name)
}

/// The folder of the compiled program, named after what it was compiled from.
fn compiled(name: &str, jars: &str) -> Option<PathBuf> {
    component("java")?;
    component("javac")?;
    let sources = java_files(&sources(name));
    let mut hasher = DefaultHasher::new();
    sources.iter().for_each(|path| fs::read(path).expect("listed just now").hash(&mut hasher));
    let classes = folders::testbed().join(format!("java/{name}-{:016x}", hasher.finish()));
    if !classes.exists() {
        // Compiled aside and then moved: another test process may be doing the same, and either result will do.
        let aside = folders::scratch("java");
        let mut compiler = Command::new("javac");
        run(compiler.args(["-nowarn", "-cp", jars, "-d"]).arg(&aside).args(sources)).expect_success();
        fs::create_dir_all(classes.with_file_name("")).expect("target is writable");
        let moved = fs::rename(&aside, &classes);
        assert!(moved.is_ok() || classes.exists(), "{moved:?}");
    }
    Some(classes)
}

fn java_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the peers are committed");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a name").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "java"));
    files.sort();
    files
}
