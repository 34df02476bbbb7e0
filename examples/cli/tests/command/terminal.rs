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

/// Hints on the command line are for commands that have such options.
#[test]
fn the_demo_gives_no_hint_that_it_cannot_follow() {
    let Some(setsid) = component("setsid") else { return };
    let (mut controller, terminal) = terminal();
    let mut command = Command::new(setsid);
    command.args(["-c", "-w", env!("CARGO_BIN_EXE_eimza"), "--lang", "en", "demo"]).current_dir(scratch("terminal"));
    let mut child = before(&mut command, terminal);
    // The command has its own side of the terminal; when it ends, nothing more can be read.
    drop(command);
    controller.write_all(&[b"\n".repeat(4), b"000000\n".repeat(3)].concat()).unwrap();
    let mut said = Vec::new();
    let _ = controller.read_to_end(&mut said);
    let said = String::from_utf8_lossy(&said);
    assert_eq!(child.wait().unwrap().code(), Some(5), "{said}");
    assert!(said.contains("last try") && !said.contains("Here:") && !said.contains("eimza pin"), "{said}");
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
