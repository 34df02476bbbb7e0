//! The hidden prompt on a real pseudo-terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command};
use std::time::Duration;

use eimza_testkit::{component, scratch};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

#[test]
fn an_interrupted_prompt_leaves_the_terminal_with_echo() {
    interrupt("");
    // As nohup and background jobs have it.
    interrupt("trap '' HUP INT;");
}

/// Interrupts the command at its prompt, started by a shell after these `words`.
#[track_caller]
fn interrupt(words: &str) {
    let Some(setsid) = component("setsid") else { return };
    let (controller, terminal) = terminal();
    // Asked from this side, which outlives the session on the other.
    let echoes = || tcgetattr(&controller).unwrap().local_modes.contains(LocalModes::ECHO);
    let wait_until = |wanted| {
        (0..3000).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            echoes() == wanted
        })
    };
    assert!(echoes());

    let token = scratch("terminal").join("token");
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{words} exec \"$@\""), "sh"]).arg(setsid);
    command.args(["-c", "-w", env!("CARGO_BIN_EXE_eimza"), "token", "create"]).arg(&token);
    let mut child = before(&mut command, terminal);
    assert!(wait_until(false), "the prompt hides what is typed");
    (&controller).write_all(b"\x03").unwrap();
    assert!(wait_until(true), "echo is back; the command: {:?}", child.try_wait());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!token.exists());
}

/// What the demo asks for an E-Onay before the PIN, each answered with Enter.
const BEFORE_PIN: [(&str, &str); 4] =
    [("Type the code", "\n"), ("Read", "\n"), ("Tick it", "\n"), ("Which one?", "\n")];

/// Two wrong PINs, and one that is not sent.
const WRONG_PINS: [(&str, &str); 3] = [("PIN:", "000000\n"); 3];

/// Hints on the command line are for commands that have such options.
#[test]
fn the_demo_gives_no_hint_that_it_cannot_follow() {
    let steps = [&BEFORE_PIN[..], &WRONG_PINS, &[("Spend the last try?", "n\n")]].concat();
    let Some((code, said, folder)) = demo(&steps) else { return };
    assert_eq!(code, Some(5), "{said}");
    assert!(said.contains("last try") && !said.contains("Here:") && !said.contains("eimza pin"), "{said}");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "nothing is left of a demo that was given up");
}

#[test]
fn the_demo_spends_the_last_try_where_the_person_says_so() {
    let right = [("PIN:", "123456\n"), ("Submit", "\n")];
    let last_try = [("Spend the last try?", "y\n")];
    let steps = [&BEFORE_PIN[..], &WRONG_PINS, &last_try, &right, &[("Revoke it", "\n")], &BEFORE_PIN, &right].concat();
    let Some((code, said, folder)) = demo(&steps) else { return };
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
}

/// A wrong code is told and asked for again; an interruption leaves nothing.
#[test]
fn the_demo_looks_at_the_code_that_is_typed() {
    let code = "Type the code";
    let steps = [(code, "000000000000000\n"), (code, "12\n"), (code, "\n"), ("Read", "\x03")];
    let Some((_, said, folder)) = demo(&steps) else { return };
    let (unknown, malformed) = (said.find("no such verification code"), said.find("15 digits"));
    assert!(unknown.is_some() && unknown < malformed && said.contains("asks for an E-Onay"), "{said}");
    assert!(!said.contains("Accepted"), "{said}");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
}

/// Nobody finishes the answer, and the code's time runs out meanwhile.
#[test]
fn no_prompt_of_the_demo_outlives_the_code() {
    assert_expires(&[], ("Type the code", "1"));
    assert_expires(&BEFORE_PIN[..2], ("Tick it", "x"));
    assert_expires(&BEFORE_PIN, ("PIN:", "12"));
}

/// Answers these questions of the demo and begins an answer to the next one.
#[track_caller]
fn assert_expires(before: &[(&str, &str)], (question, begun): (&str, &str)) {
    let steps = [before, &[(question, begun)]].concat();
    // Where the machine is busy, the question may not be reached in a short time.
    for seconds in ["3", "15", "60", "300"] {
        let Some((code, said, folder)) = demo_with(&["--code-lifetime", seconds], &steps) else { return };
        assert_eq!(code, Some(6), "{said}");
        assert!(said.contains("verification code has run out"), "{said}");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
        if said.contains(question) {
            return;
        }
    }
    panic!("{question} was never asked");
}

#[test]
fn the_demo_interrupted_at_its_pin_leaves_nothing() {
    let steps = [&BEFORE_PIN[..], &[("PIN:", "12\x03")]].concat();
    let Some((code, said, folder)) = demo(&steps) else { return };
    assert_eq!(code, Some(130), "{said}");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
}

/// The demo before a terminal at which somebody types when it asks: how it ended, what it said, and where. The terminal
/// is left with echo, whatever the end.
fn demo(steps: &[(&str, &str)]) -> Option<(Option<i32>, String, std::path::PathBuf)> {
    demo_with(&[], steps)
}

fn demo_with(options: &[&str], steps: &[(&str, &str)]) -> Option<(Option<i32>, String, std::path::PathBuf)> {
    let setsid = component("setsid")?;
    let (mut controller, terminal) = terminal();
    let folder = scratch("terminal");
    let mut command = Command::new(setsid);
    command.args(["-c", "-w", env!("CARGO_BIN_EXE_eimza"), "--lang", "en", "demo"]).args(options).current_dir(&folder);
    let mut child = before(&mut command, terminal);
    // The command has its own side of the terminal; when it ends, nothing more can be read.
    drop(command);
    let (mut said, mut answered, mut buffer) = (Vec::new(), 0, [0; 4096]);
    let mut steps = steps.iter();
    let mut next = steps.next();
    while let Ok(count @ 1..) = controller.read(&mut buffer) {
        said.extend_from_slice(&buffer[..count]);
        while let Some((question, answer)) = next
            && let Some(at) = position(&said[answered..], question.as_bytes())
        {
            answered += at + question.len();
            controller.write_all(answer.as_bytes()).unwrap();
            next = steps.next();
        }
    }
    assert!(tcgetattr(&controller).unwrap().local_modes.contains(LocalModes::ECHO));
    Some((child.wait().unwrap().code(), String::from_utf8_lossy(&said).into_owned(), folder))
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// A pseudo-terminal: the side of who types, and that of the command.
fn terminal() -> (File, File) {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap().into_string().unwrap();
    (File::from(controller), File::options().read(true).write(true).open(name).unwrap())
}

/// Starts a command before this terminal. Debian's setsid makes it the controlling one of a session of its own.
fn before(command: &mut Command, terminal: File) -> Child {
    command.stdin(terminal.try_clone().unwrap()).stdout(terminal.try_clone().unwrap()).stderr(terminal);
    command.spawn().unwrap()
}
