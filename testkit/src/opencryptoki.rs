//! opencryptoki's software token: a real lock after three wrong PINs. Only `CKM_RSA_PKCS` and PSS sign, no EC.
//!
//! It has one daemon and one store for the whole machine, so a test that wants it runs itself again in a private world
//! (`testkit/opencryptoki/in-private-world`), where the store is virgin and the daemon ends with the world.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::components::report_missing;
use crate::run::{run, run_with_input};
use crate::token::{PIN, SO_PIN, Token};
use crate::{component, folders};

const INSIDE: &str = "EIMZA_TESTKIT_INSIDE_OPENCRYPTOKI";
const FACTORY_SO_PIN: &str = "87654321";

/// Runs `body` in a private world with an initialised token labelled `NES9`.
///
/// `test` is the full name of the calling test, as `cargo test -- --list` shows it: the test is started again inside.
///
/// ```no_run
/// #[test]
/// fn pin_is_blocked_after_three_tries() {
///     eimza_testkit::opencryptoki::inside("pin_is_blocked_after_three_tries", |token| {
///         assert!(!token.try_pin("000000"));
///     });
/// }
/// ```
#[track_caller]
pub fn inside(test: &str, body: impl FnOnce(Token)) {
    if env::var_os(INSIDE).is_some_and(|inside| inside == test) {
        return body(initialised_token());
    }
    let Some(script) = world() else { return };
    let mut command = Command::new(script);
    command.arg(env::current_exe().expect("a test is a program"));
    command.args(["--exact", test, "--nocapture", "--include-ignored"]).env(INSIDE, test);
    let said = run(&mut command).expect_success();
    assert!(said.contains("1 passed"), "no test is called {test}:\n{said}");
}

/// Whether the private world can be made here.
fn world() -> Option<PathBuf> {
    for needed in ["pkcsslotd", "pkcsconf", "pkcs11-tool", "unshare"] {
        component(needed)?;
    }
    module()?;
    let script = folders::project().join("testkit/opencryptoki/in-private-world");
    if run(Command::new(&script).arg("true")).success {
        return Some(script);
    }
    report_missing("the right to make a private world for opencryptoki (root)");
    None
}

/// The PKCS#11 module.
#[must_use]
pub fn module() -> Option<PathBuf> {
    let architecture = format!("/usr/lib/{}-linux-gnu", env::consts::ARCH);
    component(&format!("{architecture}/opencryptoki/libopencryptoki.so.0"))
}

fn initialised_token() -> Token {
    let pkcsconf = |option: &str, answers: &[&str]| {
        let mut command = Command::new("pkcsconf");
        run_with_input(command.args(["-c", "3", option]), &format!("{}\n", answers.join("\n"))).expect_success();
    };
    pkcsconf("-I", &[FACTORY_SO_PIN, "NES9"]);
    pkcsconf("-P", &[FACTORY_SO_PIN, SO_PIN, SO_PIN]);
    pkcsconf("-u", &[SO_PIN, PIN, PIN]);
    Token { module: module().expect("looked for outside"), label: "NES9".to_owned() }
}
