//! BouncyCastle with Debian's jars; our program around it is compiled once and kept.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::SystemTime;
use std::{fs, io};

use crate::run::run;
use crate::{component, folders};

const JARS: &str = "/usr/share/java/bcpkix.jar:/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar";

pub(super) fn program(source: &Path) -> Option<Command> {
    static CLASSES: OnceLock<Option<PathBuf>> = OnceLock::new();
    let classes = CLASSES.get_or_init(|| compiled(source)).as_ref()?;
    let mut command = Command::new("java");
    command.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"]);
    command.arg(format!("{JARS}:{}", classes.display())).arg("Peer");
    Some(command)
}

/// The folder of the compiled program.
fn compiled(source: &Path) -> Option<PathBuf> {
    for needed in JARS.split(':').chain(["java", "javac"]) {
        component(needed)?;
    }
    let classes = folders::testbed().join("java");
    let changed = |path: &Path| -> io::Result<SystemTime> { fs::metadata(path)?.modified() };
    if changed(&classes.join("Peer.class")).ok() > changed(source).ok() {
        return Some(classes);
    }
    // Compiled aside and then moved: another test process may be running the old one.
    let aside = folders::scratch("java");
    let mut compiler = Command::new("javac");
    run(compiler.args(["-nowarn", "-cp", JARS, "-d"]).arg(&aside).arg(source)).expect_success();
    fs::create_dir_all(&classes).expect("target is writable");
    fs::rename(aside.join("Peer.class"), classes.join("Peer.class")).expect("target is writable");
    Some(classes)
}
