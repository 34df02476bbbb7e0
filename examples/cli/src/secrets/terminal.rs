//! The terminal while a secret is asked for: an interruption must not leave it without echo.

#[cfg(unix)]
use std::fs::File;

use eimza_sys::process;

use crate::exit;

/// Remembers how the terminal is now, and puts that back when the command is interrupted or ended at a prompt.
///
/// Where there is no terminal, or a handler cannot be set, the prompt works as it would without.
#[cfg(unix)]
pub(super) fn keep_echo_when_interrupted() {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

    let Ok(terminal) = File::options().read(true).write(true).open("/dev/tty") else { return };
    let Ok(before) = tcgetattr(&terminal) else { return };
    // A signal that was ignored before, as under nohup, is handled too. A second prompt finds the handler there already,
    // and the terminal as it was before the first.
    let _ = ctrlc::set_handler(move || {
        let _ = tcsetattr(&terminal, OptionalActions::Now, &before);
        end();
    });
}

/// Whether the command has a terminal, whatever its input and output are.
#[cfg(unix)]
pub(super) fn is_there() -> bool {
    File::open("/dev/tty").is_ok()
}

/// Elsewhere a console that is not there is found out by the prompt.
#[cfg(not(unix))]
pub(super) fn is_there() -> bool {
    true
}

/// Ends the command as one that was interrupted: here, or in the handler, whichever comes first.
pub(super) fn end() -> ! {
    eprintln!();
    process::end_at_once(exit::INTERRUPTED)
}

/// Elsewhere the console does this by itself.
#[cfg(not(unix))]
pub(super) fn keep_echo_when_interrupted() {}
