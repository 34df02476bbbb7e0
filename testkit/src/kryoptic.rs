//! kryoptic: PKCS#11 3.x (`C_GetInterface`), EC, PSS, SHA-3, a PIN that blocks after ten tries.
//!
//! The module is built by the stage `kryoptic` of `tests/run`; `EIMZA_KRYOPTIC_MODULE` may name another one.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs};

use crate::run::run;
use crate::softhsm::set_environment;
use crate::token::{PIN, SO_PIN, Token};
use crate::{component, folders};

const SLOTS: usize = 8;

/// The kryoptic of this test process, with a store that nobody else uses.
#[derive(Debug)]
pub struct Kryoptic {
    module: PathBuf,
    used: AtomicUsize,
}

/// The kryoptic of this test process, or `None` where it was not built.
///
/// The first call sets `KRYOPTIC_CONF` for this process and every program that it starts.
pub fn kryoptic() -> Option<&'static Kryoptic> {
    static SHARED: OnceLock<Option<Kryoptic>> = OnceLock::new();
    SHARED.get_or_init(Kryoptic::start).as_ref()
}

impl Kryoptic {
    /// Makes an empty token; call it before the module is loaded. There is room for eight.
    #[track_caller]
    pub fn token(&self, label: &str) -> Token {
        let slot = self.used.fetch_add(1, Ordering::Relaxed);
        assert!(slot < SLOTS, "kryoptic is set up with {SLOTS} slots");
        let mut initialise = Command::new("pkcs11-tool");
        initialise.arg("--module").arg(&self.module).args(["--init-token", "--slot", &slot.to_string()]);
        run(initialise.args(["--label", label, "--so-pin", SO_PIN])).expect_success();

        let token = Token { module: self.module.clone(), label: label.to_owned() };
        let set_pin = ["--init-pin", "--login", "--login-type", "so", "--so-pin", SO_PIN, "--new-pin", PIN];
        token.pkcs11_tool(&set_pin).expect_success();
        token
    }

    fn start() -> Option<Self> {
        component("pkcs11-tool")?;
        let module = env::var_os("EIMZA_KRYOPTIC_MODULE").map(PathBuf::from);
        let module = module.unwrap_or_else(|| folders::testbed().join("kryoptic/debug/libeimza_kryoptic.so"));
        component(&module.to_string_lossy())?;

        let folder = folders::scratch("kryoptic");
        let slot = |number| {
            format!("[[slots]]\nslot = {number}\ndbtype = \"sqlite\"\ndbargs = \"{}/{number}.sql\"\n", folder.display())
        };
        let configuration = folder.join("kryoptic.conf");
        fs::write(&configuration, (0..SLOTS).map(slot).collect::<String>()).expect("scratch is writable");
        set_environment("KRYOPTIC_CONF", &configuration);
        Some(Self { module, used: AtomicUsize::new(0) })
    }
}
