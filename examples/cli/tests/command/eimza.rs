//! Runs the command and looks at what came out.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::MutexGuard;
use std::sync::atomic::{AtomicU32, Ordering};

use eimza_testkit::{PIN, Token, scratch, softhsm};
use serde_json::Value;

/// How a run ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

/// One call of the command, in a folder of its own, with a home of its own.
pub(crate) struct Eimza {
    command: Command,
    pub(crate) folder: PathBuf,
    input: String,
}

/// A call with these arguments; nothing of the caller's language or home is seen.
pub(crate) fn eimza<A: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = A>) -> Eimza {
    let folder = scratch("cli");
    let mut command = Command::new(env!("CARGO_BIN_EXE_eimza"));
    command.args(arguments).current_dir(&folder).env("HOME", &folder).env("XDG_STATE_HOME", folder.join("state"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "EIMZA_PKCS11_MODULE"] {
        command.env_remove(name);
    }
    Eimza { command, folder, input: String::new() }
}

impl Eimza {
    pub(crate) fn environment(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// The PIN of the test bed's tokens, in the variable `PIN`.
    pub(crate) fn with_pin(self) -> Self {
        self.environment("PIN", PIN)
    }

    pub(crate) fn inside(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self.folder = folder.to_owned();
        self
    }

    /// Failed attempts are remembered here.
    pub(crate) fn state(self, folder: &Path) -> Self {
        self.environment("XDG_STATE_HOME", folder)
    }

    /// Nobody can be asked: `setsid` leaves the terminal of the test behind.
    pub(crate) fn without_terminal(mut self) -> Self {
        let mut apart = Command::new("setsid");
        apart.arg("--wait").arg(self.command.get_program()).args(self.command.get_args()).current_dir(&self.folder);
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => apart.env(name, value),
                None => apart.env_remove(name),
            };
        }
        self.command = apart;
        self
    }

    pub(crate) fn input(mut self, text: &str) -> Self {
        self.input = text.to_owned();
        self
    }

    pub(crate) fn run(mut self) -> Ended {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(self.input.as_bytes());
        let ended = child.wait_with_output().unwrap();
        Ended {
            code: ended.status.code().unwrap(),
            output: String::from_utf8(ended.stdout).unwrap(),
            errors: String::from_utf8(ended.stderr).unwrap(),
        }
    }

    /// Runs to this exit code and reads standard output as JSON, one object per line.
    #[track_caller]
    pub(crate) fn json(self, code: i32) -> Vec<Value> {
        let ended = self.run();
        assert_eq!(ended.code, code, "{}{}", ended.output, ended.errors);
        ended.output.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// The only object of a run that ends with this exit code.
    #[track_caller]
    pub(crate) fn one(self, code: i32) -> Value {
        let mut objects = self.json(code);
        assert_eq!(objects.len(), 1, "{objects:?}");
        objects.remove(0)
    }

    /// The error of a run that ends with this exit code.
    #[track_caller]
    pub(crate) fn error(self, code: i32) -> Value {
        let object = self.one(code);
        let error = object["error"].clone();
        assert!(error["message"].is_string() && error["remedy"].is_string(), "{object}");
        error
    }
}

/// A SoftHSM token of one's own with this certificate and its key on it, and the turn at the store.
pub(crate) fn softhsm_with(certificate: &str) -> Option<(Token, MutexGuard<'static, ()>)> {
    let softhsm = softhsm()?;
    let turn = softhsm.turn();
    // Each call of the command sees the tokens of all tests: the label tells them apart.
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let token = softhsm.token(&format!("CLI{}", COUNT.fetch_add(1, Ordering::Relaxed)));
    token.import(certificate, "01");
    Some((token, turn))
}

/// A file of the test PKI.
pub(crate) fn certificate(name: &str) -> String {
    eimza_testkit::pki::certificate_path(name).to_string_lossy().into_owned()
}
