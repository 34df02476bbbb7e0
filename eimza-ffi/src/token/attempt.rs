//! What the caller permits for one PIN operation, and how it is given up from another thread.

use std::mem::MaybeUninit;

use eimza_core::token::{Attempt, Cancellation};

use crate::error::eimza_error;
use crate::secret::eimza_pin;
use crate::status::eimza_status;
use crate::wall::{self, ErrorOut, need, need_mut, take};

/// What the caller permits for one PIN operation. Made for that call and moved in.
pub struct eimza_attempt(pub(crate) Attempt);

/// Gives up an operation from another thread. It serves one operation, and may be shared between threads.
pub struct eimza_cancellation(Cancellation);

/// Nothing out of the ordinary: the last try is not spent. Where an attempt is asked for, NULL means the same.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_attempt_new() -> Option<Box<eimza_attempt>> {
    Some(Box::new(eimza_attempt(Attempt::new())))
}

/// The person was told that this is the last try, or that nobody can tell how many are left, and wants it spent.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_attempt_spend_last_try(
    attempt: Option<&mut eimza_attempt>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(attempt, error, Attempt::spend_last_try)
}

/// The same of the PIN that the key has of its own.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_attempt_spend_last_try_of_key_pin(
    attempt: Option<&mut eimza_attempt>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(attempt, error, Attempt::spend_last_try_of_key_pin)
}

/// Signs with a key that has a PIN of its own: what the person entered for it, beside the PIN that opens the token. `pin` is
/// moved in. A key that asks for no PIN of its own is never given it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_attempt_key_pin(
    attempt: Option<&mut eimza_attempt>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let pin = take(pin, "pin");
    wall::run(error, || {
        let attempt = need_mut(attempt, "attempt")?;
        let pin = pin?.0;
        attempt.0 = std::mem::take(&mut attempt.0).key_pin(pin);
        Ok(())
    })
}

/// The person insists on a length outside of what the token reports, or on white space around it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_attempt_allow_unusual_pin(
    attempt: Option<&mut eimza_attempt>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(attempt, error, Attempt::allow_unusual_pin)
}

/// Lets the operation be given up by this cancellation; the caller keeps its handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_attempt_cancelled_by(
    attempt: Option<&mut eimza_attempt>,
    cancellation: Option<&eimza_cancellation>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let cancellation = &need(cancellation, "cancellation")?.0;
        let attempt = need_mut(attempt, "attempt")?;
        attempt.0 = std::mem::take(&mut attempt.0).cancelled_by(cancellation);
        Ok(())
    })
}

/// Frees an attempt that was not used; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_attempt_free(attempt: Option<Box<eimza_attempt>>) {
    wall::free(attempt);
}

/// Not cancelled yet.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_cancellation_new() -> Option<Box<eimza_cancellation>> {
    Some(Box::new(eimza_cancellation(Cancellation::new())))
}

/// Gives the operation up, from any thread. Its call returns at once: EIMZA_STATUS_CANCELLED where nothing was spent,
/// EIMZA_STATUS_PIN_ANSWER_LOST where a PIN was on its way and may have counted.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_cancellation_cancel(cancellation: Option<&eimza_cancellation>) {
    wall::read(cancellation, (), |cancellation| cancellation.0.cancel());
}

/// Whether it was given up.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_cancellation_is_cancelled(cancellation: Option<&eimza_cancellation>) -> bool {
    wall::read(cancellation, false, |cancellation| cancellation.0.is_cancelled())
}

/// Frees a cancellation, which may happen while its operation still runs; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_cancellation_free(cancellation: Option<Box<eimza_cancellation>>) {
    wall::free(cancellation);
}

/// The attempt that was moved in; an ordinary one for none.
pub(crate) fn taken(attempt: Option<&mut Option<Box<eimza_attempt>>>) -> Attempt {
    attempt.and_then(Option::take).map(|attempt| attempt.0).unwrap_or_default()
}

fn change(
    attempt: Option<&mut eimza_attempt>,
    error: ErrorOut<'_>,
    change: impl FnOnce(Attempt) -> Attempt,
) -> eimza_status {
    wall::run(error, || {
        let attempt = need_mut(attempt, "attempt")?;
        attempt.0 = change(std::mem::take(&mut attempt.0));
        Ok(())
    })
}
