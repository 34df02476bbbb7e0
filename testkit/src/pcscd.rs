//! A real smart-card service (pcscd) with virtual readers (vpcd) that nobody else on this machine sees.
//!
//! There is one pcscd for a machine, so a test that wants it runs itself again in a private world
//! (`testkit/pcscd/in-private-world`). There it may be started, stopped and started anew, and simulated cards are put into
//! its two readers. A service, a reader or a card of the machine is neither seen nor touched.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crate::card::vpcd::{FIRST_PORT, SECOND_PORT, VirtualReader};
use crate::components::report_missing;
use crate::{component, folders, run};

const INSIDE: &str = "EIMZA_TESTKIT_INSIDE_PCSCD";
const SOCKET: &str = "/run/pcscd/pcscd.comm";
/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The service of a private world, and its readers.
pub struct Pcscd {
    /// `Virtual PCD 00 00`.
    pub first: VirtualReader,
    /// `Virtual PCD 00 01`.
    pub second: VirtualReader,
    folder: PathBuf,
    child: Option<Child>,
}

/// Runs `body` in a private world where pcscd runs with two empty virtual readers.
///
/// `test` is the full name of the calling test, as `cargo test -- --list` shows it: the test is started again inside.
///
/// ```no_run
/// use eimza_testkit::card::{Card, Design};
///
/// #[test]
/// fn reader_shows_the_card() {
///     eimza_testkit::pcscd::inside("reader_shows_the_card", |pcscd| {
///         pcscd.first.insert(Card::new(Design::akis_1()));
///     });
/// }
/// ```
#[track_caller]
pub fn inside(test: &str, body: impl FnOnce(&mut Pcscd)) {
    if env::var_os(INSIDE).is_some_and(|inside| inside == test) {
        return body(&mut Pcscd::started());
    }
    let Some(script) = world() else { return };
    let mut command = Command::new(script);
    command.arg(env::current_exe().expect("a test is a program"));
    command.args(["--exact", test, "--nocapture", "--include-ignored"]).env(INSIDE, test);
    let said = run(&mut command).expect_success();
    assert!(said.contains("1 passed"), "no test is called {test}:\n{said}");
}

/// Waits until something is so: the service looks at its readers several times in a second.
///
/// # Panics
/// When it is not so after twenty seconds.
#[track_caller]
pub fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "not seen: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The name of the first reader, as programs see it.
pub const FIRST_READER: &str = "Virtual PCD 00 00";

/// The name of the second reader.
pub const SECOND_READER: &str = "Virtual PCD 00 01";

/// Whether the private world can be made here.
fn world() -> Option<PathBuf> {
    for needed in ["pcscd", "unshare", "ip", DRIVER] {
        component(needed)?;
    }
    let script = folders::project().join("testkit/pcscd/in-private-world");
    if run(Command::new(&script).arg("true")).success {
        return Some(script);
    }
    report_missing("the right to make a private world for pcscd (root, or user namespaces)");
    None
}

/// What Debian's package vsmartcard-vpcd tells pcscd of the virtual readers.
const DRIVER: &str = "/etc/reader.conf.d/vpcd";

impl Pcscd {
    fn started() -> Self {
        let folder = folders::scratch("pcscd");
        fs::create_dir_all(folder.join("readers")).expect("scratch is writable");
        fs::copy(DRIVER, folder.join("readers/vpcd")).expect("the driver was looked for outside");
        let (first, second) = (VirtualReader::new(FIRST_PORT), VirtualReader::new(SECOND_PORT));
        let mut pcscd = Self { first, second, folder, child: None };
        pcscd.start();
        pcscd
    }

    /// Starts the service, and waits until it answers.
    ///
    /// # Panics
    /// When it runs already, or does not start.
    pub fn start(&mut self) {
        assert!(self.child.is_none(), "it runs");
        // Of a service that was killed the socket stays behind.
        let _ = fs::remove_file(SOCKET);
        let program = component("pcscd").expect("it was looked for outside");
        let log = fs::OpenOptions::new().create(true).append(true).open(self.log_path()).expect("scratch is writable");
        let mut command = Command::new(program);
        command.args(["--foreground", "--debug", "--apdu", "-c"]).arg(self.folder.join("readers"));
        // Newer ones ask polkit, which a private world does not have.
        if self.knows_polkit() {
            command.arg("--disable-polkit");
        }
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("a file can be shared")).stderr(log);
        self.child = Some(command.spawn().expect("pcscd can be started"));
        until("pcscd has started", || Path::new(SOCKET).exists());
    }

    /// Stops the service. Its readers are gone, and the cards in them wait.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// What the service wrote so far: with every command and every answer, hence with PINs in clear.
    #[must_use]
    pub fn log(&self) -> String {
        let octets = fs::read(self.log_path()).unwrap_or_default();
        String::from_utf8_lossy(&octets).into_owned()
    }

    fn log_path(&self) -> PathBuf {
        self.folder.join("log")
    }

    fn knows_polkit(&self) -> bool {
        run(Command::new("pcscd").arg("--help")).output.contains("--disable-polkit")
    }
}

impl Drop for Pcscd {
    fn drop(&mut self) {
        self.stop();
    }
}
