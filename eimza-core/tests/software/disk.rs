//! What the disk holds: no try is won back by killing, none by racing, and damage is found.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::support::*;
use eimza_core::Result;
use eimza_core::token::software::{Creation, SoftwareToken};
use eimza_core::token::{self, Attempt, AttemptMemory, Outcome, Recollection, Token, TokenPin};

const PATH: &str = "EIMZA_SOFTWARE_TEST_TOKEN";
const ENTERED: &str = "EIMZA_SOFTWARE_TEST_PIN";
const ONCE: &str = "EIMZA_SOFTWARE_TEST_ONCE";
const SPARES_LAST_TRY: &str = "EIMZA_SOFTWARE_TEST_SPARES_LAST_TRY";

/// Not a test of its own: what the tests below run in another process. Prints what each attempt came to.
#[test]
fn in_another_process() {
    let (Ok(path), Ok(entered)) = (std::env::var(PATH), std::env::var(ENTERED)) else { return };
    let token = SoftwareToken::open(path).unwrap();
    let attempt = if std::env::var(SPARES_LAST_TRY).is_ok() { Attempt::new } else { last };
    for _ in 0..if std::env::var(ONCE).is_ok() { 1 } else { 3 } {
        let outcome = token.verify_pin(pin(&entered), attempt());
        println!(
            "outcome:{}",
            outcome.map_or_else(|error| format!("{}:{:?}", error.name(), error.tries_left()), |()| "ok".into())
        );
    }
}

fn other_process(path: &Path, entered: &str) -> Child {
    attempts(&std::env::current_exe().unwrap(), path, entered).spawn().unwrap()
}

/// Attempts that were not permitted to spend the last try.
fn sparing_process(path: &Path, entered: &str) -> Child {
    attempts(&std::env::current_exe().unwrap(), path, entered).env(SPARES_LAST_TRY, "").spawn().unwrap()
}

fn attempts(program: &Path, path: &Path, entered: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", "disk::in_another_process", "--nocapture"]).env(PATH, path).env(ENTERED, entered);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn outcomes(child: Child) -> Vec<String> {
    let output = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    output.split("outcome:").skip(1).map(|rest| rest.lines().next().unwrap().to_owned()).collect()
}

