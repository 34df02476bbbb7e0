//! SoftHSM 2: RSA and EC keys, keys that ask for the PIN each time. It never blocks a PIN.
//!
//! A SoftHSM that was loaded does not see tokens made later: make all tokens first, then load. Tests that run side by
//! side in one process take [`SoftHsm::module_copy`] each: a copy is a module of its own to the loader. And one that reads
//! the store while another test fills a token sees half of it: such tests hold [`SoftHsm::turn`].

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::run::run;
use crate::token::{PIN, SO_PIN, Token};
use crate::{component, folders, pki};

/// Where Debian installs the module.
pub const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";

/// The SoftHSM of this test process, with a store that nobody else uses.
#[derive(Debug)]
pub struct SoftHsm {
    folder: PathBuf,
}

/// The SoftHSM of this test process, or `None` where it is not installed.
///
/// The first call sets `SOFTHSM2_CONF` for this process and every program that it starts.
pub fn softhsm() -> Option<&'static SoftHsm> {
    static SHARED: OnceLock<Option<SoftHsm>> = OnceLock::new();
    SHARED.get_or_init(SoftHsm::start).as_ref()
}

impl SoftHsm {
    /// Makes an empty token; call it before the module is loaded.
    #[track_caller]
    pub fn token(&self, label: &str) -> Token {
        let mut command = Command::new("softhsm2-util");
        command.args(["--init-token", "--free", "--label", label, "--so-pin", SO_PIN, "--pin", PIN]);
        // `--free` looks for a free slot first and takes it afterwards.
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        run(&mut command).expect_success();
        Token { module: PathBuf::from(MODULE), label: label.to_owned() }
    }

    /// The turn at the store: whoever reads it while tokens are made holds this, whoever makes them too.
    pub fn turn(&self) -> MutexGuard<'static, ()> {
        static TURN: Mutex<()> = Mutex::new(());
        TURN.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts so many further certificates on a token that holds this one: copies of its object in the store, which differ in
    /// the last octets of their signature value.
    ///
    /// # Panics
    /// Where the token does not hold the certificate.
    #[track_caller]
    pub fn multiply_certificate(&self, token: &Token, name: &str, count: u16) {
        let (folder, certificate) = (self.folder_of(token), pki::certificate(name));
        let object = entries(&folder).iter().find_map(|path| behind(path, &certificate));
        let (mut octets, end) = object.expect("the certificate is on the token");
        for number in 0..count {
            octets[end - 2..end].copy_from_slice(&number.to_be_bytes());
            let copy = folder.join(format!("{number:08x}-0000-0000-0000-000000000000.object"));
            fs::write(copy, &octets).expect("the store is writable");
        }
    }

    /// Takes a token out of the store.
    #[track_caller]
    pub fn remove(&self, token: &Token) {
        fs::remove_dir_all(self.folder_of(token)).expect("the store is writable");
    }

    /// Where the store keeps a token.
    #[track_caller]
    fn folder_of(&self, token: &Token) -> PathBuf {
        let label = format!("{:<32}", token.label).into_bytes();
        let is_meant = |folder: &PathBuf| behind(&folder.join("token.object"), &label).is_some();
        entries(&self.folder.join("tokens")).into_iter().find(is_meant).expect("the token is in the store")
    }

    /// A module of one's own: a copy of the library file, which shows all tokens made before it is initialised.
    #[must_use]
    pub fn module_copy(&self) -> PathBuf {
        let copy = folders::scratch("module").join("libsofthsm2.so");
        fs::copy(MODULE, &copy).expect("scratch is writable");
        copy
    }

    /// The configuration file that `SOFTHSM2_CONF` names.
    #[must_use]
    pub fn configuration(&self) -> PathBuf {
        self.folder.join("softhsm2.conf")
    }

    fn start() -> Option<Self> {
        component("softhsm2-util")?;
        component("pkcs11-tool")?;
        component(MODULE)?;
        let this = Self { folder: folders::scratch("softhsm") };
        let tokens = this.folder.join("tokens");
        fs::create_dir(&tokens).expect("scratch is writable");
        let text =
            format!("directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n", tokens.display());
        fs::write(this.configuration(), text).expect("scratch is writable");
        set_environment("SOFTHSM2_CONF", &this.configuration());
        Some(this)
    }
}

/// Sets a variable that modules read when they are initialised.
pub(crate) fn set_environment(name: &str, value: &Path) {
    // SAFETY: done once, before this process loads a module; Rust's own readers of the environment take its lock, and
    // the libraries that read it without that lock are loaded only after this call.
    unsafe { std::env::set_var(name, value) };
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("the store is readable").map(|entry| entry.expect("an entry").path()).collect()
}

/// A file that holds these octets, and where they end in it.
fn behind(path: &Path, part: &[u8]) -> Option<(Vec<u8>, usize)> {
    let octets = fs::read(path).ok()?;
    let at = octets.windows(part.len()).position(|window| window == part)?;
    Some((octets, at + part.len()))
}
