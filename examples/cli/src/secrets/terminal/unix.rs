//! The terminal of the process, whatever its input and output are.

use std::fs::File;
use std::io::{self, Write};

use eimza_sys::process;
use rustix::termios::{LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::exit;
use crate::line::{self, Deadline};

/// Whether the command has a terminal.
pub(in crate::secrets) fn is_there() -> bool {
    File::open("/dev/tty").is_ok()
}

/// Asks for a line that is not shown while it is typed.
///
/// # Errors
/// [`TimedOut`](io::ErrorKind::TimedOut) where the time runs out first: what was typed of it by then is thrown away.
pub(in crate::secrets) fn ask(prompt: &str, deadline: Option<Deadline<'_>>) -> io::Result<Zeroizing<Vec<u8>>> {
    let terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let hidden = Hidden::begin(&terminal)?;
    (&terminal).write_all(prompt.as_bytes())?;
    let line = line::read(&terminal, deadline, |_| ());
    if line.is_err() {
        hidden.forget();
        (&terminal).write_all(b"\n")?;
    }
    line
}

/// While this lives, the terminal shows nothing of what is typed but the line's end.
struct Hidden<'a> {
    terminal: &'a File,
    before: Termios,
}

impl<'a> Hidden<'a> {
    fn begin(terminal: &'a File) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        restore_when_interrupted(terminal, &before);
        let mut hiding = before.clone();
        hiding.local_modes.remove(LocalModes::ECHO);
        hiding.local_modes.insert(LocalModes::ECHONL);
        tcsetattr(terminal, OptionalActions::Now, &hiding)?;
        Ok(Self { terminal, before })
    }

    /// Half a secret must not become the input of whoever reads next.
    fn forget(&self) {
        let _ = tcflush(self.terminal, QueueSelector::IFlush);
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.terminal, OptionalActions::Now, &self.before);
    }
}

/// Puts the terminal back when the command is interrupted or ended at a prompt.
///
/// A signal that was ignored before, as under nohup, is handled too. A second prompt finds the handler there already, and
/// the terminal as it was before the first. Where no handler can be set, the prompt works as it would without.
fn restore_when_interrupted(terminal: &File, before: &Termios) {
    let (Ok(terminal), before) = (terminal.try_clone(), before.clone()) else { return };
    let _ = ctrlc::set_handler(move || {
        let _ = tcsetattr(&terminal, OptionalActions::Now, &before);
        eprintln!();
        process::end_at_once(exit::INTERRUPTED)
    });
}
