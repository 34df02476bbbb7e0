//! Running other programs.

use std::io::Write;
use std::process::{Command, Stdio};

/// How a program ended, and what it said.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Whether it ended with exit code 0.
    pub success: bool,
    /// Standard output, then standard error.
    pub output: String,
}

impl Outcome {
    /// What it said, after making sure that it ended well.
    #[track_caller]
    pub fn expect_success(self) -> String {
        assert!(self.success, "{}", self.output);
        self.output
    }
}

/// Runs a program to its end with nothing on standard input.
///
/// # Panics
/// When it cannot be started; ask [`crate::component`] first.
#[track_caller]
pub fn run(command: &mut Command) -> Outcome {
    run_with_input(command, "")
}

/// Runs a program to its end, giving it `input`.
///
/// # Panics
/// When it cannot be started; ask [`crate::component`] first.
#[track_caller]
pub fn run_with_input(command: &mut Command, input: &str) -> Outcome {
    let described = format!("{command:?}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{described}: {error}"));
    // A program that does not read its input closes the pipe early: no fault of ours.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let ended = child.wait_with_output().unwrap_or_else(|error| panic!("{described}: {error}"));
    let said = [ended.stdout, ended.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Outcome { success: ended.status.success(), output: format!("$ {described}\n{}{}", said[0], said[1]) }
}
