//! Commands that call PKCS#11 modules run in a process of their own.
//!
//! A module is foreign code. It may print to standard output, change the umask, end the process with any exit code, crash,
//! or crash when the process ends. So the process that the person started runs the command again in a child and waits. In
//! the child nobody but us writes to standard output, and no foreign code runs after our end. The parent believes only in
//! an end that our own code has said, by an exit status that no module is likely to use.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::process::{Command, ExitStatus};
use std::sync::OnceLock;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use eimza_core::Error;
use eimza_sys::process;

use crate::exit;
use crate::failure::Result;
use crate::output::Output;

/// How long a module may take over what spends no try.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// The first argument of a process that was started by ours.
const MARK: &str = "--apart";

/// What is added to the exit code of such a process when our own code ends it.
const OWN_END: u8 = 150;

/// How this process prints, if it is one that was started by ours.
static HERE: OnceLock<Here> = OnceLock::new();

struct Here {
    output: Output,
    /// Standard output as it was before any module could write to it.
    results: Option<File>,
}

/// Takes the mark out of the arguments, and says whether it was there.
pub(crate) fn take_mark(given: &mut Vec<OsString>) -> bool {
    let is_marked = given.get(1).is_some_and(|argument| argument == MARK);
    if is_marked {
        given.remove(1);
    }
    is_marked
}

/// Our own program, to be run with these arguments in a process of its own.
pub(crate) fn command<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Command> {
    let mut command = Command::new(env::current_exe().map_err(unstarted)?);
    command.arg(MARK).args(arguments);
    Ok(command)
}

/// Runs the command of these arguments in a process of its own, and says its exit code.
pub(crate) fn run(given: &[OsString]) -> Result<u8> {
    let mut child = command(given.iter().skip(1))?.spawn().map_err(unstarted)?;
    process::leave_interrupts_to_the_child();
    code_of(child.wait().map_err(unstarted)?).ok_or_else(|| Error::ModuleEndedProcess.into())
}

/// That no process could be started.
pub(crate) fn unstarted(source: io::Error) -> Error {
    Error::Internal { what: "no process can be started", source: Some(source.into()) }
}

/// The exit code of an end that our own code has said, or that a person has asked for.
fn code_of(status: ExitStatus) -> Option<u8> {
    /// A panic: it has been told on standard error.
    const PANIC: u8 = 101;
    let Some(code) = status.code() else { return code_of_signal(status) };
    match u8::try_from(code).ok()? {
        PANIC => Some(exit::INTERNAL),
        exit::INTERRUPTED => Some(exit::INTERRUPTED),
        own => own.checked_sub(OWN_END),
    }
}

/// As shells say that a program was ended by a signal that people send.
#[cfg(unix)]
fn code_of_signal(status: ExitStatus) -> Option<u8> {
    use std::os::unix::process::ExitStatusExt;

    use rustix::process::Signal;

    let by_people = [Signal::HUP, Signal::INT, Signal::QUIT, Signal::KILL, Signal::TERM].map(Signal::as_raw);
    let signal = status.signal().filter(|signal| by_people.contains(signal))?;
    u8::try_from(signal + 128).ok()
}

#[cfg(not(unix))]
fn code_of_signal(_: ExitStatus) -> Option<u8> {
    None
}

/// Makes this process one in which modules may be used.
pub(crate) fn enter(output: Output) {
    HERE.get_or_init(|| Here { output, results: keep_results_apart().ok() });
    // Whoever ends the process that the person started means this one too.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::TERM));
}

/// Standard output for us alone; what others write there goes to standard error.
#[cfg(unix)]
fn keep_results_apart() -> io::Result<File> {
    let results = rustix::io::fcntl_dupfd_cloexec(io::stdout(), 3)?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(results.into())
}

#[cfg(not(unix))]
fn keep_results_apart() -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

/// How this process prints. Modules are used in no other one.
pub(crate) fn output() -> Output {
    HERE.get().map(|here| here.output).unwrap_or_default()
}

/// Where results go to in this process, if that is not standard output.
pub(crate) fn results() -> Option<&'static File> {
    HERE.get()?.results.as_ref()
}

/// Ends this process with an exit code, and says that it was us.
pub(crate) fn end(code: u8) -> ! {
    process::end_at_once(code.saturating_add(OWN_END))
}

/// Does what calls modules and spends no try. A module that does not come back ends the command, since it cannot be ended
/// alone.
pub(crate) fn patiently<T>(work: impl FnOnce() -> T) -> T {
    let (done, is_done) = mpsc::channel::<()>();
    let watch = move || {
        if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout)
            && let Some(here) = HERE.get()
        {
            end(here.output.failed(&silent().into()));
        }
    };
    // Without a thread there is nobody who watches.
    let _ = thread::Builder::new().spawn(watch);
    let result = work();
    drop(done);
    result
}

/// That a module did not answer in time.
pub(crate) fn silent() -> Error {
    Error::ModuleSilent { seconds: PATIENCE.as_secs() }
}
