//! The countdown of a session, told to the caller's function second by second from a thread of its own.

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use eimza_core::Error;

use crate::consent::session::eimza_consent_session;
use crate::error::eimza_error;
use crate::raw::{Context, null};
use crate::status::eimza_status;
use crate::wall::{self, need};

/// A countdown that runs until it is freed.
pub struct eimza_countdown {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Is told the seconds that are left, rounded up; 0 is the last call. It must return, not jump or throw, and must not
/// free the countdown.
pub type eimza_on_tick = Option<extern "C" fn(context: *mut c_void, seconds: u64)>;

/// Starts the countdown of a session: at once, then at each full second, `on_tick` is called **from another thread**
/// with `context`, which must stay usable until eimza_countdown_free has returned. The session itself may be used or
/// freed.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_countdown_start(
    session: Option<&eimza_consent_session>,
    on_tick: eimza_on_tick,
    context: *mut c_void,
    out: Option<&mut MaybeUninit<*mut eimza_countdown>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let end = Instant::now() + need(session, "session")?.0.remaining();
        let on_tick = on_tick.ok_or_else(|| null("on_tick"))?;
        let context = Context::new(context);
        let (stop, stopped) = mpsc::channel();
        let count = move || loop {
            let left = end.saturating_duration_since(Instant::now());
            let seconds = u64::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u64::MAX);
            on_tick(context.pointer(), seconds);
            let pause = left.saturating_sub(Duration::from_secs(seconds.saturating_sub(1)));
            if seconds == 0 || stopped.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        };
        let thread = thread::Builder::new().name("eimza countdown".into()).spawn(count);
        let thread = thread
            .map_err(|source| Error::Internal { what: "no thread for the countdown", source: Some(source.into()) })?;
        Ok(eimza_countdown { stop: Some(stop), thread: Some(thread) })
    })
}

/// Stops and frees a countdown: `on_tick` is not called any more once this has returned. NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_countdown_free(countdown: Option<Box<eimza_countdown>>) {
    wall::free(countdown);
}

impl Drop for eimza_countdown {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