/// Waits until the first try of the PIN is written: it is being tried now.
fn wait_for_a_try(token: &Token) {
    let began = Instant::now();
    while tries(token).0 != 2 {
        assert!(began.elapsed() < Duration::from_secs(20), "no try was seen");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_killed_process_wins_no_try_back() {
    let folder = Folder::new();
    let path = folder.file("a");
    let slow = Creation { iterations: 2_000_000, ..creation(&["nes-p256"]) };
    let token = SoftwareToken::create(&path, slow).unwrap();
    for left in [2, 1] {
        // Even the right PIN: its try is only given back after it was found right.
        let mut child = other_process(&path, PIN);
        let began = Instant::now();
        while tries(&token).0 != left {
            assert!(began.elapsed() < Duration::from_secs(20), "the try was never written");
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(tries(&token), (left, 3));
        // The token and its lock: nothing of the file that was to take its place.
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a", "a.lock"]);
    }
    assert_eq!(name(token.verify_pin(pin(PIN), Attempt::new())), "pin-final-try");
    token.verify_pin(pin(PIN), last()).unwrap();
    assert_eq!(tries(&token), (3, 3));
}

#[test]
fn racing_processes_have_three_tries_together() {
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    let children: Vec<_> = (0..4).map(|_| other_process(&path, WRONG)).collect();
    let mut outcomes: Vec<_> = children.into_iter().flat_map(outcomes).collect();
    outcomes.sort();
    let incorrect: Vec<_> = outcomes.iter().filter(|outcome| outcome.starts_with("pin-incorrect")).collect();
    assert_eq!(incorrect, ["pin-incorrect:Some(1)", "pin-incorrect:Some(2)"]);
    assert_eq!(outcomes.iter().filter(|outcome| outcome.starts_with("pin-blocked")).count(), 10);
    assert_eq!(tries(&token), (0, 3));
}

#[test]
fn racing_processes_spend_no_last_try_without_permission() {
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    let children: Vec<_> = (0..4).map(|_| sparing_process(&path, WRONG)).collect();
    let mut outcomes: Vec<_> = children.into_iter().flat_map(outcomes).collect();
    outcomes.sort();
    assert_eq!(outcomes[..10], ["pin-final-try:None"; 10]);
    assert_eq!(outcomes[10..], ["pin-incorrect:Some(1)", "pin-incorrect:Some(2)"]);
    assert_eq!(tries(&token), (1, 3));
}

/// Another process enters wrong PINs after the guard has looked, and before the driver spends a try.
#[derive(Debug)]
struct Overtaken(PathBuf);

impl AttemptMemory for Overtaken {
    fn recall(&self, _: &TokenPin) -> Result<Recollection> {
        Ok(Recollection::default())
    }

    fn begin(&self, _: &TokenPin, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()> {
        permit(Recollection::default())?;
        let other = outcomes(sparing_process(&self.0, WRONG));
        assert_eq!(other[..2], ["pin-incorrect:Some(1)", "pin-final-try:None"]);
        Ok(())
    }

    fn record(&self, _: &TokenPin, _: Outcome) {}
}

#[test]
fn a_number_that_became_old_permits_nothing() {
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    assert_eq!(name(token.verify_pin(pin(WRONG), Attempt::new())), "pin-incorrect");
    let overtaken = SoftwareToken::open(&path).unwrap().with_memory(Arc::new(Overtaken(path)));
    assert_eq!(name(overtaken.verify_pin(pin(WRONG), Attempt::new())), "pin-final-try");
    assert_eq!(tries(&token), (1, 3));
}

/// As a user whom the mode of the folder binds, which it does not bind root to.
#[cfg(unix)]
#[test]
fn a_try_that_cannot_be_written_is_not_made() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    let program = program_for_its_owner(&folder, &path, 1234);
    // Not to be read, and so not to be synced; not to be written.
    for mode in [0o300, 0o500] {
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
        let outcomes = outcomes(as_owner(&mut attempts(&program, &path, PIN), &folder).spawn().unwrap());
        assert_eq!(outcomes, ["output-unwritable:None"; 3], "{mode:o}");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(tries(&token), (3, 3));
    }
    let outcomes = outcomes(as_owner(&mut attempts(&program, &path, PIN), &folder).spawn().unwrap());
    assert_eq!(outcomes, ["ok"; 3]);
}

/// The new file cannot be given to a group that its owner is not in. That group can do nothing with it then.
#[cfg(unix)]
#[test]
fn a_token_of_a_group_that_its_owner_is_not_in_can_be_used() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = Folder::new();
    let path = folder.file("a");
    SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let program = program_for_its_owner(&folder, &path, 4321);
    let outcomes = outcomes(as_owner(&mut attempts(&program, &path, PIN), &folder).spawn().unwrap());
    assert_eq!(outcomes, ["ok"; 3]);
    let after = fs::metadata(&path).unwrap();
    if after.uid() == 1234 {
        assert_eq!((after.gid(), after.mode() & 0o777), (1234, 0o604));
    }
}

/// This program and the token, given to user 1234 and this group where the test is root.
#[cfg(unix)]
fn program_for_its_owner(folder: &Folder, path: &Path, group: u32) -> PathBuf {
    use std::os::unix::fs::chown;
    let program = folder.file("program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let _ = chown(path, Some(1234), Some(group));
    let _ = chown(folder.path(), Some(1234), Some(1234));
    program
}

/// The command as the user whom the folder belongs to.
#[cfg(unix)]
fn as_owner<'a>(command: &'a mut Command, folder: &Folder) -> &'a mut Command {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    let owner = fs::metadata(folder.path()).unwrap();
    if owner.uid() == 1234 { command.uid(1234).gid(1234) } else { command }
}

#[test]
fn a_try_that_cannot_be_given_back_is_told() {
    let folder = Folder::new();
    let path = folder.file("a");
    let slow = Creation { iterations: 300_000, ..creation(&["nes-p256"]) };
    let token = SoftwareToken::create(&path, slow).unwrap();
    let counted = std::thread::scope(|scope| {
        let attempt = scope.spawn(|| token.verify_pin(pin(PIN), Attempt::new()));
        wait_for_a_try(&token);
        let counted = fs::read(&path).unwrap();
        // No file takes the place of a folder, not even for root.
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let error = attempt.join().unwrap().unwrap_err();
        assert_eq!(error.name(), "try-not-given-back");
        assert!(std::error::Error::source(&error).unwrap().to_string().contains("cannot be written"));
        counted
    });
    fs::remove_dir(&path).unwrap();
    fs::write(&path, counted).unwrap();
    assert_eq!(tries(&token), (2, 3));
    token.verify_pin(pin(PIN), Attempt::new()).unwrap();
    assert_eq!(tries(&token), (3, 3));
}

/// A disk that fails at any step: no try is lost without a word, whichever step it was.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fails_loses_no_try_untold() {
    let Some(compiler) = eimza_testkit::component("cc") else { return };
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    let library = folder.file("failing_sync.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/software/failing_sync.c");
    let mut compile = Command::new(compiler);
    assert!(compile.args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).status().unwrap().success());
    let mut told = Vec::new();
    for (step, entered) in (1..=8).flat_map(|step| [(step, PIN), (step, WRONG)]) {
        let mut command = attempts(&std::env::current_exe().unwrap(), &path, entered);
        command.env("LD_PRELOAD", &library).env("FAILING_SYNC", step.to_string());
        let outcome = outcomes(command.env(ONCE, "").spawn().unwrap()).remove(0);
        let left = tries(&token).0;
        let is_untouched = left == 3;
        let is_told =
            matches!(outcome.split(':').next(), Some("try-not-given-back" | "pin-answer-lost" | "pin-incorrect"));
        assert!(is_untouched || is_told, "step {step}: {outcome}, {left} left");
        told.push(outcome);
        token.verify_pin(pin(PIN), Attempt::new()).unwrap();
    }
    assert!(told.iter().any(|outcome| outcome.starts_with("output-unwritable")), "{told:?}");
    assert!(told.iter().any(|outcome| outcome == "pin-answer-lost:None"), "{told:?}");
    assert!(told.iter().any(|outcome| outcome == "ok"), "the last steps are never reached: {told:?}");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "nothing half-written is left: {left:?}");
}

