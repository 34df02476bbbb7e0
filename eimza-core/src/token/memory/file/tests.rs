//! The memory file: counted by several at once, damaged, foreign, in a place where others may write.

use std::fs;

use super::*;
use crate::token::{PinId, TokenIdentity, TokenInfo, TokenKind};

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("eimza-memory-{name}-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    folder
}

fn pin_of(serial: &str, pin: PinId) -> TokenPin {
    let info = TokenInfo { serial: serial.into(), ..TokenInfo::new(TokenKind::SmartCard, "") };
    TokenIdentity::new(&info, &[]).pin(pin)
}

fn pin(serial: &str) -> TokenPin {
    pin_of(serial, PinId::PIN)
}

fn failures(memory: &FileMemory, pin: &TokenPin) -> u32 {
    memory.recall(pin).unwrap().failures
}

fn begin(memory: &FileMemory) -> Result<()> {
    memory.begin(&pin("serial 1"), &|_| Ok(()))
}

#[test]
fn no_failure_is_lost_when_several_are_noted_at_once() {
    let folder = folder("race");
    let path = folder.join("attempts");
    std::thread::scope(|scope| {
        for serial in ["one", "other", "one", "other"] {
            let path = &path;
            scope.spawn(move || {
                (0..10).for_each(|_| FileMemory::new(path).record(&pin(serial), Outcome::Refused));
            });
        }
    });
    for serial in ["one", "other"] {
        assert_eq!(failures(&FileMemory::new(&path), &pin(serial)), 20);
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn failures_outlive_the_memory_and_a_success_ends_them() {
    let folder = folder("outlive");
    let path = folder.join("attempts");
    let (pin, puk) = (pin("serial 1"), pin_of("serial 1", PinId::PUK));
    FileMemory::new(&path).record(&pin, Outcome::Refused);
    FileMemory::new(&path).record(&pin, Outcome::AnswerLost);
    let recalled = FileMemory::new(&path).recall(&pin).unwrap();
    assert_eq!((recalled.failures, recalled.answer_lost, recalled.accepted), (2, true, false));
    FileMemory::new(&path).record(&pin, Outcome::Begun);
    let begun = FileMemory::new(&path).recall(&pin).unwrap();
    assert_eq!((begun.failures, begun.begun, begun.at_worst().failures), (2, true, 3));
    assert_eq!(failures(&FileMemory::new(&path), &puk), 0);
    assert!(!fs::read_to_string(&path).unwrap().contains("serial"));
    FileMemory::new(&path).record(&pin, Outcome::Accepted);
    assert_eq!(failures(&FileMemory::new(&path), &pin), 0);
    fs::remove_dir_all(folder).unwrap();
}

/// A key's PIN is remembered apart from the token's, and that it is one stays known whatever is accepted.
#[test]
fn a_key_s_own_pin_is_remembered_for_good() {
    let folder = folder("own");
    let path = folder.join("attempts");
    let certificate = crate::Certificate::from_der(eimza_testkit::pki::certificate("nes-p256")).unwrap();
    let (pin, key) = (pin("serial 1"), pin_of("serial 1", PinId::of_key(&certificate)));
    FileMemory::new(&path).record(&key, Outcome::Refused);
    FileMemory::new(&path).record(&key, Outcome::IsItsOwn);
    FileMemory::new(&path).record(&pin, Outcome::Accepted);
    let recalled = FileMemory::new(&path).recall(&key).unwrap();
    assert_eq!((recalled.failures, recalled.is_own), (1, true));
    FileMemory::new(&path).record(&key, Outcome::Accepted);
    let recalled = FileMemory::new(&path).recall(&key).unwrap();
    assert_eq!((recalled.failures, recalled.is_own), (0, true));
    fs::remove_dir_all(folder).unwrap();
}

/// One process knows a card by its serial number, another one by its certificate too.
#[test]
fn the_worse_of_two_ways_counts() {
    let folder = folder("ways");
    let path = folder.join("attempts");
    let certificate = crate::Certificate::from_der(eimza_testkit::pki::certificate("nes-p256")).unwrap();
    let certificates = [crate::token::TokenCertificate::new(certificate)];
    let by = |serial: &str, certificates| {
        let info = TokenInfo { serial: serial.into(), ..TokenInfo::new(TokenKind::SmartCard, "") };
        TokenIdentity::new(&info, certificates).pin(PinId::PIN)
    };
    let (module, reader) = (by("0a1b", &certificates), by("77", &certificates));
    let memory = FileMemory::new(&path);
    memory.record(&by("77", &[]), Outcome::Refused);
    assert_eq!((failures(&memory, &module), failures(&memory, &reader)), (0, 1));
    memory.record(&reader, Outcome::Refused);
    assert_eq!((failures(&memory, &module), failures(&memory, &reader)), (1, 2));
    memory.record(&reader, Outcome::Accepted);
    assert_eq!((failures(&memory, &module), failures(&memory, &reader)), (0, 0));
    fs::remove_dir_all(folder).unwrap();
}

/// Reading a pipe would wait for ever, and so would locking one.
#[test]
#[cfg(unix)]
fn a_pipe_in_the_file_s_place_is_not_waited_for() {
    for name in ["attempts", "attempts.lock"] {
        let folder = folder(&format!("pipe-{name}"));
        assert!(std::process::Command::new("mkfifo").arg(folder.join(name)).status().unwrap().success());
        let memory = FileMemory::new(folder.join("attempts"));
        assert_eq!(begin(&memory).unwrap_err().name(), "attempt-memory-unusable");
        fs::remove_dir_all(folder).unwrap();
    }
}

/// Another file stands where the folder would be; later it is gone.
#[test]
fn what_cannot_be_written_is_remembered_by_the_process() {
    let folder = folder("unwritten");
    let path = folder.join("state").join("attempts");
    fs::write(folder.join("state"), "").unwrap();
    let (memory, pin) = (FileMemory::new(&path), pin("serial 1"));
    assert_eq!(begin(&memory).unwrap_err().name(), "attempt-memory-unusable");
    assert_eq!(memory.recall(&pin).unwrap_err().name(), "attempt-memory-unusable");
    memory.record(&pin, Outcome::Refused);
    memory.record(&pin, Outcome::AnswerLost);

    fs::remove_file(folder.join("state")).unwrap();
    let recalled = memory.recall(&pin).unwrap();
    assert_eq!((recalled.failures, recalled.answer_lost), (2, true));
    FileMemory::new(&path).record(&pin, Outcome::Refused);
    assert_eq!(failures(&memory, &pin), 2);
    memory.record(&pin, Outcome::Refused);
    assert_eq!(failures(&FileMemory::new(&path), &pin), 3);

    // Somebody else's success is seen, a file that is gone is none.
    FileMemory::new(&path).record(&pin, Outcome::Accepted);
    assert_eq!(failures(&memory, &pin), 0);
    fs::remove_dir_all(folder).unwrap();
}

/// It was given by mistake, or is damaged.
#[test]
fn a_file_that_is_no_memory_stays_as_it_is() {
    let folder = folder("foreign");
    let path = folder.join("attempts");
    let too_large = format!("eimza attempts 1\n{}", "x".repeat(1024 * 1024));
    for text in ["my notes\n", "eimza attempts 1\nnonsense\n", &too_large] {
        fs::write(&path, text).unwrap();
        let memory = FileMemory::new(&path);
        assert_eq!(begin(&memory).unwrap_err().name(), "attempt-memory-unusable");
        memory.record(&pin("serial 1"), Outcome::Refused);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    fs::remove_dir_all(folder).unwrap();
}

/// Somebody else may write in the folder, and knows how this process makes up its names.
#[cfg(unix)]
#[test]
fn a_planted_link_is_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = folder("link");
    let path = folder.join("attempts");
    fs::write(folder.join("precious"), "precious").unwrap();
    symlink("precious", folder.join(format!("attempts.{}.new", std::process::id()))).unwrap();
    FileMemory::new(&path).record(&pin("serial 1"), Outcome::Refused);
    assert_eq!(failures(&FileMemory::new(&path), &pin("serial 1")), 1);
    for planted in ["attempts", "attempts.lock"] {
        let _ = fs::remove_file(folder.join(planted));
        symlink("precious", folder.join(planted)).unwrap();
        assert_eq!(begin(&FileMemory::new(&path)).unwrap_err().name(), "attempt-memory-unusable");
        fs::remove_file(folder.join(planted)).unwrap();
    }
    assert_eq!(fs::read_to_string(folder.join("precious")).unwrap(), "precious");
    fs::remove_dir_all(folder).unwrap();
}

/// A user's own file that is called like one of ours is not touched.
#[test]
fn a_user_s_neighbouring_files_stay() {
    let folder = folder("neighbours");
    let names = [format!("attempts.{}.new", std::process::id()), "attempts.new".into(), ".attempts".into()];
    names.iter().for_each(|name| fs::write(folder.join(name), "mine").unwrap());
    FileMemory::new(folder.join("attempts")).record(&pin("serial 1"), Outcome::Refused);
    names.iter().for_each(|name| assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), "mine"));
    fs::remove_dir_all(folder).unwrap();
}
