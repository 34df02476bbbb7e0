//! The attempt guard between processes that share one memory.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use std::{env, fs};

use eimza_core::token::{
    Attempt, AttemptMemory, CallContext, Entered, FileMemory, Outcome, PinId, PinReport, SignRequest, Token,
    TokenCertificate, TokenDriver, TokenIdentity, TokenInfo, TokenKind, TokenPin,
};
use eimza_core::{Error, Pin, Puk, Result};
use eimza_testkit::scratch;

/// The card's PIN, as memories know it.
fn pin() -> TokenPin {
    TokenIdentity::new(&Card(PathBuf::new()).info().unwrap(), &[]).pin(PinId::PIN)
}

/// How many processes try at once.
const PROCESSES: usize = 4;
const FOLDER: &str = "EIMZA_TEST_GUARD_FOLDER";
const MEMORY: &str = "EIMZA_TEST_GUARD_MEMORY";

/// A card that tells nothing and refuses every PIN. It is asked only when all processes have been let through to it, and
/// writes down each attempt.
#[derive(Debug)]
struct Card(PathBuf);

impl Card {
    fn wait_for_all(&self) {
        let arrived = self.0.join("arrived");
        fs::create_dir_all(&arrived).unwrap();
        fs::write(arrived.join(std::process::id().to_string()), "").unwrap();
        let began = Instant::now();
        while fs::read_dir(&arrived).unwrap().count() < PROCESSES && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn failures(folder: &Path) -> u32 {
    FileMemory::new(folder.join("memory")).recall(&pin()).unwrap().failures
}

fn attempts(folder: &Path) -> usize {
    fs::read_dir(folder.join("attempts")).map_or(0, Iterator::count)
}

impl TokenDriver for Card {
    fn info(&self) -> Result<TokenInfo> {
        let mut info = TokenInfo::new(TokenKind::SmartCard, "card");
        info.serial = "card 1".into();
        Ok(info)
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        Ok(Vec::new())
    }

    fn pin_report(&self, _: &PinId) -> Result<PinReport> {
        Ok(PinReport::default())
    }

    fn verify_pin(&self, _: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.wait_for_all();
        context.present(|| {
            let attempts = self.0.join("attempts");
            fs::create_dir_all(&attempts).unwrap();
            fs::write(attempts.join(std::process::id().to_string()), "").unwrap();
            Err(Error::PinIncorrect { tries_left: None })
        })
    }

    fn change_pin(&self, old: &Entered<Pin>, _: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.verify_pin(old, context)
    }

    fn unblock_pin(&self, _: &Entered<Puk>, _: &Entered<Pin>, _: &CallContext) -> Result<()> {
        Err(Error::PukBlocked)
    }

    fn change_puk(&self, _: &Entered<Puk>, _: &Entered<Puk>, _: &CallContext) -> Result<()> {
        Err(Error::PukBlocked)
    }

    fn sign(
        &self,
        _: &TokenCertificate,
        _: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>> {
        self.verify_pin(pin, context).map(|()| Vec::new())
    }
}

/// One failure is remembered: of all that are let through at the same moment, one spends the second try.
#[test]
fn processes_at_once_spend_no_more_than_one_after_the_other() {
    const NAME: &str = "processes_at_once_spend_no_more_than_one_after_the_other";
    if let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) {
        let memory = Arc::new(FileMemory::new(folder.join("memory")));
        let refused =
            Token::new(Card(folder)).with_memory(memory).verify_pin(Pin::new("1234").unwrap(), Attempt::new());
        println!("told: {}.", refused.unwrap_err().name());
        return;
    }
    let folder = scratch("guard");
    FileMemory::new(folder.join("memory")).record(&pin(), Outcome::Refused);
    let mut process = Command::new(env::current_exe().unwrap());
    process.args(["--exact", NAME, "--nocapture"]).env(FOLDER, &folder).stdout(Stdio::piped());
    let processes: Vec<_> = (0..PROCESSES).map(|_| process.spawn().unwrap()).collect();
    let said = processes.into_iter().map(|process| process.wait_with_output().unwrap().stdout).collect::<Vec<_>>();
    let told = |name: &str| {
        let line = format!("told: {name}.");
        said.iter().filter(|said| String::from_utf8_lossy(said).contains(&line)).count()
    };
    assert_eq!((told("pin-incorrect"), told("pin-final-try")), (1, PROCESSES - 1));
    assert_eq!(attempts(&folder), 1);
}

/// Not a test of its own: remembers a failure in another process.
#[test]
fn remembers_in_another_process() {
    let Some(path) = env::var_os(MEMORY) else { return };
    FileMemory::new(path).record(&pin(), Outcome::Refused);
}

/// The thread that was writing is not there to end it.
#[cfg(unix)]
#[test]
fn a_forked_child_waits_for_no_thread_of_its_parent() {
    use std::os::unix::process::CommandExt;
    let folder = scratch("forked");
    let memory = FileMemory::new(folder.join("memory"));
    let of_child = FileMemory::new(folder.join("memory-of-child"));
    let mut child = Command::new("true");
    // SAFETY: the child takes no lock that another thread of this process may hold, then becomes `true`.
    unsafe {
        child.pre_exec(move || {
            of_child.record(&pin(), Outcome::Refused);
            Ok(())
        });
    }
    let (fork, asked) = mpsc::channel();
    let (sender, ended) = mpsc::channel();
    std::thread::spawn(move || {
        asked.recv().unwrap();
        sender.send(child.status().is_ok_and(|status| status.success()))
    });
    // While one is asked for permission nobody else may write.
    let permit = |_| {
        fork.send(()).unwrap();
        assert_eq!(ended.recv_timeout(Duration::from_secs(20)), Ok(true));
        Ok(())
    };
    memory.begin(&pin(), &permit).unwrap();
    assert_eq!(FileMemory::new(folder.join("memory-of-child")).recall(&pin()).unwrap().failures, 1);
}

/// Children that are forked while other threads present PINs: each comes to an end, with a turn and a memory of its own.
#[cfg(unix)]
#[test]
fn children_forked_under_load_come_to_an_end() {
    let present = |token: &Token| token.verify_pin(Pin::new("1234").unwrap(), Attempt::new().spend_last_try());
    let of_thread = || {
        let token = Token::new(Open);
        move || present(&token).unwrap()
    };
    let of_child = || {
        let token = Token::new(Open);
        move || present(&token).map_err(std::io::Error::other)
    };
    fork_under_load(of_thread, of_child);
}

/// The same while other threads look at a PKCS#11 token and for modules: what they lock for a moment is never locked in a
/// child. The child calls no module, whose own locks may be taken.
#[cfg(all(unix, feature = "pkcs11"))]
#[test]
fn children_forked_under_a_load_of_pkcs11_come_to_an_end() {
    use eimza_core::token::pkcs11;
    let Some(softhsm) = eimza_testkit::softhsm() else { return };
    softhsm.token("FORK").import("nes-p256", "01");
    let address = format!("pkcs11:token=FORK?module-path={}", softhsm.module_copy().display());
    let token = pkcs11::only(&address.parse().unwrap()).unwrap();
    let no_module = scratch("forked").join("no-module.so");
    fs::write(&no_module, "no module").unwrap();
    let look = || {
        // A certificate of one's own: its fingerprint is computed when it is asked for first.
        let found = token.certificates().unwrap().one().unwrap();
        assert!(found.can_sign() && pkcs11::probe(&no_module).is_err());
        (0..1000).for_each(|_| drop(format!("{token:?}")));
        (0..100).for_each(|_| drop(pkcs11::probe(&no_module)));
    };
    let of_child = || {
        let (token, no_module) = (token.clone(), no_module.clone());
        move || {
            let shown = format!("{token:?}");
            let is_known = shown.contains("FORK") && pkcs11::probe(&no_module).is_err();
            if is_known { Ok(()) } else { Err(std::io::ErrorKind::Other.into()) }
        }
    };
    fork_under_load(|| &look, of_child);
}

/// Forks 200 children, one after the other, while three threads do this all the time: each child does the other, and then
/// becomes `true`.
#[cfg(unix)]
fn fork_under_load<T, C>(of_thread: impl Fn() -> T + Sync, of_child: impl Fn() -> C)
where
    T: Fn(),
    C: FnMut() -> std::io::Result<()> + Send + Sync + 'static,
{
    use std::os::unix::process::CommandExt;
    use std::sync::atomic::{AtomicBool, Ordering};
    const CHILDREN: usize = 200;
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let work = of_thread();
                while !is_over.load(Ordering::SeqCst) {
                    work();
                }
            });
        }
        for number in 0..CHILDREN {
            let mut child = Command::new("true");
            // SAFETY: the child takes only locks that no thread holds while a process forks, then becomes `true`.
            unsafe { child.pre_exec(of_child()) };
            let (sender, ended) = mpsc::channel();
            std::thread::spawn(move || sender.send(child.status().is_ok_and(|status| status.success())));
            let ended = ended.recv_timeout(Duration::from_secs(60));
            is_over.store(ended.is_err() || number + 1 == CHILDREN, Ordering::SeqCst);
            assert_eq!(ended, Ok(true), "child {number} hangs");
        }
    });
}

