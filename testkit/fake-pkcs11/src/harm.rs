//! What a module can do to the process that it is loaded into.

use std::ffi::c_int;
use std::io::Write;
use std::time::Duration;

use crate::quirk::Quirk;

unsafe extern "C" {
    fn umask(mask: u32) -> u32;
    fn atexit(handler: extern "C" fn()) -> c_int;
    fn _exit(code: c_int) -> !;
}

/// While the module starts.
pub(crate) fn at_start() {
    print();
    if Quirk::OpensUmask.on() {
        // SAFETY: the call takes a number and gives one.
        unsafe { umask(0) };
    }
    if Quirk::CrashesAtExit.on() {
        // SAFETY: the handler lives as long as the module, which is never unloaded.
        unsafe { atexit(crash) };
    }
    if Quirk::AbortsAtStart.on() {
        std::process::abort();
    }
    if Quirk::ExitsAtStart.on() {
        std::process::exit(0);
    }
    hang_if(Quirk::HangsAtStart);
}

/// While a session is opened.
pub(crate) fn when_used() {
    if Quirk::CrashesWhenUsed.on() {
        crash();
    }
    hang_if(Quirk::HangsWhenUsed);
}

/// While a signature is made.
pub(crate) fn while_signing() {
    print();
    if Quirk::AbortsWhileSigning.on() {
        std::process::abort();
    }
    if Quirk::ExitsWhileSigning.on() {
        // SAFETY: the call takes a number and does not come back.
        unsafe { _exit(0) };
    }
}

fn print() {
    if Quirk::Prints.on() {
        let _ = std::io::stdout().write_all(b"{\"module\":\"prints\"}\n").and_then(|()| std::io::stdout().flush());
    }
}

fn hang_if(quirk: Quirk) {
    while quirk.on() {
        std::thread::sleep(Duration::from_secs(1));
    }
}

extern "C" fn crash() {
    // SAFETY: none. The process ends here, which is what this is for.
    unsafe { std::hint::black_box(std::ptr::null_mut::<u8>()).write_volatile(0) };
}
