//! What a program knows of itself as a process, and how it ends.

use std::ffi::OsString;

/// A variable of the environment, unless the process [has rights](has_raised_rights) that its caller does not have.
pub fn trusted_variable(name: &str) -> Option<OsString> {
    if has_raised_rights() { None } else { std::env::var_os(name) }
}

/// Ends the process at once. Nothing that a foreign library has registered for the end is run: neither its destructors nor
/// what it gave to `atexit`.
pub fn end_at_once(code: u8) -> ! {
    #[cfg(unix)]
    // SAFETY: the call takes a number and does not come back.
    unsafe {
        libc::_exit(code.into())
    }
    #[cfg(not(unix))]
    std::process::exit(code.into())
}

/// Leaves Ctrl-C and Ctrl-\ to the process that is waited for, as a shell does: it may have to put the terminal in order.
/// Whoever was started before takes them as ever.
pub fn leave_interrupts_to_the_child() {
    #[cfg(unix)]
    for signal in [libc::SIGINT, libc::SIGQUIT] {
        // SAFETY: no handler is installed, the signals are ignored.
        unsafe { libc::signal(signal, libc::SIG_IGN) };
    }
}

/// Whether the process has rights that whoever started it does not have: through set-user-id, set-group-id or a file's
/// capabilities. Its environment is the caller's then, and must not decide what it loads or where it writes.
pub fn has_raised_rights() -> bool {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    // SAFETY: the call reads what the kernel gave to the process; it takes a number and gives one.
    return unsafe { libc::getauxval(libc::AT_SECURE) } != 0;
    #[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
    // SAFETY: these calls take nothing and always succeed.
    return unsafe { libc::getuid() != libc::geteuid() || libc::getgid() != libc::getegid() };
    #[cfg(not(unix))]
    false
}
