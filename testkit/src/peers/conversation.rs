//! A program that stays: it answers a line with lines, until its standard input ends.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running program. It ends when this is dropped, and at the latest with the test process, which closes its input.
#[derive(Debug)]
pub(super) struct Conversation {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Conversation {
    /// # Panics
    /// When it cannot be started.
    pub(super) fn start(command: &mut Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let (input, output) = (child.stdin.take(), child.stdout.take().expect("piped"));
        Self { child, input, output: BufReader::new(output) }
    }

    /// The next line that it says.
    ///
    /// # Panics
    /// When it has ended.
    pub(super) fn line(&mut self) -> String {
        let mut line = String::new();
        let octets = self.output.read_line(&mut line).expect("it speaks UTF-8");
        assert!(octets > 0, "the program has ended: {:?}", self.child.try_wait());
        line.truncate(line.trim_end().len());
        line
    }

    /// Says a line and collects the answer up to `=== done`, or to `=== failed`, which is an error.
    pub(super) fn ask(&mut self, line: &str) -> Result<Vec<String>, String> {
        let input = self.input.as_mut().expect("it is closed on drop only");
        writeln!(input, "{line}").and_then(|()| input.flush()).expect("the program listens");
        let mut answer = Vec::new();
        loop {
            match self.line() {
                end if end == "=== done" => return Ok(answer),
                end if end == "=== failed" => return Err(answer.join("\n")),
                said => answer.push(said),
            }
        }
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