/// A child has everything open that was open when it was forked.
#[cfg(unix)]
#[test]
fn a_forked_child_keeps_no_lock() {
    use std::os::unix::process::CommandExt;
    let folder = Folder::new();
    let slow = Creation { iterations: 500_000, ..creation(&["nes-p256"]) };
    let token = SoftwareToken::create(folder.file("a"), slow).unwrap();
    let (forked, end) = (folder.file("forked"), folder.file("end"));
    let mut child = Command::new("true");
    let (child_forked, child_end) = (forked.clone(), end.clone());
    // SAFETY: the child takes no lock of this process; it looks for files, then becomes `true`.
    unsafe {
        child.pre_exec(move || {
            fs::write(&child_forked, [])?;
            while !child_end.exists() {
                std::thread::sleep(Duration::from_millis(5));
            }
            Ok(())
        });
    }
    let afterwards = std::thread::scope(|scope| {
        let attempt = scope.spawn(|| token.verify_pin(pin(PIN), Attempt::new()));
        wait_for_a_try(&token);
        scope.spawn(|| child.status());
        while !forked.exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let was_under_way = tries(&token).0 == 2;
        let first = attempt.join().unwrap().map(|()| was_under_way);
        let second = token.verify_pin(pin(PIN), Attempt::new());
        fs::write(&end, []).unwrap();
        first.and_then(|was_under_way| second.map(|()| was_under_way))
    });
    assert!(afterwards.unwrap(), "the child was forked too late");
}

/// Nor would a child that was forked meanwhile wait for ever.
#[test]
fn looking_at_a_token_in_memory_waits_for_no_attempt() {
    let slow = Creation { iterations: 300_000, ..creation(&["nes-p256"]) };
    let token = SoftwareToken::in_memory(slow).unwrap();
    std::thread::scope(|scope| {
        let attempt = scope.spawn(|| token.verify_pin(pin(PIN), Attempt::new()));
        wait_for_a_try(&token);
        attempt.join().unwrap().unwrap();
    });
    assert_eq!(tries(&token), (3, 3));
}

