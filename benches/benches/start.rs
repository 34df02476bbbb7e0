//! How long the start of the command takes, and the import of the Python module.
//!
//! `cargo bench -p eimza-benches --bench start` builds the command first; the Python module is the one that
//! `tests/run python` built: what is not there cannot be measured, and fails the run.

#![allow(clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use eimza_benches::{interleaved, report};
use eimza_testkit::{pki, project, testbed};

const ROUNDS: usize = 31;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let built = Command::new(env!("CARGO")).args(["build", "--release", "-q", "-p", "eimza-cli"]).status()?;
    assert!(built.success(), "the command builds");
    let command = target().join("release/eimza");
    let certificate = pki::certificate_path("nes-p384");
    let show = || run(Command::new(&command).args(["certificate", "show", "--json"]).arg(&certificate));
    let openssl = || run(Command::new("openssl").args(["x509", "-noout", "-text", "-in"]).arg(&certificate));
    let [us, peer] = interleaved(ROUNDS, 1, &mut [&mut || show(), &mut || openssl()]);
    let figure = format!("{:.1} ms; openssl x509 -text {:.1} ms", milliseconds(us), milliseconds(peer));
    let mut all_met = report("eimza certificate show", figure, "< 10 ms", us < Duration::from_millis(10));

    let python = testbed().join("venv/bin/python");
    let can_import = Command::new(&python).args(["-c", "import eimza"]).stderr(Stdio::null()).status();
    if can_import.is_ok_and(|status| status.success()) {
        let import = || run(Command::new(&python).args(["-c", "import eimza"]));
        let nothing = || run(Command::new(&python).args(["-c", ""]));
        let peer = || run(Command::new(&python).args(["-c", "import pyhanko.sign"]));
        let [with, without, peer] = interleaved(ROUNDS, 1, &mut [&mut || import(), &mut || nothing(), &mut || peer()]);
        let (us, peer) = (with.saturating_sub(without), peer.saturating_sub(without));
        let figure = format!("{:.1} ms; import pyhanko.sign {:.0} ms", milliseconds(us), milliseconds(peer));
        all_met &= report("import eimza", figure, "< 50 ms", us < Duration::from_millis(50));
    } else {
        all_met = report("import eimza", "not there: run `tests/run python` first".into(), "< 50 ms", false);
    }
    if all_met { Ok(()) } else { Err("a goal was missed".into()) }
}

fn run(command: &mut Command) {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().expect("it starts");
    assert!(status.success(), "{command:?}");
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(&project()).join("target"), PathBuf::from)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