/// A token that accepts everything at once: what takes time is the guard.
#[cfg(unix)]
#[derive(Debug)]
struct Open;

#[cfg(unix)]
impl TokenDriver for Open {
    fn info(&self) -> Result<TokenInfo> {
        Card(PathBuf::new()).info()
    }

    fn certificates(&self) -> Result<Vec<TokenCertificate>> {
        Ok(Vec::new())
    }

    fn pin_report(&self, _: &PinId) -> Result<PinReport> {
        Ok(PinReport::default())
    }

    fn verify_pin(&self, _: &Entered<Pin>, context: &CallContext) -> Result<()> {
        context.present(|| Ok(()))
    }

    fn change_pin(&self, old: &Entered<Pin>, _: &Entered<Pin>, context: &CallContext) -> Result<()> {
        self.verify_pin(old, context)
    }

    fn unblock_pin(&self, _: &Entered<Puk>, _: &Entered<Pin>, _: &CallContext) -> Result<()> {
        Err(Error::PukBlocked)
    }

    fn change_puk(&self, _: &Entered<Puk>, _: &Entered<Puk>, _: &CallContext) -> Result<()> {
        Err(Error::PukBlocked)
    }

    fn sign(
        &self,
        _: &TokenCertificate,
        _: &[SignRequest],
        pin: &Entered<Pin>,
        context: &CallContext,
    ) -> Result<Vec<Vec<u8>>> {
        self.verify_pin(pin, context).map(|()| Vec::new())
    }
}

/// Whoever may not write to it may still lock it: it was made by root.
#[cfg(unix)]
#[test]
fn a_lock_that_is_somebody_else_s_is_waited_for() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    let folder = env::temp_dir().join(format!("eimza-guard-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    // The program goes where another may start it. What is forked meanwhile must not have it open for writing.
    let program = folder.join("program");
    assert!(Command::new("cp").arg(env::current_exe().unwrap()).arg(&program).status().unwrap().success());
    let lock = fs::File::create(folder.join("memory.lock")).unwrap();
    fs::set_permissions(folder.join("memory.lock"), fs::Permissions::from_mode(0o444)).unwrap();
    let mut process = Command::new(program);
    process.args(["--exact", "remembers_in_another_process"]).env(MEMORY, folder.join("memory")).stdout(Stdio::null());
    if chown(&folder, Some(1234), Some(1234)).is_ok() {
        process.uid(1234).gid(1234); // root only
    }
    lock.lock().unwrap();
    let mut waiting = process.spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(failures(&folder), 0, "it went on without the lock");
    lock.unlock().unwrap();
    assert!(waiting.wait().unwrap().success());
    assert_eq!(failures(&folder), 1);
    fs::remove_dir_all(folder).unwrap();
}