/// Whatever it is called, and whatever it looks like.
#[test]
fn other_people_s_files_beside_a_token_are_left_alone() {
    let folder = Folder::new();
    let token = SoftwareToken::create(folder.file("a"), creation(&["nes-p256"])).unwrap();
    let others = ["a.eimza-new", "a.new", ".eimza-0000000000000000.new"];
    for name in others {
        fs::write(folder.file(name), "mine").unwrap();
    }
    sign(&token, PIN).unwrap();
    sign(&token, WRONG).unwrap_err();
    for name in others {
        assert_eq!(fs::read(folder.file(name)).unwrap(), b"mine", "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2 + others.len(), "nothing of ours is left");
}

/// Somebody who may write to the folder plants links where the token and its lock are looked for.
#[cfg(unix)]
#[test]
fn links_beside_a_token_are_not_followed() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let folder = Folder::new();
    let (path, precious) = (folder.file("a"), folder.file("precious"));
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    fs::write(&precious, "precious").unwrap();
    let before = fs::metadata(&precious).unwrap();
    symlink(&precious, folder.file("a.lock")).unwrap();
    assert_eq!(name(sign(&token, PIN)), "output-unwritable");
    fs::remove_file(folder.file("a.lock")).unwrap();
    fs::rename(&path, folder.file("moved")).unwrap();
    symlink(&precious, &path).unwrap();
    assert_eq!(name(sign(&token, PIN)), "input-unreadable");
    let after = fs::metadata(&precious).unwrap();
    assert_eq!((after.ino(), after.mode(), after.uid()), (before.ino(), before.mode(), before.uid()));
    assert_eq!(fs::read(&precious).unwrap(), b"precious");
}

#[test]
fn a_neighbour_with_a_similar_name_is_left_alone() {
    let folder = Folder::new();
    let one = SoftwareToken::create(folder.file("card"), creation(&["nes-p256"])).unwrap();
    let other = SoftwareToken::create(folder.file("card.new"), creation(&["nes-p256"])).unwrap();
    sign(&one, PIN).unwrap();
    sign(&other, PIN).unwrap();
}

#[test]
fn what_is_too_large_to_be_read_again_is_not_made() {
    let folder = Folder::new();
    let many = vec!["nes-rsa2048"; 600];
    assert_eq!(name(SoftwareToken::create(folder.file("a"), creation(&many))), "limit-exceeded");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_token_s_place_is_not_waited_for() {
    let folder = Folder::new();
    let made = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    made(&folder.file("pipe"));
    assert_eq!(name(SoftwareToken::open(folder.file("pipe"))), "input-unreadable");
    let token = SoftwareToken::create(folder.file("a"), creation(&["nes-p256"])).unwrap();
    let _ = fs::remove_file(folder.file("a.lock"));
    made(&folder.file("a.lock"));
    assert_eq!(name(sign(&token, PIN)), "output-unwritable");
}

#[cfg(unix)]
#[test]
fn owner_and_mode_stay_whoever_presents_the_pin() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let is_given = chown(&path, Some(1234), Some(1234)).is_ok(); // root only
    sign(&token, PIN).unwrap();
    let after = fs::metadata(&path).unwrap();
    assert_eq!(after.mode() & 0o777, 0o640);
    if is_given {
        assert_eq!((after.uid(), after.gid()), (1234, 1234));
        // What was made beside it locks the owner out no more. The program goes where he may start it.
        let program = folder.file("program");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        chown(folder.path(), Some(1234), Some(1234)).unwrap();
        let owner = attempts(&program, &path, PIN).uid(1234).gid(1234).spawn().unwrap();
        assert_eq!(outcomes(owner), ["ok"; 3]);
    }
}

#[test]
fn damage_anywhere_is_found() {
    let folder = Folder::new();
    let path = folder.file("a");
    SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        for octets in [&damaged[..], &whole[..at]] {
            fs::write(&path, octets).unwrap();
            assert_eq!(name(SoftwareToken::open(&path)), "token-file-malformed", "octet {at}");
        }
    }
    let longer = [&whole[..], &[0]].concat();
    fs::write(&path, longer).unwrap();
    assert_eq!(name(SoftwareToken::open(&path)), "token-file-malformed");
    fs::write(&path, vec![0x30; 2 << 20]).unwrap();
    assert_eq!(name(SoftwareToken::open(&path)), "limit-exceeded");
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_only_and_holds_no_secret_in_clear() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    sign(&token, PIN).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let octets = fs::read(&path).unwrap();
    let key = eimza_testkit::pki::private_key_der("nes-p256");
    for secret in [PIN.as_bytes(), PUK.as_bytes(), &key[36..68]] {
        assert!(!octets.windows(secret.len()).any(|window| window == secret));
    }
    assert_eq!(name(token::open("file:")), "input-unreadable");
}
