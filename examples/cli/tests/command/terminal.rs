//! The hidden prompt on a real pseudo-terminal.

use std::fs::File;
use std::io::Write;
use std::process::Command;
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
    // Debian's setsid makes the terminal the controlling one of a session of its own.
    let Some(setsid) = component("setsid") else { return };
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap().into_string().unwrap();
    let terminal = File::options().read(true).write(true).open(name).unwrap();
    let controller = File::from(controller);
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
    command.stdin(terminal.try_clone().unwrap());
    command.stdout(terminal.try_clone().unwrap()).stderr(terminal.try_clone().unwrap());
    let mut child = command.spawn().unwrap();
    assert!(wait_until(false), "the prompt hides what is typed");
    (&controller).write_all(b"\x03").unwrap();
    assert!(wait_until(true), "echo is back; the command: {:?}", child.try_wait());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!token.exists());
}
