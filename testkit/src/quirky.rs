//! A PKCS#11 module that misbehaves on demand (`fake-pkcs11`), over a SoftHSM token of its own.
//!
//! A module reads its quirks from the environment and keeps them, so a test that wants some runs itself again in a
//! process of its own.

use std::env;
use std::path::PathBuf;
use std::process::Command;

pub use fake_pkcs11::{Call, Quirk};

use crate::run::run;
use crate::token::Token;
use crate::{SOFTHSM_MODULE, component, folders, softhsm};

const INSIDE: &str = "EIMZA_TESTKIT_INSIDE_QUIRKY";
const LOG: &str = "FAKE_PKCS11_LOG";

/// The token of a test, reached through the misbehaving module.
#[derive(Debug)]
pub struct Stage {
    /// The token itself, to be filled and asked without any quirk.
    pub token: Token,
    /// The misbehaving module.
    pub module: PathBuf,
}

/// The misbehaving module, for programs that are started with `FAKE_PKCS11_QUIRKS` in their environment.
#[must_use]
pub fn module() -> PathBuf {
    fake_pkcs11::path().expect("a test is a program")
}

/// Runs `body` in a process of its own where the module shows these quirks, over a token labelled `NES1`.
///
/// `test` is the full name of the calling test, as `cargo test -- --list` shows it. `environment` holds further
/// variables, for example `FAKE_PKCS11_ANSWERS`; `{module}` in a value stands for the module's path,
/// `{scratch}` for an empty folder.
///
/// ```no_run
/// use eimza_testkit::quirky::{self, Quirk};
///
/// #[test]
/// fn null_is_the_only_argument() {
///     quirky::inside("null_is_the_only_argument", &[Quirk::NullInitOnly], &[], |stage| {
///         assert_eq!(stage.count("C_Login"), 0);
///     });
/// }
/// ```
#[track_caller]
pub fn inside(test: &str, quirks: &[Quirk], environment: &[(&str, &str)], body: impl FnOnce(Stage)) {
    if env::var_os(INSIDE).is_some_and(|inside| inside == test) {
        let token = softhsm().expect("looked for outside").token("NES1");
        return body(Stage { token, module: module() });
    }
    for needed in ["softhsm2-util", "pkcs11-tool", SOFTHSM_MODULE] {
        if component(needed).is_none() {
            return;
        }
    }
    let names: Vec<&str> = quirks.iter().map(|quirk| quirk.name()).collect();
    let mut command = Command::new(env::current_exe().expect("a test is a program"));
    command.args(["--exact", test, "--nocapture", "--include-ignored"]).env(INSIDE, test);
    command.env("FAKE_PKCS11_QUIRKS", names.join(",")).env(LOG, folders::scratch("quirky").join("calls"));
    let module = module().to_string_lossy().into_owned();
    let folder = folders::scratch("home").to_string_lossy().into_owned();
    let filled = |value: &str| value.replace("{module}", &module).replace("{scratch}", &folder);
    command.envs(environment.iter().map(|(name, value)| (name, filled(value))));
    let said = run(&mut command).expect_success();
    assert!(said.contains("1 passed"), "no test is called {test}:\n{said}");
}

impl Stage {
    /// The calls that reached the module so far, in their order.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        fake_pkcs11::calls(&PathBuf::from(env::var_os(LOG).expect("set outside")))
    }

    /// How often this function was called.
    #[must_use]
    pub fn count(&self, function: &str) -> usize {
        self.calls().iter().filter(|call| call.function == function).count()
    }

    /// How often a PIN or PUK reached the module in any way.
    #[must_use]
    pub fn attempts(&self) -> usize {
        ["C_Login", "C_SetPIN", "C_InitPIN"].iter().map(|function| self.count(function)).sum()
    }

    /// How the library names the token behind the misbehaving module (RFC 7512).
    #[must_use]
    pub fn uri(&self) -> String {
        Token { module: self.module.clone(), label: self.token.label.clone() }.uri()
    }
}
