//! What the disk holds: no try is won back by killing, none by racing, and damage is found.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/software.rs"]
mod support;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use eimza_core::token::software::{Creation, SoftwareToken};
use eimza_core::token::{self, Attempt};
use support::*;

const PATH: &str = "EIMZA_SOFTWARE_TEST_TOKEN";
const ENTERED: &str = "EIMZA_SOFTWARE_TEST_PIN";

/// Not a test of its own: what the tests below run in another process. Prints what each attempt came to.
#[test]
fn in_another_process() {
    let (Ok(path), Ok(entered)) = (std::env::var(PATH), std::env::var(ENTERED)) else { return };
    let token = SoftwareToken::open(path).unwrap();
    for _ in 0..3 {
        let outcome = token.verify_pin(pin(&entered), last());
        println!(
            "outcome:{}",
            outcome.map_or_else(|error| format!("{}:{:?}", error.name(), error.tries_left()), |()| "ok".into())
        );
    }
}

fn other_process(path: &std::path::Path, entered: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "in_another_process", "--nocapture"]).env(PATH, path).env(ENTERED, entered);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
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
    let mut outcomes = Vec::new();
    for child in children {
        let output = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        outcomes.extend(output.split("outcome:").skip(1).map(|rest| rest.lines().next().unwrap().to_owned()));
    }
    outcomes.sort();
    let incorrect: Vec<_> = outcomes.iter().filter(|outcome| outcome.starts_with("pin-incorrect")).collect();
    assert_eq!(incorrect, ["pin-incorrect:Some(1)", "pin-incorrect:Some(2)"]);
    assert_eq!(outcomes.iter().filter(|outcome| outcome.starts_with("pin-blocked")).count(), 10);
    assert_eq!(tries(&token), (0, 3));
}

#[test]
fn a_try_that_cannot_be_written_is_not_made() {
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    // A folder in the place where the new file has to be made keeps even root from making it.
    fs::create_dir(folder.file("a.eimza-new")).unwrap();
    assert_eq!(name(token.verify_pin(pin(PIN), Attempt::new())), "output-unwritable");
    assert_eq!(name(sign(&token, PIN)), "output-unwritable");
    fs::remove_dir(folder.file("a.eimza-new")).unwrap();
    assert_eq!(tries(&token), (3, 3));
    sign(&token, PIN).unwrap();
}

#[test]
fn what_a_killed_process_left_behind_does_no_harm() {
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    fs::write(folder.file("a.eimza-new"), b"half a fi").unwrap();
    sign(&token, PIN).unwrap();
    assert_eq!(tries(&token), (3, 3));
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
    let made = |path: &std::path::Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
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
    let folder = Folder::new();
    let path = folder.file("a");
    let token = SoftwareToken::create(&path, creation(&["nes-p256"])).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let is_given = chown(&path, Some(1234), Some(1234)).is_ok(); // root only
    sign(&token, PIN).unwrap();
    let after = fs::metadata(&path).unwrap();
    assert_eq!(after.mode() & 0o777, 0o640);
    assert!(!is_given || (after.uid(), after.gid()) == (1234, 1234));
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
