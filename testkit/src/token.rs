//! One token of one PKCS#11 module, filled and asked by `pkcs11-tool`, not by us.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, slice};

use crate::run::{Outcome, run};
use crate::{folders, pki};

/// The user PIN of every token that the test bed makes.
pub const PIN: &str = "123456";
/// The SO PIN (PUK) of every token that the test bed makes.
pub const SO_PIN: &str = "12345678";

/// A token that is initialised, with [`PIN`] and [`SO_PIN`].
#[derive(Debug, Clone)]
pub struct Token {
    /// The PKCS#11 module to load.
    pub module: PathBuf,
    /// Its label: slot numbers change, labels stay.
    pub label: String,
}

impl Token {
    /// Puts a private key and its certificate of the PKI on the token, both with this `id` (hex) and the label `SIGN0`.
    #[track_caller]
    pub fn import(&self, name: &str, id: &str) -> &Self {
        self.import_private_key(name, id, "SIGN0", &[]).import_certificate(name, id, "SIGN0")
    }

    /// Puts a private key of the PKI on the token. `more` are options of `pkcs11-tool`, such as `--always-auth`.
    #[track_caller]
    pub fn import_private_key(&self, name: &str, id: &str, label: &str, more: &[&str]) -> &Self {
        let key = folders::scratch("key").join("key.der");
        fs::write(&key, pki::private_key_der(name)).expect("scratch is writable");
        let options = ["--type", "privkey", "--usage-sign", "--id", id, "--label", label];
        self.write_object(&key, &[&options, more].concat())
    }

    /// Puts a certificate of the PKI on the token.
    #[track_caller]
    pub fn import_certificate(&self, name: &str, id: &str, label: &str) -> &Self {
        self.write_object(&pki::certificate_path(name), &["--type", "cert", "--id", id, "--label", label])
    }

    /// Runs `pkcs11-tool` on this token without login.
    pub fn pkcs11_tool(&self, options: &[&str]) -> Outcome {
        let mut command = Command::new("pkcs11-tool");
        command.arg("--module").arg(&self.module).args(["--token-label", &self.label]).args(options);
        run(&mut command)
    }

    /// Runs `pkcs11-tool` on this token, logged in with `pin`.
    pub fn pkcs11_tool_with_pin(&self, pin: &str, options: &[&str]) -> Outcome {
        self.pkcs11_tool(&[&["--login", "--pin", pin], options].concat())
    }

    /// Logs in once and does nothing else; each wrong `pin` costs a try where the token counts.
    pub fn try_pin(&self, pin: &str) -> bool {
        self.pkcs11_tool_with_pin(pin, slice::from_ref(&"--list-objects")).success
    }

    /// What the module says about its tokens, this one's flags among them (`final user PIN try`, `user PIN locked`).
    pub fn slots(&self) -> String {
        let mut command = Command::new("pkcs11-tool");
        run(command.arg("--module").arg(&self.module).arg("--list-token-slots")).expect_success()
    }

    /// How the `eimza` command and the library name this token (RFC 7512).
    #[must_use]
    pub fn uri(&self) -> String {
        format!("pkcs11:token={}?module-path={}", self.label, self.module.display())
    }

    #[track_caller]
    fn write_object(&self, file: &Path, options: &[&str]) -> &Self {
        let file = file.to_string_lossy();
        self.pkcs11_tool_with_pin(PIN, &[&["--write-object", &file], options].concat()).expect_success();
        self
    }
}
